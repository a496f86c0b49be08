import { expect, test } from 'vitest';
import { boxBetween, dragHandle, growBox, HANDLES, handlePoint, moveBox, moveObject, movePoint } from './handles';
import { cornerPoint, cornersOf, moved, rotatedRing } from './handles';
import type { Box } from './handles';

const image = { width: 100, height: 80 };
const box: Box = [10, 20, 30, 40];

test('a box is drawn from any corner and stays inside the image', () => {
  expect(boxBetween({ x: 40, y: 60 }, { x: 10, y: 20 }, image)).toEqual(box);
  expect(boxBetween({ x: -5, y: 70 }, { x: 50, y: 200 }, image)).toEqual([0, 70, 50, 10]);
});

test('every handle moves only its own sides', () => {
  for (const handle of HANDLES) {
    const at = handlePoint(box, handle);
    const [x, y, width, height] = dragHandle(box, handle, { x: at.x + 3, y: at.y + 5 }, image);
    expect([x, x + width], handle).toEqual([handle.includes('w') ? 13 : 10, handle.includes('e') ? 43 : 40]);
    expect([y, y + height], handle).toEqual([handle.includes('n') ? 25 : 20, handle.includes('s') ? 65 : 60]);
  }
});

test('a handle may pass the opposite side, and never makes a box of nothing', () => {
  expect(dragHandle(box, 'se', { x: 4, y: 70 }, image)).toEqual([4, 20, 6, 50]);
  expect(dragHandle(box, 'e', { x: 10.2, y: 0 }, image)).toEqual(box);
});

test('arrow keys move and grow within the image', () => {
  expect(moveBox(box, 1, -10, image)).toEqual([11, 10, 30, 40]);
  expect(moveBox(box, 1000, 1000, image)).toEqual([70, 40, 30, 40]);
  expect(growBox(box, 10, -1, image)).toEqual([10, 20, 40, 39]);
  expect(growBox(box, 1000, 0, image)).toEqual([10, 20, 90, 40]);
});

test('a polygon moves as a whole up to the border, and a corner by itself', () => {
  const polygon = { class: 'a', polygon: [[10, 10, 30, 10, 20, 30]] };
  expect(moveObject(polygon, -15, 4, image).polygon).toEqual([[0, 14, 20, 14, 10, 34]]);
  expect(movePoint(polygon.polygon, 0, 2, { x: 25.126, y: 900 }, image)).toEqual([[10, 10, 30, 10, 25.13, 80]]);
});

test('a rotated box has the corners of the turned box', () => {
  expect(rotatedRing([50, 40, 20, 10, 90]).map((value) => Math.round(value))).toEqual([55, 30, 55, 50, 45, 50, 45, 30]);
});

test('corners are counted over all rings, and an arrow moves the chosen one', () => {
  const rings = {
    class: 'a',
    polygon: [
      [0, 0, 9, 0, 9, 9],
      [2, 2, 4, 2, 4, 4],
    ],
  };
  expect(cornersOf(rings)).toBe(6);
  expect(cornerPoint(rings, 4)).toEqual({ x: 4, y: 2 });
  expect(cornerPoint(rings, 6)).toBeNull();
  expect(moved(rings, 4, 1, -1, false, image).polygon).toEqual([rings.polygon[0], [2, 2, 5, 1, 4, 4]]);
  expect(moved(rings, null, 1, 1, false, image).polygon?.[0]).toEqual([1, 1, 10, 1, 10, 10]);
  expect(moved({ class: 'a', box: [1, 1, 3, 3] }, null, 2, 0, true, image).box).toEqual([1, 1, 5, 3]);
});
