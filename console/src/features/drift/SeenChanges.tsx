import type { VersionDrift } from '../../api/types';
import { MoreRows } from '../../components/MoreRows';
import { Panel } from '../../components/Panel';
import styles from './Drift.module.css';
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
            <div className={styles.scroll} tabIndex={0} role="region" aria-label="Smallest changes, scrolls sideways">
              <table className={styles.table}>
                <thead>
                  <tr>
                    <th scope="col">Measure</th>
                    <th scope="col" className="number">
                      Usually
                    </th>
                    <th scope="col" className="number">
                      Seen from
                    </th>
                    <th scope="col">A change of</th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map(({ name, unit, usual, smallest }) => (
                    <tr key={name}>
                      <th scope="row">{shownName(name)}</th>
                      <td className="number">{measure(usual, unit)}</td>
                      <td className="number">{measure(smallest ?? usual, unit)}</td>
                      <td>{change({ name, unit, before: usual, after: smallest ?? usual })}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </MoreRows>
      )}
    </Panel>
  );
}
