import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { ReasonDialog } from '../../components/ReasonDialog';
import { useAcceptTraffic } from './queries';

interface Props {
  model: string;
  version: number;
  onAccepted: () => void;
  onClose: () => void;
}

/** Takes the last days as what is usual from now on. */
export function AcceptDialog({ model, version, onAccepted, onClose }: Props) {
  const [days, setDays] = useState(7);
  const accept = useAcceptTraffic(model);
  return (
    <ReasonDialog
      title="Accept traffic as usual"
      confirm="Accept"
      label={null}
      fields={
        <NumberInput
          label="Last days"
          description="At least 60 blocks of traffic are needed; a block has 25 images and spans 10 minutes."
          min={0.1}
          max={3650}
          value={days}
          onChange={(value) => setDays(Number(value))}
        />
      }
      act={async () => {
        await accept.mutateAsync({ version, days });
        onAccepted();
      }}
      onClose={onClose}
    >
      The last days of version {version} are what later traffic is compared with. An alarm ends, and older traffic is
      forgotten.
    </ReasonDialog>
  );
}
