import type { VersionTraffic } from '../../api/types';
import { Panel } from '../../components/Panel';
import { Table } from '../../components/Table';
import { VersionMark } from '../../components/VersionMark';
import { count, milliseconds, percent, significant } from '../../format';

/** What each version predicted, how sure it was and how long it took. */
export function VersionsTable({ versions, total }: { versions: readonly VersionTraffic[]; total: number }) {
  return (
    <Panel title="Versions">
      <Table
        label="Versions"
        rows={versions}
        keyOf={(each) => each.version ?? 'none'}
        columns={[
          {
            title: 'Version',
            cell: ({ version }) =>
              version == null ? 'none: remote or fallback' : <VersionMark version={version} word />,
          },
          { title: 'Predictions', number: true, cell: (each) => count(each.predictions) },
          { title: 'Share', number: true, cell: (each) => percent(each.predictions / total) },
          { title: 'From cache', number: true, cell: (each) => count(each.cached) },
          {
            title: 'Confidence',
            hint: 'The mean of the first label',
            number: true,
            cell: (each) => percent(each.confidence?.mean),
          },
          {
            title: 'Latency p50, p99',
            number: true,
            cell: ({ latency_ms: { p50, p99 } }) => `${significant(p50)}, ${milliseconds(p99)}`,
          },
        ]}
      />
    </Panel>
  );
}
