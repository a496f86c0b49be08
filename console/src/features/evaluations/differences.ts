import type { Change } from './comparisons';

/** Two evaluations of a model, and the versions that they are of. */
export interface Pair {
  model: string;
  /** Id of the evaluation of version `from`. */
  baseline: string;
  /** Id of the evaluation of version `to`. */
  candidate: string;
  from: number;
  to: number;
  /** Whether they are detectors. */
  objects: boolean;
}

/** What it means that an image differs in one of three ways. */
export function meaning(change: Change, { from, to, objects }: Pair): string {
  switch (change) {
    case 'fixed':
      return objects ? `version ${to} makes fewer errors` : `only version ${to} is right`;
    case 'broken':
      return objects ? `version ${from} makes fewer errors` : `only version ${from} is right`;
    case 'otherwise_wrong':
      return objects ? 'as many errors, other ones' : 'both are wrong, in different ways';
  }
}
