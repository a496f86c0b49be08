import { expect, test } from 'vitest';
import { hidden } from './useOverflow';

const BOX = { scrollLeft: 0, scrollTop: 0, clientWidth: 340, clientHeight: 200, scrollWidth: 340, scrollHeight: 200 };

test('hides nothing where all fits, not even half a pixel', () => {
  expect(hidden(BOX)).toEqual({ left: false, right: false, bottom: false });
  expect(hidden({ ...BOX, scrollWidth: 341 })).toEqual({ left: false, right: false, bottom: false });
});

test('says the side that is cut, until it is scrolled to its end', () => {
  const wide = { ...BOX, scrollWidth: 477 };
  expect(hidden(wide)).toEqual({ left: false, right: true, bottom: false });
  expect(hidden({ ...wide, scrollLeft: 60 })).toEqual({ left: true, right: true, bottom: false });
  expect(hidden({ ...wide, scrollLeft: 137 })).toEqual({ left: true, right: false, bottom: false });
});

test('says that rows follow below', () => {
  expect(hidden({ ...BOX, scrollHeight: 900 }).bottom).toBe(true);
  expect(hidden({ ...BOX, scrollHeight: 900, scrollTop: 700 }).bottom).toBe(false);
});
