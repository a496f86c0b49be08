import { Button } from '@mantine/core';
import { Link } from 'react-router';
import type { Run } from '../../api/types';
import { Panel } from '../../components/Panel';
import { Table } from '../../components/Table';
import type { Column } from '../../components/Table';
import { Tag } from '../../components/Tag';
import { Timestamp } from '../../components/Timestamp';
import { VersionMark } from '../../components/VersionMark';
import { DASH, duration } from '../../format';
import { useNow } from '../../hooks';
import { dataName, metricText, methodOf, secondsOf, STATE_TONES } from './runs';

interface Props {
  runs: readonly Run[];
  /** Whether runs of several models are listed. */
  several: boolean;
  chosen: string | null;
  other: string | null;
  onCompare: (id: string) => void;
}

/** All trainings on record, each a link to its curves and settings. */
export function RunList({ runs, several, chosen, other, onCompare }: Props) {
  const now = useNow();
  if (runs.length === 0) {
    return (
      <Panel title="Runs">
        <p className="quiet">
          No training is on record yet. Each appears here with its curves, settings, versions, machine and time.
        </p>
      </Panel>
    );
  }
  const columns: [Column<Run>, ...Column<Run>[]] = [
    {
      title: 'Started',
      cell: ({ id, status }) => (
        <Link to={`?run=${id}`} replace aria-current={id === chosen || undefined}>
          <Timestamp at={status.started_at} />
        </Link>
      ),
    },
    { title: 'State', cell: ({ status: { state } }) => <Tag tone={STATE_TONES[state]}>{state}</Tag> },
    ...(several ? [{ title: 'Model', cell: ({ subject }: Run) => subject.model }] : []),
    {
      title: 'Version',
      cell: ({ subject: { version } }) => (version == null ? DASH : <VersionMark version={version} word />),
    },
    { title: 'Starts from', cell: methodOf },
    { title: 'Images', cell: ({ subject }) => dataName(subject.data) },
    { title: 'Accuracy', number: true, cell: ({ metrics }) => metricText('accuracy', metrics.accuracy) },
    { title: 'Macro-F1', number: true, cell: ({ metrics }) => metricText('macro_f1', metrics.macro_f1) },
    { title: 'Time', number: true, cell: (run) => duration(secondsOf(run, now)) },
    {
      title: <span className="hidden">Compare</span>,
      cell: ({ id }) =>
        chosen != null && id !== chosen ? (
          <Button variant="subtle" size="compact-sm" disabled={id === other} onClick={() => onCompare(id)}>
            {id === other ? 'Compared' : 'Compare'}
          </Button>
        ) : null,
    },
  ];
  return (
    <Panel title="Runs" note="A run is kept as long as its version; of those without a version the last 500 are.">
      <Table label="Runs" rows={runs} keyOf={({ id }) => id} columns={columns} dense testId="runs" />
    </Panel>
  );
}
