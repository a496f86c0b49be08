import type { Dataset } from '../../api/datasets';
import type { LabellingProgress } from '../../api/labelling';
import type { Fact } from '../../components/Facts';
import { KeyFigures } from '../../components/Facts';
import { IntervalText } from '../../components/Interval';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { Tag } from '../../components/Tag';
import { count, percent, significant } from '../../format';
import { useProgress } from './queries';
import styles from './Review.module.css';
import { SettingsPanel } from './SettingsPanel';

/** Labels made against labels needed, per person and class. */
export function ProgressSection({ dataset }: { dataset: Dataset }) {
  const progress = useProgress(dataset.name);
  return (
    <div className={styles.section}>
      {progress.data ? <Figures progress={progress.data} /> : <Loading error={progress.error} what="the progress" />}
      <SettingsPanel name={dataset.name} />
    </div>
  );
}

function Figures({ progress }: { progress: LabellingProgress }) {
  const { backlog, per_day: made, needed_per_day: needed, days_left: days, annotators, per_class: classes } = progress;
  const facts: Fact[] = [
    ['To label', count(backlog)],
    ['Labels per day', significant(made)],
    ...(needed == null ? [] : [['Needed per day', significant(needed)] as Fact]),
    ['Days left', days == null ? 'unknown' : significant(days)],
  ];
  return (
    <>
      <KeyFigures facts={facts} />
      {needed != null && needed > made && (
        <p className={styles.verdict}>Models need more labels per day than are made: the backlog grows.</p>
      )}
      <Panel title="Annotators">
        {annotators.length === 0 ? (
          <p className="quiet">Nobody has labelled an image yet.</p>
        ) : (
          <Table head={['Name', 'Labels', 'Median time', 'Skill']} label="annotators">
            {annotators.map(({ name, labels, median_millis: median, skill, below }) => (
              <tr key={name}>
                <td dir="auto">{name}</td>
                <td className="number">{count(labels)}</td>
                <td className="number">{median == null ? '–' : `${significant(median / 1000)} s`}</td>
                <td className="number">
                  {skill ? <IntervalText figure={skill} /> : <span className="quiet">unknown</span>}{' '}
                  {below && <Tag tone="bad">below the minimum</Tag>}
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Panel>
      {classes.length > 0 && (
        <Panel title="Classes">
          <Table head={['Class', 'Labels', 'Median time', 'Suggestions accepted']} label="classes">
            {classes.map((row) => (
              <tr key={row.class}>
                <td dir="auto">{row.class}</td>
                <td className="number">{count(row.labels)}</td>
                <td className="number">
                  {row.median_millis == null ? '–' : `${significant(row.median_millis / 1000)} s`}
                </td>
                <td className="number">{acceptanceOf(progress, row.class)}</td>
              </tr>
            ))}
          </Table>
        </Panel>
      )}
    </>
  );
}

function acceptanceOf({ acceptance }: LabellingProgress, name: string): string {
  const row = acceptance.find((each) => each.class === name);
  const all = row ? row.accepted + row.changed : 0;
  return row && all > 0 ? `${percent(row.accepted / all, 0)} of ${count(all)}` : '–';
}

interface TableProps {
  head: readonly [string, ...string[]];
  label: string;
  children: React.ReactNode;
}

function Table({ head: [first, ...numbers], label, children }: TableProps) {
  return (
    <div className={styles.scroll} role="region" aria-label={`Table of ${label}`} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{first}</th>
            {numbers.map((name) => (
              <th key={name} className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
