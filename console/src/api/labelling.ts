import { datasetPath } from './datasets';
import type { components } from './schema';

// The API of labelling: /v1/datasets/{name}/labelling.

type Schemas = components['schemas'];

/** Leave to label one image for a while. */
export type Lease = Schemas['Lease'];

export type LeaseList = Schemas['LeaseList'];

export type LabellingSettings = Schemas['LabellingSettings'] & { order: 'uncertain' | 'random' };

/** How many labels the models need. */
export type LabelNeed = Schemas['LabelNeed'];

/** Labels made against labels needed, the verdict first. */
export type LabelCapacity = Schemas['LabelCapacity'];

export type LabellingProgress = Schemas['LabellingProgress'];

export type Disagreement = Schemas['Disagreement'];

export type DisagreementPage = Schemas['DisagreementPage'];

/** How far people agree, the verdict first. */
export type Agreement = Schemas['AgreementReport'];

export type Advice = components['schemas']['PilotAdvice'];
export type ConfusedClasses = components['schemas']['ConfusedClasses'];

export interface WrongLabel {
  hash: string;
  kind: 'class' | 'extra' | 'missing' | 'spurious' | 'misplaced' | 'swapped' | 'overlooked';
  given?: string | null;
  likely?: string | null;
  /** A probability; for boxes a suspicion from 0 to 1. */
  score: number;
  /** x, y, width, height */
  given_box?: number[] | null;
  likely_box?: number[] | null;
}

export interface WrongLabels {
  job: string;
  verdict: string[];
  items: WrongLabel[];
  per_class: { class: string; share: number; low: number; high: number; review_to_halve: number }[];
  /** Shares of the labelled boxes that the detector confirms. */
  confirmed: { class: string; boxes: number; share: number; low: number; high: number }[];
  next?: number | null;
}

export const labellingPath = (dataset: string): string => `${datasetPath(dataset)}/labelling`;
