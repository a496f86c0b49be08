import { useRestore } from './queries';
import { ReasonDialog } from '../../components/ReasonDialog';

interface Props {
  name: string;
  version: number;
  onNotice: (notice: string) => void;
  onClose: () => void;
}

export function RestoreDialog({ name, version, onNotice, onClose }: Props) {
  const restore = useRestore(name);
  return (
    <ReasonDialog
      title={`Restore version ${version}`}
      confirm={`Restore version ${version}`}
      placeholder="e.g. needed for the old cameras"
      act={async (reason) => {
        await restore.mutateAsync({ version, reason });
        onNotice(`Version ${version} is restored.`);
      }}
      onClose={onClose}
    >
      Version {version} is listed again, and can be requested and promoted.
    </ReasonDialog>
  );
}
