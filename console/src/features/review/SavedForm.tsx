import { Button } from '@mantine/core';
import type { ReactNode, SubmitEvent } from 'react';
import { ProblemNote } from '../../components/ProblemNote';
import styles from './Review.module.css';

interface Props {
  label: string;
  /** The request that saves. */
  save: { error: Error | null; isPending: boolean; isSuccess: boolean };
  onSave: () => void;
  /** The fields. */
  children: ReactNode;
}

/** Fields that are saved together, with what became of that. */
export function SavedForm({ label, save, onSave, children }: Props) {
  function submit(event: SubmitEvent) {
    event.preventDefault();
    onSave();
  }

  return (
    <form onSubmit={submit} className={styles.form} aria-label={label}>
      {children}
      {save.error && <ProblemNote error={save.error} />}
      <div className={styles.row}>
        <Button type="submit" disabled={save.isPending}>
          Save
        </Button>
        <span role="status" className="quiet">
          {save.isSuccess && 'Saved.'}
        </span>
      </div>
    </form>
  );
}
