import type { Figure } from '../api/types';
import { interval, percent } from '../format';
import styles from './Interval.module.css';

/** A share with its 95 % interval in words. */
export function IntervalText({ figure }: { figure: Figure | null | undefined }) {
  if (!figure) return <span className="quiet">not evaluated</span>;
  return (
    <span className={styles.text} title="with its 95 % interval">
      <span>{percent(figure.value)}</span> <span className={styles.range}>{interval(figure.low, figure.high)}</span>
    </span>
  );
}

interface BarProps {
  figure: Figure;
  /** Left end of the axis; the right end is 1. */
  from: number;
}

/** The same as a drawing: the interval as a bar, the value as a dot, on an axis from `from` to 1. */
export function IntervalBar({ figure, from }: BarProps) {
  const at = (share: number) => `${Math.max(0, Math.min(1, (share - from) / (1 - from))) * 100}%`;
  return (
    <span className={styles.axis} aria-hidden="true">
      <span className={styles.span} style={{ left: at(figure.low), right: `calc(100% - ${at(figure.high)})` }} />
      <span className={styles.dot} style={{ left: at(figure.value) }} />
    </span>
  );
}

/** A round left end for an axis that must hold all these figures: 0.9, 0.8, … or 0. */
export function axisStart(figures: readonly Figure[]): number {
  const lowest = Math.min(1, ...figures.map((figure) => figure.low));
  return Math.max(0, Math.floor(lowest * 10 - 1e-9) / 10);
}
