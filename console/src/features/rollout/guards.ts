import type { Rollout, RolloutGuard, RolloutGuardPolicy } from '../../api/types';
import type { SequenceLine } from '../../charts/SequenceChart';
import { decimalsOf } from '../../charts/scale';
import { capital, milliseconds, percent, percentage, plain, significant, THIN } from '../../format';

const NAMES: Record<string, string> = {
  errors: 'Failed requests',
  p99: '99th percentile of the latency',
  confidence: 'Confidence',
  accuracy: 'Accuracy',
  agreement: 'Same prediction as production',
};

/** What a guard watches, in words. */
export const guardName = ({ metric, figure }: RolloutGuardPolicy): string => figure ?? NAMES[metric] ?? metric;

/** A value of a guard's metric. */
export function guardValue(value: number | null | undefined, { metric }: RolloutGuardPolicy): string {
  if (metric === 'p99') return milliseconds(value);
  return metric === 'kpi' ? significant(value ?? null) : percent(value, value != null && value < 0.1 ? 2 : 1);
}

/** A round value of a guard's axis, with the decimals that tell it from one that is `apart` from it. */
export function guardTick(value: number, apart: number, { metric }: RolloutGuardPolicy): string {
  if (metric === 'p99') return `${plain(value, decimalsOf(apart))}${THIN}ms`;
  return metric === 'kpi' ? plain(value, decimalsOf(apart)) : `${plain(value * 100, decimalsOf(apart * 100))}${THIN}%`;
}

/** "at most 1 % more than production" */
export function guardRule(policy: RolloutGuardPolicy): string {
  const { metric, margin, limit, worse } = policy;
  const higher = worse === 'higher';
  const far = metric === 'p99' ? percentage(margin * 100) : metric === 'kpi' ? significant(margin) : pointsOf(margin);
  if (limit != null) return `${higher ? 'at most' : 'at least'} ${guardValue(limit, policy)}, give or take ${far}`;
  return `at most ${far} ${higher ? 'more' : 'less'} than production`;
}

function pointsOf(share: number): string {
  const points = significant(share * 100).replace(/\.00$/, '');
  return points === '1' ? '1 point' : `${points} points`;
}

/** What is still needed, without the guard's name in front, which stands above it. */
export function neededText({ name, needed }: RolloutGuard): string | null {
  if (needed == null) return null;
  const text = needed.startsWith(`${name}: `) ? needed.slice(name.length + 2) : needed;
  return `${capital(text)}.`;
}

/** Where the candidate counts as worse: the reference and the margin. */
export function worstAllowed(guard: RolloutGuard, policy: RolloutGuardPolicy): number | undefined {
  const { reference } = guard;
  if (reference == null) return undefined;
  const margin = policy.metric === 'p99' ? reference * policy.margin : policy.margin;
  return policy.worse === 'higher' ? reference + margin : reference - margin;
}

/** The metric of the candidate and of production after each number of images. */
export function guardLines({ candidate, production }: Rollout, guard: RolloutGuard, limited: boolean): SequenceLine[] {
  const points = (arm: 'candidate' | 'reference') =>
    guard.course.flatMap((point) => {
      const interval = point[arm];
      return interval ? [{ count: point.images, ...interval }] : [];
    });
  const mine = { key: 'candidate', label: `Version ${candidate}`, version: candidate, points: points('candidate') };
  const other = { key: 'production', label: `Version ${production}`, version: production, points: points('reference') };
  return limited ? [mine] : [other, mine];
}

const SIZES = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const;

/** The server's "300s" as "5 min", and "90000s" as "1 d 1 h". */
export function timeText(text: string): string {
  const parsed = /^(\d+)(ms|s)$/.exec(text);
  if (!parsed) return text;
  let left = parsed[2] === 'ms' ? Math.round(Number(parsed[1]) / 1000) : Number(parsed[1]);
  const parts: string[] = [];
  for (const [seconds, unit] of SIZES) {
    const many = Math.floor(left / seconds);
    if (many > 0) parts.push(`${many}\u202f${unit}`);
    left -= many * seconds;
  }
  return parts.slice(0, 2).join(' ') || `0\u202fs`;
}
