import type { Figure, SearchRecord } from '../../api/types';

/** A score with a number of images of each class, on average. */
export interface CurvePoint {
  images_per_class: number;
  score: Figure;
}

/** One reason why a score is not higher. */
export interface DiagnosisFinding {
  cause: string;
  standing: 'blocks' | 'helps' | 'noted';
  sentence: string;
  remedy: string;
  score_after: Figure | null;
  examples: readonly string[];
}

/** The report of a job of the type `diagnose`; reports of jobs have no types of their own in the API. */
export interface Diagnosis {
  target: string;
  standing: 'reached' | 'open' | 'missed';
  score: Figure;
  verdict: string;
  findings: readonly DiagnosisFinding[];
  curve: { points: readonly CurvePoint[]; expected: readonly CurvePoint[] } | null;
  notes: readonly string[];
}

/** That of the type `train-search`. */
export interface SearchReport {
  search: SearchRecord;
  diagnosis: Diagnosis | null;
}
