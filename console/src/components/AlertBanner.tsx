import type { Alert } from '../api/types';
import { ago, dateTime, percent } from '../format';
import { useNow } from '../hooks';
import styles from './AlertBanner.module.css';

/** A drift alert in plain words, with its two figures. */
export function AlertBanner({ alert }: { alert: Alert }) {
  const now = useNow();
  return (
    <div className={styles.banner} role="alert" data-testid="alert">
      <span className={styles.sign} aria-hidden="true" />
      <div className={styles.words}>
        <p className={styles.title}>Version {alert.version} is less sure of its answers than it was</p>
        <p>{alert.message}</p>
      </div>
      <p className={styles.figures}>
        <span>{percent(alert.baseline)} → <strong>{percent(alert.current)}</strong></span>
        <time dateTime={alert.since} title={dateTime(alert.since)}>began {ago(alert.since, now)}</time>
      </p>
    </div>
  );
}
