import type { ReactNode } from 'react';
import type { QuantizationReport } from '../../api/types';
import { ShareBars } from '../../charts/ShareBars';
import { Facts } from '../../components/Facts';
import type { Fact } from '../../components/Facts';
import { Panel } from '../../components/Panel';
import { bytes, count, duration, milliseconds, noise, percent, points, significant } from '../../format';
import { accuracyOf, integersOf, isMeasured, precisionName } from './quantizations';
import type { Quantization } from './quantizations';
import { ClassShifts } from './ClassShifts';
import { LayerCosts } from './LayerCosts';
import styles from './QuantizationView.module.css';

interface Props {
  task: string;
  quantization: Quantization;
  report: QuantizationReport;
}

/** What a quantization changed, and its measurements. */
export function QuantizationView({ task, quantization, report }: Props) {
  const names: Names = [
    quantization.original == null ? 'Original' : `Version ${quantization.original}`,
    quantization.registered == null ? precisionName(report.precision) : `Version ${quantization.registered}`,
  ];
  return (
    <>
      <div className={styles.changes}>
        <Size report={report} names={names} />
        <Speed report={report} names={names} />
        <AccuracyChange report={report} names={names} quantization={quantization} task={task} />
      </div>
      {report.judgement.classes.length > 0 && <ClassShifts classes={report.judgement.classes} names={names} />}
      {report.layers.some(isMeasured) && <LayerCosts layers={report.layers} />}
      <div className={styles.way} data-choice={report.tried.length > 1 || undefined}>
        {report.tried.length > 1 && <Tried report={report} />}
        <Panel title="Details">
          <Facts facts={wayFacts(report, quantization)} />
        </Panel>
      </div>
    </>
  );
}

/** The names of the original and the quantized version. */
export type Names = readonly [before: string, after: string];

interface PartProps {
  report: QuantizationReport;
  names: Names;
}

function Size({ report, names }: PartProps) {
  const { original: before, quantized: after } = report.bytes;
  return (
    <Change title="Size" figure={`${significant(after / before)}×`} beside="of the original">
      <Pair label="Size" names={names} values={[before, after]} text={bytes} />
    </Change>
  );
}

function Speed({ report, names }: PartProps) {
  const { ratio, baseline_ms: before, candidate_ms: after } = report.speed_up;
  return (
    <Change
      title="One image"
      aside="one at a time, on one thread"
      figure={`${significant(ratio.value)}× as fast`}
      beside={
        <span title={`95 % interval over ${report.speed_up.turns} runs`}>
          {significant(ratio.low)} to {significant(ratio.high)}
        </span>
      }
    >
      <Pair label="Time of one image" names={names} values={[before, after]} text={milliseconds} />
    </Change>
  );
}

/** Reports of earlier versions have no evidence. */
function judgedOf({ passes, evidence }: QuantizationReport['judgement']): string {
  if (!passes) return 'not good enough';
  const shown = (evidence as typeof evidence | undefined)?.shown;
  return shown === undefined ? 'no loss found' : `non-inferiority ${shown ? 'shown' : 'not shown'}`;
}

/** Detections are compared with true boxes or with those of the original, so that only the loss has a meaning. */
const isFound = (task: string) => ['detection', 'instance-segmentation', 'text-detection'].includes(task);

function AccuracyChange({ report, names, quantization, task }: PartProps & Pick<Props, 'quantization' | 'task'>) {
  const { judgement } = report;
  const accuracy = accuracyOf(judgement.classes);
  return (
    <Change
      title={accuracy ? 'Accuracy' : 'Agreement'}
      aside={accuracy ? `on ${count(accuracy.images)} test images` : 'of predictions'}
      figure={accuracy || isFound(task) ? points(-judgement.loss) : `${percent(1 - judgement.loss / 100)} equal`}
      bad={!judgement.passes}
      beside={judgedOf(judgement)}
    >
      {accuracy && (
        <Pair
          label="Accuracy"
          names={names}
          values={[accuracy.original, accuracy.candidate]}
          text={(share) => percent(share)}
          max={1}
        />
      )}
      {judgement.sentence !== quantization.job?.message && <p className={styles.sentence}>{judgement.sentence}</p>}
      {!accuracy && task === 'classification' && (
        <p className="quiet small">
          These images have no labels, so that accuracy is unknown. Put images into one folder per label to compare
          accuracy class by class.
        </p>
      )}
    </Change>
  );
}

interface ChangeProps {
  title: string;
  aside?: string;
  figure: string;
  beside: ReactNode;
  bad?: boolean;
  children: ReactNode;
}

function Change({ title, aside, figure, beside, bad = false, children }: ChangeProps) {
  return (
    <Panel title={title} aside={aside && <span className="quiet small">{aside}</span>}>
      <p className={styles.figure} data-bad={bad || undefined}>
        <strong>{figure}</strong> <span>{beside}</span>
      </p>
      <div className={styles.change}>{children}</div>
    </Panel>
  );
}

interface PairProps {
  label: string;
  names: Names;
  values: readonly [before: number, after: number];
  text: (value: number) => string;
  /** The length of a whole bar; else the larger of the two. */
  max?: number;
}

function Pair({ label, names, values, text, max = Math.max(...values, 1e-9) }: PairProps) {
  return (
    <ShareBars
      label={label}
      shares={values.map((value, i) => ({
        label: names[i] ?? '',
        share: value / max,
        text: text(value),
        color: i === 0 ? 'var(--ink-4)' : 'var(--data-1)',
      }))}
    />
  );
}

function Tried({ report: { tried, setting } }: { report: QuantizationReport }) {
  const max = Math.max(...tried.map((each) => each.error).filter(Number.isFinite), 1e-12);
  return (
    <Panel title="Settings tried" note="Quantization error of the outputs as a share of the signal. Lower is better.">
      <ShareBars
        label="Quantization error by setting"
        whole
        shares={tried.map(({ what, error }) => ({
          label: what,
          share: Math.min(1, error / max),
          text: what === setting ? `selected · ${noise(error)}` : noise(error),
          color: what === setting ? 'var(--data-1)' : 'var(--ink-4)',
        }))}
      />
    </Panel>
  );
}

function wayFacts(
  { layers, images, setting, speed_up, tried }: QuantizationReport,
  { job, precision }: Quantization,
): Fact[] {
  const took = job?.ended_at == null ? null : (Date.parse(job.ended_at) - Date.parse(job.started_at)) / 1000;
  const facts: (Fact | null)[] = [
    ['Precision', precisionName(precision)],
    setting === precisionName(precision) ? null : ['Setting', setting],
    tried.length > 1 ? null : ['Quantization error', noise(tried[0]?.error)],
    ['Integer layers', integersOf(layers)],
    ['Calibrated on', `${count(images)} images`],
    job == null ? null : ['Images', job.data === '' ? 'its training dataset' : job.data],
    ['Benchmark', `${count(speed_up.turns)} runs of each`],
    took == null ? null : ['Duration', duration(Math.round(took))],
  ];
  return facts.filter((fact) => fact != null);
}
