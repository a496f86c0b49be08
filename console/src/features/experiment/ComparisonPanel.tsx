import type { Experiment } from '../../api/types';
import { Panel } from '../../components/Panel';
import { Table } from '../../components/Table';
import { Tag } from '../../components/Tag';
import type { Tone } from '../../components/Tag';
import styles from './Experiment.module.css';
import { comparisonWord, differenceText, reach } from './words';

type Comparison = Experiment['comparisons'][number];

const TONES: Record<ReturnType<typeof comparisonWord>, Tone> = { better: 'good', worse: 'bad', 'not shown': 'plain' };

/** Each pair of versions with the interval of their difference. */
export function ComparisonPanel({ experiment: { comparisons, design } }: { experiment: Experiment }) {
  const { metric, effect } = design;
  const half = reach(comparisons, effect);
  const difference = (value: number) => differenceText(value, metric);
  return (
    <Panel
      title="Differences"
      note={`Of ${metric.figure} per unit, where ${metric.better} is better. All intervals hold together, at ${design.units == null ? 'every look' : 'the horizon'}. The dotted lines are the smallest effect of interest.`}
    >
      <Table
        label="Differences between versions"
        rows={comparisons}
        keyOf={({ version, against }) => `${version} ${against}`}
        columns={[
          {
            title: 'Versions',
            cell: ({ version, against }) => <span className={styles.pair}>{`${version} against ${against}`}</span>,
          },
          {
            title: 'Result',
            cell: (each) => {
              const word = comparisonWord(each, metric);
              return <Tag tone={TONES[word]}>{word}</Tag>;
            },
          },
          { title: 'Difference', number: true, cell: (each) => <strong>{difference(each.difference)}</strong> },
          {
            title: 'Between',
            number: true,
            cell: ({ low, high }) => `${difference(low)} and ${difference(high)}`,
          },
          {
            title: <Ends half={half} show={difference} />,
            wide: true,
            cell: (each) => <Bar each={each} half={half} effect={effect} />,
          },
        ]}
      />
    </Panel>
  );
}

function Ends({ half, show }: { half: number; show: (value: number) => string }) {
  return (
    <>
      <span className="hidden">Interval</span>
      <span className={styles.ends} aria-hidden="true">
        <span>{show(-half)}</span>
        <span>0</span>
        <span>{show(half)}</span>
      </span>
    </>
  );
}

/** An interval on an axis with 0 in its middle. */
function Bar({ each: { low, high, difference }, half, effect }: { each: Comparison; half: number; effect: number }) {
  const at = (value: number) => `${50 + (50 * Math.max(-half, Math.min(half, value))) / half}%`;
  return (
    <span className={styles.axis} aria-hidden="true">
      <span className={styles.zero} />
      <span className={styles.effect} style={{ left: at(-effect) }} />
      <span className={styles.effect} style={{ left: at(effect) }} />
      <span className={styles.span} style={{ left: at(low), right: `calc(100% - ${at(high)})` }} />
      <span className={styles.dot} style={{ left: at(difference) }} />
    </span>
  );
}
