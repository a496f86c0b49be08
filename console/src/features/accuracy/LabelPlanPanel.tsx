import { Button, NumberInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { saveText } from '../../api/client';
import type { LabelPlanReport, TruthReceipt } from '../../api/types';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { count, plural } from '../../format';
import styles from './Accuracy.module.css';
import { LabelPlans } from './LabelPlans';
import { planFile } from './planFile';
import { usePlan, useReportTruth } from './queries';

interface Props {
  model: string;
  version: number;
  days: number;
}

/** Which predictions to label so that accuracy is known, and where their labels go. */
export function LabelPlanPanel({ model, version, days }: Props) {
  const [within, setWithin] = useState(2);
  const plan = usePlan(model);
  return (
    <Panel
      title="Label to know more"
      note="Predictions are drawn whose labels tell most. Unsure ones are drawn more often, and count less for it."
    >
      <form
        className={styles.plan}
        onSubmit={(event) => {
          event.preventDefault();
          plan.mutate({ within, version, days });
        }}
      >
        <NumberInput
          label="Know accuracy within"
          min={0.1}
          max={25}
          step={0.5}
          value={within}
          onChange={(value) => setWithin(Number(value))}
          prefix="± "
          suffix=" points"
        />
        <Button type="submit" loading={plan.isPending}>
          What to label
        </Button>
      </form>
      {plan.error && <ProblemNote error={plan.error} />}
      {plan.data && <Planned model={model} report={plan.data} />}
      <LabelPlans model={model} version={version} />
      <Upload model={model} />
    </Panel>
  );
}

function Planned({ model, report }: { model: string; report: LabelPlanReport }) {
  const left = report.to_label.length;
  return (
    <div className={styles.planned} role="status">
      <p>
        <strong>{left === 0 ? 'All planned labels are there.' : `Label these ${count(left)}.`}</strong> {report.verdict}{' '}
        {report.labelled > 0 && `${plural(report.labelled, 'label')} of the plan are there already.`}
      </p>
      {left > 0 && (
        <>
          <Button
            variant="default"
            onClick={() => saveText(planFile(report.to_label), 'text/csv', `${model}-to-label.csv`)}
          >
            Download the list as CSV
          </Button>
          <details>
            <summary>Show the request ids</summary>
            <ol className={styles.requests}>
              {report.to_label.map((id) => (
                <li key={id}>
                  <code>{id}</code>
                </li>
              ))}
            </ol>
          </details>
        </>
      )}
    </div>
  );
}

/** Takes the filled-in file, or any other with these two columns. */
function Upload({ model }: { model: string }) {
  const input = useRef<HTMLInputElement>(null);
  const truth = useReportTruth(model);
  const read = async (file: File | undefined) => {
    if (file) truth.mutate(await file.text());
    if (input.current) input.current.value = '';
  };
  return (
    <div className={styles.upload}>
      <p className="quiet">
        True labels come as CSV with the columns <code>request_id</code> and <code>label</code>.
      </p>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        aria-label="CSV with true labels"
        className="hidden"
        tabIndex={-1}
        onChange={(event) => void read(event.currentTarget.files?.[0])}
      />
      <Button variant="default" loading={truth.isPending} onClick={() => input.current?.click()}>
        Add labels from CSV
      </Button>
      <p role="status">{truth.data && received(truth.data)}</p>
      {truth.error && <ProblemNote error={truth.error} />}
    </div>
  );
}

function received({ received: all, joined, waiting, conflicting, repeated }: TruthReceipt): string {
  const rest = [
    [waiting, 'wait for their predictions'],
    [repeated, 'were known'],
    [conflicting, 'contradict earlier ones and changed nothing'],
  ] as const;
  const more = rest.filter(([many]) => many > 0).map(([many, what]) => `${count(many)} ${what}`);
  return `${plural(all, 'label')} received, ${[`${count(joined)} joined`, ...more].join(', ')}.`;
}
