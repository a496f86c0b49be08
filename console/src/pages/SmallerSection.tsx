import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useQuantizations, useVersions } from '../api/queries';
import { isOpen } from '../api/quantizations';
import type { QuantizationRun } from '../api/quantizations';
import type { Model } from '../api/types';
import { Panel } from '../components/Panel';
import { Waiting } from '../components/Waiting';
import { AttemptList } from './AttemptList';
import { attemptsOf, chosenOf, smallOnes } from './attempts';
import { AttemptReport } from './AttemptReport';
import { AttemptResult } from './AttemptResult';
import { firstDraft, QuantizationForm } from './QuantizationForm';
import { QuantizationProgress } from './QuantizationProgress';
import styles from './SmallerSection.module.css';

interface Props {
  model: Model;
  onNotice: (notice: string) => void;
}

/** Makes a version smaller, shows how far that is, and what came of it and of all tries before. */
export function SmallerSection({ model, onNotice }: Props) {
  const runs = useQuantizations();
  if (model.task === 'tensors') return <OnlyTensors />;
  if (!runs.data) return <Waiting error={runs.error} what="what was made smaller" />;
  return <Attempts model={model} runs={runs.data} onNotice={onNotice} />;
}

function OnlyTensors() {
  return (
    <Panel title="Images are needed">
      <p className="quiet">
        This model takes tensors and no images, so that there is nothing to learn the ranges of its inner values from.
        Import it with a contract to make it smaller here.
      </p>
    </Panel>
  );
}

function Attempts({ model, runs, onNotice }: Props & { runs: readonly QuantizationRun[] }) {
  const [params, setParams] = useSearchParams();
  const [draft, setDraft] = useState(firstDraft);
  const work = useRef<HTMLDivElement>(null);
  const remembered = new Set(runs.filter((run) => run.model === model.name).map((run) => run.registered));
  const earlier = useVersions(
    model.name,
    smallOnes(model).filter((number) => !remembered.has(number)),
  );
  const attempts = attemptsOf(
    model.name,
    runs,
    earlier.flatMap((version) => version.data ?? []),
  );
  const open = runs.findLast((run) => run.model === model.name && isOpen(run));
  const reading = earlier.some((version) => version.isLoading);
  const chosen = reading ? undefined : chosenOf(attempts, params);

  /** The form gives way to the progress, which takes its focus; when it is done, the newest attempt is shown. */
  function begun() {
    setParams({}, { replace: true });
    work.current?.focus();
  }

  return (
    <div className={styles.section}>
      <div className={styles.work}>
        <div ref={work} tabIndex={-1} className={styles.focused}>
          {open ? (
            <QuantizationProgress run={open} />
          ) : (
            <QuantizationForm model={model} attempts={attempts} draft={draft} onDraft={setDraft} onBegun={begun} />
          )}
        </div>
        <div className={styles.history}>
          <AttemptList model={model} attempts={attempts} chosen={chosen} reading={reading} />
          <div aria-live="polite" data-testid="outcome">
            {chosen && <AttemptResult model={model} attempt={chosen} onNotice={onNotice} />}
          </div>
        </div>
      </div>
      {chosen && (chosen.state === 'registered' || chosen.state === 'refused') && (
        <AttemptReport model={model} attempt={chosen} />
      )}
    </div>
  );
}
