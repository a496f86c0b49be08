import { Button } from '@mantine/core';
import { count, plural } from '../../format';
import { handIn, outbox, useOutbox } from './queue/delivery';
import styles from './LabelPage.module.css';

/** What of one's work the server does not have yet, and what it does not want. */
export function OutboxNote() {
  const { waiting, refused, unstored } = useOutbox();
  return (
    <>
      <p role="status" className={styles.outbox} data-waiting={waiting > 0 || undefined} data-testid="outbox">
        {waiting === 0
          ? 'The server has all labels.'
          : `${plural(waiting, 'label')} ${waiting === 1 ? 'waits' : 'wait'} for the server.`}
        {unstored > 0 && ` Keep this tab open: ${count(unstored)} of them are not in the browser's storage.`}
      </p>
      {refused.length > 0 && (
        <div role="alert" className={styles.refused}>
          <p>
            The server refused {plural(refused.length, 'label')}: {refused[0]?.refused}
          </p>
          <div className={styles.row}>
            <Button
              variant="default"
              onClick={() => {
                outbox.retryRefused();
                void handIn();
              }}
            >
              Try again
            </Button>
            <Button variant="subtle" onClick={() => outbox.discardRefused()}>
              Discard
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
