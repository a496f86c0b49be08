import { expect, test } from 'vitest';
import { closedRing, objectAt, painted, paintObjects, toolsOf } from './objects';
import { areaOf, decodeMask } from './rle';

const image = { width: 20, height: 10 };
const line = (x1: number, x2: number, y: number, value: 0 | 1 = 1) =>
  ({
    kind: 'stroke',
    points: [
      { x: x1, y },
      { x: x2, y },
    ],
    radius: 1,
    value,
  }) as const;

test('the brush makes a mask, goes on with it, and the eraser takes it away', () => {
  const one = paintObjects([], -1, 'cat', line(2, 8, 5), image, false);
  expect(one.index).toBe(0);
  const two = paintObjects(one.objects, painted(one.objects, 0, 'dog', false), 'dog', line(8, 14, 5), image, false);
  expect(two.objects).toHaveLength(1);
  expect(two.objects[0]?.class).toBe('cat');
  const [before, after] = [one.objects[0]?.mask, two.objects[0]?.mask];
  expect(before && after && areaOf(after) > areaOf(before)).toBe(true);
  const gone = paintObjects(two.objects, 0, 'cat', { ...line(0, 20, 5, 0), radius: 9 }, image, false);
  expect(gone).toEqual({ objects: [], index: null });
});

test('a polygon becomes a mask when it is painted, with its attributes', () => {
  const polygon = { class: 'cat', polygon: [[2, 2, 8, 2, 8, 8, 2, 8]], attributes: { pose: 'sitting' } };
  const { objects } = paintObjects([polygon], 0, 'cat', line(10, 15, 5), image, false);
  expect(objects[0]).toMatchObject({ class: 'cat', attributes: { pose: 'sitting' } });
  expect(objects[0]?.polygon).toBeUndefined();
  const mask = objects[0]?.mask;
  expect(mask && decodeMask(mask).data[5 * 20 + 5]).toBe(1);
});

test('in semantic segmentation a class has one mask and a pixel one class', () => {
  const road = paintObjects([], -1, 'road', line(0, 20, 5), image, true).objects;
  const both = paintObjects(road, painted(road, 0, 'car', true), 'car', line(8, 12, 5), image, true).objects;
  const [first, second] = both.map(({ mask }) => mask && decodeMask(mask).data);
  expect(both.map((object) => object.class)).toEqual(['road', 'car']);
  expect(first?.some((value, i) => value === 1 && second?.[i] === 1)).toBe(false);
  expect(painted(both, 1, 'road', true)).toBe(0);
});

test('an outline needs three different points', () => {
  expect(
    closedRing([
      { x: 1, y: 1 },
      { x: 1, y: 1 },
      { x: 3, y: 1 },
    ]),
  ).toBeNull();
  expect(
    closedRing([
      { x: 1, y: 1 },
      { x: 3, y: 1 },
      { x: 2, y: 4 },
      { x: 1, y: 1 },
    ]),
  ).toEqual([1, 1, 3, 1, 2, 4]);
});

test('the smallest object under the pointer is meant', () => {
  const objects = [
    { class: 'a', box: [0, 0, 20, 10] },
    { class: 'b', box: [5, 2, 4, 4] },
    { class: 'c', polygon: [[12, 1, 18, 1, 18, 8, 12, 8]] },
    { class: 'd', rotated_box: [3, 8, 2, 2, 45] },
  ];
  expect(objectAt(objects, { x: 6, y: 3 }, image, 0)).toBe(1);
  expect(objectAt(objects, { x: 15, y: 3 }, image, 0)).toBe(2);
  expect(objectAt(objects, { x: 3, y: 8 }, image, 0)).toBe(3);
  expect(objectAt(objects, { x: 1, y: 1 }, image, 0)).toBe(0);
  expect(objectAt(objects, { x: 25, y: 1 }, image, 1)).toBeNull();
});

test('each task has the tools it can use', () => {
  expect(toolsOf('detection')).toEqual(['select', 'box']);
  expect(toolsOf('semantic-segmentation')).not.toContain('box');
  expect(toolsOf('instance-segmentation')).toContain('polygon');
});
