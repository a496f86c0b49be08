import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { RaisedAlert } from '../../api/types';
import { ReasonDialog } from '../../components/ReasonDialog';
import { kindWords } from './alerts';
import { useSilence } from './queries';

const HOUR_MS = 3_600_000;

const HOURS = [
  { value: '1', label: '1 hour' },
  { value: '8', label: '8 hours' },
  { value: '24', label: '1 day' },
  { value: '168', label: '1 week' },
];

/** Holds alerts like one back for a while. */
export function SilenceDialog({ alert, onClose }: { alert: RaisedAlert; onClose: () => void }) {
  const { kind, model } = alert.subject;
  const silence = useSilence();
  const [scope, setScope] = useState('kind');
  const [hours, setHours] = useState('8');
  const about = model ?? 'the server';
  return (
    <ReasonDialog
      title="Silence alerts"
      confirm="Silence"
      description="Shown with the alerts that are held back."
      placeholder="e.g. new camera on line 3"
      fields={
        <>
          {model != null && (
            <NativeSelect
              label="Alerts"
              value={scope}
              onChange={(event) => setScope(event.currentTarget.value)}
              data={[
                { value: 'kind', label: `${kindWords(kind)}, about ${about}` },
                { value: 'model', label: `all, about ${about}` },
              ]}
            />
          )}
          <NativeSelect
            label="For"
            value={hours}
            onChange={(event) => setHours(event.currentTarget.value)}
            data={HOURS}
          />
        </>
      }
      act={(reason) =>
        silence.mutateAsync({
          ...(model != null && { model }),
          ...((scope === 'kind' || model == null) && { kind }),
          until: new Date(Date.now() + Number(hours) * HOUR_MS).toISOString(),
          reason,
        })
      }
      onClose={onClose}
    >
      They stay in this list and are not sent. What still holds when the silence ends is sent then.
    </ReasonDialog>
  );
}
