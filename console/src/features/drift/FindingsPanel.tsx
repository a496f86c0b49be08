import type { DriftAlarm } from '../../api/types';
import { MoreRows } from '../../components/MoreRows';
import { Panel } from '../../components/Panel';
import { percent, significant } from '../../format';
import styles from './Drift.module.css';
import { change, measure, shownName } from './words';

const FIRST = 6;

/** What changed and by how much, the clearest first. */
export function FindingsPanel({ alarm }: { alarm: DriftAlarm }) {
  const { findings, tests, origin } = alarm;
  return (
    <Panel title="What changed" note={`By these tests: ${tests.map(tested).join(', ')}.`}>
      {findings.length === 0 ? (
        <p className="quiet">
          No single measure stands out. The change is in several of them together; the images since then show it best.
        </p>
      ) : (
        <MoreRows rows={findings} first={FIRST} what="changes">
          {(shown) => (
            <div className={styles.scroll} tabIndex={0} role="region" aria-label="What changed, scrolls sideways">
              <table className={styles.table}>
                <thead>
                  <tr>
                    <th scope="col">Measure</th>
                    <th scope="col">Change</th>
                    <th scope="col" className="number">
                      Before
                    </th>
                    <th scope="col" className="number">
                      Since
                    </th>
                    <th scope="col" className="number" title="The change in standard errors">
                      Standard errors
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((finding) => (
                    <tr key={finding.name}>
                      <th scope="row">{shownName(finding.name)}</th>
                      <td>
                        <strong>{change(finding)}</strong>
                      </td>
                      <td className="number">{measure(finding.before, finding.unit)}</td>
                      <td className="number">{measure(finding.after, finding.unit)}</td>
                      <td className="number">{significant(Math.abs(finding.deviations))}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
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

const tested = ({ test, evidence }: DriftAlarm['tests'][number]) =>
  `${shownName(test)} (${percent(evidence, 0)} of the evidence)`;
