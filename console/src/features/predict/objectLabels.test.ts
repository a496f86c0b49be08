import { expect, it } from 'vitest';
import { ALL_LABELLED, placeLabels } from './objectLabels';
import type { Marked } from './objects';

const mark = (index: number, x1: number, y1: number, x2: number, y2: number): Marked => ({
  index,
  name: 'person',
  color: '#fff',
  confidence: 1 - index / 1000,
  area: null,
  object: { label: 'person', confidence: 1 - index / 1000, box: { x1, y1, x2, y2 }, mask: null, polygons: [] },
});
const image = { width: 1280, height: 960 };
const drawn = { width: 640, height: 480 };

it('puts a label above its box, in px of the screen', () => {
  expect(placeLabels([mark(0, 200, 200, 400, 400)], image, drawn)).toMatchObject([{ left: 100, top: 83 }]);
});

it('puts it inside where the image ends, and never past an edge', () => {
  expect(placeLabels([mark(0, 0, 0, 400, 400)], image, drawn)).toMatchObject([{ left: 0, top: 0 }]);
  const [corner] = placeLabels([mark(0, 1270, 100, 1280, 200)], image, drawn);
  expect((corner?.left ?? 0) + (corner?.width ?? 0)).toBeLessThanOrEqual(drawn.width);
});

it('labels all 15 of 15 boxes, two of the same place without an overlap', () => {
  const [first, second] = placeLabels([mark(0, 200, 200, 400, 400), mark(1, 200, 200, 400, 400)], image, drawn);
  expect(first?.top === second?.top && first?.left === second?.left).toBe(false);
  const crowd = Array.from({ length: 15 }, (_, i) => mark(i, 60 * i, 100, 60 * i + 120, 300));
  expect(placeLabels(crowd, image, drawn).map((label) => label.mark.index)).toHaveLength(15);
});

it('leaves out what would cover others where there are very many', () => {
  const heap = Array.from({ length: ALL_LABELLED + 1 }, (_, i) => mark(i, 200, 200, 400, 400));
  const placed = placeLabels(heap, image, drawn);
  expect(placed.length).toBeGreaterThan(1);
  expect(placed.length).toBeLessThan(heap.length);
  expect(placed[0]?.mark.index).toBe(0);
});
