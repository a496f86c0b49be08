import type { AnnotatedObject } from '../../../api/datasets';
import type { Point } from './paint';
import type { Extent } from './viewport';

/** x, y, width, height in pixels of the upright image. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** A corner or edge of a box, by compass. */
export type Handle = 'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w';

export const HANDLES: readonly Handle[] = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'];

/** A box has an extent of at least this many pixels. */
export const MIN_EXTENT = 1;

const clamp = (value: number, min: number, max: number) => Math.max(min, Math.min(max, value));

/** Hundredths of a pixel are enough, and keep the JSON short. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;

/** The box between two corners, inside the image. */
export function boxBetween(a: Point, b: Point, image: Extent): Box {
  const x1 = clamp(Math.min(a.x, b.x), 0, image.width);
  const x2 = clamp(Math.max(a.x, b.x), 0, image.width);
  const y1 = clamp(Math.min(a.y, b.y), 0, image.height);
  const y2 = clamp(Math.max(a.y, b.y), 0, image.height);
  return [rounded(x1), rounded(y1), rounded(x2 - x1), rounded(y2 - y1)];
}

export function handlePoint([x, y, width, height]: Box, handle: Handle): Point {
  return {
    x: handle.includes('w') ? x : handle.includes('e') ? x + width : x + width / 2,
    y: handle.includes('n') ? y : handle.includes('s') ? y + height : y + height / 2,
  };
}

/** A handle dragged to a point: the opposite side stays, also when the handle passes it. */
export function dragHandle(box: Box, handle: Handle, to: Point, image: Extent): Box {
  const [x, y, width, height] = box;
  const fixedX = handle.includes('w') ? x + width : x;
  const fixedY = handle.includes('n') ? y + height : y;
  const horizontal = handle.includes('w') || handle.includes('e');
  const vertical = handle.includes('n') || handle.includes('s');
  const next = boxBetween(
    { x: fixedX, y: fixedY },
    { x: horizontal ? to.x : x + width, y: vertical ? to.y : y + height },
    image,
  );
  return next[2] < MIN_EXTENT || next[3] < MIN_EXTENT ? box : next;
}

/** Moves a box as far as the image goes. */
export function moveBox([x, y, width, height]: Box, dx: number, dy: number, image: Extent): Box {
  return [
    rounded(clamp(x + dx, 0, Math.max(0, image.width - width))),
    rounded(clamp(y + dy, 0, Math.max(0, image.height - height))),
    width,
    height,
  ];
}

/** Moves the right and lower edge: what an arrow key does with Alt. */
export const growBox = (box: Box, dx: number, dy: number, image: Extent): Box =>
  dragHandle(box, 'se', { x: box[0] + box[2] + dx, y: box[1] + box[3] + dy }, image);

export const boxOf = (object: AnnotatedObject): Box | null => {
  const [x, y, width, height] = object.box ?? [];
  return x === undefined || y === undefined || width === undefined || height === undefined
    ? null
    : [x, y, width, height];
};

/** The corners of a box that is turned around its centre, as a ring. */
export function rotatedRing([cx = 0, cy = 0, width = 0, height = 0, degrees = 0]: readonly number[]): number[] {
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  return [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].flatMap(([sx = 0, sy = 0]) => {
    const x = (sx * width) / 2;
    const y = (sy * height) / 2;
    return [cx + x * cos - y * sin, cy + x * sin + y * cos];
  });
}

/** The object moved; masks stay where they are. */
export function moveObject(object: AnnotatedObject, dx: number, dy: number, image: Extent): AnnotatedObject {
  const box = boxOf(object);
  if (box) return { ...object, box: [...moveBox(box, dx, dy, image)] };
  if (object.rotated_box) {
    const [cx = 0, cy = 0, ...rest] = object.rotated_box;
    const to = [clamp(cx + dx, 0, image.width), clamp(cy + dy, 0, image.height)].map(rounded);
    return { ...object, rotated_box: [...to, ...rest] };
  }
  if (object.polygon) {
    const numbers = object.polygon.flat();
    const xs = numbers.filter((_, i) => i % 2 === 0);
    const ys = numbers.filter((_, i) => i % 2 === 1);
    const byX = clamp(dx, -Math.min(...xs), image.width - Math.max(...xs));
    const byY = clamp(dy, -Math.min(...ys), image.height - Math.max(...ys));
    return {
      ...object,
      polygon: object.polygon.map((ring) => ring.map((value, i) => rounded(value + (i % 2 === 0 ? byX : byY)))),
    };
  }
  return object;
}

const ringsOf = (object: AnnotatedObject | undefined): readonly number[][] => object?.polygon ?? [];

/** How many corners the rings of a polygon have together. */
export const cornersOf = (object: AnnotatedObject | undefined): number => ringsOf(object).flat().length / 2;

/** The ring and the place in it of a corner that is counted over all rings. */
function placeOfCorner(rings: readonly number[][], corner: number): { ring: number; point: number } | null {
  let left = corner;
  for (const [ring, numbers] of rings.entries()) {
    if (left < numbers.length / 2) return { ring, point: left };
    left -= numbers.length / 2;
  }
  return null;
}

/** Where such a corner is; nothing where there is none. */
export function cornerPoint(object: AnnotatedObject | undefined, corner: number): Point | null {
  const place = placeOfCorner(ringsOf(object), corner);
  const numbers = place && ringsOf(object)[place.ring];
  return place && numbers ? { x: numbers[2 * place.point] ?? 0, y: numbers[2 * place.point + 1] ?? 0 } : null;
}

/** What an arrow key does to an object: moves the chosen corner or all of it, or resizes a box. */
export function moved(
  object: AnnotatedObject,
  corner: number | null,
  dx: number,
  dy: number,
  resizes: boolean,
  image: Extent,
): AnnotatedObject {
  const box = resizes ? boxOf(object) : null;
  if (box) return { ...object, box: [...growBox(box, dx, dy, image)] };
  const place = corner === null ? null : placeOfCorner(ringsOf(object), corner);
  const at = corner === null ? null : cornerPoint(object, corner);
  if (!place || !at || !object.polygon) return moveObject(object, dx, dy, image);
  const to = { x: at.x + dx, y: at.y + dy };
  return { ...object, polygon: movePoint(object.polygon, place.ring, place.point, to, image) };
}

/** A corner of a polygon moved to a point inside the image. */
export const movePoint = (rings: readonly number[][], ring: number, index: number, to: Point, image: Extent) =>
  rings.map((numbers, r) =>
    r === ring
      ? numbers.map((value, i) =>
          i === 2 * index
            ? rounded(clamp(to.x, 0, image.width))
            : i === 2 * index + 1
              ? rounded(clamp(to.y, 0, image.height))
              : value,
        )
      : numbers,
  );
