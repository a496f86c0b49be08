import type { ExperimentPlanRequest, ExperimentRequest } from '../../api/types';

/** What the form of an experiment holds, in the units of its fields; an empty text is left to the server. */
export interface Draft {
  /** Variants with their share of the traffic in percent. */
  percents: Readonly<Record<number, number>>;
  figure: string;
  kind: 'conversion' | 'number';
  better: 'higher' | 'lower';
  /** In points for yes or no, else in the figure's own unit. */
  effect: number;
  /** Sums outside count as its ends. */
  low: string;
  high: string;
  /** Percent of units, for yes or no. */
  rate: string;
  mean: string;
  deviation: string;
  perDay: string;
  horizon: 'sequential' | 'fixed';
  window: string;
  longest: string;
  promote: boolean;
  reason: string;
}

/** A draft that compares production with one version in equal shares. */
export const draftOf = (versions: readonly number[]): Draft => ({
  percents: versions[0] === undefined ? {} : { [versions[0]]: 50 },
  figure: '',
  kind: 'conversion',
  better: 'higher',
  effect: 1,
  low: '',
  high: '',
  rate: '',
  mean: '',
  deviation: '',
  perDay: '',
  horizon: 'sequential',
  window: '1h',
  longest: '30d',
  promote: false,
  reason: '',
});

/** The same with a version in or out; all versions then have equal shares. */
export function withVariant(draft: Draft, version: number, isIn: boolean): Draft {
  const others = Object.keys(draft.percents)
    .map(Number)
    .filter((each) => each !== version);
  const chosen = isIn ? [...others, version] : others;
  const equal = Math.floor(10_000 / (chosen.length + 1)) / 100;
  return { ...draft, percents: Object.fromEntries(chosen.map((each) => [each, equal])) };
}

/** What production is left with, in percent. */
export const restOf = ({ percents }: Draft): number =>
  Math.round((100 - Object.values(percents).reduce((sum, each) => sum + each, 0)) * 100) / 100;

/** The request that starts it; `units` are those of a fixed horizon. */
export function requestOf(draft: Draft, units: number | undefined): ExperimentRequest {
  const range = [draft.low, draft.high].map(numberOf);
  return {
    variants: Object.entries(draft.percents).map(([version, percent]) => ({ version: Number(version), percent })),
    metric: {
      figure: draft.figure.trim(),
      kind: draft.kind,
      better: draft.better,
      ...(draft.kind === 'number' && range.every((end) => end !== undefined) && { range }),
    },
    effect: draft.kind === 'conversion' ? draft.effect / 100 : draft.effect,
    horizon: {
      window: draft.window,
      longest: draft.longest,
      ...(draft.horizon === 'fixed' && units !== undefined && { units }),
    },
    promote: draft.promote,
    reason: draft.reason.trim(),
  };
}

/** What the calculator is asked; what is left empty is measured. */
export function planOf(draft: Draft): ExperimentPlanRequest {
  const [rate, mean, deviation, perDay] = [draft.rate, draft.mean, draft.deviation, draft.perDay].map(numberOf);
  const isConversion = draft.kind === 'conversion';
  return {
    experiment: requestOf(draft, undefined),
    usual: {
      ...(isConversion && rate !== undefined && { rate: rate / 100 }),
      ...(!isConversion && mean !== undefined && { mean }),
      ...(!isConversion && deviation !== undefined && { deviation }),
      ...(perDay !== undefined && { per_day: perDay }),
    },
  };
}

/** Why it cannot be planned yet; nothing where it can. */
export function draftProblem(draft: Draft): string | undefined {
  if (Object.keys(draft.percents).length === 0) return 'Choose at least one version beside production.';
  if (restOf(draft) <= 0) return 'Leave production a share of the traffic.';
  if (draft.figure.trim() === '') return 'Name the business figure.';
  return draft.effect > 0 ? undefined : 'State an effect above 0.';
}

function numberOf(text: string): number | undefined {
  const trimmed = text.trim();
  const value = Number(trimmed);
  return trimmed === '' || !Number.isFinite(value) ? undefined : value;
}
