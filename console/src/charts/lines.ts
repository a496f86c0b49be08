import { ticks } from './scale';
import type { Scale } from './scale';

export interface Point {
  /** Epoch milliseconds. */
  at: number;
  value: number;
  /** Its interval, where it has one. */
  low?: number;
  high?: number;
}

export interface Line {
  key: string;
  label: string;
  color: string;
  points: readonly Point[];
  /** Whether points stand alone, as those of days with labels do. */
  dots?: boolean;
}

export interface Level {
  label: string;
  color: string;
  value: number;
}

/** Values between which nothing is unusual. */
export interface Range {
  label: string;
  low: number;
  high: number;
}

/** What is known of a value axis. */
export interface ValueAxis {
  from?: number;
  /** The axis covers at least this much, so that noise does not look like news. */
  minSpan?: number;
  /** Largest possible value. */
  cap?: number;
  /** Whether values are counts, of which there are no halves. */
  whole?: boolean;
}

/** The ends of the value axis and its round values. */
export function valueAxis(
  lines: readonly Line[],
  levels: readonly Level[],
  range: Range | undefined,
  { from, cap = Infinity, whole = false, minSpan = whole ? 1 : 1e-6 }: ValueAxis,
  wanted: number,
): [number, number, number[]] {
  const values = [
    ...lines.flatMap((line) => line.points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value])),
    ...levels.map((level) => level.value),
    ...(range ? [range.low, range.high] : []),
  ];
  if (values.length === 0) return [from ?? 0, Math.min(cap, 1), [from ?? 0, Math.min(cap, 1)]];
  const high = Math.min(cap, Math.max(...values, (from ?? Math.min(...values)) + minSpan));
  const low = from ?? Math.min(...values, high - minSpan);
  const marks = ticks(low, high, wanted).filter((mark) => mark <= cap && (!whole || Number.isInteger(mark)));
  return [Math.min(low, marks[0] ?? low), Math.max(marks.at(-1) ?? high, high), marks];
}

/** The point of a stretch of time. */
export const valueAt = (line: Line, at: number, step: number) =>
  line.points.find((point) => Math.abs(point.at - at) <= step / 2);

/** What a legend says of a line, at a moment or of its newest point. */
export function legendValue(line: Line, at: number | null, step: number, format: (value: number) => string): string {
  const point = at == null ? line.points.at(-1) : valueAt(line, at, step);
  if (!point) return '–';
  const { value, low, high } = point;
  return low == null || high == null ? format(value) : `${format(value)} (${format(low)} to ${format(high)})`;
}

/** The path of a line, which breaks where points are too far apart. */
export function path(points: readonly Point[], x: Scale, y: Scale, gap: number): string {
  return points
    .map((point, i) => {
      const before = points[i - 1];
      const place = `${x(point.at).toFixed(1)},${y(point.value).toFixed(1)}`;
      // The empty stroke gives a point that stands alone its round cap.
      return before && point.at - before.at <= gap ? `L${place}` : `M${place}h0`;
    })
    .join('');
}

/** Points without a neighbour, which no line makes visible. */
export const alone = (points: readonly Point[], gap: number): Point[] =>
  points.filter(({ at }, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    return (!before || at - before.at > gap) && (!after || after.at - at > gap);
  });

/** Runs of points that have intervals and follow each other. */
export function stretches(points: readonly Point[], gap: number): Point[][] {
  const runs: Point[][] = [];
  for (const point of points) {
    if (point.low == null || point.high == null) continue;
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && point.at - last.at <= gap) run.push(point);
    else runs.push([point]);
  }
  return runs;
}

/** The outline of the intervals of points. */
export function bandPath(stretch: readonly Point[], x: Scale, y: Scale): string {
  const place = ({ at, value }: Point, edge: number | undefined) =>
    `${x(at).toFixed(1)},${y(edge ?? value).toFixed(1)}`;
  const upper = stretch.map((point) => place(point, point.high));
  const lower = [...stretch].reverse().map((point) => place(point, point.low));
  return `M${[...upper, ...lower].join('L')}Z`;
}
