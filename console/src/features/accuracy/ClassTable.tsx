import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { AccuracyReport } from '../../api/types';
import { FigureCell, FigureTitle } from '../../components/FigureCell';
import { axisStart } from '../../components/Interval';
import { MoreRows } from '../../components/MoreRows';
import { Panel } from '../../components/Panel';
import { Table } from '../../components/Table';
import { count } from '../../format';

const FIRST = 12;

/** Precision and recall of each class, from labels or estimated without them; the most frequent class first. */
export function ClassTable({ report: { known, estimated } }: { report: AccuracyReport }) {
  const [wanted, want] = useState('known');
  const isKnown = known != null && (wanted === 'known' || estimated == null);
  const classes = (isKnown ? known.classes : estimated?.classes) ?? [];
  if (classes.length === 0) return null;
  const from = axisStart(classes.flatMap((each) => [each.precision ?? [], each.recall ?? []].flat()));
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
      note="The dot is the value, the bar its 95 % interval."
    >
      <MoreRows rows={[...classes].sort((a, b) => b.predicted - a.predicted)} first={FIRST} what="classes">
        {(shown) => (
          <Table
            label="Classes"
            rows={shown}
            keyOf={(each) => each.label}
            testId="accuracy-classes"
            columns={[
              { title: 'Class', cell: (each) => each.label },
              { title: 'Predicted', number: true, cell: (each) => count(each.predicted) },
              {
                title: <FigureTitle name="Precision" from={from} />,
                hint: 'Of the predictions of the class, how many are right',
                cell: (each) => <FigureCell figure={each.precision} from={from} absent="too few images" />,
                wide: true,
              },
              {
                title: <FigureTitle name="Recall" from={from} />,
                hint: 'Of the images of the class, how many are predicted so',
                cell: (each) => <FigureCell figure={each.recall} from={from} absent="too few images" />,
                wide: true,
              },
            ]}
          />
        )}
      </MoreRows>
    </Panel>
  );
}
