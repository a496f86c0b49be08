import { Button, NumberInput, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { Job } from '../../api/types';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { Timestamp } from '../../components/Timestamp';
import { percent } from '../../format';
import { useCancelJob } from '../jobs/queries';
import { BackboneField } from '../training/BackboneField';
import { useBackbones } from '../training/queries';
import { firstBackbone, initialValues } from '../training/training';
import { DiagnosisPanel } from './DiagnosisPanel';
import { useDiagnose, useDiagnoses, useReport } from './queries';
import type { Diagnosis } from './report';
import styles from './Diagnosis.module.css';

interface Props {
  dataset: string;
  classes: readonly string[];
}

/** Says why a classifier of these images would miss a target, and what would help most. */
export function DiagnosisSection({ dataset, classes }: Props) {
  const jobs = useDiagnoses(dataset);
  if (!jobs.data) return <Loading error={jobs.error} what="the diagnoses" />;
  const open = jobs.data.find(({ state }) => state === 'queued' || state === 'running');
  const failed = jobs.data[0]?.failure;
  const done = jobs.data.find(({ state }) => state === 'done');
  return (
    <div className={styles.section}>
      {open ? <OpenDiagnosis job={open} /> : <DiagnoseForm dataset={dataset} classes={classes} />}
      {!open && failed != null && <p className={styles.failure}>{`${failed.code}: ${failed.message}`}</p>}
      {done && <DoneDiagnosis job={done} />}
    </div>
  );
}

const OF_ALL = ['accuracy', 'balanced_accuracy', 'macro_f1'] as const;
const OF_CLASS = ['recall', 'precision', 'f1'] as const;

function DiagnoseForm({ dataset, classes }: Props) {
  const diagnose = useDiagnose();
  const backbones = useBackbones().data ?? [];
  const [measure, setMeasure] = useState('accuracy');
  const [minimum, setMinimum] = useState<string | number>(95);
  const [from, setFrom] = useState('');
  const start = from === '' ? (firstBackbone(backbones)?.name ?? '') : from;
  const measures = [...OF_ALL, ...OF_CLASS.flatMap((each) => classes.map((name) => `${each}(${name})`))];

  function submit(event: SubmitEvent) {
    event.preventDefault();
    diagnose.mutate({
      type: 'diagnose',
      data: dataset,
      network: { from: start },
      target: `${measure} >= ${Number(minimum) / 100}`,
    });
  }

  return (
    <Panel
      title="Diagnose"
      note="Heads on a network's features, judged by cross-validation, say what a target would need: more images, other labels, other classes, more detail. Test images stay out, and nothing is registered."
    >
      <form className={styles.form} onSubmit={submit} aria-label="Diagnose">
        <div className={styles.fields}>
          <NativeSelect
            label="Target"
            value={measure}
            onChange={(event) => setMeasure(event.currentTarget.value)}
            data={measures}
          />
          <NumberInput
            label="At least"
            min={1}
            max={99.9}
            decimalScale={1}
            hideControls
            suffix=" %"
            value={minimum}
            onChange={setMinimum}
          />
        </div>
        <BackboneField
          backbones={backbones}
          values={{ ...initialValues, from: start }}
          change={(next) => setFrom(next.from ?? start)}
        />
        {diagnose.error && <ProblemNote error={diagnose.error} />}
        <div>
          <Button type="submit" disabled={diagnose.isPending || minimum === '' || start === ''}>
            Diagnose
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function OpenDiagnosis({ job }: { job: Job }) {
  const cancel = useCancelJob();
  const { step, state } = job;
  return (
    <Panel title={state === 'queued' ? 'Queued: diagnosis' : 'Diagnosing'}>
      <div className={styles.open} data-testid="open-diagnosis">
        <progress value={step.fraction} max={1} aria-label="Diagnosis" />
        <p>
          {percent(step.fraction, 0)} <span className="quiet">{step.detail}</span>
        </p>
        <Button
          variant="default"
          loading={cancel.isPending}
          disabled={cancel.isSuccess}
          onClick={() => cancel.mutate(job.id)}
        >
          {cancel.isSuccess ? 'Stopping …' : state === 'queued' ? 'Remove' : 'Stop'}
        </Button>
      </div>
    </Panel>
  );
}

function DoneDiagnosis({ job }: { job: Job }) {
  const details = useReport(job.id);
  if (!details.data) return <Loading error={details.error} what="the diagnosis" />;
  const diagnosis = details.data.report as Diagnosis | null;
  if (diagnosis == null) return null;
  return (
    <Panel
      title={`Diagnosis for ${diagnosis.target}`}
      aside={<Timestamp at={job.times.ended_at ?? job.times.created_at} />}
    >
      <DiagnosisPanel diagnosis={diagnosis} />
    </Panel>
  );
}
