import type { Alert } from '../api/types';
import { ago, dateTime, dayAndTime, percent } from '../format';
import { useNow } from '../hooks';
import styles from './AlertBanner.module.css';

/** A drift alert in plain words, with its two figures. */
export function AlertBanner({ alert }: { alert: Alert }) {
  const now = useNow();
  return (
    <section className={styles.banner} aria-label="Alert" data-testid="alert">
      <span className={styles.sign} aria-hidden="true" />
      <div className={styles.words}>
        <p className={styles.title}>
          {alert.kind === 'confidence'
            ? `Version ${alert.version} has lower confidence than at promotion`
            : `Version ${alert.version} needs attention`}
        </p>
        <p>{alert.message}</p>
      </div>
      <p className={styles.figures}>
        <span>
          {percent(alert.baseline)} → <strong>{percent(alert.current)}</strong>
        </span>
        <time dateTime={alert.since} title={dateTime(alert.since)}>
          began {dayAndTime(alert.since)}, {ago(alert.since, now)}
        </time>
      </p>
    </section>
  );
}
