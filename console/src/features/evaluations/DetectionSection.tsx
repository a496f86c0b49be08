import type { DetectionReport } from '../../api/types';
import { KeyFigures } from '../../components/Facts';
import { IntervalText } from '../../components/Interval';
import { Panel } from '../../components/Panel';
import { Table } from '../../components/Table';
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
        <Table
          label="Table of classes"
          rows={report.classes}
          keyOf={(each) => each.label}
          testId="classes"
          columns={[
            {
              title: 'Class',
              cell: ({ label }) => (
                <button type="button" className={styles.open} onClick={() => onSelect({ objects: label })}>
                  {label}
                </button>
              ),
            },
            { title: 'Objects', number: true, cell: (each) => count(each.support) },
            { title: 'AP50', number: true, cell: (each) => percent(each.ap50) },
            { title: 'AP50–95', number: true, cell: (each) => percent(each.ap50_to95) },
          ]}
        />
      </Panel>
    </>
  );
}
