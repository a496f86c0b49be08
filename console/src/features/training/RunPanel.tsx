import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Run } from '../../api/types';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { Table } from '../../components/Table';
import type { Column } from '../../components/Table';
import { Tag } from '../../components/Tag';
import { DASH, duration } from '../../format';
import { useNow } from '../../hooks';
import { useRun } from './queries';
import { RunCurves } from './RunCurves';
import type { NamedRun } from './RunCurves';
import { knownMetrics, METRICS, metricText, methodOf, rowsOf, secondsOf, STATE_TONES } from './runs';
import styles from './Training.module.css';

interface Props {
  id: string;
  /** The run that it is compared with. */
  other: string | null;
  onAlone: () => void;
}

/** A run, or two side by side: curves, metrics, settings, versions and the machine. */
export function RunPanel({ id, other, onAlone }: Props) {
  const first = useRun(id);
  const second = useRun(other);
  if (!first.data) return <Loading error={first.error} what="the run" />;
  if (other != null && !second.data) return <Loading error={second.error} what="the other run" />;
  const details = [first.data, ...(other != null && second.data ? [second.data] : [])];
  const runs = details.map((each, i) => ({ name: details.length === 1 ? 'run' : nameOf(each.run, i), details: each }));
  return (
    <Panel
      title={details.length === 1 ? `Run of ${dateOf(first.data.run)}` : 'Two runs compared'}
      aside={
        details.length === 1 ? (
          <Tag tone={STATE_TONES[first.data.run.status.state]}>{first.data.run.status.state}</Tag>
        ) : (
          <Button variant="default" size="xs" onClick={onAlone}>
            Show one only
          </Button>
        )
      }
    >
      <div className={styles.run} data-testid="run">
        {details.map(
          ({ run }) =>
            run.status.message != null && (
              <p key={run.id} className={styles.failure}>
                {run.status.message}
              </p>
            ),
        )}
        <RunCurves runs={runs} />
        <Values title="Metrics" runs={runs} rows={metricRows(details.map(({ run }) => run))} />
        <Folded title="Settings" runs={runs} values={details.map(({ run }) => run.params)} />
        <Folded title="Versions and machine" runs={runs} values={details.map(({ run }) => run.tags)} />
      </div>
    </Panel>
  );
}

/** "version 3", or which of the two. */
const nameOf = ({ subject }: Run, i: number): string =>
  subject.version == null ? (i === 0 ? 'this run' : 'other run') : `version ${subject.version}`;

const dateOf = ({ status }: Run): string =>
  new Date(status.started_at).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });

interface ValueRow {
  name: string;
  values: readonly ReactNode[];
  differs: boolean;
}

function metricRows(runs: readonly Run[]): ValueRow[] {
  return knownMetrics(runs).map((metric) => {
    const texts = runs.map((run) => metricText(metric, run.metrics[metric]));
    return { name: METRICS[metric]?.name ?? metric, values: texts, differs: new Set(texts).size > 1 };
  });
}

const textRows = (values: readonly Readonly<Record<string, string>>[]): ValueRow[] =>
  rowsOf(values).map(({ name, differs }) => ({ name, differs, values: values.map((each) => each[name] ?? DASH) }));

/** What is looked up seldom of one run, and is the point of comparing two. */
function Folded({
  title,
  runs,
  values,
}: {
  title: string;
  runs: readonly NamedRun[];
  values: readonly Readonly<Record<string, string>>[];
}) {
  return (
    <details className={styles.more} open={runs.length > 1}>
      <summary>{title}</summary>
      <Values title={title} runs={runs} rows={textRows(values)} />
    </details>
  );
}

/** What the rows of a table are. */
const HEADS: Readonly<Record<string, string>> = {
  Metrics: 'Metric',
  Settings: 'Setting',
  'Versions and machine': 'Tag',
};

function Values({ title, runs, rows }: { title: string; runs: readonly NamedRun[]; rows: readonly ValueRow[] }) {
  const now = useNow();
  const all: ValueRow[] =
    title === 'Metrics'
      ? [
          { name: 'Starts from', differs: false, values: runs.map(({ details }) => methodOf(details.run)) },
          { name: 'Time', differs: false, values: runs.map(({ details }) => duration(secondsOf(details.run, now))) },
          ...rows,
        ]
      : [...rows];
  if (all.length === 0) return null;
  const columns: [Column<ValueRow>, ...Column<ValueRow>[]] = [
    { title: HEADS[title] ?? title, cell: ({ name }) => name },
    ...runs.map(({ name }, i): Column<ValueRow> => ({
      title: runs.length === 1 ? 'Value' : name,
      cell: ({ values, differs }) => (
        <span className={styles.value} data-differs={(runs.length > 1 && differs) || undefined}>
          {values[i]}
        </span>
      ),
    })),
  ];
  return <Table label={title} rows={all} keyOf={({ name }) => name} columns={columns} dense />;
}
