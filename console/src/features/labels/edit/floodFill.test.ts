import { expect, test } from 'vitest';
import { floodFill } from './floodFill';
import type { Pixels } from './floodFill';
import type { Bitmap } from './rle';

/** A grey image from rows of numbers. */
function grey(rows: readonly (readonly number[])[]): Pixels {
  const data = rows.flatMap((row) => row.flatMap((value) => [value, value, value, 255]));
  return { width: rows[0]?.length ?? 0, height: rows.length, data: new Uint8ClampedArray(data) };
}

const rowsOf = ({ width, height, data }: Bitmap): string[] =>
  Array.from({ length: height }, (_, y) => [...data.slice(y * width, (y + 1) * width)].join(''));

test('fills the region of the seed and stops at an edge', () => {
  const image = grey([
    [10, 12, 90, 12],
    [11, 13, 95, 11],
    [10, 12, 90, 12],
  ]);
  expect(rowsOf(floodFill(image, 0.5, 0.5, { tolerance: 20, edge: 20 }))).toEqual(['1100', '1100', '1100']);
});

test('follows a slow change of light within the tolerance, and no step above the edge', () => {
  const image = grey([[10, 14, 18, 22, 26, 46, 50]]);
  expect(rowsOf(floodFill(image, 0, 0, { tolerance: 100, edge: 6 }))).toEqual(['1111100']);
  expect(rowsOf(floodFill(image, 0, 0, { tolerance: 9, edge: 6 }))).toEqual(['1110000']);
  expect(rowsOf(floodFill(image, 0, 0, { tolerance: 100, edge: 40 }))).toEqual(['1111111']);
});

test('a seed outside fills nothing', () => {
  expect(floodFill(grey([[1, 1]]), 5, 0, { tolerance: 9, edge: 9 }).data.includes(1)).toBe(false);
});
