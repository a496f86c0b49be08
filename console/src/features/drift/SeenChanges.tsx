import type { VersionDrift } from '../../api/types';
import { MoreRows } from '../../components/MoreRows';
import { Panel } from '../../components/Panel';
import { Table } from '../../components/Table';
import { change, measure, shownName } from './words';

type SeenChange = VersionDrift['seen_within_day'][number];

const FIRST = 8;

/** The smallest lasting changes that would be seen within a day. */
export function SeenChanges({ changes }: { changes: readonly SeenChange[] }) {
  const seen = changes.filter((each) => each.smallest != null);
  return (
    <Panel
      title="What would be seen within a day"
      note="The smallest lasting change that raises an alarm within a day with a probability of 90 %, at the traffic so far."
    >
      {seen.length === 0 ? (
        <p className="quiet">
          At this traffic no change of a single measure is seen within a day. Larger changes are seen later.
        </p>
      ) : (
        <MoreRows rows={seen} first={FIRST} what="measures">
          {(shown) => (
            <Table
              label="Smallest changes"
              rows={shown}
              keyOf={({ name }) => name}
              columns={[
                { title: 'Measure', cell: ({ name }) => shownName(name) },
                { title: 'Usually', number: true, cell: ({ usual, unit }) => measure(usual, unit) },
                {
                  title: 'Seen from',
                  number: true,
                  cell: ({ usual, smallest, unit }) => measure(smallest ?? usual, unit),
                },
                {
                  title: 'A change of',
                  cell: ({ name, unit, usual, smallest }) =>
                    change({ name, unit, before: usual, after: smallest ?? usual }),
                },
              ]}
            />
          )}
        </MoreRows>
      )}
    </Panel>
  );
}
