import { expect, it } from 'vitest';
import type { EvaluationRun } from '../api/types';
import { imageQuery, keptRuns, registrationRun } from './evaluationRuns';

const run = (id: string, origin: EvaluationRun['origin'], state: EvaluationRun['state'] = 'done') =>
  ({ id, origin, state }) as EvaluationRun;

it('asks for a cell, for the mistakes of a class, and for a page', () => {
  expect(imageQuery({ truth: 'box, wet', predicted: 'bag & tube' }, 2)).toBe(
    'truth=box%2C+wet&predicted=bag+%26+tube&page=2',
  );
  expect(imageQuery({ predicted: 'hole', correct: false }, 1)).toBe('predicted=hole&correct=false&page=1');
});

it('takes the evaluation of the training for that of the registration, and no running one', () => {
  const runs = [run('a', 'evaluate', 'running'), run('b', 'compare'), run('c', 'train'), run('d', 'train', 'failed')];
  expect(registrationRun(runs)?.id).toBe('c');
  expect(keptRuns(runs).map((each) => each.id)).toEqual(['b', 'c']);
  expect(registrationRun([run('b', 'evaluate')])).toBeUndefined();
});
