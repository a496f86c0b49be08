import type { EvaluationRun } from '../api/types';
import { dayAndTime } from '../format';

/** Which images of an evaluation are asked for; what is not stated matches all. */
export interface ImageFilter {
  truth?: string;
  predicted?: string;
  correct?: boolean;
}

/** The query of the API for a filter and a page, from 1. */
export function imageQuery({ truth, predicted, correct }: ImageFilter, page: number): string {
  const query = new URLSearchParams();
  if (truth !== undefined) query.set('truth', truth);
  if (predicted !== undefined) query.set('predicted', predicted);
  if (correct !== undefined) query.set('correct', String(correct));
  query.set('page', String(page));
  return query.toString();
}

/** Evaluations of a classifier that are done and kept their images, the newest first. */
export const keptRuns = (runs: readonly EvaluationRun[]): EvaluationRun[] => runs.filter((run) => run.state === 'done');

/** The one that a version was registered with, if its images are kept. */
export const registrationRun = (runs: readonly EvaluationRun[]): EvaluationRun | undefined =>
  keptRuns(runs).find((run) => run.origin === 'train' || run.origin === 'import');

export const runName = ({ origin, data, started_at }: EvaluationRun): string => {
  const images = origin === 'train' ? 'held-out images' : (data?.name ?? 'images');
  return `${images}, ${dayAndTime(started_at)}`;
};
