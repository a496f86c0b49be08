import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useQuantizations } from './queries';
import { useVersions } from '../versions/queries';
import { isOpen } from './quantizationJobs';
import type { QuantizationJob } from './quantizationJobs';
import type { Model } from '../../api/types';
import { Panel } from '../../components/Panel';
import { Loading } from '../../components/Loading';
import { QuantizationList } from './QuantizationList';
import { quantizationsOf, chosenOf, quantizedVersions } from './quantizations';
import { QuantizationReportPanel } from './QuantizationReportPanel';
import { QuantizationOutcome } from './QuantizationOutcome';
import { initialValues, QuantizationForm } from './QuantizationForm';
import { QuantizationProgress } from './QuantizationProgress';
import styles from './QuantizationSection.module.css';

interface Props {
  model: Model;
  onNotice: (notice: string) => void;
}

/** Quantizes a version, shows the progress, and the outcome of this and earlier quantizations. */
export function QuantizationSection({ model, onNotice }: Props) {
  const jobs = useQuantizations();
  if (model.task === 'tensors') return <OnlyTensors />;
  if (!jobs.data) return <Loading error={jobs.error} what="the quantizations" />;
  return <Quantizations model={model} jobs={jobs.data} onNotice={onNotice} />;
}

function OnlyTensors() {
  return (
    <Panel title="Quantization needs images">
      <p className="quiet">
        This model takes tensors, not images, so that calibration has no input. Import it with a preprocessing contract
        to quantize it here.
      </p>
    </Panel>
  );
}

function Quantizations({ model, jobs, onNotice }: Props & { jobs: readonly QuantizationJob[] }) {
  const [params, setParams] = useSearchParams();
  const [values, setValues] = useState(initialValues);
  const work = useRef<HTMLDivElement>(null);
  const remembered = new Set(jobs.filter((job) => job.model === model.name).map((job) => job.registered));
  const earlier = useVersions(
    model.name,
    quantizedVersions(model).filter((number) => !remembered.has(number)),
  );
  const quantizations = quantizationsOf(
    model.name,
    jobs,
    earlier.flatMap((version) => version.data ?? []),
  );
  const open = jobs.findLast((job) => job.model === model.name && isOpen(job));
  const reading = earlier.some((version) => version.isLoading);
  const chosen = reading ? undefined : chosenOf(quantizations, params);

  /** The form gives way to the progress, which takes its focus; when it is done, the newest quantization is shown. */
  function started() {
    setParams({}, { replace: true });
    work.current?.focus();
  }

  return (
    <div className={styles.section}>
      <div className={styles.work}>
        <div ref={work} tabIndex={-1} className={styles.focused}>
          {open ? (
            <QuantizationProgress job={open} />
          ) : (
            <QuantizationForm
              model={model}
              quantizations={quantizations}
              values={values}
              onValues={setValues}
              onStart={started}
            />
          )}
        </div>
        <div className={styles.history}>
          <QuantizationList model={model} quantizations={quantizations} chosen={chosen} reading={reading} />
          <div aria-live="polite" data-testid="outcome">
            {chosen && <QuantizationOutcome model={model} quantization={chosen} onNotice={onNotice} />}
          </div>
        </div>
      </div>
      {chosen && (chosen.state === 'registered' || chosen.state === 'refused') && (
        <QuantizationReportPanel model={model} quantization={chosen} />
      )}
    </div>
  );
}
