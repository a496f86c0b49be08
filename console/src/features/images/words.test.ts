import { expect, test } from 'vitest';
import type { KeptImage } from '../../api/types';
import { draftOf, draftProblem, policyText, predictedText, requestOf, sampleFirst } from './words';

const policy = { random: 20, uncertain: 0, novel: 5, max_bytes: 1_500_000_000, days: 30, dataset: 'cloth' };

const image = (id: string, reasons: string[]): KeptImage => ({
  request_id: id,
  time: '2026-11-20T10:00:00Z',
  model: 'shirts',
  version: 2,
  labels: [{ label: 'hole', score: 0.934 }],
  kept: { reasons, probability: null, dataset: 'cloth', hash: 'a'.repeat(64), expires: null },
});

test('says what a policy keeps', () => {
  expect(policyText(policy)).toBe('20 random and 5 unlike the held-out ones a day');
  expect(policyText({ ...policy, random: 0, novel: 0 })).toBe('none of the traffic');
});

test('changes a policy in the units of its fields', () => {
  const draft = draftOf(policy);
  expect(draft.gigabytes).toBe(1.5);
  expect(requestOf({ ...draft, dataset: ' cloth ' })).toEqual(policy);
  expect(requestOf(draftOf(null))).not.toHaveProperty('dataset');
});

test('asks for one image at least', () => {
  expect(draftProblem(draftOf(policy))).toBeUndefined();
  expect(draftProblem({ ...draftOf(policy), random: 0, novel: 0 })).toBe('State at least one image a day.');
});

test('puts images of the random sample first, in their order', () => {
  const images = [image('a', ['novel']), image('b', ['random']), image('c', ['uncertain', 'random'])];
  expect(sampleFirst(images).map((each) => each.request_id)).toEqual(['b', 'c', 'a']);
});

test('says what was predicted', () => {
  expect(predictedText(image('a', []))).toMatch(/^hole 93\s%$/);
  expect(predictedText({ ...image('a', []), labels: [] })).toBe('no label');
});
