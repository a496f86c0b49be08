import { expect, test } from 'vitest';
import { valueAxis } from './lines';
import type { Line } from './lines';

const line = (...values: number[]): Line => ({
  key: 'a',
  label: 'A',
  color: 'red',
  points: values.map((value, at) => ({ at, value })),
});

test('counts have no halves', () => {
  expect(valueAxis([line(0, 1)], [], undefined, { from: 0, whole: true }, 4)).toEqual([0, 1, [0, 1]]);
  expect(valueAxis([line(0, 3)], [], undefined, { from: 0, whole: true }, 4)[2]).toEqual([0, 1, 2, 3]);
  expect(valueAxis([line(0, 0)], [], undefined, { from: 0, whole: true }, 4)[2]).toEqual([0, 1]);
});

test('an axis covers at least what is asked for, so that noise does not look like news', () => {
  const [low, high] = valueAxis([line(1.27, 1.2703)], [], undefined, { minSpan: 0.0127 }, 2);
  expect(high - low).toBeGreaterThanOrEqual(0.0127);
});
