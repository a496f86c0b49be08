import type { AnnotationValue, Item, Prefill } from './datasets';
import { datasetPath } from './datasets';
import type { components } from './schema';
import type { Figure } from './types';

// The API of labelling: /v1/datasets/{name}/labelling.

/** Leave to label one image, for ten minutes. */
export interface Lease {
  lease: string;
  expires: string;
  item: Item;
  prefill?: Prefill | null;
  /** The suggestion exists and is not shown, so that its influence can be measured. */
  prefill_hidden?: boolean;
  /** Why the image comes now, such as `uncertain` or `random`. */
  reason?: string | null;
}

export interface LeaseList {
  leases: Lease[];
}

export interface LabellingSettings {
  /** Annotators per image. */
  per_image: number;
  order: 'uncertain' | 'random';
  honeypot_share: number;
  hide_prefill_share: number;
  prefill_model?: string | null;
  min_skill?: number | null;
  consensus?: 'auto' | 'majority' | 'dawid-skene' | 'difficulty' | null;
}

export interface AnnotatorProgress {
  name: string;
  labels: number;
  median_millis?: number | null;
  skill?: Figure | null;
  /** Whether the skill was measured on images with a known answer. */
  on_honeypots?: boolean;
  /** Skill is below the minimum of the settings. */
  below?: boolean;
}

export interface LabellingProgress {
  annotators: AnnotatorProgress[];
  per_class: { class: string; labels: number; median_millis?: number | null }[];
  backlog: number;
  per_day: number;
  days_left?: number | null;
  acceptance: { class: string; accepted: number; changed: number }[];
  /** Whether suggestions change what people say; nothing where none is hidden. */
  anchoring?: { shown?: Figure | null; hidden?: Figure | null; saved_millis?: number | null } | null;
}

export interface GivenValue {
  annotator: string;
  value: AnnotationValue;
  millis?: number | null;
}

export interface Disagreement {
  hash: string;
  width?: number;
  height?: number;
  values: GivenValue[];
  consensus?: { value: AnnotationValue; confidence: number } | null;
}

export interface DisagreementPage {
  items: Disagreement[];
  next?: number | null;
}

export interface Agreement {
  /** What the figures mean, in a sentence. */
  verdict: string;
  /** Images that two or more people labelled. */
  images: number;
  kappa?: Figure | null;
  fleiss?: Figure | null;
  alpha?: Figure | null;
  /** The accuracy that no model trained on such labels can be shown to exceed. */
  ceiling?: Figure | null;
  confused: ConfusedClasses[];
  advice: Advice[];
  /** Alpha of each class; null where it is undefined. */
  per_class: { class: string; images: number; alpha?: Figure | null }[];
  /** The method that makes one label of several votes by now, and why; null in a pilot. */
  consensus?: { method: string; reason: string } | null;
}

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
