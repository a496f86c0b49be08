import { useRollback } from './queries';
import type { Model, Rollback } from '../../api/types';
import { ReasonDialog } from '../../components/ReasonDialog';

/** Why a model cannot be rolled back now; nothing if it can. */
export function noRollback({ production, previous }: Model): string | undefined {
  if (production == null) return 'No version is in production, so there is nothing to roll back.';
  if (previous == null)
    return `Version ${production} is the first in production. Rolling back needs an earlier production version.`;
  return undefined;
}

interface Props {
  model: Model;
  onDone: (done: Rollback) => void;
  onClose: () => void;
}

export function RollbackDialog({ model, onDone, onClose }: Props) {
  const rollback = useRollback(model.name);
  return (
    <ReasonDialog
      title={`Roll back ${model.name}`}
      confirm="Roll back"
      placeholder="e.g. wrong predictions on dark fabric since noon"
      tone="bad"
      act={async (reason) => onDone(await rollback.mutateAsync({ reason }))}
      onClose={onClose}
    >
      The version that was in production before version {model.production} serves again. Requests in flight finish; none
      is dropped.
    </ReasonDialog>
  );
}
