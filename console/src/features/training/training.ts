import type { AnomalyRequest, Backbone, DetectorRequest, TrainRequest } from '../../api/types';

/** Where a training begins; a new way is a line here and a part of the form. */
export type Way = 'backbone' | 'anomaly' | 'detector' | 'scratch';

/** The job of each way. */
export type AnyTraining = TrainRequest | AnomalyRequest | DetectorRequest;

export const WAYS: readonly (readonly [way: Way, name: string, what: string])[] = [
  ['backbone', 'From a pretrained network', 'Images of each class. A few hundred are enough, and it takes minutes.'],
  ['anomaly', 'From good images alone', 'Tells what is anomalous, with a heat map. Images of defects only judge it.'],
  [
    'detector',
    'A detector',
    'Finds objects. From images with boxes; a YOLOX network to start from needs the least time.',
  ],
  ['scratch', 'From scratch', 'A small new network. Needs more images and time; depends on no other weights.'],
];

/** What is in the form; it outlives a job, so that it can be tried again with one thing changed. */
export interface TrainingValues {
  model: string;
  data: string;
  way: Way;
  from: string;
  fit: 'head' | 'network';
  minutes: number | string;
  falseAlarms: number | string;
  method: string;
  keepUnusual: boolean;
  detectorMinutes: number | string;
  quarterTurns: boolean;
  family: string;
  size: string;
  edge: number | string;
  seed: number | string;
  epochs: number | string;
  minEpochs: number | string;
  steps: string;
  split: string;
  classWeights: string;
  softLabels: boolean;
  promote: string;
  int8: boolean;
  contract: string;
  cut: string;
  note: string;
}

export const initialValues: TrainingValues = {
  model: '',
  data: '',
  way: 'backbone',
  from: '',
  fit: 'head',
  minutes: 5,
  falseAlarms: 1,
  method: 'padim',
  keepUnusual: false,
  detectorMinutes: 30,
  quarterTurns: false,
  family: 'residual',
  size: 'small',
  edge: '',
  seed: '',
  epochs: '',
  minEpochs: '',
  steps: '',
  split: '',
  classWeights: '',
  softLabels: true,
  promote: '',
  int8: true,
  contract: '',
  cut: '',
  note: '',
};

/** What is still missing, in a sentence; null when it can start. */
export function missing({ model, data, way, from }: TrainingValues): string | null {
  const what = [
    model.trim() === '' && 'a name for the model',
    data.trim() === '' && 'the images',
    way !== 'scratch' && from === '' && 'a network to start from',
  ].filter((each) => each !== false);
  const last = what.pop();
  return last == null ? null : `State ${what.length === 0 ? last : `${what.join(', ')} and ${last}`}.`;
}

/** The job that the form asks for; what was left empty has the server's default. */
export function requestOf(values: TrainingValues): AnyTraining {
  switch (values.way) {
    case 'anomaly':
      return anomaly(values);
    case 'detector':
      return detector(values);
    case 'backbone':
    case 'scratch':
      return classifier(values);
  }
}

function detector(values: TrainingValues): DetectorRequest {
  return {
    type: 'train-detector',
    model: values.model.trim(),
    data: values.data.trim(),
    network: { from: values.from, ...text('contract', values.contract), ...number('edge', values.edge) },
    schedule: {
      ...number('minutes', values.detectorMinutes),
      ...text('steps', values.steps),
      ...number('seed', values.seed),
      ...(values.quarterTurns ? { quarter_turns: true } : {}),
    },
    ...text('split', values.split),
    ...text('promote', values.promote),
    ...(values.int8 ? {} : { int8: false }),
    ...text('note', values.note),
  };
}

function anomaly(values: TrainingValues): AnomalyRequest {
  return {
    type: 'train-anomaly',
    model: values.model.trim(),
    data: values.data.trim(),
    network: { from: values.from, method: values.method, ...text('contract', values.contract) },
    ...(values.falseAlarms === '' ? {} : { false_alarms: Number((Number(values.falseAlarms) / 100).toPrecision(12)) }),
    ...(values.keepUnusual ? { keep_unusual: true } : {}),
    ...number('seed', values.seed),
    ...text('promote', values.promote),
    ...text('note', values.note),
  };
}

function classifier(values: TrainingValues): TrainRequest {
  const pretrained = values.way === 'backbone';
  const whole = pretrained && values.fit === 'network';
  return {
    type: 'train',
    model: values.model.trim(),
    data: values.data.trim(),
    network: pretrained
      ? { from: values.from, fit: values.fit, ...text('contract', values.contract), ...text('cut', values.cut) }
      : { family: values.family, size: values.size, ...number('edge', values.edge) },
    schedule: {
      ...(pretrained && !whole ? {} : { ...number('minutes', values.minutes), ...number('epochs', values.epochs) }),
      ...(whole ? text('steps', values.steps) : {}),
      ...(pretrained ? {} : number('min_epochs', values.minEpochs)),
      ...number('seed', values.seed),
      ...text('class_weights', values.classWeights),
      ...(values.softLabels ? {} : { soft_labels: false }),
    },
    ...text('split', values.split),
    ...text('promote', values.promote),
    ...(values.int8 ? {} : { int8: false }),
    ...text('note', values.note),
  };
}

const text = <K extends string>(name: K, value: string) =>
  (value.trim() === '' ? {} : { [name]: value.trim() }) as Partial<Record<K, string>>;

const number = <K extends string>(name: K, value: number | string) =>
  (value === '' ? {} : { [name]: Number(value) }) as Partial<Record<K, number>>;

/** The smallest that is there, which is the fastest too. */
export const firstBackbone = (backbones: readonly Backbone[]): Backbone | undefined =>
  [...backbones].filter(isUsable).sort((a, b) => rank(a) - rank(b) || a.size_bytes - b.size_bytes)[0];

export const isUsable = ({ available }: Backbone): boolean => available;

/** Published weights have seen more than a model of one's own. */
const rank = ({ kind }: Backbone) => (kind === 'backbone' ? 0 : 1);
