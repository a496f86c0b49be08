import type { AccuracyReport, FindingFigures, Findings } from '../../api/types';
import { FigureCell, FigureTitle } from '../../components/FigureCell';
import { IntervalText, axisStart } from '../../components/Interval';
import { MoreRows } from '../../components/MoreRows';
import { Panel } from '../../components/Panel';
import { Table } from '../../components/Table';
import { Verdict } from '../../components/Verdict';
import type { VerdictTone } from '../../components/Verdict';
import { count, percent } from '../../format';

const FIRST = 12;

/** How right a detector or multi-label classifier is: the verdict, then precision and recall of each class. */
export function FindingsReport({ report, findings }: { report: AccuracyReport; findings: Findings }) {
  const { known, estimated } = findings;
  const classes = known?.classes ?? estimated?.classes ?? [];
  return (
    <>
      <Verdict
        tone={tone(findings)}
        title={title(report, findings)}
        facts={[
          ['All right', known ? <IntervalText key="e" figure={known.exact} /> : 'no labels'],
          ['Precision without labels', estimated ? <IntervalText key="p" figure={estimated.precision} /> : 'none'],
          ['Predictions', count(report.window.predictions)],
          ['Labelled images', count(known?.images ?? 0)],
        ]}
      >
        <p>{report.verdict}</p>
      </Verdict>
      {classes.length > 0 && (
        <Panel
          title="Classes"
          aside={<span className="quiet small">{known ? 'from labels' : 'estimated without labels'}</span>}
          note="With 95 % intervals. What is missed leaves no trace without labels."
        >
          <MoreRows rows={[...classes].sort((a, b) => b.found - a.found)} first={FIRST} what="classes">
            {(shown) => <Classes rows={shown} />}
          </MoreRows>
        </Panel>
      )}
    </>
  );
}

function Classes({ rows }: { rows: readonly FindingFigures[] }) {
  const from = axisStart(rows.flatMap((each) => [each.precision ?? [], each.recall ?? []].flat()));
  return (
    <Table
      label="Classes"
      rows={rows}
      keyOf={(each) => each.label}
      testId="finding-classes"
      columns={[
        { title: 'Class', cell: (each) => each.label },
        { title: 'Found', number: true, cell: (each) => count(each.found) },
        {
          title: <FigureTitle name="Precision" from={from} />,
          hint: 'Of what was found of the class, how much is there',
          cell: (each) => <FigureCell figure={each.precision} from={from} absent="not known" />,
          wide: true,
        },
        {
          title: <FigureTitle name="Recall" from={from} />,
          hint: 'Of what is there of the class, how much was found',
          cell: (each) => <FigureCell figure={each.recall} from={from} absent="not known" />,
          wide: true,
        },
        {
          title: 'Average precision',
          number: true,
          cell: (each) => (each.average_precision == null ? '–' : percent(each.average_precision)),
        },
      ]}
    />
  );
}

function tone({ known, estimated, trust }: Findings): VerdictTone {
  if (known) return 'good';
  if (!estimated) return 'plain';
  return trust?.level === 'NOT_TRUSTED' ? 'warn' : 'good';
}

function title({ window }: AccuracyReport, { known, estimated, trust }: Findings): string {
  if (window.predictions === 0) return 'No predictions in this time';
  if (known?.mean_average_precision) return `Mean average precision is ${percent(known.mean_average_precision.value)}`;
  if (known) return `All labels are right on ${percent(known.exact.value)} of the images`;
  if (!estimated) return 'Precision is not known';
  return trust?.level === 'NOT_TRUSTED'
    ? 'Precision is not known: the estimate is not to be trusted'
    : `Precision is about ${percent(estimated.precision.value)}`;
}
