import { useElementSize } from '@mantine/hooks';
import { useId } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { plain } from '../format';
import { axisLeft, BelowText } from './AxisText';
import { DrawnLine, Dot } from './DrawnLine';
import { legendValue, valueAt, valueAxis } from './lines';
import type { Level, Line, Range, ValueAxis } from './lines';
import { decimalsOf, linear, stepOf } from './scale';
import { momentText, timeMarks } from './timeAxis';
import styles from './TimeChart.module.css';

/** The instant that all charts of a page point at; null shows the newest values. */
export interface Cursor {
  at: number | null;
  move: (at: number | null) => void;
}

/** When something happened. */
export interface Moment {
  at: number;
  label: string;
}

interface Props {
  title: string;
  lines: readonly Line[];
  levels?: readonly Level[];
  range?: Range | undefined;
  /** Moments that are marked. */
  moments?: readonly Moment[];
  /** Left and right end in epoch milliseconds. */
  span: readonly [number, number];
  /** Length of the stretches that points stand for, in milliseconds. */
  step?: number;
  /** A line breaks where this much time passed without a point. */
  gap?: number;
  format: (value: number) => string;
  /** Text at the value axis, where round numbers need no decimals but those that tell neighbours `apart`. */
  tick?: (value: number, apart: number) => string;
  /** What is known of the value axis; what is left out fits the values. */
  axis?: ValueAxis;
  cursor: Cursor;
  /** What is said in place of lines without points. */
  empty?: string;
  /** Whether it is one of many, without a legend of its own. */
  small?: boolean;
}

const MIN_LEFT = 46;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 22;
const BUCKET_MS = 5000;
const MARK_PX = 90;
const SMALL_MARK_PX = 64;

/** Values over time with a shared cursor; the legend shows the newest value, or the one under the cursor. */
export function TimeChart(props: Props) {
  const { title, lines, levels = [], range, moments = [], span, format, tick = rounded, axis = {}, cursor } = props;
  const { step = BUCKET_MS, gap = 2.5 * step, empty = 'no traffic in the last 10 minutes', small = false } = props;
  const { ref, width } = useElementSize();
  const id = useId();
  const height = small ? 104 : 168;
  const [low, high, marks] = valueAxis(lines, levels, range, axis, small ? 2 : 4);
  const texts = marks.map((mark) => tick(mark, stepOf(marks)));
  const left = axisLeft(texts, MIN_LEFT);
  const x = linear(span, [left, Math.max(left + 1, width - RIGHT)]);
  const y = linear([low, high], [height - BOTTOM, TOP]);
  const at = cursor.at != null && cursor.at >= span[0] && cursor.at <= span[1] ? cursor.at : null;
  const snap = (moment: number) => Math.round(moment / step) * step;

  const point = (event: PointerEvent<SVGSVGElement>) => {
    const inside = event.clientX - event.currentTarget.getBoundingClientRect().left;
    cursor.move(inside < left ? null : snap(x.invert(inside)));
  };
  const press = (event: KeyboardEvent) => {
    const from = at ?? snap(span[1]);
    const to = { ArrowLeft: from - step, ArrowRight: from + step, Home: span[0], End: span[1] }[event.key];
    if (to == null) return;
    event.preventDefault();
    cursor.move(Math.min(span[1], Math.max(span[0], to)));
  };

  return (
    <figure className={styles.chart} aria-labelledby={id} data-small={small || undefined}>
      <figcaption className={styles.head}>
        <span id={id} className={styles.title} title={small ? title : undefined}>
          {title}
        </span>
        {at != null && <span className={styles.time}>{momentText(at, step)}</span>}
        <ul className={styles.legend}>
          {!small &&
            levels.map((level) => (
              <li key={level.label}>
                <Swatch color={level.color} dotted />
                {level.label} <b>{format(level.value)}</b>
              </li>
            ))}
          {named(lines).map((line) => (
            <li key={line.key}>
              {!small && <Swatch color={line.color} />}
              {!small && line.label} <b>{legendValue(line, at, step, format)}</b>
            </li>
          ))}
        </ul>
      </figcaption>
      <div ref={ref}>
        <svg
          className={styles.plot}
          width={width}
          height={height}
          tabIndex={0}
          role="slider"
          aria-label={title}
          aria-valuemin={span[0]}
          aria-valuemax={span[1]}
          aria-valuenow={at ?? span[1]}
          aria-valuetext={spoken(lines, range, at, step, format)}
          onPointerMove={point}
          onPointerLeave={() => cursor.move(null)}
          onBlur={() => cursor.move(null)}
          onKeyDown={press}
        >
          {range && (
            <rect
              className={styles.range}
              x={left}
              width={Math.max(0, width - RIGHT - left)}
              y={y(range.high)}
              height={Math.max(1, y(range.low) - y(range.high))}
            />
          )}
          {marks.map((mark, i) => (
            <g key={mark}>
              <line className={styles.grid} x1={left} x2={width - RIGHT} y1={y(mark)} y2={y(mark)} />
              <text className={styles.tick} x={left - 8} y={y(mark)} dy="0.33em" textAnchor="end">
                {texts[i]}
              </text>
            </g>
          ))}
          {timeMarks(span, Math.max(2, Math.floor((width - left) / (small ? SMALL_MARK_PX : MARK_PX))), step).map(
            (mark) => (
              <BelowText key={mark.at} text={mark.text} x={x(mark.at)} y={height - 5} width={width} />
            ),
          )}
          {levels.map((level) => (
            <line
              key={level.label}
              x1={left}
              x2={width - RIGHT}
              y1={y(level.value)}
              y2={y(level.value)}
              stroke={level.color}
              strokeDasharray="2 4"
            />
          ))}
          {moments
            .filter((moment) => moment.at >= span[0] && moment.at <= span[1])
            .map((moment) => (
              <line
                key={moment.at}
                className={styles.moment}
                x1={x(moment.at)}
                x2={x(moment.at)}
                y1={TOP}
                y2={height - BOTTOM}
              >
                <title>{moment.label}</title>
              </line>
            ))}
          {lines.map((line) => (
            <DrawnLine key={line.key} line={line} x={x} y={y} gap={gap} />
          ))}
          {at != null && <line className={styles.cursor} x1={x(at)} x2={x(at)} y1={TOP} y2={height - BOTTOM} />}
          {at != null &&
            lines.map((line) => <Dot key={line.key} point={valueAt(line, at, step)} line={line} x={x} y={y} />)}
          {lines.every((line) => line.points.length === 0) && (
            <text className={styles.empty} x={(left + width) / 2} y={height / 2 - 6} textAnchor="middle">
              {empty}
            </text>
          )}
        </svg>
      </div>
    </figure>
  );
}

/** Lines with points; all where none has any. */
function named(lines: readonly Line[]): readonly Line[] {
  const drawn = lines.filter((line) => line.points.length > 0);
  return drawn.length > 0 ? drawn : lines;
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

const rounded = (value: number, apart: number) => plain(value, decimalsOf(apart));

/** What a screen reader says of the instant under the cursor; arrow keys move it through time. */
function spoken(
  lines: readonly Line[],
  range: Range | undefined,
  at: number | null,
  step: number,
  format: (value: number) => string,
): string {
  const parts = lines.map((line) => `${line.label} ${legendValue(line, at, step, format)}`);
  const usual = range ? `; ${range.label} ${format(range.low)} to ${format(range.high)}` : '';
  return `${at == null ? 'now' : momentText(at, step)}: ${parts.join(', ') || 'no traffic'}${usual}`;
}
