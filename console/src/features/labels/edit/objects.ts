import type { AnnotatedObject, Task } from '../../../api/datasets';
import { combine, fillRings, stroke } from './paint';
import type { Point } from './paint';
import { areaOf, decodeMask, emptyBitmap, encodeMask } from './rle';
import type { Bitmap } from './rle';
import { boxOf, rotatedRing } from './handles';
import type { Extent } from './viewport';

/** What the pointer does. */
export type Tool = 'select' | 'box' | 'polygon' | 'brush' | 'eraser' | 'fill';

export const TOOL_KEYS: Readonly<Record<Tool, string>> = {
  select: 'v',
  box: 'b',
  polygon: 'p',
  brush: 'm',
  eraser: 'e',
  fill: 'f',
};

/** Letters that are no classes while objects are drawn: those of the tools, N for the next object, X for the crosshair. */
export const RESERVED = `${Object.values(TOOL_KEYS).join('')}nx`;

export const toolsOf = (task: Task): readonly Tool[] =>
  task === 'detection'
    ? ['select', 'box']
    : task === 'semantic-segmentation'
      ? ['select', 'polygon', 'brush', 'eraser', 'fill']
      : ['select', 'box', 'polygon', 'brush', 'eraser', 'fill'];

export const replaceObject = (objects: readonly AnnotatedObject[], index: number, object: AnnotatedObject) =>
  objects.map((each, at) => (at === index ? object : each));

export const removeObject = (objects: readonly AnnotatedObject[], index: number) =>
  objects.filter((_, at) => at !== index);

/** An object without its attributes and flags, with another shape. */
export function reshaped(
  object: AnnotatedObject,
  shape: Pick<AnnotatedObject, 'box' | 'polygon' | 'mask'>,
): AnnotatedObject {
  const { attributes, flags } = object;
  return { class: object.class, ...shape, ...(attributes && { attributes }), ...(flags && { flags }) };
}

/** Points of a ring without a coordinate twice, or null where there are not three. */
export function closedRing(points: readonly Point[]): number[] | null {
  const distinct = points.filter(({ x, y }, i) => i === 0 || x !== points[i - 1]?.x || y !== points[i - 1]?.y);
  const first = distinct[0];
  const last = distinct[distinct.length - 1];
  if (distinct.length > 1 && first?.x === last?.x && first?.y === last?.y) distinct.pop();
  return distinct.length < 3 ? null : distinct.flatMap(({ x, y }) => [x, y]);
}

/** The pixels of an object's mask, of its polygon, or of none. */
export function bitmapOfObject(object: AnnotatedObject | undefined, image: Extent): Bitmap {
  if (object?.mask) return decodeMask(object.mask);
  const bitmap = emptyBitmap(image.width, image.height);
  if (object?.polygon) fillRings(bitmap, object.polygon);
  return bitmap;
}

/** What is painted at once: a line of the brush or a region. */
export type Paint =
  { kind: 'stroke'; points: readonly Point[]; radius: number; value: 0 | 1 } | { kind: 'region'; region: Bitmap };

export function applyPaint(bitmap: Bitmap, paint: Paint): void {
  if (paint.kind === 'region') combine(bitmap, paint.region, 1);
  else paint.points.forEach((to, i) => stroke(bitmap, paint.points[i - 1] ?? to, to, paint.radius, paint.value));
}

/** Which object paint of a class goes to, or -1 for a new one: in semantic segmentation a class has one mask. */
export function painted(
  objects: readonly AnnotatedObject[],
  selected: number | null,
  name: string,
  semantic: boolean,
): number {
  if (semantic) return objects.findIndex((object) => object.class === name);
  const object = selected === null ? undefined : objects[selected];
  return object?.mask || object?.polygon ? (selected ?? -1) : -1;
}

/** The objects after painting, and the index of the painted one. In semantic segmentation a pixel has one class. */
export function paintObjects(
  objects: readonly AnnotatedObject[],
  target: number,
  name: string,
  paint: Paint,
  image: Extent,
  semantic: boolean,
): { objects: AnnotatedObject[]; index: number | null } {
  const object = objects[target];
  const erases = paint.kind === 'stroke' && paint.value === 0;
  if (!object && erases) return { objects: [...objects], index: null };
  const bitmap = bitmapOfObject(object, image);
  applyPaint(bitmap, paint);
  const mask = encodeMask(bitmap);
  if (areaOf(mask) === 0) return { objects: removeObject(objects, target), index: null };
  const next = object ? reshaped(object, { mask }) : { class: name, mask };
  const index = object ? target : objects.length;
  const all = object ? replaceObject(objects, target, next) : [...objects, next];
  if (!semantic || erases) return { objects: all, index };
  return { objects: all.map((each, at) => (at === index ? each : without(each, bitmap, image))), index };
}

function without(object: AnnotatedObject, taken: Bitmap, image: Extent): AnnotatedObject {
  const bitmap = bitmapOfObject(object, image);
  combine(bitmap, taken, 0);
  return reshaped(object, { mask: encodeMask(bitmap) });
}

/** The topmost object under a point, or null; small ones lie above large ones of the same kind. */
export function objectAt(objects: readonly AnnotatedObject[], at: Point, image: Extent, slack: number): number | null {
  let found: number | null = null;
  let least = Infinity;
  objects.forEach((object, index) => {
    const extent = extentOf(object);
    if (extent < least && contains(object, at, image, slack)) {
      least = extent;
      found = index;
    }
  });
  return found;
}

function extentOf(object: AnnotatedObject): number {
  const box = boxOf(object);
  if (box) return box[2] * box[3];
  if (object.mask) return areaOf(object.mask);
  const rings = object.polygon ?? [rotatedRing(object.rotated_box ?? [])];
  const xs = rings.flat().filter((_, i) => i % 2 === 0);
  const ys = rings.flat().filter((_, i) => i % 2 === 1);
  return (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
}

function contains(object: AnnotatedObject, { x, y }: Point, image: Extent, slack: number): boolean {
  const box = boxOf(object);
  if (box)
    return x >= box[0] - slack && y >= box[1] - slack && x <= box[0] + box[2] + slack && y <= box[1] + box[3] + slack;
  if (object.mask) {
    if (x < 0 || y < 0 || x >= image.width || y >= image.height) return false;
    return decodeMask(object.mask).data[Math.floor(y) * image.width + Math.floor(x)] === 1;
  }
  const rings = object.polygon ?? [rotatedRing(object.rotated_box ?? [])];
  return rings.reduce((inside, ring) => inside !== inRing(ring, x, y), false);
}

function inRing(ring: readonly number[], x: number, y: number): boolean {
  let inside = false;
  const points = ring.length / 2;
  for (let i = 0, j = points - 1; i < points; j = i++) {
    const [xi = 0, yi = 0, xj = 0, yj = 0] = [ring[2 * i], ring[2 * i + 1], ring[2 * j], ring[2 * j + 1]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
