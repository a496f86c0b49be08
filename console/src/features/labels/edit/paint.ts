import type { Bitmap } from './rle';

/** A point in pixels of the upright image; the pixel in column i covers i to i + 1. */
export interface Point {
  x: number;
  y: number;
}

/** Sets the pixels whose centres are within the radius of a line: one move of a round brush. */
export function stroke(bitmap: Bitmap, from: Point, to: Point, radius: number, value: 0 | 1): void {
  const { width, height, data } = bitmap;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = dx * dx + dy * dy;
  const limit = Math.max(0.5, radius) ** 2;
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - radius));
  const right = Math.min(width - 1, Math.ceil(Math.max(from.x, to.x) + radius));
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - radius));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(from.y, to.y) + radius));
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      const px = x + 0.5 - from.x;
      const py = y + 0.5 - from.y;
      const along = length === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length));
      if ((px - along * dx) ** 2 + (py - along * dy) ** 2 <= limit) data[y * width + x] = value;
    }
}

/** Sets the pixels whose centres are inside rings (even-odd rule). */
export function fillRings(bitmap: Bitmap, rings: readonly (readonly number[])[]): void {
  const { width, height, data } = bitmap;
  for (let y = 0; y < height; y++) {
    const crossings = rings.flatMap((ring) => crossingsOf(ring, y + 0.5)).sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil((crossings[i] ?? 0) - 0.5));
      const to = Math.min(width, Math.ceil((crossings[i + 1] ?? 0) - 0.5));
      if (to > from) data.fill(1, y * width + from, y * width + to);
    }
  }
}

function crossingsOf(ring: readonly number[], y: number): number[] {
  const found: number[] = [];
  const points = ring.length / 2;
  for (let i = 0; i < points; i++) {
    const next = (i + 1) % points;
    const [x1 = 0, y1 = 0] = ring.slice(2 * i);
    const [x2 = 0, y2 = 0] = ring.slice(2 * next);
    if (y1 <= y !== y2 <= y) found.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
  }
  return found;
}

/** Adds (1) or takes away (0) what is inside the second bitmap. */
export function combine(bitmap: Bitmap, other: Bitmap, value: 0 | 1): void {
  for (let i = 0; i < other.data.length; i++) if (other.data[i] === 1) bitmap.data[i] = value;
}
