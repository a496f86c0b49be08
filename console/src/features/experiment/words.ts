import type { Experiment } from '../../api/types';
import type { VerdictTone } from '../../components/Verdict';
import { capital, count, percent, points, significant } from '../../format';
import { timeText } from '../rollout/guards';

type Metric = Experiment['design']['metric'];
type Comparison = Experiment['comparisons'][number];

/** Where an experiment is, or how it ended, in a line. */
export function headline({ control, design, progress, variants }: Experiment): string {
  const { outcome, mismatch, state } = progress;
  const better = outcome?.version;
  switch (outcome?.decision) {
    case 'better':
      return better === control
        ? `Version ${control}, in production, has the better ${design.metric.figure}`
        : `Version ${better ?? '?'} has the better ${design.metric.figure}`;
    case 'no-difference':
      return `No version is better than production by ${effectText(design.effect, design.metric)}`;
    case 'undecided':
      return 'The experiment ended undecided';
    case 'stopped':
      return 'The experiment was stopped';
    default:
      if (mismatch != null) return 'Units do not fall to versions as planned';
      return `${variants.length} versions are compared by ${design.metric.figure}${state === 'ending' ? ', ending' : ''}`;
  }
}

export function tone({ control, progress }: Experiment): VerdictTone {
  const { outcome, mismatch } = progress;
  if (mismatch != null) return 'bad';
  switch (outcome?.decision) {
    case 'better':
      return outcome.version === control ? 'warn' : 'good';
    case undefined:
      return 'plain';
    default:
      return 'warn';
  }
}

/** Why a variant is better, from its interval against production; the server's reason for any other end. */
export function reasonText({ comparisons, control, design: { metric }, progress, variants }: Experiment): string {
  const { outcome } = progress;
  if (!outcome) return '';
  const pair = comparisons.find(({ version, against }) => version === outcome.version && against === control);
  if (outcome.decision !== 'better' || !pair) return `${capital(outcome.reason).replace(/\.$/, '')}.`;
  const mean = (version: number) => meanText(variants.find((each) => each.version === version)?.mean, metric);
  const [low, high] = [pair.low, pair.high].map((end) => differenceText(end, metric));
  return `${capital(metric.figure)}: ${mean(pair.version)} against ${mean(control)} in production, a difference between ${low ?? ''} and ${high ?? ''}.`;
}

/** What is wrong with the window, where most values came after it. */
export function lateText({ design, values }: Experiment): string | undefined {
  if (values.late <= values.counted) return undefined;
  const all = values.counted + values.late;
  return `${count(values.late)} of ${count(all)} values came after the window of ${timeText(design.window)} and do not count. Choose a longer window.`;
}

export const isConversion = ({ kind }: Pick<Metric, 'kind'>): boolean => kind === 'conversion';

/** A mean per unit: a share of units for yes or no, else a number. */
export function meanText(mean: number | null | undefined, metric: Pick<Metric, 'kind'>): string {
  if (mean == null) return '–';
  return isConversion(metric) ? percent(mean, Math.abs(mean) < 0.1 ? 2 : 1) : significant(mean);
}

/** "1.0 points", "0.50" */
export const effectText = (effect: number, metric: Pick<Metric, 'kind'>): string =>
  isConversion(metric) ? points(effect * 100).replace('+', '') : significant(effect);

/** A difference with its sign: "+1.2 points", "−0.31" */
export function differenceText(difference: number, metric: Pick<Metric, 'kind'>): string {
  if (isConversion(metric)) return points(difference * 100);
  return `${difference < 0 ? '−' : '+'}${significant(Math.abs(difference))}`;
}

/** What an interval says of two versions, by the side on which the figure is better. */
export function comparisonWord({ low, high }: Comparison, { better }: Metric): 'better' | 'worse' | 'not shown' {
  const [above, below] = [low > 0, high < 0];
  if (!above && !below) return 'not shown';
  return above === (better === 'higher') ? 'better' : 'worse';
}

/** Half the width of an axis that holds all intervals and the effect of interest. */
export const reach = (comparisons: readonly Comparison[], effect: number): number =>
  1.08 * Math.max(effect, ...comparisons.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
