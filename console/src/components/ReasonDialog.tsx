import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import { ProblemNote } from './ProblemNote';
import styles from './ReasonDialog.module.css';

interface Props {
  title: string;
  /** What will happen, in a sentence. */
  children: ReactNode;
  confirm: string;
  placeholder?: string;
  /** More to choose, above the reason. */
  fields?: ReactNode;
  /** The label of the text's field; null where there is none. */
  label?: string | null;
  description?: string;
  /** Whether the text may be left out. */
  optional?: boolean;
  tone?: 'bad';
  /** What has to be typed before the button works, for what cannot be undone. */
  typed?: string;
  /** Whether the other fields are filled in. */
  isReady?: boolean;
  act: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

/** The second of the two clicks of a change: says what will happen and takes the reason. */
export function ReasonDialog(props: Props) {
  const { title, children, confirm, placeholder, fields, tone, typed, act, onClose } = props;
  const { label = 'Reason', description = 'Kept in the audit trail.', optional = false, isReady = true } = props;
  const [reason, setReason] = useState('');
  const [word, setWord] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const ready =
    (optional || label === null || reason.trim() !== '') &&
    (typed === undefined || word.trim() === typed) &&
    isReady &&
    !busy;

  async function perform() {
    setBusy(true);
    setError(null);
    try {
      await act(reason.trim());
      onClose();
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
      setBusy(false);
    }
  }

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (ready) void perform();
  }

  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit} className={styles.form}>
        <p className={styles.what}>{children}</p>
        {fields}
        {label !== null && (
          <Textarea
            label={label}
            description={description}
            placeholder={placeholder}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={500}
            autosize
            minRows={2}
            data-autofocus
          />
        )}
        {typed !== undefined && (
          <TextInput
            label={`Type “${typed}” to confirm`}
            value={word}
            onChange={(event) => setWord(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        {error && <ProblemNote error={error} />}
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" data-tone={tone} disabled={!ready}>
            {confirm}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
