import { expect, it } from 'vitest';
import { strokes, summarize } from './embedding';

it('sums a vector up', () => {
  expect(summarize([3, -4])).toEqual({ dimensions: 2, norm: 5, min: -4, max: 3 });
});

it('draws each value up or down from the middle, the largest over the whole height', () => {
  expect(strokes([2, -1])).toBe('M0.5 1V0.000M1.5 1V1.500');
  expect(strokes([0])).toBe('M0.5 1V1.000');
});
