import type { HeatMap } from '../../api/types';

const RED = 0;
const YELLOW = 50;
const STRONGEST = 0.7;
/** Below this a cell is not coloured at all, so that good images stay as they are. */
const QUIET = 0.25;

/** One colour for each cell, as RGBA: nothing where it is quiet, yellow at the threshold, red at 1. */
export function heatPixels({ values }: HeatMap): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * values.length);
  values.forEach((value, cell) => {
    const strength = Math.min(1, Math.max(0, (value - QUIET) / (1 - QUIET)));
    const hue = YELLOW + (RED - YELLOW) * Math.min(1, Math.max(0, 2 * value - 1));
    // of a pure hue between red and yellow only green varies
    pixels.set([255, Math.round((255 * hue) / 60), 0, Math.round(255 * STRONGEST * strength)], 4 * cell);
  });
  return pixels;
}

/** Where the highest value is, in parts of the image's width and height; null where no cell is above the threshold. */
export function hottest({ height, width, values }: HeatMap): { across: number; down: number } | null {
  const highest = values.reduce((best, value, cell) => (value > (values[best] ?? 0) ? cell : best), 0);
  return (values[highest] ?? 0) > 0.5
    ? { across: ((highest % width) + 0.5) / width, down: (Math.floor(highest / width) + 0.5) / height }
    : null;
}
