import type { Advice } from '../../api/labelling';
import styles from './Review.module.css';

/** What to change in a design, each with what was counted. */
export function AdviceList({ advice }: { advice: readonly Advice[] }) {
  return (
    <ul className={styles.advice}>
      {advice.map((each) => (
        <li key={`${each.kind}\n${each.evidence}`}>
          <strong>{each.advice}</strong> <span className="quiet">{each.evidence}</span>
        </li>
      ))}
    </ul>
  );
}
