import { Button, Modal, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useEvaluationImages } from './queries';
import type { EvaluationImage, EvaluationRun } from '../../api/types';
import { Loading } from '../../components/Loading';
import { percent, plural } from '../../format';
import styles from './EvaluationImages.module.css';
import { objectCounts } from './evaluationRuns';
import type { ImageFilter } from './evaluationRuns';
import { Thumbnail } from './Thumbnail';

/** What was clicked: a class, a class of a detector, or a cell of the confusion matrix. */
export type Selection = { label: string } | { objects: string } | { truth: string; predicted: string };

interface Props {
  run: EvaluationRun;
  selection: Selection;
  onClose: () => void;
}

/** The images behind a number of an evaluation. */
export function EvaluationImages({ run, selection, onClose }: Props) {
  const [part, setPart] = useState<Part>('all');
  const shown = view(selection, part);
  return (
    <Modal
      opened
      onClose={onClose}
      title={shown.title}
      size="min(1040px, 94vw)"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {shown.parts && (
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
      {'objects' in selection && (
        <p className={styles.legend}>
          <span data-kind="found">found</span>
          <span data-kind="missed">missed</span>
          <span data-kind="false_positive">false positive</span>
        </p>
      )}
      <Images
        key={part}
        run={run}
        filter={shown.filter}
        label={'objects' in selection ? selection.objects : undefined}
      />
    </Modal>
  );
}

type Part = 'all' | 'missed' | 'false';

function view(selection: Selection, part: Part): { title: string; parts: boolean; filter: ImageFilter } {
  if ('label' in selection)
    return { title: `Images of class ${selection.label}`, parts: true, filter: ofClass[part](selection.label) };
  if ('objects' in selection)
    return { title: `Images with ${selection.objects}`, parts: true, filter: ofObjects[part](selection.objects) };
  return { title: `${selection.truth} predicted as ${selection.predicted}`, parts: false, filter: selection };
}

const ofClass: Record<Part, (label: string) => ImageFilter> = {
  all: (truth) => ({ truth }),
  missed: (truth) => ({ truth, correct: false }),
  false: (predicted) => ({ predicted, correct: false }),
};

const ofObjects: Record<Part, (label: string) => ImageFilter> = {
  all: (truth) => ({ truth }),
  missed: (truth) => ({ truth, object: 'missed' }),
  false: (predicted) => ({ predicted, object: 'false_positive' }),
};

interface ImagesProps {
  run: EvaluationRun;
  filter: ImageFilter;
  /** The only class whose objects are shown. */
  label?: string | undefined;
}

function Images({ run, filter, label }: ImagesProps) {
  const found = useEvaluationImages(run, filter);
  const pages = found.data?.pages;
  if (!pages) return <Loading error={found.error} what="the images" />;
  const images = pages.flatMap((page) => page.images);
  const total = pages[0]?.total ?? 0;
  return (
    <>
      <p className="quiet small" role="status">
        {images.length < total ? `${images.length} of ${plural(total, 'image')}` : plural(total, 'image')}
      </p>
      <ul
        className={styles.grid}
        aria-label="Images"
        data-testid="evaluation-images"
        data-large={images.some((image) => image.objects.length > 0) || undefined}
      >
        {images.map((image) => (
          <li key={image.number}>
            <Figure image={label === undefined ? image : onlyObjects(image, label)} />
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
          {image.failure ??
            (image.predicted == null ? objectCounts(image) : `${image.predicted} ${percent(image.confidence)}`)}
        </span>
      </figcaption>
    </figure>
  );
}

/** An image as far as it concerns one class. */
function onlyObjects(image: EvaluationImage, label: string): EvaluationImage {
  const ofLabel = image.objects.filter((each) => each.label === label);
  return { ...image, objects: ofLabel, correct: ofLabel.every((each) => each.kind === 'found') };
}
