import type { Bitmap } from './rle';
import { emptyBitmap } from './rle';

/** The pixels of an image, four bytes each (red, green, blue, alpha), as a canvas gives them. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

export interface FillLimits {
  /** Largest difference of a pixel to the seed in any channel, 0 to 255. */
  tolerance: number;
  /** Largest difference between neighbours in any channel: a step above it is an edge, which the fill does not cross. */
  edge: number;
}

/** The connected region around a seed: similar in colour, and not across an edge. */
export function floodFill(pixels: Pixels, x: number, y: number, { tolerance, edge }: FillLimits): Bitmap {
  const { width, height, data } = pixels;
  const region = emptyBitmap(width, height);
  const seedX = Math.floor(x);
  const seedY = Math.floor(y);
  if (seedX < 0 || seedY < 0 || seedX >= width || seedY >= height) return region;
  const seed = seedY * width + seedX;
  const waiting = [seed];
  region.data[seed] = 1;
  const visit = (from: number, to: number) => {
    if (region.data[to] === 1 || distance(data, to, seed) > tolerance || distance(data, to, from) > edge) return;
    region.data[to] = 1;
    waiting.push(to);
  };
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const column = at % width;
    if (column > 0) visit(at, at - 1);
    if (column < width - 1) visit(at, at + 1);
    if (at >= width) visit(at, at - width);
    if (at < width * (height - 1)) visit(at, at + width);
  }
  return region;
}

function distance(data: Uint8ClampedArray, a: number, b: number): number {
  const i = 4 * a;
  const j = 4 * b;
  return Math.max(
    Math.abs((data[i] ?? 0) - (data[j] ?? 0)),
    Math.abs((data[i + 1] ?? 0) - (data[j + 1] ?? 0)),
    Math.abs((data[i + 2] ?? 0) - (data[j + 2] ?? 0)),
  );
}
