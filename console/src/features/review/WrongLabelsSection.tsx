import { Button, NativeSelect } from '@mantine/core';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import type { Dataset } from '../../api/datasets';
import { isOfWholeImages, thumbnailPath } from '../../api/datasets';
import { ProblemError } from '../../api/client';
import type { WrongLabel, WrongLabels } from '../../api/labelling';
import { IntervalBar } from '../../components/Interval';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { ServerImage } from '../../components/ServerImage';
import { interval, percent } from '../../format';
import { useAnnotator } from '../labels/queue/annotator';
import { NameNeeded } from './NameNeeded';
import { useCheck, useDecide, useWrongLabels } from './queries';
import styles from './Review.module.css';

/** Labels that are probably wrong, the most probable first, each with what a person decides. */
export function WrongLabelsSection({ dataset }: { dataset: Dataset }) {
  const pages = useWrongLabels(dataset.name);
  const person = useAnnotator();
  const [decided, setDecided] = useState<ReadonlyMap<string, string>>(new Map());
  const unchecked = pages.error instanceof ProblemError && pages.error.problem.status === 404;
  if (unchecked) return <Unchecked name={dataset.name} />;
  if (!pages.data) return <Loading error={pages.error} what="the labels that may be wrong" />;
  const items = pages.data.pages.flatMap((page) => page.items);
  return (
    <div className={styles.section}>
      <Panel title="Last check">
        {pages.data.pages[0]?.verdict.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <CheckButton name={dataset.name} words="Check again" />
      </Panel>
      <Shares shares={pages.data.pages[0]?.per_class ?? []} />
      {!person && <NameNeeded />}
      {items.length === 0 ? (
        <p className="quiet">No label looks wrong.</p>
      ) : (
        <ol className={styles.section} aria-label="Labels that may be wrong">
          {items.map((item) => (
            <li key={`${item.hash} ${item.given}`}>
              <Row
                dataset={dataset}
                item={item}
                person={person}
                decided={decided.get(item.hash)}
                onDecided={(words) => setDecided(new Map(decided).set(item.hash, words))}
              />
            </li>
          ))}
        </ol>
      )}
      {pages.hasNextPage && (
        <Button variant="default" onClick={() => void pages.fetchNextPage()} disabled={pages.isFetchingNextPage}>
          More
        </Button>
      )}
    </div>
  );
}

function Unchecked({ name }: { name: string }) {
  return (
    <Panel title="Not checked yet">
      <p>
        A check ranks labels by how probably they are wrong, and finds near duplicates, leaks between splits, and images
        that do not belong. It takes seconds for a thousand images.
      </p>
      <CheckButton name={name} words="Check the labels" />
    </Panel>
  );
}

function CheckButton({ name, words }: { name: string; words: string }) {
  const check = useCheck(name);
  return (
    <>
      <Button variant="default" disabled={check.isPending} onClick={() => check.mutate()}>
        {check.isPending ? 'Checking …' : words}
      </Button>
      {check.error && <ProblemNote error={check.error} />}
    </>
  );
}

function Shares({ shares }: { shares: WrongLabels['per_class'] }) {
  if (shares.length === 0) return null;
  return (
    <Panel title="Share of wrong labels" note="Estimated, with 95 % intervals.">
      <ul className={styles.shares}>
        {shares.map((row) => (
          <li key={row.class}>
            <span dir="auto">{row.class}</span>
            <span>
              {percent(row.share)} <span className="quiet small">{interval(row.low, row.high)}</span>
            </span>
            <IntervalBar figure={{ value: row.share, low: row.low, high: row.high }} from={0} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface RowProps {
  dataset: Dataset;
  item: WrongLabel;
  person: string;
  decided: string | undefined;
  onDecided: (words: string) => void;
}

function Row({ dataset, item, person, decided, onDecided }: RowProps) {
  const decide = useDecide(dataset.name);
  const since = useRef<number | null>(null);
  const address = `/datasets/${encodeURIComponent(dataset.name)}/items/${item.hash}`;
  const whole = isOfWholeImages(dataset.task);
  const others = dataset.classes.map(({ name }) => name).filter((name) => name !== item.given && name !== item.likely);
  const unavailable = !person || decide.isPending;

  function choose(name: string) {
    const millis = since.current === null ? 0 : Math.round(performance.now() - since.current);
    void decide.mutateAsync({ hash: item.hash, annotator: person, value: { classes: [name] }, millis }).then(
      () => onDecided(name === item.given ? `${name} was right` : `now ${name}`),
      () => undefined,
    );
  }

  return (
    <article
      className={styles.suspect}
      data-decided={decided !== undefined || undefined}
      onPointerEnter={() => (since.current ??= performance.now())}
      onFocus={() => (since.current ??= performance.now())}
    >
      <Link to={address} className={styles.thumbnail}>
        <ServerImage path={thumbnailPath(dataset.name, item.hash)} alt={`Image ${item.hash.slice(0, 8)}`} />
      </Link>
      <p>
        given <strong dir="auto">{item.given}</strong>, likely <strong dir="auto">{item.likely}</strong>
        <br />
        <span className="quiet small">{percent(item.score, 0)} likely to be wrong</span>
      </p>
      {whole ? (
        <div className={styles.row}>
          <Button disabled={unavailable} onClick={() => choose(item.likely)}>
            It is {item.likely}
          </Button>
          <Button variant="default" disabled={unavailable} onClick={() => choose(item.given)}>
            {item.given} is right
          </Button>
          {others.length > 0 && (
            <NativeSelect
              aria-label="Another class"
              value=""
              disabled={unavailable}
              onChange={(event) => event.currentTarget.value !== '' && choose(event.currentTarget.value)}
              data={[{ value: '', label: 'Another class …' }, ...others]}
            />
          )}
        </div>
      ) : (
        <Link to={address}>Look at its objects</Link>
      )}
      <p role="status">{decided !== undefined && `Decided: ${decided}.`}</p>
      {decide.error && <ProblemNote error={decide.error} />}
    </article>
  );
}
