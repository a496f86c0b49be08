import { isOpen } from './quantizationJobs';
import type { QuantizationJob } from './quantizationJobs';
import type { ClassAgreement, LayerReport, Model, Version } from '../../api/types';
import { count } from '../../format';

/** One quantization of a version: from its job, or from the version that it registered. */
export interface Quantization {
  state: QuantizationJob['state'];
  precision: string;
  /** The version that was quantized; null where the lineage does not say. */
  original: number | null;
  /** The version that it registered. */
  registered: number | null;
  at: string;
  /** Absent when the server has forgotten the job. */
  job: QuantizationJob | null;
}

/**
 * All quantizations of a model, the newest first. The server forgets old jobs; versions stay.
 *
 * @param jobs of all models
 * @param versions of this model, as far as they have been read
 */
export function quantizationsOf(
  model: string,
  jobs: readonly QuantizationJob[],
  versions: readonly Version[],
): Quantization[] {
  const remembered = jobs.filter((job) => job.model === model).map(fromJob);
  const known = new Set(remembered.map((quantization) => quantization.registered));
  const earlier = versions.filter((version) => !known.has(version.version)).flatMap(fromVersion);
  return [...remembered, ...earlier].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

const fromJob = (job: QuantizationJob): Quantization => ({
  state: job.state,
  precision: job.precision,
  original: job.version,
  registered: job.registered,
  at: job.ended_at ?? job.started_at,
  job,
});

const fromVersion = ({ version, quantization, lineage, created_at }: Version): Quantization[] =>
  quantization == null
    ? []
    : [
        {
          state: 'registered',
          precision: quantization.precision,
          original: parentNumber(lineage.parent),
          registered: version,
          at: created_at,
          job: null,
        },
      ];

/** "shirts:1" → 1 */
function parentNumber(parent: string | null): number | null {
  const number = Number(/:(\d+)$/.exec(parent ?? '')?.[1]);
  return Number.isNaN(number) ? null : number;
}

/** Versions that a quantization registered. */
export const quantizedVersions = (model: Model): number[] =>
  model.versions.filter((each) => each.precision != null).map((each) => each.version);

/** The address of a quantization below the page's; a version's holds when the server has forgotten the job. */
export const addressOf = ({ registered, job }: Quantization): string =>
  registered == null ? `?job=${job?.id ?? ''}` : `?version=${registered}`;

/** The quantization that an address names, else the newest that has ended. */
export function chosenOf(quantizations: readonly Quantization[], params: URLSearchParams): Quantization | undefined {
  const ended = quantizations.filter((quantization) => !isOpen(quantization));
  const [job, version] = [params.get('job'), Number(params.get('version'))];
  return (
    ended.find((quantization) => (job == null ? quantization.registered === version : quantization.job?.id === job)) ??
    ended[0]
  );
}

/** "INT8 of version 1" */
export const quantizationName = ({ precision, original }: Quantization): string =>
  `${precisionName(precision)}${original == null ? '' : ` of version ${original}`}`;

/** "int8-weights" → "INT8 weights" */
export const precisionName = (precision: string): string =>
  precision.replace(/^[a-z]+\d+/, (name) => name.toUpperCase()).replaceAll('-', ' ');

const STEPS: Readonly<Record<string, string>> = {
  images: 'Reading images',
  preparation: 'Preparing the network',
  calibration: 'Calibrating the ranges of activations',
  search: 'Trying settings',
  sensitivity: 'Measuring the error of each layer',
  ranges: 'Choosing ranges by the outputs',
  rewriting: 'Rewriting the network',
  'test images': 'Comparing predictions on test images',
  'validation images': 'Comparing predictions on validation images',
  'layers back to float': 'Returning layers to float',
};

export const stepWords = (step: string): string => STEPS[step] ?? step;

/** "DATASET_INVALID: The folder …" → its code and its words. */
export function failureOf(message: string): { code: string; detail: string } {
  const [, code = '', detail = message] = /^([A-Z][A-Z_]+): (.*)$/s.exec(message) ?? [];
  return { code, detail };
}

/** The largest loss comes first, and what is significantly worse before all. */
export const worstFirst = (classes: readonly ClassAgreement[]): ClassAgreement[] =>
  [...classes].sort((a, b) => Number(b.worse) - Number(a.worse) || change(a) - change(b));

/** Correct predictions gained, as a share of the images. */
const change = ({ original, candidate, images }: ClassAgreement) => (candidate - original) / Math.max(1, images);

export interface Accuracies {
  images: number;
  /** Shares of correct predictions. */
  original: number;
  candidate: number;
}

/** Over all classes; null where labels are not known. */
export function accuracyOf(classes: readonly ClassAgreement[]): Accuracies | null {
  const sum = (part: (each: ClassAgreement) => number) => classes.reduce((total, each) => total + part(each), 0);
  const images = sum((each) => each.images);
  if (images === 0) return null;
  return {
    images,
    original: sum((each) => each.original) / images,
    candidate: sum((each) => each.candidate) / images,
  };
}

export const costliestFirst = (layers: readonly LayerReport[]): LayerReport[] =>
  [...layers].sort((a, b) => (b.sensitivity ?? -1) - (a.sensitivity ?? -1));

/** Whether it says anything that is not true of all layers of a network that goes on computing in floats. */
export const isMeasured = ({ integer, sensitivity }: LayerReport): boolean => integer || sensitivity != null;

/** "22 of 24 layers"; where none is, why, if all have one reason. */
export function integersOf(layers: readonly LayerReport[]): string {
  const integers = layers.filter((layer) => layer.integer).length;
  const [reason, ...others] = new Set(layers.map((layer) => layer.reason));
  const words = `${integers === 0 ? 'none' : count(integers)} of ${count(layers.length)} layers`;
  return integers === 0 && reason != null && others.length === 0 ? `${words}: ${reason}` : words;
}
