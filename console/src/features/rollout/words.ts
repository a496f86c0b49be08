import type { Rollout } from '../../api/types';

/** Where a rollout is, or how it ended, in a line. */
export function title({ candidate, progress, outcome, policy }: Rollout): string {
  switch (outcome?.decision) {
    case 'promoted':
      return `Version ${candidate} was promoted`;
    case 'rolled-back':
      return `Version ${candidate} was rolled back`;
    case 'stopped':
      return `The rollout of version ${candidate} was stopped`;
    case 'undecided':
      return `Version ${candidate} was not decided about`;
    default:
      return `Version ${candidate} is in step ${progress.step ?? 1} of ${policy.steps.length}${progress.state === 'paused' ? ', paused' : ''}`;
  }
}
