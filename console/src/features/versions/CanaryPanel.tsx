import { Button, NativeSelect, NumberInput, Slider } from '@mantine/core';
import { useState } from 'react';
import { useCanary } from './queries';
import type { Model } from '../../api/types';
import { Panel } from '../../components/Panel';
import { ReasonDialog } from '../../components/ReasonDialog';
import { percentage } from '../../format';
import styles from './CanaryPanel.module.css';

interface Props {
  model: Model;
  onNotice: (notice: string) => void;
}

/** Sends a share of the live traffic to another version. Resets (by its key) when the rollout changes. */
export function CanaryPanel({ model, onNotice }: Props) {
  const others = model.versions.filter(
    (each) => each.version !== model.production && ['ready', 'registered'].includes(each.state),
  );
  const [version, setVersion] = useState(model.canary?.version ?? model.candidate ?? others[0]?.version ?? null);
  const [percent, setPercent] = useState(model.canary?.percent ?? 0);
  const [asking, setAsking] = useState<number | null>(null);
  if (model.production == null || version == null) {
    return (
      <Panel title="Canary">
        <p className="quiet">A canary needs a version in production and another one that is ready.</p>
      </Panel>
    );
  }
  const unchanged = percent === (model.canary?.percent ?? 0) && (percent === 0 || version === model.canary?.version);
  const rest = `${percentage(100 - percent)} to version ${model.production}`;
  return (
    <Panel
      title="Canary"
      aside={
        <span className="quiet small">
          {model.canary ? `now ${percentage(model.canary.percent)} to version ${model.canary.version}` : 'not running'}
        </span>
      }
    >
      <div className={styles.canary}>
        <NativeSelect
          label="Canary version"
          value={String(version)}
          onChange={(event) => setVersion(Number(event.currentTarget.value))}
          data={others.map((each) => ({ value: String(each.version), label: `Version ${each.version}` }))}
        />
        <div className={styles.slider}>
          <Slider
            min={0}
            max={100}
            step={1}
            value={percent}
            onChange={setPercent}
            label={null}
            thumbLabel="Share of traffic in percent"
            marks={[0, 25, 50, 75, 100].map((value) => ({ value, label: percentage(value) }))}
          />
        </div>
        <NumberInput
          label="Percent"
          min={0}
          max={100}
          decimalScale={1}
          clampBehavior="strict"
          value={percent}
          onChange={(value) => setPercent(Number(value))}
          hideControls
          suffix={'\u202f%'}
        />
        <Button disabled={unchanged} onClick={() => setAsking(percent)}>
          Set canary
        </Button>
        {model.canary && (
          <Button variant="default" onClick={() => setAsking(0)}>
            End canary
          </Button>
        )}
      </div>
      <p className={styles.split}>
        {percent === 0
          ? `All traffic to version ${model.production}.`
          : `${percentage(percent)} of the requests to version ${version}, ${rest}. The same request key always reaches the same version.`}
      </p>
      {asking != null && (
        <CanaryDialog
          model={model}
          version={version}
          percent={asking}
          onNotice={onNotice}
          onClose={() => setAsking(null)}
        />
      )}
    </Panel>
  );
}

interface DialogProps extends Props {
  version: number;
  percent: number;
  onClose: () => void;
}

function CanaryDialog({ model, version, percent, onNotice, onClose }: DialogProps) {
  const canary = useCanary(model.name);
  const ends = percent === 0;
  return (
    <ReasonDialog
      title={ends ? 'End the canary' : `Send ${percentage(percent)} to version ${version}`}
      confirm={ends ? 'End canary' : 'Set canary'}
      placeholder={ends ? 'e.g. enough seen' : 'e.g. compare the wider network on live images'}
      act={async (reason) => {
        await canary.mutateAsync({ version, percent, reason });
        onNotice(ends ? 'The canary has ended.' : `${percentage(percent)} of the traffic goes to version ${version}.`);
      }}
      onClose={onClose}
    >
      {ends
        ? `All traffic goes to version ${model.production ?? 0} again.`
        : `Version ${version} serves ${percentage(percent)} of the live requests; version ${model.production ?? 0} serves the others.`}
    </ReasonDialog>
  );
}
