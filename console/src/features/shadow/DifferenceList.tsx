import { Button } from '@mantine/core';
import { useState } from 'react';
import { thumbnailPath } from '../../api/datasets';
import type { ShadowDifference } from '../../api/types';
import { ServerImage } from '../../components/ServerImage';
import { dayAndTime } from '../../format';
import { useDifferences } from './queries';
import styles from './Shadow.module.css';

const FIRST = 10;
const MORE = 100;

interface Props {
  model: string;
  /** Where differing images are kept; null where they are not. */
  dataset: string | null;
}

/** Images with different predictions, the greatest difference first. */
export function DifferenceList({ model, dataset }: Props) {
  const [limit, setLimit] = useState(FIRST);
  const differences = useDifferences(model, limit).data?.differences ?? [];
  if (differences.length === 0) return null;
  return (
    <>
      <ul className={styles.differences} aria-label="Images with different predictions">
        {differences.map((each) => (
          <li key={`${each.request_id} ${each.at}`} className={styles.difference}>
            <Difference each={each} dataset={dataset} />
          </li>
        ))}
      </ul>
      {differences.length === limit && limit < MORE && (
        <Button variant="subtle" onClick={() => setLimit(MORE)}>
          Show more
        </Button>
      )}
    </>
  );
}

function Difference({ each, dataset }: { each: ShadowDifference; dataset: string | null }) {
  return (
    <>
      <span className={styles.weight} title="How much the predictions differ, 0 to 1">
        <span className={styles.bar} style={{ width: `${each.weight * 100}%` }} aria-hidden="true" />
        {each.weight.toFixed(2)}
      </span>
      <span className={styles.image}>
        {dataset != null && each.image != null ? (
          <ServerImage path={thumbnailPath(dataset, each.image)} alt={`Image of request ${each.request_id}`} />
        ) : (
          <span className={styles.absent}>not kept</span>
        )}
      </span>
      <span>
        <span className="quiet small">production</span> {each.production || 'nothing'}
      </span>
      <span>
        <span className="quiet small">shadow</span> {each.candidate || 'nothing'}
      </span>
      <span className={`quiet small ${styles.request}`}>
        {dayAndTime(each.at)} <code>{each.request_id}</code>
      </span>
    </>
  );
}
