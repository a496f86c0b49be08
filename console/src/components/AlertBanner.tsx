import type { Alert } from '../api/types';
import { ago, dateTime, dayAndTime } from '../format';
import { useNow } from '../hooks';
import styles from './AlertBanner.module.css';

/** What the owner should know of a version's traffic, in plain words. */
export function AlertBanner({ alert }: { alert: Alert }) {
  const now = useNow();
  return (
    <section className={styles.banner} aria-label="Alert" data-testid="alert">
      <span className={styles.sign} aria-hidden="true" />
      <div className={styles.words}>
        <p className={styles.title}>
          {alert.kind === 'drift'
            ? `The traffic of version ${alert.version} has changed`
            : `The traffic of version ${alert.version} is not like the images that it was judged on`}
        </p>
        <p>{alert.message}</p>
      </div>
      <p className={styles.figures}>
        <time dateTime={alert.since} title={dateTime(alert.since)}>
          began {dayAndTime(alert.since)}, {ago(alert.since, now)}
        </time>
      </p>
    </section>
  );
}
