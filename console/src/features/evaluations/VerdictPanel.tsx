import type { DetectionReport, Verdict } from '../../api/types';
import styles from './VerdictPanel.module.css';

/** Whether the version is usable: one plain sentence, and its evidence. */
export function VerdictPanel({ verdict: { outcome, sentences } }: { verdict: Verdict | DetectionReport['verdict'] }) {
  const [headline, ...rest] = sentences;
  return (
    <section
      className={styles.verdict}
      aria-label="Verdict"
      data-tone={outcome === 'usable' ? 'good' : 'bad'}
      data-testid="verdict"
    >
      <p className={styles.headline}>{headline}</p>
      {rest.length > 0 && (
        <ul className={styles.rest}>
          {rest.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
