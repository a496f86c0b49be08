import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Model } from '../../api/types';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { useStartRollout } from './queries';
import styles from './Rollout.module.css';

/** Starts a rollout with the usual steps and guards. */
export function StartRollout({ model }: { model: Model }) {
  const others = model.versions.filter(
    (each) => each.version !== model.production && !each.archived && ['ready', 'registered'].includes(each.state),
  );
  const [version, setVersion] = useState(model.candidate ?? others[0]?.version ?? null);
  const [reason, setReason] = useState('');
  const start = useStartRollout(model.name);
  if (model.production == null || version == null)
    return (
      <Panel title="Start a rollout">
        <p className="quiet">A rollout needs a version in production and another one that is ready.</p>
      </Panel>
    );
  return (
    <Panel
      title="Start a rollout"
      note="The version gets 1, 5, 25, 50 and 100 % of the traffic while errors, latency and confidence hold; then it is promoted. When one of them is crossed, it is rolled back. Other steps and guards: fovea rollout start."
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          start.mutate({ version, reason: reason.trim() });
        }}
      >
        <NativeSelect
          label="Version"
          value={String(version)}
          onChange={(event) => setVersion(Number(event.currentTarget.value))}
          data={others.map((each) => ({ value: String(each.version), label: `Version ${each.version}` }))}
        />
        <TextInput
          label="Reason"
          placeholder="e.g. finds more holes"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
        />
        <Button type="submit" loading={start.isPending} disabled={reason.trim() === ''}>
          Start rollout
        </Button>
      </form>
      {start.error && <ProblemNote error={start.error} />}
    </Panel>
  );
}
