import type { MaskText } from '../../../api/datasets';

// COCO's masks: run lengths down the columns, the first of them of pixels outside. The text is that of pycocotools:
// groups of 5 bits above "0", with the difference to the run length before last from the fourth run on.

/** The pixels of a mask, row by row: 1 is inside. */
export interface Bitmap {
  width: number;
  height: number;
  data: Uint8Array;
}

export const emptyBitmap = (width: number, height: number): Bitmap => ({
  width,
  height,
  data: new Uint8Array(width * height),
});

/** Run lengths down the columns of a bitmap. */
export function runsOf({ width, height, data }: Bitmap): number[] {
  const runs: number[] = [];
  let inside = 0;
  let length = 0;
  for (let x = 0; x < width; x++)
    for (let y = 0, at = x; y < height; y++, at += width) {
      if (data[at] !== inside) {
        runs.push(length);
        inside ^= 1;
        length = 0;
      }
      length++;
    }
  runs.push(length);
  return runs;
}

/** Fails where the runs do not fill the image. */
export function bitmapOf(width: number, height: number, runs: readonly number[]): Bitmap {
  const bitmap = emptyBitmap(width, height);
  let at = 0;
  runs.forEach((length, index) => {
    if (length < 0 || at + length > width * height)
      throw new Error(`The mask does not fit an image of ${width} × ${height} pixels.`);
    if (index % 2 === 1)
      for (let i = at; i < at + length; i++) bitmap.data[(i % height) * width + Math.floor(i / height)] = 1;
    at += length;
  });
  if (at !== width * height)
    throw new Error(`The mask fills ${at} of ${width * height} pixels of an image of ${width} × ${height}.`);
  return bitmap;
}

export function writeRuns(runs: readonly number[]): string {
  let text = '';
  runs.forEach((length, index) => {
    let rest = index > 2 ? length - (runs[index - 2] ?? 0) : length;
    for (let more = true; more;) {
      let bits = rest & 0x1f;
      rest >>= 5;
      more = (bits & 0x10) === 0 ? rest !== 0 : rest !== -1;
      if (more) bits |= 0x20;
      text += String.fromCharCode(bits + 48);
    }
  });
  return text;
}

export function readRuns(text: string): number[] {
  const runs: number[] = [];
  for (let at = 0; at < text.length;) {
    let value = 0;
    let shift = 0;
    for (let more = true; more; shift += 5) {
      const bits = text.charCodeAt(at++) - 48;
      if (!(bits >= 0 && bits < 64)) throw new Error('The mask is not a COCO run-length text.');
      value |= (bits & 0x1f) << shift;
      more = (bits & 0x20) !== 0;
      if (!more && (bits & 0x10) !== 0) value |= -1 << (shift + 5);
    }
    runs.push(runs.length > 2 ? value + (runs[runs.length - 2] ?? 0) : value);
  }
  return runs;
}

export const encodeMask = (bitmap: Bitmap): MaskText => ({
  width: bitmap.width,
  height: bitmap.height,
  counts: writeRuns(runsOf(bitmap)),
});

export const decodeMask = ({ width, height, counts }: MaskText): Bitmap => bitmapOf(width, height, readRuns(counts));

/** Pixels inside. */
export const areaOf = ({ counts }: MaskText): number =>
  readRuns(counts).reduce((sum, length, index) => (index % 2 === 1 ? sum + length : sum), 0);
