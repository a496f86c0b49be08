import type { Objective, ObjectiveStatus, ServiceLevel } from '../../api/types';
import type { Tone } from '../../components/Tag';
import type { VerdictTone } from '../../components/Verdict';
import { DASH, THIN } from '../../format';

const NAMES: Record<string, string> = {
  availability: 'Availability',
  'error-rate': 'Error rate',
  p95: 'Latency p95',
  p99: 'Latency p99',
  accuracy: 'Accuracy',
  precision: 'Precision',
  recall: 'Recall',
  cost: 'Cost of 1,000 answers',
};

/** "Recall of crack". */
export const objectiveName = ({ indicator, label }: Objective): string =>
  `${NAMES[indicator] ?? indicator}${label == null ? '' : ` of ${label}`}`;

const HIGHER = ['availability', 'accuracy', 'precision', 'recall'];

/** The target with its side: "at least 99.9 %". */
export const targetText = (objective: Objective): string =>
  `${HIGHER.includes(objective.indicator) ? 'at least' : 'at most'} ${valueText(objective.target, objective)}`;

/** A value in the objective's unit. */
export function valueText(value: number | null | undefined, { indicator, unit }: Objective): string {
  if (value == null) return DASH;
  const digits = indicator === 'availability' ? { maximumFractionDigits: 3 } : { maximumSignificantDigits: 3 };
  const number = value.toLocaleString('en-GB', digits);
  return unit === '' ? number : `${number}${THIN}${unit}`;
}

export const VERDICTS: Record<string, { words: string; tone: Tone }> = {
  met: { words: 'met', tone: 'good' },
  missed: { words: 'missed', tone: 'bad' },
  'not-enough-data': { words: 'not enough data', tone: 'plain' },
};

const FEW = 0.25;

/** What is left of a budget, and how worrying that is. */
export function budget(left: number): { text: string; width: number; tone: 'good' | 'spot' | 'bad' } {
  const percent = Math.round(Math.abs(left) * 100).toLocaleString('en-GB');
  return left < 0
    ? { text: `overspent by ${percent}${THIN}%`, width: 1, tone: 'bad' }
    : { text: `${percent}${THIN}% left`, width: Math.min(1, left), tone: left < FEW ? 'spot' : 'good' };
}

/** "1.4 × in 1h, 0.2 × in 6h". */
export const burnText = ({ burns }: ObjectiveStatus): string =>
  burns.length === 0
    ? DASH
    : burns
        .map(({ window, rate }) => `${rate.toLocaleString('en-GB', { maximumFractionDigits: 1 })} × in ${window}`)
        .join(', ');

/** The verdict of a month in a line. */
export function headline({ objectives }: ServiceLevel): { tone: VerdictTone; title: string } {
  const missed = objectives.filter((each) => each.verdict === 'missed').length;
  const met = objectives.filter((each) => each.verdict === 'met').length;
  if (objectives.length === 0) return { tone: 'plain', title: 'No objectives are set' };
  if (missed > 0)
    return {
      tone: 'bad',
      title: `${missed} of ${objectives.length} objectives ${missed === 1 ? 'is' : 'are'} missed`,
    };
  if (met === objectives.length) return { tone: 'good', title: 'All objectives are met' };
  return met === 0
    ? { tone: 'plain', title: 'There is not enough data for a verdict' }
    : { tone: 'good', title: `${met} of ${objectives.length} objectives are met, none is missed` };
}

const MONTHS = 13;

/** The current month in UTC and those before it, as 2026-11. */
export function lastMonths(now: Date): string[] {
  return Array.from({ length: MONTHS }, (_, i) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - i, 1)).toISOString().slice(0, 7),
  );
}

const monthName = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** "November 2026". */
export const monthText = (month: string): string => monthName.format(new Date(`${month}-01T00:00:00Z`));
