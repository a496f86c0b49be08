import { Button } from '@mantine/core';
import { useCancelQuantization } from '../api/queries';
import type { QuantizationRun } from '../api/types';
import { Facts } from '../components/Facts';
import { Panel } from '../components/Panel';
import { ago, count, dateTime, dayAndTime } from '../format';
import { useNow } from '../hooks';
import { precisionName, stepWords } from './attempts';
import styles from './SmallerSection.module.css';

/** How far a run has come. The server says how many parts a step has, not how many steps there will be. */
export function QuantizationProgress({ run }: { run: QuantizationRun }) {
  const now = useNow();
  const cancel = useCancelQuantization();
  const { done, of } = run;
  const parts = of > 1 ? `${count(done)} of ${count(of)}` : '';
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
          {stepWords(run.step)} <span>{parts}</span>
        </p>
        <div
          className={styles.track}
          data-whole={of <= 1 || undefined}
          role="progressbar"
          aria-label={`Making version ${run.version} smaller`}
          aria-valuemin={0}
          aria-valuemax={of}
          aria-valuenow={of > 1 ? done : undefined}
          aria-valuetext={`${stepWords(run.step)} ${parts}`}
        >
          <span style={of > 1 ? { width: `${(100 * done) / of}%` } : undefined} />
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
