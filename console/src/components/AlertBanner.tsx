import { Link } from 'react-router';
import type { Alert } from '../api/types';
import { ago, dateTime, dayAndTime } from '../format';
import { useNow } from '../hooks';
import styles from './AlertBanner.module.css';

/** A warning to the owner about a version's traffic, in plain words; `page` has the evidence. */
export function AlertBanner({ alert, page }: { alert: Alert; page: string }) {
  const now = useNow();
  return (
    <section className={styles.banner} aria-label="Alert" data-testid="alert">
      <span className={styles.sign} aria-hidden="true" />
      <div className={styles.words}>
        <p className={styles.title}>
          {alert.kind === 'drift'
            ? `Warning: the traffic of version ${alert.version} has changed`
            : `Warning: the traffic of version ${alert.version} is not like the images that it was judged on`}
        </p>
        <p>{alert.message}</p>
        <Link to={page}>Show the evidence</Link>
      </div>
      <p className={styles.figures}>
        <time dateTime={alert.since} title={dateTime(alert.since)}>
          began {dayAndTime(alert.since)}, {ago(alert.since, now)}
        </time>
      </p>
    </section>
  );
}
