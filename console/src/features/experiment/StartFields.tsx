import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { ExperimentPlan } from '../../api/types';
import { ProblemNote } from '../../components/ProblemNote';
import { plural } from '../../format';
import { requestOf } from './draft';
import type { Draft } from './draft';
import styles from './Experiment.module.css';
import { Text } from './PlanFields';
import { useStartExperiment } from './queries';

interface Props {
  model: string;
  plan: ExperimentPlan;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

/** How a planned experiment is analysed and ends; it starts from here. */
export function StartFields({ model, plan, draft, onChange }: Props) {
  const start = useStartExperiment(model);
  const units = plan.tests.find(({ test }) => test === 'fixed horizon')?.units;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate(requestOf(draft, units));
      }}
    >
      <div className={styles.fields}>
        <NativeSelect
          label="Analysed"
          value={draft.horizon}
          data={[
            { value: 'sequential', label: 'at every look' },
            { value: 'fixed', label: `once, after ${plural(units ?? 0, 'unit')}` },
          ]}
          onChange={(event) =>
            onChange({ ...draft, horizon: event.currentTarget.value === 'fixed' ? 'fixed' : 'sequential' })
          }
        />
        <Text label="Values count for" of="window" draft={draft} onChange={onChange} />
        <Text label="Ends after" of="longest" draft={draft} onChange={onChange} />
        <TextInput
          label="Reason"
          placeholder="e.g. finds more holes"
          value={draft.reason}
          maxLength={500}
          onChange={(event) => onChange({ ...draft, reason: event.currentTarget.value })}
        />
      </div>
      <label>
        <input
          type="checkbox"
          checked={draft.promote}
          onChange={(event) => onChange({ ...draft, promote: event.currentTarget.checked })}
        />{' '}
        Promote a version that is shown to be better
      </label>
      <div className={styles.actions}>
        <Button type="submit" loading={start.isPending} disabled={draft.reason.trim() === ''}>
          Start experiment
        </Button>
      </div>
      {start.error && <ProblemNote error={start.error} />}
    </form>
  );
}
