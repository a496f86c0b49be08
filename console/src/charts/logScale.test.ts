import { expect, it } from 'vitest';
import { logarithmic, logTicks } from './logScale';

it('puts a value between its powers of ten', () => {
  const x = logarithmic([1, 100], [0, 200]);

  expect([x(1), x(10), x(100)]).toEqual([0, 100, 200]);
  expect(x.invert(100)).toBeCloseTo(10);
});

it('marks round values inside of the domain', () => {
  expect(logTicks(0.15, 3)).toEqual([0.2, 0.5, 1, 2]);
});

it('marks powers alone where there are many values', () => {
  expect(logTicks(0.001, 20)).toEqual([0.001, 0.01, 0.1, 1, 10]);
});
