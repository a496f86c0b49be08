import styles from './Shift.module.css';

interface Props {
  before: number;
  after: number;
  /** Left end of the axis. */
  from: number;
  /** Right end of the axis. */
  to?: number;
  /** Whether neither direction is the worse one. */
  neutral?: boolean;
}

/** How a share moved: a ring where it was, a dot where it is, on an axis. */
export function Shift({ before, after, from, to = 1, neutral = false }: Props) {
  const at = (share: number) => `${Math.max(0, Math.min(1, (share - from) / (to - from))) * 100}%`;
  const [low, high] = before < after ? [before, after] : [after, before];
  return (
    <span className={styles.axis} data-down={(!neutral && after < before) || undefined} aria-hidden="true">
      <span className={styles.span} style={{ left: at(low), right: `calc(100% - ${at(high)})` }} />
      <span className={styles.ring} style={{ left: at(before) }} />
      <span className={styles.dot} style={{ left: at(after) }} />
    </span>
  );
}
