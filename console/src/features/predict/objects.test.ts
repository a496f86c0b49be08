import { expect, it } from 'vitest';
import type { FoundObject } from '../../api/types';
import { census, colorOf, largestFirst, marked, outlinePath } from './objects';

const thing = (label: string | null, more: Partial<FoundObject> = {}): FoundObject => ({
  label,
  confidence: 0.9,
  box: { x1: 0, y1: 0, x2: 10, y2: 10 },
  mask: null,
  polygons: [],
  ...more,
});

it('gives a name one colour, the one the command line draws with', () => {
  expect(colorOf('person')).toBe(colorOf('person'));
  expect(colorOf('person')).toBe('#4a9dff');
  expect(colorOf('giraffe')).toBe('#a9b85a');
});

it('numbers lines of text, which have no label', () => {
  expect(marked({ objects: [thing(null), thing(null)] }).map((each) => each.name)).toEqual(['line 1', 'line 2']);
});

it('orders the regions of an image by their share of it', () => {
  const region = (label: string, area: number) =>
    thing(label, { confidence: null, mask: { size: [10, 20], counts: '', area } });
  const regions = marked({ objects: [region('floor', 50), region('wall', 100)] });
  expect(regions.map((each) => [each.name, each.area])).toEqual([
    ['wall', 0.5],
    ['floor', 0.25],
  ]);
});

it('counts labels, the most frequent first', () => {
  expect(census(marked({ objects: [thing('cat'), thing('dog'), thing('dog')] }))).toBe('2 dog, 1 cat');
  expect(census(marked({ objects: [thing(null)] }))).toBe('');
});

it('writes outlines as a path, each closed', () => {
  expect(outlinePath([[0, 0, 10, 0, 10, 10], []])).toBe('M0 0L10 0L10 10Z');
});

it('puts small things above large ones', () => {
  const large = thing('street', { box: { x1: 0, y1: 0, x2: 99, y2: 99 } });
  expect(largestFirst(marked({ objects: [thing('cat'), large] })).map((each) => each.name)).toEqual(['street', 'cat']);
});
