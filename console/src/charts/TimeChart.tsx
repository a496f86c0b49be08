import { useElementSize } from '@mantine/hooks';
import { useId } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { timeOfDay, timeWithSeconds } from '../format';
import { linear, ticks } from './scale';
import type { Scale } from './scale';
import styles from './TimeChart.module.css';

export interface Point {
  /** Epoch milliseconds. */
  at: number;
  value: number;
}

export interface Line {
  key: string;
  label: string;
  color: string;
  points: readonly Point[];
}

export interface Level {
  label: string;
  color: string;
  value: number;
}

/** The instant that all charts of a page point at; null shows the newest values. */
export interface Cursor {
  at: number | null;
  move: (at: number | null) => void;
}

interface ValueAxis {
  from?: number;
  /** The axis covers at least this much, so that noise does not look like news. */
  minSpan?: number;
  /** Largest possible value. */
  cap?: number;
}

interface Props {
  title: string;
  lines: readonly Line[];
  levels?: readonly Level[];
  /** Left and right end in epoch milliseconds. */
  span: readonly [number, number];
  format: (value: number) => string;
  /** Text at the value axis, where round numbers need no decimals. */
  tick?: (value: number) => string;
  /** What is known of the value axis; what is left out fits the values. */
  axis?: ValueAxis;
  cursor: Cursor;
}

const HEIGHT = 168;
const LEFT = 46;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 22;
const BUCKET_MS = 5000;
/** A line breaks where this much time passed without traffic. */
const GAP_MS = 2.5 * BUCKET_MS;

/** Values over time with a shared cursor; the legend shows the newest value, or the one under the cursor. */
export function TimeChart({ title, lines, levels = [], span, format, tick = plain, axis = {}, cursor }: Props) {
  const { ref, width } = useElementSize();
  const id = useId();
  const [low, high, marks] = valueAxis(lines, levels, axis);
  const x = linear(span, [LEFT, Math.max(LEFT + 1, width - RIGHT)]);
  const y = linear([low, high], [HEIGHT - BOTTOM, TOP]);
  const at = cursor.at != null && cursor.at >= span[0] && cursor.at <= span[1] ? cursor.at : null;

  const point = (event: PointerEvent<SVGSVGElement>) => {
    const inside = event.clientX - event.currentTarget.getBoundingClientRect().left;
    cursor.move(inside < LEFT ? null : snap(x.invert(inside)));
  };
  const step = (event: KeyboardEvent) => {
    const from = at ?? snap(span[1]);
    const to = { ArrowLeft: from - BUCKET_MS, ArrowRight: from + BUCKET_MS, Home: span[0], End: span[1] }[event.key];
    if (to == null) return;
    event.preventDefault();
    cursor.move(Math.min(span[1], Math.max(span[0], to)));
  };

  return (
    <figure className={styles.chart} aria-labelledby={id}>
      <figcaption className={styles.head}>
        <span id={id} className={styles.title}>
          {title}
        </span>
        {at != null && <span className={styles.time}>{timeWithSeconds(at)}</span>}
        <ul className={styles.legend}>
          {levels.map((level) => (
            <li key={level.label}>
              <Swatch color={level.color} dotted />
              {level.label} <b>{format(level.value)}</b>
            </li>
          ))}
          {lines.map((line) => (
            <li key={line.key}>
              <Swatch color={line.color} />
              {line.label} <b>{legendValue(line, at, format)}</b>
            </li>
          ))}
        </ul>
      </figcaption>
      <div ref={ref}>
        <svg
          className={styles.plot}
          width={width}
          height={HEIGHT}
          tabIndex={0}
          role="slider"
          aria-label={title}
          aria-valuemin={span[0]}
          aria-valuemax={span[1]}
          aria-valuenow={at ?? span[1]}
          aria-valuetext={spoken(lines, at, format)}
          onPointerMove={point}
          onPointerLeave={() => cursor.move(null)}
          onBlur={() => cursor.move(null)}
          onKeyDown={step}
        >
          {marks.map((mark) => (
            <g key={mark}>
              <line className={styles.grid} x1={LEFT} x2={width - RIGHT} y1={y(mark)} y2={y(mark)} />
              <text className={styles.tick} x={LEFT - 8} y={y(mark)} dy="0.33em" textAnchor="end">
                {tick(mark)}
              </text>
            </g>
          ))}
          <TimeAxis span={span} x={x} />
          {levels.map((level) => (
            <g key={level.label}>
              <line
                x1={LEFT}
                x2={width - RIGHT}
                y1={y(level.value)}
                y2={y(level.value)}
                stroke={level.color}
                strokeDasharray="2 4"
              />
            </g>
          ))}
          {lines.map((line) => (
            <path
              key={line.key}
              className={styles.line}
              d={path(line.points, x, y)}
              stroke={line.color}
              strokeWidth="2"
            />
          ))}
          {at != null && <line className={styles.cursor} x1={x(at)} x2={x(at)} y1={TOP} y2={HEIGHT - BOTTOM} />}
          {at != null && lines.map((line) => <Dot key={line.key} line={line} at={at} x={x} y={y} />)}
          {lines.every((line) => line.points.length === 0) && (
            <text className={styles.empty} x={(LEFT + width) / 2} y={HEIGHT / 2 - 6} textAnchor="middle">
              no traffic in the last 10 minutes
            </text>
          )}
        </svg>
      </div>
    </figure>
  );
}

function Swatch({ color, dotted = false }: { color: string; dotted?: boolean }) {
  return (
    <svg width="14" height="8" aria-hidden="true">
      <line
        x1="0"
        x2="14"
        y1="4"
        y2="4"
        stroke={color}
        strokeWidth={dotted ? 1.5 : 2.5}
        strokeDasharray={dotted ? '2 3' : undefined}
      />
    </svg>
  );
}

const plain = (value: number) => value.toLocaleString('en-GB', { maximumFractionDigits: 2 });

const snap = (at: number) => Math.round(at / BUCKET_MS) * BUCKET_MS;

function valueAxis(
  lines: readonly Line[],
  levels: readonly Level[],
  { from, minSpan = 1e-6, cap = Infinity }: ValueAxis,
): [number, number, number[]] {
  const values = [
    ...lines.flatMap((line) => line.points.map((point) => point.value)),
    ...levels.map((level) => level.value),
  ];
  if (values.length === 0) return [from ?? 0, Math.min(cap, 1), [from ?? 0, Math.min(cap, 1)]];
  const high = Math.min(cap, Math.max(...values, (from ?? Math.min(...values)) + minSpan));
  const low = from ?? Math.min(...values, high - minSpan);
  const marks = ticks(low, high, 4).filter((mark) => mark <= cap);
  return [Math.min(low, marks[0] ?? low), Math.max(marks.at(-1) ?? high, high), marks];
}

function TimeAxis({ span, x }: { span: readonly [number, number]; x: Scale }) {
  const minute = 60_000;
  const first = Math.ceil(span[0] / (2 * minute)) * 2 * minute;
  const marks = Array.from({ length: 6 }, (_, i) => first + i * 2 * minute).filter((mark) => mark <= span[1]);
  return marks.map((mark) => (
    <text key={mark} className={styles.tick} x={x(mark)} y={HEIGHT - 5} textAnchor="middle">
      {timeOfDay(mark)}
    </text>
  ));
}

function Dot({ line, at, x, y }: { line: Line; at: number; x: Scale; y: Scale }) {
  const point = valueAt(line, at);
  return point && <circle className={styles.dot} cx={x(point.at)} cy={y(point.value)} r="4" fill={line.color} />;
}

const valueAt = (line: Line, at: number) => line.points.find((point) => Math.abs(point.at - at) <= BUCKET_MS / 2);

function legendValue(line: Line, at: number | null, format: (value: number) => string): string {
  const point = at == null ? line.points.at(-1) : valueAt(line, at);
  return point ? format(point.value) : '–';
}

/** What a screen reader says of the instant under the cursor; arrow keys move it through time. */
function spoken(lines: readonly Line[], at: number | null, format: (value: number) => string): string {
  const parts = lines.map((line) => `${line.label} ${legendValue(line, at, format)}`);
  return `${at == null ? 'now' : timeWithSeconds(at)}: ${parts.join(', ') || 'no traffic'}`;
}

function path(points: readonly Point[], x: Scale, y: Scale): string {
  return points
    .map((point, i) => {
      const before = points[i - 1];
      const place = `${x(point.at).toFixed(1)},${y(point.value).toFixed(1)}`;
      // The empty stroke gives a point that stands alone its round cap.
      return before && point.at - before.at <= GAP_MS ? `L${place}` : `M${place}h0`;
    })
    .join('');
}
