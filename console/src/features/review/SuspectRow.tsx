import { Button, NativeSelect } from '@mantine/core';
import { useRef } from 'react';
import { Link } from 'react-router';
import type { AnnotationValue, Dataset } from '../../api/datasets';
import { thumbnailPath } from '../../api/datasets';
import type { WrongLabel } from '../../api/labelling';
import { ProblemNote } from '../../components/ProblemNote';
import { ServerImage } from '../../components/ServerImage';
import { percent } from '../../format';
import { AnnotatedImage } from '../data/AnnotatedImage';
import { useItem } from '../data/queries';
import { useConfirm, useDecide } from './queries';
import styles from './Review.module.css';
import { boxes, kept, remedied, remedy, suspicion } from './suspects';

interface Props {
  dataset: Dataset;
  item: WrongLabel;
  person: string;
  decided: string | undefined;
  onDecided: (words: string) => void;
}

/** A suspect label with what a person can decide about it. Each decision is an annotation. */
export function SuspectRow(props: Props) {
  return props.item.kind === 'class' ? <ClassRow {...props} /> : <PartRow {...props} />;
}

/** Another class of the whole image: the annotation is that class. */
function ClassRow(props: Props) {
  const { dataset, item } = props;
  const decide = useDecision(props);
  const { given, likely } = item;
  const others = dataset.classes.map(({ name }) => name).filter((name) => name !== given && name !== likely);
  const choose = (name: string) =>
    decide.choose({ classes: [name] }, name === given ? `${name} was right` : `now ${name}`);
  return (
    <Frame {...props} onSeen={decide.seen} error={decide.error}>
      <div className={styles.row}>
        <Button disabled={decide.unavailable || !likely} onClick={() => likely && choose(likely)}>
          {remedy(item)}
        </Button>
        <Button variant="default" disabled={decide.unavailable || !given} onClick={() => given && choose(given)}>
          {kept(item)}
        </Button>
        {others.length > 0 && (
          <NativeSelect
            aria-label="Another class"
            value=""
            disabled={decide.unavailable}
            onChange={(event) => event.currentTarget.value !== '' && choose(event.currentTarget.value)}
            data={[{ value: '', label: 'Another class …' }, ...others]}
          />
        )}
      </div>
    </Frame>
  );
}

/** One of several classes or boxes: it alone is changed in the image's label, or found right. */
function PartRow(props: Props) {
  const { dataset, item, person, onDecided } = props;
  const decide = useDecision(props);
  const confirm = useConfirm(dataset.name);
  const details = useItem(dataset.name, item.hash);
  const value = details.data?.item.annotation?.value;
  const changed = value && remedied(value, item);
  return (
    <Frame {...props} onSeen={decide.seen} error={decide.error ?? confirm.error ?? details.error}>
      <div className={styles.row}>
        <Button
          disabled={decide.unavailable || confirm.isPending || !changed}
          onClick={() => changed && decide.choose(changed, remedy(item).toLowerCase())}
        >
          {remedy(item)}
        </Button>
        <Button
          variant="default"
          disabled={decide.unavailable || confirm.isPending}
          onClick={() =>
            void confirm.mutateAsync({ item, annotator: person }).then(
              () => onDecided(kept(item).toLowerCase()),
              () => undefined,
            )
          }
        >
          {kept(item)}
        </Button>
        <Link to={address(dataset, item)}>Open the image</Link>
      </div>
    </Frame>
  );
}

function useDecision({ dataset, item, person, onDecided }: Props) {
  const decide = useDecide(dataset.name);
  const since = useRef<number | null>(null);
  return {
    error: decide.error,
    unavailable: !person || decide.isPending,
    seen: () => (since.current ??= performance.now()),
    choose: (value: AnnotationValue, words: string) => {
      const millis = since.current === null ? 0 : Math.round(performance.now() - since.current);
      void decide.mutateAsync({ hash: item.hash, annotator: person, value, millis }).then(
        () => onDecided(words),
        () => undefined,
      );
    },
  };
}

const address = (dataset: Dataset, item: WrongLabel) =>
  `/datasets/${encodeURIComponent(dataset.name)}/items/${item.hash}`;

interface FrameProps extends Props {
  onSeen: () => void;
  error: Error | null;
  children: React.ReactNode;
}

function Frame({ dataset, item, decided, onSeen, error, children }: FrameProps) {
  const details = useItem(dataset.name, item.hash, item.given_box != null || item.likely_box != null);
  const path = thumbnailPath(dataset.name, item.hash);
  const alt = `Image ${item.hash.slice(0, 8)}`;
  const size = details.data?.item.image;
  return (
    <article
      className={styles.suspect}
      data-decided={decided !== undefined || undefined}
      onPointerEnter={onSeen}
      onFocus={onSeen}
    >
      <Link to={address(dataset, item)} className={styles.thumbnail}>
        {size ? (
          <AnnotatedImage
            path={path}
            alt={alt}
            value={{ objects: boxes(item) }}
            width={size.width}
            height={size.height}
          />
        ) : (
          <ServerImage path={path} alt={alt} />
        )}
      </Link>
      <p dir="auto">
        {suspicion(item)}
        <br />
        <span className="quiet small">
          {item.given_box || item.likely_box
            ? `suspicion ${item.score.toFixed(2)}`
            : `${percent(item.score, 0)} likely to be wrong`}
        </span>
      </p>
      {children}
      <p role="status">{decided !== undefined && `Decided: ${decided}.`}</p>
      {error && <ProblemNote error={error} />}
    </article>
  );
}
