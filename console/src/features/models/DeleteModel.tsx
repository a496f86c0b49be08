import { Button } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Model } from '../../api/types';
import { useDeleteModel } from './queries';
import { ReasonDialog } from '../../components/ReasonDialog';
import { plural } from '../../format';
import styles from '../versions/VersionsSection.module.css';

/** Deletes a whole model, at the end of its versions. */
export function DeleteModel({ model }: { model: Model }) {
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const remove = useDeleteModel(model.name);
  const versions = plural(model.versions.filter((each) => !each.archived).length + model.archived_versions, 'version');
  return (
    <>
      <Button variant="default" className={styles.end} onClick={() => setAsking(true)}>
        Delete {model.name}
      </Button>
      {asking && (
        <ReasonDialog
          title={`Delete ${model.name}`}
          confirm={`Delete ${model.name}`}
          placeholder="e.g. the line was shut down"
          tone="bad"
          typed={model.name}
          act={async (reason) => {
            await remove.mutateAsync(reason);
            await navigate('/');
          }}
          onClose={() => setAsking(false)}
        >
          {model.name} is deleted permanently, with {versions}, their bundles, evaluations and tunings.{' '}
          {model.production != null && (
            <strong>
              Version {model.production} is in production: requests for {model.name} then get 404.
            </strong>
          )}
        </ReasonDialog>
      )}
    </>
  );
}
