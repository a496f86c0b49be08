import type { ClassAgreement } from '../../api/types';
import { Shift } from '../../charts/Shift';
import { axisStart } from '../../components/Interval';
import { Panel } from '../../components/Panel';
import { Table } from '../../components/Table';
import { Tag } from '../../components/Tag';
import { count, percent } from '../../format';
import { worstFirst } from './quantizations';
import type { Names } from './QuantizationView';
import styles from './QuantizationView.module.css';

interface Props {
  classes: readonly ClassAgreement[];
  names: Names;
}

/** Correct predictions before and after, class by class. */
export function ClassShifts({ classes, names: [before, after] }: Props) {
  const rows = worstFirst(classes).map((each) => ({
    ...each,
    was: each.original / Math.max(1, each.images),
    is: each.candidate / Math.max(1, each.images),
  }));
  const from = axisStart(rows.flatMap(({ was, is }) => [was, is].map((low) => ({ value: low, low, high: low }))));
  return (
    <Panel
      title="Classes"
      note={
        <>
          Share of correct predictions: the ring is {inside(before)}, the dot {inside(after)}. The largest loss comes
          first. “Worse” marks a significant loss.
        </>
      }
    >
      <Table
        label="Table of classes"
        rows={rows}
        keyOf={(row) => row.label}
        testId="shifts"
        columns={[
          {
            title: 'Class',
            cell: (row) => (
              <>
                {row.label} {row.worse && <Tag tone="bad">worse</Tag>}
              </>
            ),
          },
          { title: 'Images', number: true, cell: (row) => count(row.images) },
          { title: before, number: true, cell: (row) => percent(row.was) },
          {
            title: (
              <span className={styles.ends}>
                <span>{percent(from, 0)}</span>
                <span>{percent(1, 0)}</span>
              </span>
            ),
            cell: (row) => <Shift before={row.was} after={row.is} from={from} />,
            wide: true,
          },
          { title: after, cell: (row) => percent(row.is) },
          {
            title: 'Change',
            number: true,
            cell: (row) => (
              <span className={styles.change} data-change={Math.sign(row.candidate - row.original)}>
                {signed(row.candidate - row.original)}
              </span>
            ),
          },
        ]}
      />
    </Panel>
  );
}

/** A name within a sentence. */
const inside = (name: string) => name.replace('Version', 'version').replace('Original', 'the original');

const signed = (change: number): string =>
  change === 0 ? '±0' : `${change > 0 ? '+' : '−'}${count(Math.abs(change))}`;
