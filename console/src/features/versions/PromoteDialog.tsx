import { usePromote } from './queries';
import type { Model, VersionSummary } from '../../api/types';
import { ReasonDialog } from '../../components/ReasonDialog';

/** A registered version is loaded and validated by its promotion; a failed one has to be repaired first. */
export const canBePromoted = (model: Model, version: VersionSummary) =>
  version.version !== model.production && !version.archived && ['ready', 'registered'].includes(version.state);

interface Props {
  model: Model;
  version: number;
  onNotice: (notice: string) => void;
  onClose: () => void;
}

export function PromoteDialog({ model, version, onNotice, onClose }: Props) {
  const promote = usePromote(model.name);
  return (
    <ReasonDialog
      title={`Promote version ${version}`}
      confirm={`Promote version ${version}`}
      placeholder="e.g. better recall on holes, same latency"
      act={async (reason) => {
        const done = await promote.mutateAsync({ version, reason });
        onNotice(done.unchanged ? done.message : `Version ${version} is in production.`);
      }}
      onClose={onClose}
    >
      {model.production == null
        ? `Version ${version} starts to serve.`
        : `Version ${version} replaces version ${model.production} as soon as it is warm. No request is dropped, and you can roll back in one step.`}
    </ReasonDialog>
  );
}
