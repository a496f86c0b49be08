import { expect, test } from 'vitest';
import { heatPixels, hottest } from './heatMap';

const MAP = { height: 2, width: 3, values: [0, 0.1, 0.5, 0.2, 1, 0.8] };

test('colours cells from nothing over yellow to red', () => {
  const pixels = heatPixels(MAP);
  const cell = (number: number) => [...pixels.slice(4 * number, 4 * number + 4)];
  expect(cell(0)[3]).toBe(0);
  expect(cell(2)).toEqual([255, 213, 0, 60]);
  expect(cell(4)).toEqual([255, 0, 0, 179]);
});

test('finds the highest cell, if one is above the threshold', () => {
  expect(hottest(MAP)).toEqual({ across: 0.5, down: 0.75 });
  expect(hottest({ ...MAP, values: MAP.values.map((value) => value / 2) })).toBeNull();
});
