import type { KeepPolicy, KeptImage } from '../../api/types';
import { count, listing, percent } from '../../format';

const REASONS = { random: 'random', uncertain: 'uncertain', novel: 'unlike the held-out ones' } as const;

/** "20 random, 10 uncertain and 5 unlike the held-out ones a day" */
export function policyText(policy: KeepPolicy): string {
  const parts = (['random', 'uncertain', 'novel'] as const)
    .filter((reason) => policy[reason] > 0)
    .map((reason) => `${count(policy[reason])} ${REASONS[reason]}`);
  return parts.length === 0 ? 'none of the traffic' : `${listing(parts, parts.length)} a day`;
}

/** "hole 93.1 %"; what was predicted for a kept image. */
export function predictedText({ labels }: KeptImage): string {
  const first = labels[0];
  if (!first) return 'no label';
  return first.score == null ? first.label : `${first.label} ${percent(first.score, 0)}`;
}

/** Images of the random sample first: they show the traffic as it is, the others its edges. */
export const sampleFirst = (images: readonly KeptImage[]): KeptImage[] =>
  [...images].sort((a, b) => Number(b.kept.reasons.includes('random')) - Number(a.kept.reasons.includes('random')));

const GIGABYTE = 1e9;

/** What a form says of a policy, in its fields' units. */
export interface PolicyDraft {
  random: number;
  uncertain: number;
  novel: number;
  gigabytes: number;
  days: number;
  dataset: string;
}

const USUAL: PolicyDraft = { random: 20, uncertain: 10, novel: 5, gigabytes: 10, days: 30, dataset: '' };

export const draftOf = (policy: KeepPolicy | null): PolicyDraft =>
  policy === null
    ? USUAL
    : {
        random: policy.random,
        uncertain: policy.uncertain,
        novel: policy.novel,
        gigabytes: policy.max_bytes / GIGABYTE,
        days: policy.days,
        dataset: policy.dataset,
      };

/** The request; without a data set's name the server takes the model's own. */
export const requestOf = ({ gigabytes, dataset, ...numbers }: PolicyDraft) => ({
  ...numbers,
  max_bytes: Math.round(gigabytes * GIGABYTE),
  ...(dataset.trim() !== '' && { dataset: dataset.trim() }),
});

/** Why a policy cannot be set, where that is plain before the server says so. */
export const draftProblem = ({ random, uncertain, novel }: PolicyDraft): string | undefined =>
  random + uncertain + novel > 0 ? undefined : 'State at least one image a day.';
