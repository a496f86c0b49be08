import { Button } from '@mantine/core';
import { saveText } from '../../api/client';
import { Table } from '../../components/Table';
import { count, dayAndTime, shortDayAndTime } from '../../format';
import styles from './Accuracy.module.css';
import { planFile } from './planFile';
import { usePlans } from './queries';

interface Props {
  model: string;
  version: number;
}

/** The plans of a version, the newest first, with how far their labels are; nothing where there are none. */
export function LabelPlans({ model, version }: Props) {
  const plans = usePlans(model, version).data?.plans ?? [];
  if (plans.length === 0) return null;
  return (
    <div className={styles.plans}>
      <Table
        label="Label plans"
        rows={plans}
        keyOf={(plan) => plan.id}
        testId="label-plans"
        columns={[
          { title: 'Planned', cell: (plan) => dayAndTime(plan.made) },
          {
            title: 'Predictions of',
            cell: (plan) => `${shortDayAndTime(Date.parse(plan.from))} – ${shortDayAndTime(Date.parse(plan.to))}`,
          },
          { title: 'Within', number: true, cell: (plan) => `± ${Number((plan.within * 100).toFixed(1))} points` },
          {
            title: 'Labels',
            number: true,
            cell: (plan) => `${count(plan.labelled)} of ${count(plan.labelled + plan.to_label.length)}`,
          },
          {
            title: 'Left to label',
            cell: (plan) =>
              plan.to_label.length > 0 ? (
                <Button
                  variant="default"
                  size="compact-sm"
                  onClick={() => saveText(planFile(plan.to_label), 'text/csv', `${model}-to-label.csv`)}
                >
                  Download as CSV
                </Button>
              ) : (
                <span className="quiet">none</span>
              ),
          },
        ]}
      />
    </div>
  );
}
