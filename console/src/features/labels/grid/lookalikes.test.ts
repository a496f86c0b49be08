import { expect, test } from 'vitest';
import { difference, FIELDS, lookOf, pickPage } from './lookalikes';

function plain(red: number, green: number, blue: number) {
  const data = new Uint8ClampedArray(4 * FIELDS * FIELDS);
  for (let i = 0; i < data.length; i += 4) data.set([red, green, blue, 255], i);
  return lookOf({ width: FIELDS, height: FIELDS, data });
}

test('what looks like the first image comes with it', () => {
  const candidates = [
    { name: 'red', look: plain(200, 30, 30), suggested: null },
    { name: 'blue', look: plain(30, 30, 200), suggested: null },
    { name: 'dark red', look: plain(150, 20, 20), suggested: null },
    { name: 'green', look: plain(20, 180, 20), suggested: null },
  ];
  expect(pickPage(candidates, 2).map(({ name }) => name)).toEqual(['red', 'dark red']);
  expect(pickPage([], 2)).toEqual([]);
});

test('images with the same suggestion come first', () => {
  const look = plain(9, 9, 9);
  const candidates = [
    { name: 'a', look, suggested: 'cat' },
    { name: 'b', look, suggested: 'dog' },
    { name: 'c', look: plain(250, 250, 0), suggested: 'cat' },
  ];
  expect(pickPage(candidates, 3).map(({ name }) => name)).toEqual(['a', 'c', 'b']);
});

test('brightness counts less than colour', () => {
  const grey = plain(100, 100, 100);
  expect(difference(grey, plain(140, 140, 140))).toBeLessThan(difference(grey, plain(140, 100, 60)));
});
