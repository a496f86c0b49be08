import type { Dataset } from '../../api/datasets';
import type { LabellingProgress } from '../../api/labelling';
import type { Figure } from '../../api/types';
import type { Fact } from '../../components/Facts';
import { Facts, KeyFigures } from '../../components/Facts';
import { IntervalText } from '../../components/Interval';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { Tag } from '../../components/Tag';
import { count, significant } from '../../format';
import { useProgress } from './queries';
import styles from './Review.module.css';
import { NeedPanel } from './NeedPanel';
import { SettingsPanel } from './SettingsPanel';

/** What is left to label and how fast it goes, per person and class. */
export function ProgressSection({ dataset }: { dataset: Dataset }) {
  const progress = useProgress(dataset.name);
  return (
    <div className={styles.section}>
      {progress.data ? <Figures progress={progress.data} /> : <Loading error={progress.error} what="the progress" />}
      <NeedPanel name={dataset.name} />
      <SettingsPanel name={dataset.name} />
    </div>
  );
}

function Figures({ progress }: { progress: LabellingProgress }) {
  const { annotators, per_class: classes } = progress;
  return (
    <>
      <CapacityPanel progress={progress} />
      <Panel title="Annotators">
        {annotators.length === 0 ? (
          <p className="quiet">Nobody has labelled an image yet.</p>
        ) : (
          <Table head={['Name', 'Labels', 'Median time', 'Skill']} label="annotators">
            {annotators.map((row) => (
              <AnnotatorRow key={row.name} row={row} />
            ))}
          </Table>
        )}
      </Panel>
      <PrefillPanel prefills={progress.prefills} />
      {classes.length > 0 && (
        <Panel title="Classes">
          <Table head={['Class', 'Labels', 'Median time', 'Suggestions accepted']} label="classes">
            {classes.map((row) => (
              <tr key={row.class}>
                <td dir="auto">{row.class}</td>
                <td className="number">{count(row.labels)}</td>
                <td className="number">{seconds(row.median_millis)}</td>
                <td className="number">{acceptanceOf(progress, row.class)}</td>
              </tr>
            ))}
          </Table>
        </Panel>
      )}
    </>
  );
}

const seconds = (millis: number | null | undefined): string =>
  millis == null ? '–' : `${significant(millis / 1000)} s`;

/** Whether the labels that people make keep up, the verdict first. */
function CapacityPanel({ progress: { capacity, backlog } }: { progress: LabellingProgress }) {
  const {
    verdict,
    made: { per_day: made, per_hour: perHour, interval },
    needed_per_day: needed,
    needed_by: by,
    forecast,
  } = capacity;
  const facts: Fact[] = [
    ['Images to label', count(backlog)],
    ['Labels missing', count(capacity.backlog_labels)],
    ['Made per day', made == null ? 'unknown yet' : rangeOf(made, interval)],
    ...(perHour == null ? [] : [['Per hour of work', significant(perHour)] satisfies Fact]),
    [by === 'declared' ? 'Needed per day, declared' : 'Needed per day by what arrives', significant(needed)],
    [
      'Done',
      forecast ? (
        <time dateTime={forecast.done}>{day(forecast.done)}</time>
      ) : made == null ? (
        'unknown yet'
      ) : (
        'never at this rate'
      ),
    ],
  ];
  return (
    <section aria-label="Capacity" className={styles.section}>
      <p className={styles.verdict} data-testid="capacity">
        {verdict}
      </p>
      <KeyFigures facts={facts} />
    </section>
  );
}

const rangeOf = (value: number, interval: Figure | null): string =>
  interval
    ? `${significant(value)} (${significant(interval.low)} to ${significant(interval.high)})`
    : significant(value);

const day = (instant: string): string =>
  new Date(instant).toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });

type Annotator = LabellingProgress['annotators'][number];

function AnnotatorRow({ row }: { row: Annotator }) {
  const { name, labels, median_millis: median, skill, on_honeypots: measured, below, per_class: classes } = row;
  const used = classes.filter((each) => each.labels > 0);
  return (
    <tr>
      <td dir="auto">{name}</td>
      <td className="number">{count(labels)}</td>
      <td className="number">
        {seconds(median)}
        {used.length > 1 && (
          <span className="quiet small">
            {used.map((each) => (
              <span key={each.class} className={styles.line}>
                <bdi>{each.class}</bdi> {seconds(each.median_millis)} ({count(each.labels)})
              </span>
            ))}
          </span>
        )}
      </td>
      <td className="number">
        {skill ? <IntervalText figure={skill} /> : <span className="quiet">unknown</span>}{' '}
        {skill && !measured && <span className="quiet small">by the votes of others</span>}{' '}
        {below && <Tag tone="bad">below the minimum</Tag>}
      </td>
    </tr>
  );
}

/** What people do with suggestions, and what suggestions do with people. */
function PrefillPanel({ prefills: { verdict, anchoring } }: { prefills: LabellingProgress['prefills'] }) {
  if (verdict == null) return null;
  return (
    <Panel
      title="Suggestions"
      note="How often people say what the model says, where they see it and where it is hidden. A large difference means that people follow the model."
    >
      <p className={styles.verdict} data-testid="prefill-verdict">
        {verdict}
      </p>
      {anchoring && (
        <Facts
          facts={[
            ['Agree where shown', <IntervalText key="s" figure={anchoring.shown} />],
            ['Agree where hidden', <IntervalText key="h" figure={anchoring.hidden} />],
            ['Difference', <IntervalText key="d" figure={anchoring.difference} />],
            ['Time saved', anchoring.saved_millis == null ? 'unknown' : `${seconds(anchoring.saved_millis)} per image`],
          ]}
        />
      )}
    </Panel>
  );
}

function acceptanceOf({ prefills: { acceptance } }: LabellingProgress, name: string) {
  const row = acceptance.find((each) => each.class === name);
  if (!row) return '–';
  return (
    <>
      <IntervalText figure={row.share} /> <span className="quiet small">of {count(row.accepted + row.changed)}</span>
    </>
  );
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
