import type { DetectionReport } from '../../api/types';
import { KeyFigures } from '../../components/Facts';
import { IntervalText } from '../../components/Interval';
import { Panel } from '../../components/Panel';
import { count, percent, plural } from '../../format';
import type { Selection } from './EvaluationImages';
import styles from './EvaluationSection.module.css';
import { VerdictPanel } from './VerdictPanel';

interface Props {
  report: DetectionReport;
  onSelect: (selection: Selection) => void;
}

/** The metrics of a detector: average precision by class, each class a link to its images. */
export function DetectionSection({ report, onSelect }: Props) {
  return (
    <>
      <VerdictPanel verdict={report.verdict} />
      <KeyFigures
        facts={[
          ['mAP50', <IntervalText key="50" figure={report.map50} />],
          ['mAP50–95', <IntervalText key="95" figure={report.map50_to95} />],
          ['Images', count(report.images)],
          ['Objects', count(report.truths)],
        ]}
      />
      <Panel
        title="Classes"
        aside={<span className="quiet small">{plural(report.classes.length, 'class', 'classes')}</span>}
        note="A class opens its images: all, those with a missed object, those with a false positive."
      >
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="Table of classes">
          <table className={`${styles.classes} ${styles.objects}`} data-testid="classes">
            <thead>
              <tr>
                <th scope="col">Class</th>
                <th scope="col">Objects</th>
                <th scope="col">AP50</th>
                <th scope="col">AP50–95</th>
              </tr>
            </thead>
            <tbody>
              {report.classes.map((each) => (
                <tr key={each.label}>
                  <th scope="row">
                    <button type="button" className={styles.open} onClick={() => onSelect({ objects: each.label })}>
                      {each.label}
                    </button>
                  </th>
                  <td className="number">{count(each.support)}</td>
                  <td className="number">{percent(each.ap50)}</td>
                  <td className="number">{percent(each.ap50_to95)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
    </>
  );
}
