import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { AccuracyReport, ClassAccuracy, Figure } from '../../api/types';
import { IntervalBar } from '../../components/Interval';
import { MoreRows } from '../../components/MoreRows';
import { Panel } from '../../components/Panel';
import { count, interval, percent } from '../../format';
import styles from './Accuracy.module.css';

const FIRST = 12;

/** Precision and recall of each class, from labels or estimated without them; the most frequent class first. */
export function ClassTable({ report: { known, estimated } }: { report: AccuracyReport }) {
  const [wanted, want] = useState('known');
  const isKnown = known != null && (wanted === 'known' || estimated == null);
  const classes = (isKnown ? known.classes : estimated?.classes) ?? [];
  if (classes.length === 0) return null;
  return (
    <Panel
      title="Classes"
      aside={
        known && estimated ? (
          <SegmentedControl
            aria-label="Figures of the classes"
            data={[
              { value: 'known', label: 'From labels' },
              { value: 'estimated', label: 'Estimated' },
            ]}
            value={wanted}
            onChange={want}
          />
        ) : (
          <span className="quiet small">{isKnown ? 'from labels' : 'estimated without labels'}</span>
        )
      }
      note="With 95 % intervals, on an axis from 0 to 100 %."
    >
      <MoreRows rows={[...classes].sort((a, b) => b.predicted - a.predicted)} first={FIRST} what="classes">
        {(shown) => (
          <div className={styles.scroll} tabIndex={0} role="region" aria-label="Classes, scrolls sideways">
            <table className={styles.table} data-testid="accuracy-classes">
              <thead>
                <tr>
                  <th scope="col">Class</th>
                  <th scope="col" className="number">
                    Predicted
                  </th>
                  <th scope="col" title="Of the predictions of the class, how many are right">
                    Precision
                  </th>
                  <th scope="col" title="Of the images of the class, how many are predicted so">
                    Recall
                  </th>
                </tr>
              </thead>
              <tbody>
                {shown.map((each) => (
                  <ClassRow key={each.label} each={each} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </MoreRows>
    </Panel>
  );
}

function ClassRow({ each }: { each: ClassAccuracy }) {
  return (
    <tr>
      <th scope="row">{each.label}</th>
      <td className="number">{count(each.predicted)}</td>
      <td>
        <Share figure={each.precision} />
      </td>
      <td>
        <Share figure={each.recall} />
      </td>
    </tr>
  );
}

function Share({ figure }: { figure: Figure | null }) {
  if (!figure) return <span className="quiet">too few images</span>;
  return (
    <span className={styles.figure}>
      <span>
        {percent(figure.value)} <span className="quiet small">{interval(figure.low, figure.high)}</span>
      </span>
      <IntervalBar figure={figure} from={0} />
    </span>
  );
}
