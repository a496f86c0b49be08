import type { EvaluationImage, EvaluationRun } from '../../api/types';
import { dayAndTime } from '../../format';

/** A filter of the images of an evaluation; what is absent matches all. */
export interface ImageFilter {
  /** Of a detector: an object that was missed, or one that is not there. */
  object?: 'missed' | 'false_positive';
  truth?: string;
  predicted?: string;
  correct?: boolean;
}

/** The query of the API for a filter and a page, from 1. */
export function imageQuery({ truth, predicted, correct, object }: ImageFilter, page: number): string {
  const query = new URLSearchParams();
  if (truth !== undefined) query.set('truth', truth);
  if (predicted !== undefined) query.set('predicted', predicted);
  if (correct !== undefined) query.set('correct', String(correct));
  if (object !== undefined) query.set('object', object);
  query.set('page', String(page));
  return query.toString();
}

/** The evaluation of another version to compare with: on the same data if there is one, else the newest. */
export function counterpart(run: EvaluationRun, others: readonly EvaluationRun[]): EvaluationRun | undefined {
  return others.find((each) => each.data.id === run.data.id) ?? others[0];
}

/** The one that a version was registered with, if its images are kept. */
export const registrationRun = (runs: readonly EvaluationRun[]): EvaluationRun | undefined =>
  runs.find((run) => run.origin === 'train' || run.origin === 'import');

export const runName = ({ origin, data, created_at }: EvaluationRun): string => {
  const images = origin === 'train' ? 'test images' : data.name;
  return `${images}, ${dayAndTime(created_at)}`;
};

/** What a detector found in an image: "2 found, 1 missed, 1 false". */
export function objectCounts({ objects }: Pick<EvaluationImage, 'objects'>): string {
  const many = (kind: EvaluationImage['objects'][number]['kind']) =>
    objects.filter((each) => each.kind === kind).length;
  const parts = [
    [many('found'), 'found'],
    [many('missed'), 'missed'],
    [many('false_positive'), 'false'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return said.join(', ') || 'no objects';
}
