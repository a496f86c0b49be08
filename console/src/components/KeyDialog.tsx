import { Button, Modal, PasswordInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { apiKey, useKeyRequest } from '../api/key';
import dialog from './ReasonDialog.module.css';

/** Asks for the API key as soon as the server has refused a request for the lack of one. */
export function KeyDialog() {
  const asked = useKeyRequest();
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
      opened={asked !== 'no'}
      onClose={() => undefined}
      withCloseButton={false}
      title="This server asks for an API key"
    >
      <form onSubmit={submit} className={dialog.form}>
        <p className="quiet">It stays in this browser tab and is forgotten when the tab is closed.</p>
        <PasswordInput
          label="API key"
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          error={asked === 'wrong' && 'The server did not accept this key.'}
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
