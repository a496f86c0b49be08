import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Dataset } from '../../api/datasets';
import { ProblemError } from '../../api/client';
import type { WrongLabel } from '../../api/labelling';
import { IntervalBar } from '../../components/Interval';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { count, interval, percent } from '../../format';
import { useAnnotator } from '../labels/queue/annotator';
import { NameNeeded } from './NameNeeded';
import { SuspectRow } from './SuspectRow';
import { useCheck, useWrongLabels } from './queries';
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
      <Shares
        title="Share of wrong labels"
        note="Estimated, with 95 % intervals."
        shares={(pages.data.pages[0]?.per_class ?? []).map((row) => ({
          ...row,
          more: `review ${count(row.review_to_halve)} to find half`,
        }))}
      />
      <Shares
        title="Boxes that the detector confirms"
        note="With 95 % intervals. The others may be wrong, or the detector is."
        shares={(pages.data.pages[0]?.confirmed ?? []).map((row) => ({ ...row, more: `of ${count(row.boxes)}` }))}
      />
      {!person && <NameNeeded />}
      {items.length === 0 ? (
        <p className="quiet">No label looks wrong.</p>
      ) : (
        <ol className={styles.section} aria-label="Labels that may be wrong">
          {items.map((item) => (
            <li key={key(item)}>
              <SuspectRow
                dataset={dataset}
                item={item}
                person={person}
                decided={decided.get(key(item))}
                onDecided={(words) => setDecided(new Map(decided).set(key(item), words))}
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

/** An image may have several suspect boxes or classes. */
const key = ({ hash, kind, given, likely, given_box, likely_box }: WrongLabel): string =>
  [hash, kind, given, likely, given_box, likely_box].join(' ');

function Unchecked({ name }: { name: string }) {
  return (
    <Panel title="Not checked yet">
      <p>
        A check ranks labels by how probably they are wrong, and finds near duplicates, leaks between splits, and images
        that do not belong. Boxes are compared with those of a detector in production. It takes seconds for a thousand
        images, with a detector minutes.
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

interface SharesProps {
  title: string;
  note: string;
  shares: { class: string; share: number; low: number; high: number; more: string }[];
}

function Shares({ title, note, shares }: SharesProps) {
  if (shares.length === 0) return null;
  return (
    <Panel title={title} note={note}>
      <ul className={styles.shares}>
        {shares.map((row) => (
          <li key={row.class}>
            <span dir="auto">{row.class}</span>
            <span>
              {percent(row.share)} <span className="quiet small">{interval(row.low, row.high)}</span>{' '}
              <span className="quiet small">{row.more}</span>
            </span>
            <IntervalBar figure={{ value: row.share, low: row.low, high: row.high }} from={0} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
