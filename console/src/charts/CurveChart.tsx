import { useElementSize } from '@mantine/hooks';
import { useId, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { plain, significant } from '../format';
import { axisLeft, BelowText } from './AxisText';
import { Dot, DrawnLine } from './DrawnLine';
import { valueAxis } from './lines';
import type { Line, Point, ValueAxis } from './lines';
import { decimalsOf, linear, stepOf, ticks } from './scale';
import styles from './TimeChart.module.css';

interface Props {
  title: string;
  /** Their points have the position, such as a step, in place of a time. */
  lines: readonly Line[];
  /** The first and the last position, the same in all charts that stand together. */
  span: readonly [number, number];
  /** What positions are: "step", "epoch", "second". */
  unit: string;
  format: (value: number) => string;
  /** Text at the value axis, with the decimals that tell neighbours `apart`. */
  tick?: (value: number, apart: number) => string;
  axis?: ValueAxis;
  empty: string;
}

const MIN_LEFT = 46;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 22;
const HEIGHT = 168;
const MARK_PX = 56;

/** Values by step: the curves of a training. The legend shows the newest values, or those under the cursor. */
export function CurveChart({ title, lines, span, unit, format, tick = rounded, axis = {}, empty }: Props) {
  const { ref, width } = useElementSize();
  const id = useId();
  const [at, setAt] = useState<number | null>(null);
  const places = lines.flatMap((line) => line.points.map((point) => point.at));
  const [first, last] = span;
  const [low, high, marks] = valueAxis(lines, [], undefined, axis, 4);
  const texts = marks.map((mark) => tick(mark, stepOf(marks)));
  const left = axisLeft(texts, MIN_LEFT);
  const x = linear([first, last], [left, Math.max(left + 1, width - RIGHT)]);
  const y = linear([low, high], [HEIGHT - BOTTOM, TOP]);
  const below = ticks(first, last, Math.max(2, Math.floor((width - left) / MARK_PX))).filter(
    (mark) => mark >= first && mark <= last && (unit === 'second' || Number.isInteger(mark)),
  );

  const point = (event: PointerEvent<SVGSVGElement>) => {
    const inside = event.clientX - event.currentTarget.getBoundingClientRect().left;
    setAt(inside < left ? null : nearest(places, x.invert(inside)));
  };
  const press = (event: KeyboardEvent) => {
    const sorted = [...new Set(places)].sort((a, b) => a - b);
    const now = at == null ? sorted.length - 1 : sorted.indexOf(at);
    const to = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: sorted.length - 1 }[event.key];
    if (to == null) return;
    event.preventDefault();
    setAt(sorted[Math.min(sorted.length - 1, Math.max(0, to))] ?? null);
  };

  return (
    <figure className={styles.chart} aria-labelledby={id}>
      <figcaption className={styles.head}>
        <span id={id} className={styles.title}>
          {title}
        </span>
        {at != null && (
          <span className={styles.time}>
            {unit} {significant(at)}
          </span>
        )}
        <ul className={styles.legend}>
          {lines
            .filter((line) => line.points.length > 0)
            .map((line) => (
              <li key={line.key}>
                <svg width="14" height="8" aria-hidden="true">
                  <line x1="0" x2="14" y1="4" y2="4" stroke={line.color} strokeWidth="2.5" />
                </svg>
                {line.label} <b>{textAt(line, at, format)}</b>
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
          aria-valuemin={first}
          aria-valuemax={last}
          aria-valuenow={at ?? last}
          aria-valuetext={spoken(lines, at, unit, format) || empty}
          onPointerMove={point}
          onPointerLeave={() => setAt(null)}
          onBlur={() => setAt(null)}
          onKeyDown={press}
        >
          {marks.map((mark, i) => (
            <g key={mark}>
              <line className={styles.grid} x1={left} x2={width - RIGHT} y1={y(mark)} y2={y(mark)} />
              <text className={styles.tick} x={left - 8} y={y(mark)} dy="0.33em" textAnchor="end">
                {texts[i]}
              </text>
            </g>
          ))}
          {places.length > 0 &&
            below.map((mark) => (
              <BelowText key={mark} text={plain(mark, 0)} x={x(mark)} y={HEIGHT - 5} width={width} />
            ))}
          {lines.map((line) => (
            <DrawnLine key={line.key} line={line} x={x} y={y} gap={Infinity} />
          ))}
          {at != null && <line className={styles.cursor} x1={x(at)} x2={x(at)} y1={TOP} y2={HEIGHT - BOTTOM} />}
          {at != null && lines.map((line) => <Dot key={line.key} point={before(line, at)} line={line} x={x} y={y} />)}
          {places.length === 0 && (
            <text className={styles.empty} x={(left + width) / 2} y={HEIGHT / 2 - 6} textAnchor="middle">
              {empty}
            </text>
          )}
        </svg>
      </div>
    </figure>
  );
}

const rounded = (value: number, apart: number) => plain(value, decimalsOf(apart));

const nearest = (places: readonly number[], at: number): number | null =>
  places.reduce<number | null>(
    (best, each) => (best == null || Math.abs(each - at) < Math.abs(best - at) ? each : best),
    null,
  );

/** The value that is in force at a position: the last one up to it. */
const before = (line: Line, at: number): Point | undefined => line.points.findLast((point) => point.at <= at);

function textAt(line: Line, at: number | null, format: (value: number) => string): string {
  const found = at == null ? line.points.at(-1) : before(line, at);
  return found ? format(found.value) : '–';
}

function spoken(lines: readonly Line[], at: number | null, unit: string, format: (value: number) => string): string {
  const parts = lines
    .filter((line) => line.points.length > 0)
    .map((line) => `${line.label} ${textAt(line, at, format)}`)
    .join(', ');
  return at == null || parts === '' ? parts : `${unit} ${significant(at)}: ${parts}`;
}
