import { Button } from '@mantine/core';
import type { QuantizationRun } from '../api/quantizations';
import { useCancelJob } from '../api/queries';
import { Facts } from '../components/Facts';
import { Panel } from '../components/Panel';
import { ago, dateTime, dayAndTime } from '../format';
import { useNow } from '../hooks';
import { precisionName, stepWords } from './attempts';
import styles from './SmallerSection.module.css';

/** How far a run has come. The server says how many parts a step has, not how many steps there will be. */
export function QuantizationProgress({ run }: { run: QuantizationRun }) {
  const now = useNow();
  const cancel = useCancelJob();
  const { name, fraction, detail } = run.step;
  const parts = run.state === 'queued' ? '' : detail;
  const words = run.state === 'queued' ? 'Waiting for other jobs' : stepWords(name);
  const whole = parts === '' || parts.endsWith(' of 1');
  return (
    <Panel
      title={`Making version ${run.version} smaller`}
      aside={
        <time className="quiet small" dateTime={run.started_at} title={dateTime(run.started_at)}>
          started {dayAndTime(run.started_at)}, {ago(run.started_at, now)}
        </time>
      }
    >
      <div data-testid="running">
        <p className={styles.step}>
          {words} <span>{whole ? '' : parts}</span>
        </p>
        <div
          className={styles.track}
          data-whole={whole || undefined}
          role="progressbar"
          aria-label={`Making version ${run.version} smaller`}
          aria-valuemin={0}
          aria-valuemax={1}
          aria-valuenow={whole ? undefined : fraction}
          aria-valuetext={`${words} ${whole ? '' : parts}`}
        >
          <span style={whole ? undefined : { width: `${100 * fraction}%` }} />
        </div>
        <Facts
          facts={[
            ['Precision', precisionName(run.precision)],
            ['Images', run.data === '' ? 'what it was trained on' : run.data],
          ]}
        />
        <div className={styles.leave}>
          <p>Each step has a bar of its own. It goes on when you leave this page.</p>
          <Button
            variant="default"
            loading={cancel.isPending}
            disabled={cancel.isSuccess}
            onClick={() => cancel.mutate(run.id)}
          >
            {cancel.isSuccess ? 'Stopping …' : 'Stop'}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
