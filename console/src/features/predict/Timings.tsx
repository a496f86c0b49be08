import { STAGES } from '../../charts/stages';
import { StageBar } from '../../charts/StageBar';
import type { Prediction } from '../../api/types';
import { plural } from '../../format';
import styles from './PredictionView.module.css';

/** Where the time of a prediction went, or why no stage took any. */
export function Timings({ prediction }: { prediction: Prediction }) {
  const { cached, near, fallback, timings_ms: timings } = prediction;
  const ran = STAGES.some((stage) => timings[stage] > 0);
  const reason = cached ? fromCache(near) : fallback ? 'Fallback response: this model did not run.' : undefined;
  return (
    <>
      {reason !== undefined && (
        <p className={styles.origin} data-testid="origin">
          {reason}
        </p>
      )}
      {ran ? (
        <StageBar timings={reason === undefined ? timings : taken(timings)} />
      ) : (
        reason === undefined && <p className="quiet small">No stage took measurable time.</p>
      )}
    </>
  );
}

const fromCache = (near: number | null): string =>
  near == null
    ? 'Served from cache: this image was predicted before. Decoding and inference were skipped.'
    : `Served from cache: a near-duplicate image was predicted before (perceptual hashes differ in ${plural(near, 'bit')}). Inference was skipped.`;

/** Only the stages that ran. */
const taken = (timings: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(timings).filter(([, took]) => took > 0));
