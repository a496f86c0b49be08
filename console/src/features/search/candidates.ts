import type { CandidateRow, SearchRecord } from '../../api/types';
import type { TradeOff } from '../../charts/TradeOffChart';

/** The candidates that were judged on all images, the smallest first. */
export const judged = (search: SearchRecord): CandidateRow[] =>
  search.candidates.filter((row) => row.quality.method !== 'sample');

/** Their first quality against a cost; those whose cost was not measured are left out. */
export function tradeOffs(search: SearchRecord, costOf: (row: CandidateRow) => number | null): TradeOff[] {
  return judged(search).flatMap((row) => {
    const cost = costOf(row);
    const quality = row.conditions[0];
    if (cost == null || quality?.value == null) return [];
    return [
      {
        name: row.name,
        cost,
        value: quality.value,
        low: quality.low ?? quality.value,
        high: quality.high ?? quality.value,
        front: row.front,
        cleared: row.cleared,
        chosen: row.name === search.winner,
      },
    ];
  });
}

/** The limit of a cost, where the bar has one. */
export function costLimit(search: SearchRecord, subject: string): { value: number; label: string } | undefined {
  const condition = search.candidates[0]?.conditions.find((each) => each.subject === subject);
  return condition && { value: condition.limit, label: condition.condition };
}
