import type { Lease } from '../../../api/labelling';
import styles from './Bench.module.css';

/** Why an image came to this person. A honeypot has the reason of another image. */
const REASONS: Readonly<Record<Lease['reason'], string>> = {
  random: 'drawn at random',
  uncertain: 'worth more than others for the model',
  alike: 'looks like the first image of its page',
  disagreement: 'people disagree about it',
  rework: 'to be labelled once more',
  pilot: 'part of the pilot, which several people label blind',
  planned: 'drawn to know how right a model is',
  shadow: 'two versions of a model differ',
};

/** Why this image and no other is shown, with the queue's figures where it has some. */
export function ChosenBecause({ lease: { reason, detail } }: { lease: Lease }) {
  return (
    <p className={styles.reason} data-testid="reason">
      <strong>Why this image:</strong> {REASONS[reason]}
      {detail && `: ${detail}`}.
    </p>
  );
}
