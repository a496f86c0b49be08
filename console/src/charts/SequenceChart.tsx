import { useElementSize } from '@mantine/hooks';
import { useId } from 'react';
import { versionColor } from '../components/VersionMark';
import { plain, short } from '../format';
import { axisLeft, BelowText } from './AxisText';
import { decimalsOf, linear, stepOf, ticks } from './scale';
import type { Scale } from './scale';
import styles from './SequenceChart.module.css';

export interface SequencePoint {
  /** How many images were seen. */
  count: number;
  value: number;
  low: number;
  high: number;
}

export interface SequenceLine {
  key: string;
  label: string;
  version: number;
  points: readonly SequencePoint[];
}

interface Props {
  title: string;
  lines: readonly SequenceLine[];
  /** A value that the candidate must stay on the right side of. */
  bound?: { value: number; label: string } | undefined;
  format: (value: number) => string;
  /** Text at the value axis, with the decimals that tell values `apart`. */
  tick?: (value: number, apart: number) => string;
}

const HEIGHT = 150;
const MIN_LEFT = 58;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 20;

/** How intervals that hold at every look close in on a value, by the number of images on a logarithmic axis. */
export function SequenceChart({ title, lines, bound, format, tick = rounded }: Props) {
  const { ref, width } = useElementSize();
  const id = useId();
  const points = lines.flatMap((line) => line.points);
  const counts = points.map((point) => point.count);
  const [first, last] = [Math.min(...counts), Math.max(...counts)];
  const [low, high, marks] = extent(lines, bound?.value);
  const texts = marks.map((mark) => tick(mark, stepOf(marks)));
  const left = axisLeft(texts, MIN_LEFT);
  const x = logarithmic([first, last], [left, Math.max(left + 1, width - RIGHT)]);
  const y = linear([low, high], [HEIGHT - BOTTOM, TOP]);
  return (
    <figure className={styles.chart} aria-labelledby={id}>
      <figcaption id={id} className="hidden">
        {title}: {spoken(lines, bound, format)}
      </figcaption>
      <div ref={ref}>
        <svg width={width} height={HEIGHT} className={styles.plot} aria-hidden="true">
          {marks.map((mark, i) => (
            <g key={mark}>
              <line className={styles.grid} x1={left} x2={width - RIGHT} y1={y(mark)} y2={y(mark)} />
              <text className={styles.tick} x={left - 8} y={y(mark)} dy="0.33em" textAnchor="end">
                {texts[i]}
              </text>
            </g>
          ))}
          {decades(first, last).map((count) => (
            <BelowText key={count} text={short(count)} x={x(count)} y={HEIGHT - 4} width={width} />
          ))}
          <clipPath id={`${id}-inside`}>
            <rect x={left} y={TOP} width={Math.max(0, width - RIGHT - left)} height={HEIGHT - BOTTOM - TOP} />
          </clipPath>
          <g clipPath={`url(#${id}-inside)`}>
            {lines.map((line) => (
              <Sequence key={line.key} line={line} x={x} y={y} />
            ))}
          </g>
          {bound && (
            <line className={styles.bound} x1={left} x2={width - RIGHT} y1={y(bound.value)} y2={y(bound.value)} />
          )}
        </svg>
      </div>
      <ul className={styles.legend} aria-hidden="true">
        {lines.map((line) => (
          <li key={line.key}>
            <span className={styles.swatch} style={{ background: versionColor(line.version) }} /> {line.label}
          </li>
        ))}
        {bound && (
          <li>
            <span className={styles.dashes} /> {bound.label} {format(bound.value)}
          </li>
        )}
        <li className={styles.unit}>images of the candidate</li>
      </ul>
    </figure>
  );
}

const rounded = (value: number, apart: number) => plain(value, decimalsOf(apart));

function Sequence({ line, x, y }: { line: SequenceLine; x: Scale; y: Scale }) {
  const color = versionColor(line.version);
  const place = (count: number, value: number) => `${x(count).toFixed(1)},${y(value).toFixed(1)}`;
  const upper = line.points.map((point) => place(point.count, point.high));
  const lower = [...line.points].reverse().map((point) => place(point.count, point.low));
  const middle = line.points.map((point) => place(point.count, point.value));
  const newest = line.points.at(-1);
  if (!newest) return null;
  return (
    <>
      <path d={`M${[...upper, ...lower].join('L')}Z`} fill={color} fillOpacity="0.16" />
      <path d={`M${middle.join('L')}`} stroke={color} strokeWidth="2" fill="none" />
      <line
        x1={x(newest.count)}
        x2={x(newest.count)}
        y1={y(newest.low)}
        y2={y(newest.high)}
        stroke={color}
        strokeWidth="3"
        strokeOpacity="0.5"
      />
    </>
  );
}

function logarithmic([from, to]: readonly [number, number], range: readonly [number, number]): Scale {
  const scale = linear([Math.log(Math.max(1, from)), Math.log(Math.max(2, to))], range);
  return Object.assign((count: number) => scale(Math.log(Math.max(1, count))), {
    invert: (pixel: number) => Math.exp(scale.invert(pixel)),
  });
}

/** 100, 1000 and so on between two counts; the counts themselves where there is none. */
function decades(first: number, last: number): number[] {
  if (!Number.isFinite(first) || !Number.isFinite(last)) return [];
  const found = Array.from({ length: 12 }, (_, power) => 10 ** power).filter((each) => each >= first && each <= last);
  return found.length > 1 ? found : [...new Set([first, last])];
}

/** The axis fits the second half of the course: first intervals are as wide as all that is possible. */
function extent(lines: readonly SequenceLine[], bound: number | undefined): [number, number, number[]] {
  const settled = lines.flatMap((line) => line.points.slice(Math.floor(line.points.length / 2)));
  const values = [...settled.flatMap((point) => [point.low, point.high]), ...(bound === undefined ? [] : [bound])];
  if (values.length === 0) return [0, 1, [0, 1]];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const marks = ticks(least, most > least ? most : least + 1e-6, 3);
  return [Math.min(least, marks[0] ?? least), Math.max(most, marks.at(-1) ?? most), marks];
}

function spoken(lines: readonly SequenceLine[], bound: Props['bound'], format: Props['format']): string {
  const parts = lines.map(({ label, points }) => {
    const newest = points.at(-1);
    return newest
      ? `${label} ${format(newest.value)}, between ${format(newest.low)} and ${format(newest.high)}`
      : `${label} not known yet`;
  });
  return [...parts, ...(bound ? [`${bound.label} ${format(bound.value)}`] : [])].join('; ');
}
