import { Button, Modal, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { Dataset } from '../../api/datasets';
import { thumbnailPath } from '../../api/datasets';
import { Loading } from '../../components/Loading';
import { ServerImage } from '../../components/ServerImage';
import { valueWords } from '../data/annotationWords';
import { useItems } from '../data/queries';
import styles from './Design.module.css';

interface Props {
  dataset: Dataset;
  /** The class. */
  of: string;
  counter: boolean;
  chosen: readonly string[];
  onToggle: (hash: string) => void;
  onClose: () => void;
}

const ALL = '';
const UNLABELLED = 'labelled=no';

/** The images of a data set, to choose examples of a class from. */
export function ExamplePicker({ dataset, of, counter, chosen, onToggle, onClose }: Props) {
  const [which, setWhich] = useState(ALL);
  const [tag, value] = which.split(/=(.*)/s);
  const items = useItems(dataset.name, tag && value ? { [tag]: value } : {});
  const shown = items.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={counter ? `What looks like “${of}” and is not` : `What shows “${of}”`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={styles.section}>
        <NativeSelect
          label="Images"
          value={which}
          onChange={(event) => setWhich(event.currentTarget.value)}
          data={[
            { value: ALL, label: 'all' },
            { value: UNLABELLED, label: 'not labelled' },
            ...dataset.classes.map(({ name }) => ({ value: `class=${name}`, label: `labelled ${name}` })),
          ]}
        />
        {!items.data ? (
          <Loading error={items.error} what="the images" />
        ) : shown.length === 0 ? (
          <p className="quiet">There are no such images.</p>
        ) : (
          <ul className={styles.picks} aria-label="Images to choose from">
            {shown.map(({ image: { hash }, annotation }) => (
              <li key={hash}>
                <button
                  type="button"
                  className={styles.pick}
                  aria-pressed={chosen.includes(hash)}
                  onClick={() => onToggle(hash)}
                >
                  <span className={styles.thumbnail}>
                    <ServerImage path={thumbnailPath(dataset.name, hash)} alt={`Image ${hash.slice(0, 8)}`} />
                  </span>
                  <span className={styles.caption} dir="auto">
                    {valueWords(annotation?.value)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        <div className={styles.row}>
          {items.hasNextPage && (
            <Button variant="default" onClick={() => void items.fetchNextPage()} disabled={items.isFetchingNextPage}>
              More images
            </Button>
          )}
          <Button onClick={onClose}>Done</Button>
        </div>
      </div>
    </Modal>
  );
}
