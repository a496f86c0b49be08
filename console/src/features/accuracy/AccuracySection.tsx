import { SegmentedControl } from '@mantine/core';
import { useSearchParams } from 'react-router';
import type { Model } from '../../api/types';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { VersionChoice } from '../../components/VersionChoice';
import { taskWords } from '../../format';
import styles from './Accuracy.module.css';
import { AccuracyOverTime } from './AccuracyOverTime';
import { AccuracyVerdict } from './AccuracyVerdict';
import { ClassTable } from './ClassTable';
import { FindingsReport } from './FindingsReport';
import { LabelPlanPanel } from './LabelPlanPanel';
import { useAccuracy } from './queries';

const SPANS = [
  { value: '1', label: '1 day' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
];

/** Tasks whose labels can be compared with predictions. */
const JUDGED = ['classification', 'multi label', 'detection', 'instance segmentation'];

/** How right a version is in production; an address may name the version and the days. */
export function AccuracySection({ model }: { model: Model }) {
  if (!JUDGED.includes(taskWords(model.task)))
    return (
      <Panel title="Not for this model">
        <p className="quiet">
          Accuracy in production is known of classifiers and detectors; {model.name} has the task{' '}
          {taskWords(model.task)}.
        </p>
      </Panel>
    );
  return <Judged model={model} />;
}

function Judged({ model }: { model: Model }) {
  const [parameters, setParameters] = useSearchParams();
  const versions = model.versions.filter((each) => !each.archived).map((each) => each.version);
  const wanted = [Number(parameters.get('version')), model.production];
  const version = wanted.find((number) => number != null && versions.includes(number)) ?? versions[0];
  const days = Number(parameters.get('days')) || 7;
  const change = (name: string, value: number) => {
    parameters.set(name, String(value));
    setParameters(parameters, { replace: true });
  };
  if (version === undefined) return <p className="quiet">{model.name} has no versions.</p>;
  return (
    <div className={styles.section}>
      <div className={styles.choices}>
        <VersionChoice versions={versions} version={version} onChoose={(number) => change('version', number)} />
        <SegmentedControl
          aria-label="Time judged"
          data={SPANS}
          value={String(days)}
          onChange={(value) => change('days', Number(value))}
        />
      </div>
      <OneVersion key={version} model={model} version={version} days={days} />
    </div>
  );
}

function OneVersion({ model, version, days }: { model: Model; version: number; days: number }) {
  const accuracy = useAccuracy(model.name, version, days);
  if (!accuracy.data) return <Loading error={accuracy.error} what="the accuracy" />;
  const report = accuracy.data;
  if (report.findings) return <FindingsReport report={report} findings={report.findings} />;
  const evaluated = model.versions.find((each) => each.version === version)?.accuracy ?? null;
  return (
    <>
      <AccuracyVerdict report={report} evaluated={evaluated} />
      {report.window.predictions > 0 && (
        <>
          <AccuracyOverTime model={model.name} version={version} days={days} evaluated={evaluated} />
          <ClassTable report={report} />
          <LabelPlanPanel model={model.name} version={version} days={days} />
        </>
      )}
    </>
  );
}
