import styles from './Shift.module.css';

interface Props {
  before: number;
  after: number;
  /** Left end of the axis; the right end is 1. */
  from: number;
}

/** How a share moved: a ring where it was, a dot where it is, on an axis from `from` to 1. */
export function Shift({ before, after, from }: Props) {
  const at = (share: number) => `${Math.max(0, Math.min(1, (share - from) / (1 - from))) * 100}%`;
  const [low, high] = before < after ? [before, after] : [after, before];
  return (
    <span className={styles.axis} data-down={after < before || undefined} aria-hidden="true">
      <span className={styles.span} style={{ left: at(low), right: `calc(100% - ${at(high)})` }} />
      <span className={styles.ring} style={{ left: at(before) }} />
      <span className={styles.dot} style={{ left: at(after) }} />
    </span>
  );
}
