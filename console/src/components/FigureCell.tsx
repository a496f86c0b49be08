import type { Figure } from '../api/types';
import { interval, percent } from '../format';
import styles from './FigureCell.module.css';
import { IntervalBar } from './Interval';

interface Props {
  figure: Figure | null;
  /** Left end of the axis; the right end is 1. */
  from: number;
  /** What stands where there is no figure. */
  absent?: string;
}

/** A share in a table, with its 95 % interval as text and as a bar. */
export function FigureCell({ figure, from, absent = '–' }: Props) {
  if (!figure) return <span className="quiet">{absent}</span>;
  return (
    <span className={styles.figure}>
      <span className={styles.value}>
        {percent(figure.value)} <span className="quiet small">{interval(figure.low, figure.high)}</span>
      </span>
      <IntervalBar figure={figure} from={from} />
    </span>
  );
}

/** The title of a column of figures: its name above the ends of its axis. */
export function FigureTitle({ name, from }: { name: string; from: number }) {
  return (
    <span className={styles.axis}>
      {name}
      <span aria-hidden="true">
        {percent(from, 0)}–{percent(1, 0)}
      </span>
    </span>
  );
}
