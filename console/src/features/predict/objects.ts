import type { FoundObject, Prediction } from '../../api/types';

/** The same names have the same colours as in images that the command line draws. */
const PALETTE = [
  '#ff4d6d',
  '#ff8a1f',
  '#ffcc29',
  '#b4e02a',
  '#3ad65a',
  '#14cfa4',
  '#1fc8ee',
  '#4a9dff',
  '#7c7bff',
  '#a866ff',
  '#e05cff',
  '#ff6fbf',
  '#e2855f',
  '#a9b85a',
  '#6cc3b4',
  '#c9aaff',
] as const;

/** A colour that depends on the name alone (FNV-1a over its UTF-16 units). */
export function colorOf(name: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return PALETTE[(hash ^ (hash >>> 16)) & (PALETTE.length - 1)] ?? PALETTE[0];
}

/** One object as it is listed and drawn. */
export interface Marked {
  /** Its index in the response. */
  index: number;
  /** What it is called; lines of text are numbered. */
  name: string;
  color: string;
  confidence: number | null;
  /** Share of the image that its mask covers, 0 to 1. */
  area: number | null;
  object: FoundObject;
}

export function marked({ objects }: Pick<Prediction, 'objects'>): Marked[] {
  const all = objects.map((object, index) => ({
    index,
    name: object.label ?? `line ${index + 1}`,
    color: colorOf(object.label ?? 'text'),
    confidence: object.confidence,
    area: areaShare(object),
    object,
  }));
  const regions = all.length > 0 && all.every((each) => each.confidence == null);
  return regions ? all.sort((a, b) => (b.area ?? 0) - (a.area ?? 0)) : all;
}

function areaShare({ mask }: FoundObject): number | null {
  if (mask == null) return null;
  const pixels = mask.size.reduce((a, b) => a * b, 1);
  return pixels === 0 ? 0 : mask.area / pixels;
}

/** "7 person, 2 pizza", the most frequent first. */
export function census(marks: readonly Marked[]): string {
  const counts = new Map<string, number>();
  for (const { object } of marks) counts.set(object.label ?? '', (counts.get(object.label ?? '') ?? 0) + 1);
  counts.delete('');
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([label, many]) => `${many} ${label}`)
    .join(', ');
}

/** Outlines as the path of an SVG, in the image's pixels; an outline inside another is a hole. */
export const outlinePath = (polygons: readonly (readonly number[])[]): string =>
  polygons
    .filter((corners) => corners.length > 3)
    .map((corners) => `M${pairs(corners).join('L')}Z`)
    .join('');

function pairs(corners: readonly number[]): string[] {
  const points: string[] = [];
  for (let i = 0; i + 1 < corners.length; i += 2) points.push(`${corners[i] ?? 0} ${corners[i + 1] ?? 0}`);
  return points;
}

/** Small things above large ones, so that a pointer reaches them all. */
export const largestFirst = (marks: readonly Marked[]): Marked[] =>
  [...marks].sort((a, b) => extent(b.object) - extent(a.object));

const extent = ({ box }: FoundObject): number => (box.x2 - box.x1) * (box.y2 - box.y1);
