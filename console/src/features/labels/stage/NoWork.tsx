import { Button } from '@mantine/core';
import { Loading } from '../../../components/Loading';
import { ProblemNote } from '../../../components/ProblemNote';
import type { Labelling } from '../queue/useSession';
import styles from './Bench.module.css';

/** In place of the image: why there is none. */
export function NoWork({ labelling: { session, state, queue } }: { labelling: Labelling }) {
  const error = state.error ?? (state.work ? null : queue.error);
  return (
    <div className={styles.nothing}>
      {error ? (
        <>
          <ProblemNote error={error} />
          <div className={styles.actions}>
            <Button variant="default" onClick={() => session.retry()}>
              Try again
            </Button>
            {state.work && (
              <Button variant="subtle" onClick={() => session.skip()}>
                Skip this image
              </Button>
            )}
          </div>
        </>
      ) : queue.supply === 'empty' && !state.work ? (
        <div data-testid="no-more">
          <h2>No more images for you</h2>
          <p className="quiet">
            Every image is labelled or is being labelled by others. This page asks again every 5 seconds.
          </p>
        </div>
      ) : (
        <Loading error={null} what="the image" />
      )}
    </div>
  );
}
