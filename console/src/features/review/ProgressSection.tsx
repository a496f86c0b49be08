import type { Dataset } from '../../api/datasets';
import type { LabellingProgress } from '../../api/labelling';
import type { Fact } from '../../components/Facts';
import { Facts, KeyFigures } from '../../components/Facts';
import { IntervalText } from '../../components/Interval';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { Tag } from '../../components/Tag';
import { count, percent, significant } from '../../format';
import { useProgress } from './queries';
import styles from './Review.module.css';
import { SettingsPanel } from './SettingsPanel';

/** What is left to label and how fast it goes, per person and class. */
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
  const { backlog, per_day: made, days_left: days, annotators, per_class: classes } = progress;
  const facts: Fact[] = [
    ['To label', count(backlog)],
    ['Labels per day', significant(made)],
    ['Days left', days == null ? 'unknown' : significant(days)],
  ];
  return (
    <>
      <KeyFigures facts={facts} />
      <Panel title="Annotators">
        {annotators.length === 0 ? (
          <p className="quiet">Nobody has labelled an image yet.</p>
        ) : (
          <Table head={['Name', 'Labels', 'Median time', 'Skill']} label="annotators">
            {annotators.map(({ name, labels, median_millis: median, skill, on_honeypots: measured, below }) => (
              <tr key={name}>
                <td dir="auto">{name}</td>
                <td className="number">{count(labels)}</td>
                <td className="number">{median == null ? '–' : `${significant(median / 1000)} s`}</td>
                <td className="number">
                  {skill ? <IntervalText figure={skill} /> : <span className="quiet">unknown</span>}{' '}
                  {skill && !measured && <span className="quiet small">by the votes of others</span>}{' '}
                  {below && <Tag tone="bad">below the minimum</Tag>}
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Panel>
      {progress.anchoring && <AnchoringPanel anchoring={progress.anchoring} />}
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

function AnchoringPanel({ anchoring }: { anchoring: NonNullable<LabellingProgress['anchoring']> }) {
  const { shown, hidden, saved_millis: saved } = anchoring;
  return (
    <Panel
      title="Suggestions"
      note="How often people say what the model says, where they see it and where it is hidden. A large difference means that people follow the model."
    >
      <Facts
        facts={[
          ['Shown', shown ? <IntervalText key="s" figure={shown} /> : 'too few labels'],
          ['Hidden', hidden ? <IntervalText key="h" figure={hidden} /> : 'too few labels'],
          ['Time saved', saved == null ? 'unknown' : `${significant(saved / 1000)} s per image`],
        ]}
      />
    </Panel>
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
