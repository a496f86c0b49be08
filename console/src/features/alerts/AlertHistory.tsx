import type { AlertDelivery } from '../../api/types';
import { Loading } from '../../components/Loading';
import { Tag } from '../../components/Tag';
import type { Tone } from '../../components/Tag';
import { Timestamp } from '../../components/Timestamp';
import { plural } from '../../format';
import styles from './Alerts.module.css';
import { useAlertRecord } from './queries';

const TONES: Record<AlertDelivery['state'], Tone> = {
  waiting: 'spot',
  delivered: 'good',
  failed: 'bad',
  silenced: 'plain',
  superseded: 'plain',
};

/** What happened to an alert, and who was told. */
export function AlertHistory({ id }: { id: string }) {
  const record = useAlertRecord(id);
  if (!record.data) return <Loading error={record.error} what="the history" />;
  const { history, deliveries } = record.data;
  return (
    <>
      <ol className={styles.entries} aria-label="History">
        {history.map((entry, i) => (
          <li key={`${entry.at} ${i}`}>
            <Timestamp at={entry.at} exact />
            <span>
              <strong>{entry.event}</strong>
              {entry.by != null && ` by ${entry.by}`}
              {entry.detail && <span className="quiet">: {entry.detail}</span>}
            </span>
          </li>
        ))}
      </ol>
      {deliveries.length === 0 ? (
        <p className="quiet small">It was sent to nobody: no route of alerts takes it.</p>
      ) : (
        <ul className={styles.entries} aria-label="Sent to">
          {deliveries.map((delivery) => (
            <li key={delivery.id}>
              <Timestamp at={delivery.at} exact />
              <span>
                <Tag tone={TONES[delivery.state]}>{delivery.state}</Tag> {delivery.event} to{' '}
                <strong>{delivery.route}</strong>
                <span className="quiet">
                  {delivery.attempts.length > 0 && `, ${plural(delivery.attempts.length, 'try', 'tries')}`}
                  {delivery.detail && `: ${delivery.detail}`}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
