import type { ClassAgreement } from '../../api/types';
import { Shift } from '../../charts/Shift';
import { axisStart } from '../../components/Interval';
import { Panel } from '../../components/Panel';
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
          Share of correct predictions
          <span className={styles.drawn}>
            : the ring is {inside(before)}, the dot {inside(after)}
          </span>
          . The largest loss comes first. “Worse” marks a significant loss.
        </>
      }
    >
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Table of classes">
        <table className={styles.table} data-testid="shifts">
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col" className="number">
                Images
              </th>
              <th scope="col" className="number">
                {before}
              </th>
              <th scope="col" className={styles.shift}>
                <span className={styles.ends}>
                  <span>{percent(from, 0)}</span>
                  <span>{percent(1, 0)}</span>
                </span>
              </th>
              <th scope="col">{after}</th>
              <th scope="col" className="number">
                Change
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.label}>
                <th scope="row">
                  {row.label} {row.worse && <Tag tone="bad">worse</Tag>}
                </th>
                <td className="number">{count(row.images)}</td>
                <td className="number">{percent(row.was)}</td>
                <td className={styles.shift}>
                  <Shift before={row.was} after={row.is} from={from} />
                </td>
                <td>{percent(row.is)}</td>
                <td className="number" data-change={Math.sign(row.candidate - row.original)}>
                  {signed(row.candidate - row.original)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** A name within a sentence. */
const inside = (name: string) => name.replace('Version', 'version').replace('Original', 'the original');

const signed = (change: number): string =>
  change === 0 ? '±0' : `${change > 0 ? '+' : '−'}${count(Math.abs(change))}`;
