import { expect, it } from 'vitest';
import { topShares } from './ShareBars';

const rows = (counts: Record<string, number>, max: number) =>
  topShares(counts, max, String).map(({ label, share, text }) => [label, share, text]);

it('puts the largest first', () => {
  expect(rows({ hole: 1, none: 3 }, 6)).toEqual([
    ['none', 0.75, '3'],
    ['hole', 0.25, '1'],
  ]);
});

it('sums up what does not fit, and loses nothing', () => {
  expect(rows({ a: 4, b: 3, c: 2, d: 1 }, 3)).toEqual([
    ['a', 0.4, '4'],
    ['b', 0.3, '3'],
    ['2 others', 0.3, '3'],
  ]);
});

it('has no shares of nothing', () => {
  expect(rows({ a: 0 }, 3)).toEqual([['a', 0, '0']]);
});
