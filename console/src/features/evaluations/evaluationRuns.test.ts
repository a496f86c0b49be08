import { expect, it } from 'vitest';
import type { EvaluationImage, EvaluationRun } from '../../api/types';
import { counterpart, imageQuery, objectCounts, registrationRun } from './evaluationRuns';

const run = (id: string, origin: EvaluationRun['origin']) => ({ id, origin }) as EvaluationRun;

it('asks for a cell, for the mistakes of a class, and for a page', () => {
  expect(imageQuery({ truth: 'box, wet', predicted: 'bag & tube' }, 2)).toBe(
    'truth=box%2C+wet&predicted=bag+%26+tube&page=2',
  );
  expect(imageQuery({ predicted: 'hole', correct: false }, 1)).toBe('predicted=hole&correct=false&page=1');
});

it('asks for the images with objects that a detector missed', () => {
  expect(imageQuery({ object: 'missed', truth: 'car' }, 1)).toBe('truth=car&object=missed&page=1');
});

it('counts what a detector found, and says where there is nothing', () => {
  const objects = ['found', 'false_positive', 'found'].map((kind) => ({ kind })) as EvaluationImage['objects'];
  expect(objectCounts({ objects })).toBe('2 found, 1 false');
  expect(objectCounts({ objects: [] })).toBe('no objects');
});

it('compares evaluations on the same data where there are some', () => {
  const on = (id: string, data: string) => ({ ...run(id, 'evaluate'), data: { id: data } }) as EvaluationRun;
  const others = [on('new', 'd2'), on('same', 'd1'), on('older', 'd1')];
  expect(counterpart(on('x', 'd1'), others)?.id).toBe('same');
  expect(counterpart(on('x', 'd9'), others)?.id).toBe('new');
  expect(counterpart(on('x', 'd1'), [])).toBeUndefined();
});

it('takes the evaluation of the training for that of the registration', () => {
  const runs = [run('a', 'evaluate'), run('b', 'compare'), run('c', 'train')];
  expect(registrationRun(runs)?.id).toBe('c');
  expect(registrationRun([run('b', 'evaluate')])).toBeUndefined();
});
