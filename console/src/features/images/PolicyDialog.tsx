import { NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { KeepPolicy } from '../../api/types';
import { ReasonDialog } from '../../components/ReasonDialog';
import styles from './Images.module.css';
import { useSetKeep } from './queries';
import { draftOf, draftProblem, requestOf } from './words';
import type { PolicyDraft } from './words';

interface Props {
  model: string;
  policy: KeepPolicy | null;
  onClose: () => void;
}

const NUMBERS = [
  { key: 'random', label: 'Random a day', min: 0, max: 100_000 },
  { key: 'uncertain', label: 'Uncertain a day', min: 0, max: 100_000 },
  { key: 'novel', label: 'Unlike held-out a day', min: 0, max: 100_000 },
  { key: 'days', label: 'Days until removed', min: 1, max: 3650 },
  { key: 'gigabytes', label: 'Most space in GB', min: 0.001, max: 100_000 },
] as const satisfies readonly { key: keyof PolicyDraft; label: string; min: number; max: number }[];

/** Which images are kept from now on. */
export function PolicyDialog({ model, policy, onClose }: Props) {
  const [draft, setDraft] = useState(draftOf(policy));
  const set = useSetKeep(model);
  const problem = draftProblem(draft);
  return (
    <ReasonDialog
      title={policy === null ? 'Keep images' : 'Change what is kept'}
      confirm={policy === null ? 'Keep images' : 'Change'}
      label={null}
      fields={
        <>
          <div className={styles.fields}>
            {NUMBERS.map(({ key, label, min, max }) => (
              <NumberInput
                key={key}
                label={label}
                min={min}
                max={max}
                value={draft[key]}
                hideControls
                thousandSeparator=","
                onChange={(value) => setDraft({ ...draft, [key]: Number(value) })}
              />
            ))}
            <TextInput
              label="Data set"
              placeholder={`${model}-traffic`}
              value={draft.dataset}
              onChange={(event) => setDraft({ ...draft, dataset: event.currentTarget.value })}
            />
          </div>
          {problem !== undefined && <p role="alert">{problem}</p>}
        </>
      }
      isReady={problem === undefined}
      act={() => set.mutateAsync(requestOf(draft))}
      onClose={onClose}
    >
      Images come into the data set as unlabelled ones, and are removed after these days. Images that somebody labelled
      stay.
    </ReasonDialog>
  );
}
