import { NativeSelect, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { DriftSettings } from '../../api/types';
import { ReasonDialog } from '../../components/ReasonDialog';
import { useChangeDriftSettings } from './queries';

interface Props {
  model: string;
  settings: DriftSettings;
  onClose: () => void;
}

/** How often drift may alarm by chance, and which rhythm is none. */
export function DriftSettingsDialog({ model, settings, onClose }: Props) {
  const [days, setDays] = useState(settings.days_per_false_alarm);
  const [rhythm, setRhythm] = useState(settings.rhythm);
  const change = useChangeDriftSettings(model);
  return (
    <ReasonDialog
      title={`Drift settings of ${model}`}
      confirm="Save"
      label={null}
      fields={
        <>
          <NumberInput
            label="At most one false alarm in so many days"
            description="All tests of a version together. Fewer false alarms mean that a change is seen later."
            min={1}
            max={3650}
            value={days}
            onChange={(value) => setDays(Number(value))}
          />
          <NativeSelect
            label="Rhythm that is no drift"
            description="A longer rhythm takes longer to learn."
            value={rhythm}
            onChange={(event) => setRhythm(event.currentTarget.value)}
            data={[
              { value: 'none', label: 'none' },
              { value: 'daily', label: 'daily' },
              { value: 'weekly', label: 'daily and weekly' },
            ]}
          />
        </>
      }
      act={() => change.mutateAsync({ days_per_false_alarm: days, rhythm })}
      onClose={onClose}
    >
      Detectors begin anew with the stored traffic.
    </ReasonDialog>
  );
}
