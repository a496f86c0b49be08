import { useElementSize } from '@mantine/hooks';
import { useId } from 'react';
import { axisLeft, BelowText } from './AxisText';
import { logarithmic, logTicks } from './logScale';
import { decimalsOf, linear, stepOf, ticks } from './scale';
import styles from './TradeOffChart.module.css';

/** What a candidate is worth, with its interval, and what it costs. */
export interface TradeOff {
  name: string;
  cost: number;
  value: number;
  low: number;
  high: number;
  /** Whether no other candidate is better in everything. */
  front: boolean;
  /** Whether it is good enough. */
  cleared: boolean;
  chosen: boolean;
}

interface Props {
  title: string;
  points: readonly TradeOff[];
  /** What is good enough: a line. */
  limit: { value: number; label: string };
  /** What costs may be at most; empty where that is not stated. */
  most?: { value: number; label: string } | undefined;
  cost: (value: number) => string;
  value: (value: number) => string;
}

const HEIGHT = 236;
const MIN_LEFT = 40;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 24;
const MARK_PX = 64;
const ROOM = 1.25;
const CAP = 3;

/** Values with their intervals against costs on a logarithmic axis. The front is filled, the choice has a ring. */
export function TradeOffChart({ title, points, limit, most, cost, value }: Props) {
  const { ref, width } = useElementSize();
  const id = useId();
  const costs = [...points.map((point) => point.cost), ...(most ? [most.value] : [])];
  const span: [number, number] = [Math.min(...costs) / ROOM, Math.max(...costs) * ROOM];
  const least = Math.min(limit.value, ...points.map((point) => point.low));
  const marks = ticks(least, Math.max(limit.value, ...points.map((point) => point.high)), 4);
  const texts = marks.map((mark) => mark.toFixed(decimalsOf(stepOf(marks))));
  const left = axisLeft(texts, MIN_LEFT);
  const right = Math.max(left + 1, width - RIGHT);
  const x = logarithmic(span, [left, right]);
  const y = linear([marks[0] ?? 0, marks.at(-1) ?? 1], [HEIGHT - BOTTOM, TOP]);
  const order = [...points].sort((a, b) => Number(a.chosen) - Number(b.chosen) || Number(a.front) - Number(b.front));
  return (
    <figure className={styles.chart} aria-labelledby={id}>
      <figcaption id={id} className={styles.title}>
        {title}
      </figcaption>
      <div ref={ref}>
        <svg className={styles.plot} width={width} height={HEIGHT} role="img" aria-label={spoken(title, points, value)}>
          {marks.map((mark, i) => (
            <g key={mark}>
              <line className={styles.grid} x1={left} x2={right} y1={y(mark)} y2={y(mark)} />
              <text className={styles.tick} x={left - 8} y={y(mark)} dy="0.33em" textAnchor="end">
                {texts[i]}
              </text>
            </g>
          ))}
          {logTicks(...span, Math.max(2, Math.floor((right - left) / MARK_PX))).map((mark) => (
            <BelowText key={mark} text={cost(mark)} x={x(mark)} y={HEIGHT - 5} width={width} />
          ))}
          <line className={styles.limit} x1={left} x2={right} y1={y(limit.value)} y2={y(limit.value)}>
            <title>{limit.label}</title>
          </line>
          <text className={styles.label} x={right} y={y(limit.value)} dy="-0.4em" textAnchor="end">
            {limit.label}
          </text>
          {most && (
            <line className={styles.limit} x1={x(most.value)} x2={x(most.value)} y1={TOP} y2={HEIGHT - BOTTOM}>
              <title>{most.label}</title>
            </line>
          )}
          {order.map((point) => (
            <g
              key={point.name}
              className={styles.point}
              data-front={point.front || undefined}
              data-cleared={point.cleared || undefined}
            >
              <title>{`${point.name}: ${value(point.value)} (${value(point.low)} to ${value(point.high)}), ${cost(point.cost)}`}</title>
              <line x1={x(point.cost)} x2={x(point.cost)} y1={y(point.low)} y2={y(point.high)} />
              {[point.low, point.high].map((end, i) => (
                <line key={i} x1={x(point.cost) - CAP} x2={x(point.cost) + CAP} y1={y(end)} y2={y(end)} />
              ))}
              {point.chosen && <circle className={styles.ring} cx={x(point.cost)} cy={y(point.value)} r={9} />}
              <circle className={styles.dot} cx={x(point.cost)} cy={y(point.value)} r={4.5} />
            </g>
          ))}
        </svg>
      </div>
    </figure>
  );
}

function spoken(title: string, points: readonly TradeOff[], value: (value: number) => string): string {
  const chosen = points.find((point) => point.chosen);
  return `${title}: ${points.length} candidates${chosen ? `, chosen ${chosen.name} with ${value(chosen.value)}` : ', none chosen'}`;
}
