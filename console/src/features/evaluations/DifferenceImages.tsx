import { Button, Modal } from '@mantine/core';
import { useDifferences } from './comparisons';
import type { Change } from './comparisons';
import type { EvaluationDifference } from '../../api/types';
import { Loading } from '../../components/Loading';
import { percent, plural } from '../../format';
import { meaning } from './differences';
import type { Pair } from './differences';
import styles from './EvaluationImages.module.css';
import { objectCounts } from './evaluationRuns';
import { Thumbnail } from './Thumbnail';

interface Props {
  pair: Pair;
  change: Change;
  onClose: () => void;
}

/** The images on which two versions differ, with what each predicts. */
export function DifferenceImages({ pair, change, onClose }: Props) {
  const found = useDifferences(pair.model, pair.baseline, pair.candidate, change);
  const pages = found.data?.pages;
  const differing = pages?.flatMap((page) => page.differing);
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Images: ${meaning(change, pair)}`}
      size="min(1040px, 94vw)"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {!differing ? (
        <Loading error={found.error} what="the images" />
      ) : (
        <>
          <p className="quiet small" role="status">
            {plural(pages?.[0]?.total ?? 0, 'image')}
          </p>
          <ul className={styles.grid} aria-label="Images" data-testid="differences" data-large>
            {differing.map((each) => (
              <li key={each.candidate.number}>
                <Difference pair={pair} difference={each} />
              </li>
            ))}
          </ul>
        </>
      )}
      {found.hasNextPage && (
        <Button variant="default" mt={16} loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Modal>
  );
}

function Difference({ pair, difference: { baseline, candidate } }: { pair: Pair; difference: EvaluationDifference }) {
  return (
    <figure className={styles.figure}>
      <Thumbnail image={candidate} />
      <figcaption>
        <span title={candidate.name}>{candidate.name}</span>
        {candidate.truth != null && <span>shows {candidate.truth}</span>}
        {[
          { version: pair.from, image: baseline },
          { version: pair.to, image: candidate },
        ].map(({ version, image }) => (
          <span key={version} className="quiet" data-wrong={!image.correct || undefined}>
            version {version}:{' '}
            {pair.objects ? objectCounts(image) : `${image.predicted ?? ''} ${percent(image.confidence)}`}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
