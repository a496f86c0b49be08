import { Button, Modal, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useEvaluationImages, useThumbnail } from '../api/queries';
import type { EvaluationImage, EvaluationRun } from '../api/types';
import { Waiting } from '../components/Waiting';
import { percent, plural } from '../format';
import styles from './EvaluationImages.module.css';
import type { ImageFilter } from './evaluationRuns';

/** What was clicked: a class, or a cell of the confusion matrix. */
export type Selection = { label: string } | { truth: string; predicted: string };

interface Props {
  run: EvaluationRun;
  selection: Selection;
  onClose: () => void;
}

/** The images behind a number of an evaluation. */
export function EvaluationImages({ run, selection, onClose }: Props) {
  const [part, setPart] = useState<Part>('all');
  const isClass = 'label' in selection;
  const title = isClass
    ? `Images of class ${selection.label}`
    : `${selection.truth} predicted as ${selection.predicted}`;
  return (
    <Modal opened onClose={onClose} title={title} size="min(1040px, 94vw)" closeButtonProps={{ 'aria-label': 'Close' }}>
      {isClass && (
        <SegmentedControl
          aria-label="Which images"
          mb={16}
          value={part}
          onChange={(value) => setPart(value)}
          data={[
            { value: 'all', label: 'All' },
            { value: 'missed', label: 'Missed' },
            { value: 'false', label: 'False positives' },
          ]}
        />
      )}
      <Images key={part} run={run} filter={isClass ? filters[part](selection.label) : selection} />
    </Modal>
  );
}

type Part = 'all' | 'missed' | 'false';

const filters: Record<Part, (label: string) => ImageFilter> = {
  all: (truth) => ({ truth }),
  missed: (truth) => ({ truth, correct: false }),
  false: (predicted) => ({ predicted, correct: false }),
};

function Images({ run, filter }: { run: EvaluationRun; filter: ImageFilter }) {
  const found = useEvaluationImages(run, filter);
  const pages = found.data?.pages;
  if (!pages) return <Waiting error={found.error} what="the images" />;
  const images = pages.flatMap((page) => page.images);
  const total = pages[0]?.total ?? 0;
  return (
    <>
      <p className="quiet small" role="status">
        {images.length < total ? `${images.length} of ${plural(total, 'image')}` : plural(total, 'image')}
      </p>
      <ul className={styles.grid} aria-label="Images" data-testid="evaluation-images">
        {images.map((image) => (
          <li key={image.number}>
            <Figure image={image} />
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="default" mt={16} loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}

function Figure({ image }: { image: EvaluationImage }) {
  const wrong = !image.correct;
  return (
    <figure className={styles.figure}>
      <Thumbnail image={image} />
      <figcaption>
        <span title={image.name}>{image.name}</span>
        <span className="quiet" data-wrong={wrong || undefined}>
          {image.failure ?? `${image.predicted ?? ''} ${percent(image.confidence)}`}
        </span>
      </figcaption>
    </figure>
  );
}

function Thumbnail({ image: { thumbnail, name, truth, predicted } }: { image: EvaluationImage }) {
  const found = useThumbnail(thumbnail);
  if (thumbnail == null || found.error) return <span className={styles.missing}>no thumbnail</span>;
  return found.data === undefined ? (
    <span className={styles.missing} />
  ) : (
    <img src={found.data} alt={`${name}: shows ${truth ?? 'objects'}, predicted ${predicted ?? 'nothing'}`} />
  );
}
