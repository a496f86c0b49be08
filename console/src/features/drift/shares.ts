import type { LoggedTraffic } from '../../api/types';

export interface LabelShare {
  label: string;
  /** Shares of all predicted labels, 0 to 1. */
  before: number;
  after: number;
}

/** The shares of predicted labels in two times, the largest change first; none without traffic in both. */
export function sharesOf(before: LoggedTraffic, after: LoggedTraffic): LabelShare[] {
  const [first, second] = [counts(before), counts(after)];
  const [firstTotal, secondTotal] = [total(first), total(second)];
  if (firstTotal === 0 || secondTotal === 0) return [];
  return [...new Set([...first.keys(), ...second.keys()])]
    .map((label) => ({
      label,
      before: (first.get(label) ?? 0) / firstTotal,
      after: (second.get(label) ?? 0) / secondTotal,
    }))
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || b.before - a.before);
}

function counts(traffic: LoggedTraffic): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { labels } of traffic.versions)
    for (const { label, count } of labels) sums.set(label, (sums.get(label) ?? 0) + count);
  return sums;
}

const total = (sums: Map<string, number>) => [...sums.values()].reduce((sum, each) => sum + each, 0);
