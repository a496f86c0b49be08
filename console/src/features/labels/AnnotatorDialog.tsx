import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { annotator, MAX_NAME } from './queue/annotator';
import styles from './LabelPage.module.css';

interface Props {
  name: string;
  onClose: () => void;
}

/** Labels belong to a person: asks for the name, which stays in this browser. */
export function AnnotatorDialog({ name, onClose }: Props) {
  const [typed, setTyped] = useState(name);
  const ready = typed.trim() !== '';

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!ready) return;
    annotator.choose(typed);
    onClose();
  }

  return (
    <Modal opened onClose={onClose} title="Who labels?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit} className={styles.form}>
        <TextInput
          label="Your name"
          description="Kept with each label, so that agreement between people can be measured."
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={MAX_NAME}
          autoComplete="name"
          data-autofocus
        />
        <div className={styles.row}>
          <Button type="submit" disabled={!ready}>
            Start
          </Button>
        </div>
      </form>
    </Modal>
  );
}
