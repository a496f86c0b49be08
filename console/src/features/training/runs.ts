import type { MetricCurve, Run } from '../../api/types';
import type { Tone } from '../../components/Tag';
import { count, DASH, percent, plain, significant } from '../../format';

export const STATE_TONES: Readonly<Record<Run['status']['state'], Tone>> = {
  running: 'data',
  done: 'good',
  failed: 'bad',
  cancelled: 'plain',
  interrupted: 'bad',
};

/** "mobilenet-v2, head", "mobilenet-v2, patchcore", "new residual, small" */
export function methodOf({ params, subject }: Run): string {
  const { backbone, fit, network, scale, method } = params;
  if (subject.work === 'train-anomaly') return `${backbone ?? ''}, ${method ?? 'anomaly'}`;
  if (subject.work === 'train-search') return backbone == null ? 'a search' : `a search: ${backbone}`;
  if (backbone != null) return `${backbone}, ${fit === 'network' ? 'whole network' : 'head'}`;
  return `new ${network ?? 'network'}${scale == null ? '' : `, ${scale}`}`;
}

/** Seconds from start to end, or to now. */
export const secondsOf = ({ status }: Run, now: number): number =>
  Math.max(0, ((status.ended_at == null ? now : Date.parse(status.ended_at)) - Date.parse(status.started_at)) / 1000);

/** Of a folder only its last name. */
export const dataName = (data: string): string => data.replace(/\/+$/, '').replace(/^.*\//, '').replace(/@.*$/, '');

/** What a run learned from, in its present state where it is a data set. */
export const sameData = (run: Run | undefined): string => run?.subject.data.replace(/@[0-9a-z]+$/, '') ?? '';

/** Whether a run learned from a data set, in whichever version. */
export const learnedFrom = (run: Run, dataset: string): boolean =>
  run.subject.data === dataset || run.subject.data.startsWith(`${dataset}@`);

interface MetricWords {
  name: string;
  format: (value: number) => string;
}

const share = (value: number) => percent(value);
const figure = (value: number) => significant(value);

/** Names of metrics in words; others are shown as they are called. */
export const METRICS: Readonly<Record<string, MetricWords>> = {
  accuracy: { name: 'Accuracy on test images', format: share },
  balanced_accuracy: { name: 'Balanced accuracy', format: share },
  macro_f1: { name: 'Macro-F1', format: (value) => plain(value, 3) },
  image_auroc: { name: 'Image AUROC', format: (value) => plain(value, 3) },
  pixel_auroc: { name: 'Pixel AUROC', format: (value) => plain(value, 3) },
  best_val_accuracy: { name: 'Best validation accuracy', format: share },
  best_epoch: { name: 'Best epoch', format: count },
  epochs: { name: 'Epochs', format: count },
  mean_images_per_second: { name: 'Images per second', format: figure },
  memory_peak_mb: { name: 'Peak memory', format: (value) => `${count(Math.round(value))} MB` },
  memory_estimate_mb: { name: 'Estimated memory', format: (value) => `${count(Math.round(value))} MB` },
  parameters: { name: 'Parameters', format: count },
  train_images: { name: 'Training images', format: count },
  val_images: { name: 'Validation images', format: count },
};

export const metricText = (name: string, value: number | undefined): string =>
  value == null ? DASH : (METRICS[name]?.format ?? figure)(value);

/** The figures that a page has room for, in the order of {@link METRICS}. */
export const knownMetrics = (runs: readonly Run[]): string[] =>
  Object.keys(METRICS).filter((name) => runs.some((run) => run.metrics[name] != null));

/** Names that any of the runs has, sorted; those that differ come first where there are several runs. */
export function rowsOf(values: readonly Readonly<Record<string, string>>[]): { name: string; differs: boolean }[] {
  const names = [...new Set(values.flatMap((each) => Object.keys(each)))].sort();
  const rows = names.map((name) => ({ name, differs: new Set(values.map((each) => each[name])).size > 1 }));
  return values.length < 2 ? rows : [...rows.filter((row) => row.differs), ...rows.filter((row) => !row.differs)];
}

/** What curves are drawn over. */
export type Axis = 'step' | 'epoch' | 'seconds';

export const curveOf = (curves: readonly MetricCurve[], metric: string): MetricCurve | undefined =>
  curves.find((curve) => curve.metric === metric);
