import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Job, Run } from '../../api/types';
import { Loading } from '../../components/Loading';
import { OpenTraining } from './OpenTraining';
import { useOpenTrainings, useRuns } from './queries';
import { RunList } from './RunList';
import { RunPanel } from './RunPanel';
import { SearchReport } from './SearchReport';
import { dataName, learnedFrom, sameData } from './runs';
import { initialValues } from './training';
import { TrainingForm } from './TrainingForm';
import styles from './Training.module.css';

interface Props {
  /** The model that gets a version; without one the form asks for a name. */
  model?: string;
  /** The data set that is learned from; without one the form asks for images. */
  dataset?: string;
}

/** Trains a version, shows how it learns, and the runs that are on record. */
export function TrainingSection(props: Props) {
  const open = useOpenTrainings();
  const runs = useRuns(props.model ?? null);
  if (!runs.data || !open.data) return <Loading error={runs.error ?? open.error} what="the trainings" />;
  return <Trainings {...props} jobs={open.data} runs={runs.data} />;
}

function Trainings({ model, dataset, jobs, runs }: Props & { jobs: readonly Job[]; runs: readonly Run[] }) {
  const [params, setParams] = useSearchParams();
  const [values, setValues] = useState(() => ({
    ...initialValues,
    model: model ?? '',
    data: dataset ?? (model == null ? '' : sameData(runs[0])),
  }));
  const [another, setAnother] = useState(false);
  const work = useRef<HTMLDivElement>(null);
  const open = jobs.filter(
    ({ request }) =>
      (model == null || ('model' in request && request.model === model)) &&
      (dataset == null || ('data' in request && dataName(request.data ?? '') === dataset)),
  );
  const listed = runs.filter((run) => dataset == null || learnedFrom(run, dataset));
  const chosen = listed.find(({ id }) => id === params.get('run')) ?? listed[0] ?? null;
  const other = listed.find(({ id }) => id === params.get('with') && id !== chosen?.id) ?? null;

  /** The progress takes the focus; the newest run is shown. */
  function started() {
    setParams({}, { replace: true });
    setAnother(false);
    work.current?.focus();
  }

  const form = (
    <TrainingForm
      values={values}
      onValues={setValues}
      fixedModel={model != null}
      fixedData={dataset != null}
      onStart={started}
    />
  );
  return (
    <div className={styles.section}>
      <div ref={work} tabIndex={-1} className={styles.focused}>
        {[...open].reverse().map((job) => (
          <OpenTraining key={job.id} job={job} />
        ))}
        {open.length === 0 && form}
      </div>
      {chosen && (
        <RunPanel
          id={chosen.id}
          other={other?.id ?? null}
          onAlone={() => setParams({ run: chosen.id }, { replace: true })}
        />
      )}
      {chosen && other == null && chosen.subject.work === 'train-search' && chosen.subject.job != null && (
        <EndedSearch run={chosen} job={chosen.subject.job} />
      )}
      <RunList
        runs={listed}
        several={model == null}
        chosen={chosen?.id ?? null}
        other={other?.id ?? null}
        onCompare={(id) => setParams({ run: chosen?.id ?? id, with: id }, { replace: true })}
      />
      {open.length > 0 && another && form}
      {open.length > 0 && !another && (
        <div>
          <Button variant="default" onClick={() => setAnother(true)}>
            Train another version
          </Button>
        </div>
      )}
    </div>
  );
}

/** The report is there when the search has ended. */
const EndedSearch = ({ run, job }: { run: Run; job: string }) =>
  run.status.state === 'done' ? <SearchReport job={job} /> : null;
