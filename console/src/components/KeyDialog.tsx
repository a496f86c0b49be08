import { Button, Modal, PasswordInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { apiKey, useKeyRequest } from '../api/key';
import dialog from './ReasonDialog.module.css';

/** Requests the API key once the server has refused a request without one. */
export function KeyDialog() {
  const state = useKeyRequest();
  const client = useQueryClient();
  const [key, setKey] = useState('');

  function submit(event: SubmitEvent) {
    event.preventDefault();
    apiKey.keep(key.trim());
    setKey('');
    void client.invalidateQueries();
  }

  return (
    <Modal
      opened={state !== 'no'}
      onClose={() => undefined}
      withCloseButton={false}
      title="This server requires an API key"
    >
      <form onSubmit={submit} className={dialog.form}>
        <p className="quiet">The key stays in this browser tab until you close it.</p>
        <PasswordInput
          label="API key"
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          error={state === 'wrong' && 'The server did not accept this key.'}
          autoComplete="off"
          data-autofocus
        />
        <div className={dialog.actions}>
          <Button type="submit" disabled={key.trim() === ''}>
            Continue
          </Button>
        </div>
      </form>
    </Modal>
  );
}
