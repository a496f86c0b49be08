import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AnnotationValue, Dataset } from '../../api/datasets';
import { classesOf, imagePath, objectsOf } from '../../api/datasets';
import type { Disagreement } from '../../api/labelling';
import { Loading } from '../../components/Loading';
import { ProblemNote } from '../../components/ProblemNote';
import { percent, plural, significant } from '../../format';
import { AnnotatedImage } from '../data/AnnotatedImage';
import { valueWords } from '../data/annotationWords';
import { useAnnotator } from '../labels/queue/annotator';
import { MakeExample } from './MakeExample';
import { useDisagreements, useResolve } from './queries';
import { NameNeeded } from './NameNeeded';
import styles from './Review.module.css';

/** Images on which annotators disagree, one below the other, their labels side by side, with the definitions at hand. */
export function DisagreementsSection({ dataset }: { dataset: Dataset }) {
  const pages = useDisagreements(dataset.name);
  const [resolved, setResolved] = useState<ReadonlyMap<string, string>>(new Map());
  const person = useAnnotator();
  if (!pages.data) return <Loading error={pages.error} what="the disagreements" />;
  const items = pages.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="quiet">Nobody disagrees about an image of this data set.</p>;
  return (
    <div className={styles.section}>
      {!person && <NameNeeded />}
      <p className="quiet" role="status">
        {plural(items.length, 'image')} shown, {resolved.size} decided now.
      </p>
      <ul className={styles.section} aria-label="Disagreements">
        {items.map((item) => (
          <li key={item.hash}>
            <Case
              dataset={dataset}
              item={item}
              person={person}
              decided={resolved.get(item.hash)}
              onDecided={(words) => setResolved(new Map(resolved).set(item.hash, words))}
            />
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button variant="default" onClick={() => void pages.fetchNextPage()} disabled={pages.isFetchingNextPage}>
          More
        </Button>
      )}
    </div>
  );
}

interface CaseProps {
  dataset: Dataset;
  item: Disagreement;
  person: string;
  decided: string | undefined;
  onDecided: (words: string) => void;
}

function Case({ dataset, item, person, decided, onDecided }: CaseProps) {
  const resolve = useResolve(dataset.name);
  const boxes = item.values.some(({ value }) => objectsOf(value) !== undefined);
  const named = new Set(item.values.flatMap(({ value }) => namesOf(value)));
  const decide = (value: AnnotationValue) =>
    void resolve.mutateAsync({ hash: item.hash, annotator: person, value }).then(
      () => onDecided(valueWords(value)),
      () => undefined,
    );
  return (
    <article
      className={styles.case}
      data-testid={`case-${item.hash}`}
      data-decided={decided !== undefined || undefined}
    >
      {!boxes && (
        <Link className={styles.image} to={`/datasets/${encodeURIComponent(dataset.name)}/items/${item.hash}`}>
          <Shown dataset={dataset.name} item={item} value={undefined} />
        </Link>
      )}
      <div className={styles.sides}>
        {item.values.map(({ annotator, value, millis }) => (
          <div key={annotator} className={styles.side}>
            {boxes && (
              <div className={styles.image}>
                <Shown dataset={dataset.name} item={item} value={value} />
              </div>
            )}
            <p>
              <strong dir="auto">{valueWords(value)}</strong>
              <br />
              <span className="quiet small">
                {annotator}
                {millis != null && `, ${significant(millis / 1000)} s`}
              </span>
            </p>
            <Button variant="default" disabled={!person || resolve.isPending} onClick={() => decide(value)}>
              {boxes ? 'These' : valueWords(value)}
              <span className="hidden"> of {annotator}</span>
            </Button>
          </div>
        ))}
      </div>
      <div className={styles.aside}>
        {item.consensus && (
          <p>
            Consensus: <strong dir="auto">{valueWords(item.consensus.value)}</strong>,{' '}
            {percent(item.consensus.confidence, 0)}
          </p>
        )}
        <dl className={styles.definitions}>
          {dataset.classes
            .filter(({ name }) => named.has(name))
            .map(({ name, definition, examples }) => (
              <div key={name}>
                <dt dir="auto">{name}</dt>
                <dd dir="auto">{definition || 'not defined'}</dd>
                <dd>
                  <MakeExample
                    dataset={dataset.name}
                    name={name}
                    hash={item.hash}
                    made={examples.includes(item.hash)}
                  />
                </dd>
              </div>
            ))}
        </dl>
        <p role="status">{decided !== undefined && `Decided: ${decided}.`}</p>
        {resolve.error && <ProblemNote error={resolve.error} />}
      </div>
    </article>
  );
}

const namesOf = (value: AnnotationValue): string[] =>
  classesOf(value) ?? (objectsOf(value) ?? []).map((object) => object.class);

interface ShownProps {
  dataset: string;
  item: Disagreement;
  value: AnnotationValue | undefined;
}

const Shown = ({ dataset, item, value }: ShownProps) => (
  <AnnotatedImage
    path={imagePath(dataset, item.hash)}
    alt={`Image ${item.hash.slice(0, 8)}`}
    value={value}
    width={item.width}
    height={item.height}
  />
);
