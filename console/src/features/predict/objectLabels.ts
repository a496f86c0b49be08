import type { Marked } from './objects';

/** Height of a label and mean width of a character in px, as the style sheet draws them. */
const HEIGHT = 17;
const CHARACTER = 6.6;
const PADDING = 10;

/** Up to this many objects every box has its label, even where labels touch; past it, only those that are free. */
export const ALL_LABELLED = 30;

/** Where a label stands, in px of the drawn image. */
export interface PlacedLabel {
  mark: Marked;
  left: number;
  top: number;
  width: number;
}

interface Size {
  width: number;
  height: number;
}

/**
 * Puts a label at each box: above it, just inside it, or below it, wherever it covers the least of the labels that
 * stand already. The most confident come first.
 *
 * @param image in its own pixels, as the boxes are
 * @param drawn in px on the screen
 */
export function placeLabels(marks: readonly Marked[], image: Size, drawn: Size): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  const scale = { x: drawn.width / image.width, y: drawn.height / image.height };
  for (const mark of [...marks].sort((a, b) => (b.confidence ?? b.area ?? 0) - (a.confidence ?? a.area ?? 0))) {
    const width = Math.min(drawn.width, mark.name.length * CHARACTER + PADDING);
    const { x1, y1, x2, y2 } = mark.object.box;
    const lefts = [x1 * scale.x, x2 * scale.x - width];
    const tops = [y1 * scale.y - HEIGHT, y1 * scale.y, y2 * scale.y, y2 * scale.y - HEIGHT];
    const best = tops
      .flatMap((top) =>
        lefts.map((left) => ({
          mark,
          width,
          left: clamp(left, drawn.width - width),
          top: clamp(top, drawn.height - HEIGHT),
        })),
      )
      .map((label) => ({ label, covered: placed.reduce((sum, other) => sum + overlap(label, other), 0) }))
      .reduce((a, b) => (b.covered < a.covered ? b : a));
    if (best.covered === 0 || marks.length <= ALL_LABELLED) placed.push(best.label);
  }
  return placed;
}

const clamp = (value: number, max: number): number => Math.max(0, Math.min(max, value));

/** The area that two labels share, in px². */
function overlap(a: PlacedLabel, b: PlacedLabel): number {
  const across = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const down = Math.min(a.top, b.top) + HEIGHT - Math.max(a.top, b.top);
  return Math.max(0, across) * Math.max(0, down);
}
