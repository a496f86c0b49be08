import { describe, expect, it } from 'vitest';
import { decimalsOf, linear, stepOf, ticks } from './scale';

describe('linear', () => {
  it('maps ends to ends and back', () => {
    const scale = linear([10, 20], [100, 300]);
    expect([scale(10), scale(15), scale(20)]).toEqual([100, 200, 300]);
    expect(scale.invert(scale(13.7))).toBeCloseTo(13.7, 9);
  });

  it('survives an empty domain', () => {
    expect(linear([5, 5], [0, 100])(5)).toBe(0);
  });
});

describe('ticks', () => {
  it('are round and cover the range', () => {
    expect(ticks(0, 48, 4)).toEqual([0, 20, 40, 60]);
    expect(ticks(0.812, 0.967, 4)).toEqual([0.8, 0.85, 0.9, 0.95, 1]);
  });

  it('stay few for any range', () => {
    for (const [low, high] of [
      [0, 1e-6],
      [0, 3],
      [0.9, 0.91],
      [-5, 7],
      [0, 123_456],
    ] as const) {
      const marks = ticks(low, high, 4);
      expect(marks.length).toBeGreaterThanOrEqual(2);
      expect(marks.length).toBeLessThanOrEqual(7);
      expect(marks[0]).toBeLessThanOrEqual(low);
      expect(marks.at(-1)).toBeGreaterThanOrEqual(high);
    }
  });
});

it('tells round values apart by their decimals, however close they are', () => {
  expect([0.002, 0.5, 1, 20, 0].map(decimalsOf)).toEqual([3, 1, 0, 0, 0]);
  for (const [low, high] of [
    [1.2698, 1.2703],
    [0.4401, 0.4402],
    [11_200, 11_200.5],
  ] as const) {
    const marks = ticks(low, high, 4);
    const texts = marks.map((mark) => mark.toFixed(decimalsOf(stepOf(marks))));
    expect(new Set(texts).size).toBe(marks.length);
    expect(texts.map(Number)).toEqual(marks);
  }
});
