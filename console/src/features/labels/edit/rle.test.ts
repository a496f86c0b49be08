import { expect, test } from 'vitest';
import { fillRings, stroke } from './paint';
import { areaOf, bitmapOf, decodeMask, emptyBitmap, encodeMask, readRuns, runsOf, writeRuns } from './rle';
import type { Bitmap } from './rle';

const draw = (width: number, height: number, inside: (x: number, y: number) => boolean): Bitmap => {
  const bitmap = emptyBitmap(width, height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (inside(x, y)) bitmap.data[y * width + x] = 1;
  return bitmap;
};

// Golden texts: pycocotools.mask.encode of pycocotools 2.0, on the same pixels drawn with NumPy.
test.each([
  ['empty', draw(7, 5, () => false), 'S1'],
  ['full', draw(7, 5, () => true), '0S1'],
  ['box', draw(7, 5, (x, y) => x >= 2 && x < 5 && y >= 1 && y < 4), ';320009'],
  ['points', draw(7, 5, (x, y) => x % 2 === 0 && y % 2 === 0), '01100040L00040L00040L000'],
  [
    'disc',
    draw(120, 90, (x, y) => (x + 0.5 - 61) ** 2 + (y + 0.5 - 44) ** 2 <= 900),
    ']h2:\\28I6K4L4M2M4M2N2N2N2N2O0O2N2O0O2O0O2O000O2O00000O2O000000000000000001N1000001N10001N101N101N2N101N2N2N2N2N3L3N3L4L5J7H_`2',
  ],
  [
    'large',
    draw(400, 300, (x, y) => (x < 200 && y >= 3 && y < 297) || (x >= 300 && x < 302 && y < 150)),
    '3V960000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000]Ym0`KSkRO0hfl0',
  ],
])('writes %s as pycocotools does, and reads it back', (_, bitmap, text) => {
  expect(encodeMask(bitmap)).toEqual({ width: bitmap.width, height: bitmap.height, counts: text });
  expect(decodeMask(encodeMask(bitmap)).data).toEqual(bitmap.data);
  expect(areaOf(encodeMask(bitmap))).toBe(bitmap.data.reduce((a, b) => a + b, 0));
});

test('run lengths of any size survive the text', () => {
  const runs = [0, 1, 15, 16, 17, 1000, 3, 2, 1_000_000, 31, 32, 0, 500_000];
  expect(readRuns(writeRuns(runs))).toEqual(runs);
});

test('refuses what does not fill the image', () => {
  expect(() => bitmapOf(3, 3, [4, 4])).toThrow('8 of 9 pixels');
  expect(() => bitmapOf(3, 3, [4, 6])).toThrow('does not fit');
  expect(() => readRuns('a b')).toThrow('not a COCO');
});

test('a brush is round and reaches across a fast move', () => {
  const bitmap = emptyBitmap(20, 9);
  stroke(bitmap, { x: 3, y: 4.5 }, { x: 16, y: 4.5 }, 2, 1);
  expect(runsOf(bitmap).slice(0, 2)).toEqual([9 + 3, 3]);
  expect(bitmap.data[4 * 20 + 10]).toBe(1);
  expect(bitmap.data[1 * 20 + 10]).toBe(0);
  stroke(bitmap, { x: 0, y: 4.5 }, { x: 20, y: 4.5 }, 9, 0);
  expect(bitmap.data.includes(1)).toBe(false);
});

test('rings fill the pixels whose centres they contain; an inner ring is a hole', () => {
  const bitmap = emptyBitmap(10, 10);
  fillRings(bitmap, [
    [1, 1, 9, 1, 9, 9, 1, 9],
    [4, 4, 6, 4, 6, 6, 4, 6],
  ]);
  expect(bitmap.data.reduce((a, b) => a + b, 0)).toBe(64 - 4);
  expect(bitmap.data[5 * 10 + 5]).toBe(0);
});
