import type { DriftAlarm } from '../../api/types';
import { MoreRows } from '../../components/MoreRows';
import { Panel } from '../../components/Panel';
import { Table } from '../../components/Table';
import { listing, percent, plural, significant } from '../../format';
import styles from './Drift.module.css';
import { between, change, shownName } from './words';

const FIRST = 6;

/** What changed and by how much, the clearest first. */
export function FindingsPanel({ alarm }: { alarm: DriftAlarm }) {
  const { findings, tests, origin } = alarm;
  return (
    <Panel title="What changed" note={foundBy(tests)}>
      {findings.length === 0 ? (
        <p className="quiet">
          No single measure stands out. The change is in several of them together; the images since then show it best.
        </p>
      ) : (
        <MoreRows rows={findings} first={FIRST} what="changes">
          {(shown) => (
            <Table
              label="What changed"
              rows={shown}
              keyOf={(finding) => finding.name}
              columns={[
                { title: 'Measure', cell: (finding) => shownName(finding.name) },
                { title: 'Change', cell: (finding) => <strong>{change(finding)}</strong> },
                { title: 'Before → since', number: true, cell: between },
                {
                  title: 'Standard errors',
                  hint: 'The change in standard errors',
                  number: true,
                  cell: ({ deviations }) => significant(Math.abs(deviations)),
                },
              ]}
            />
          )}
        </MoreRows>
      )}
      {origin.slices.length > 0 && (
        <ul className={styles.slices} aria-label="Parts of the traffic that changed most">
          {origin.slices.map((slice) => (
            <li key={`${slice.kind} ${slice.name} ${slice.finding}`}>
              <strong>
                {slice.kind} {slice.name}
              </strong>{' '}
              carries {percent(slice.part, 0)} of the change of {shownName(slice.finding)}; its share of the images went
              from {percent(slice.share_before)} to {percent(slice.share_after)}.
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

const NAMED = 2;

/** Which tests found it: those that weigh most, and how many others. */
function foundBy(tests: DriftAlarm['tests']): string {
  const named = tests
    .slice(0, NAMED)
    .map(({ test, evidence }) => `${shownName(test)} (${percent(evidence, 0)} of the evidence)`);
  const others = tests.length > NAMED ? [plural(tests.length - NAMED, 'other test')] : [];
  return `Found by the tests of ${listing([...named, ...others], NAMED + 1)}.`;
}
