import { Button } from '@mantine/core';
import { useState } from 'react';
import { download } from '../../api/client';
import type { Model, VersionSummary } from '../../api/types';
import { exportAddress, useArchive, useDeleteVersion } from './queries';
import { ActionButton } from '../../components/ActionButton';
import { ProblemNote } from '../../components/ProblemNote';
import { ReasonDialog } from '../../components/ReasonDialog';
import styles from './VersionActions.module.css';
import { exportName, inUse } from './versionUse';

interface Props {
  model: Model;
  version: VersionSummary;
  onNotice: (notice: string) => void;
}

/** Exports, archives or deletes a version. */
export function VersionActions({ model, version: { version, archived }, onNotice }: Props) {
  const [asking, setAsking] = useState<'archive' | 'delete' | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const unavailable = inUse(model, version);
  const close = () => setAsking(null);

  function takeCopy() {
    setError(null);
    download(exportAddress(model.name, version), exportName(model.name, version)).catch((failure: unknown) =>
      setError(failure instanceof Error ? failure : new Error(String(failure))),
    );
  }

  return (
    <div className={styles.actions}>
      <Button variant="default" aria-label={`Export version ${version}`} onClick={takeCopy}>
        Export
      </Button>
      {!archived && (
        <ActionButton
          label={`Archive version ${version}`}
          unavailable={unavailable}
          onClick={() => setAsking('archive')}
        >
          Archive
        </ActionButton>
      )}
      <ActionButton label={`Delete version ${version}`} unavailable={unavailable} onClick={() => setAsking('delete')}>
        Delete
      </ActionButton>
      {error && <ProblemNote error={error} />}
      {asking === 'archive' && <ArchiveDialog {...{ model, version, onNotice }} onClose={close} />}
      {asking === 'delete' && <DeleteDialog {...{ model, version, onNotice }} onClose={close} />}
    </div>
  );
}

interface DialogProps {
  model: Model;
  version: number;
  onNotice: (notice: string) => void;
  onClose: () => void;
}

function ArchiveDialog({ model, version, onNotice, onClose }: DialogProps) {
  const archive = useArchive(model.name);
  return (
    <ReasonDialog
      title={`Archive version ${version}`}
      confirm={`Archive version ${version}`}
      placeholder="e.g. superseded by version 4"
      act={async (reason) => {
        await archive.mutateAsync({ version, reason });
        onNotice(`Version ${version} is archived.`);
      }}
      onClose={onClose}
    >
      Version {version} leaves the lists, is not loaded and cannot be promoted until it is restored. Its bundle, figures
      and evaluations stay.
    </ReasonDialog>
  );
}

function DeleteDialog({ model, version, onNotice, onClose }: DialogProps) {
  const remove = useDeleteVersion(model.name);
  return (
    <ReasonDialog
      title={`Delete version ${version}`}
      confirm={`Delete version ${version}`}
      placeholder="e.g. trained on wrong labels"
      tone="bad"
      act={async (reason) => {
        await remove.mutateAsync({ version, reason });
        onNotice(`Version ${version} is deleted.`);
      }}
      onClose={onClose}
    >
      Version {version} is deleted permanently, with its bundle, evaluations and tunings. Its number is not used again;
      the audit trail stays. Export it first to keep a copy.
    </ReasonDialog>
  );
}
