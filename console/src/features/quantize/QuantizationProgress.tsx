import { Button } from '@mantine/core';
import type { QuantizationJob } from './quantizationJobs';
import { useCancelJob } from '../jobs/queries';
import { Facts } from '../../components/Facts';
import { Panel } from '../../components/Panel';
import { ago, dateTime, dayAndTime } from '../../format';
import { useNow } from '../../hooks';
import { precisionName, stepWords } from './quantizations';
import styles from './QuantizationSection.module.css';

/** How far a job has come. The server says how many parts a step has, not how many steps there will be. */
export function QuantizationProgress({ job }: { job: QuantizationJob }) {
  const now = useNow();
  const cancel = useCancelJob();
  const { name, fraction, detail } = job.step;
  const parts = job.state === 'queued' ? '' : detail;
  const words = job.state === 'queued' ? 'Waiting for other jobs' : stepWords(name);
  const whole = parts === '' || parts.endsWith(' of 1');
  return (
    <Panel
      title={`Quantizing version ${job.version}`}
      aside={
        <time className="quiet small" dateTime={job.started_at} title={dateTime(job.started_at)}>
          started {dayAndTime(job.started_at)}, {ago(job.started_at, now)}
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
          aria-label={`Quantizing version ${job.version}`}
          aria-valuemin={0}
          aria-valuemax={1}
          aria-valuenow={whole ? undefined : fraction}
          aria-valuetext={`${words} ${whole ? '' : parts}`}
        >
          <span style={whole ? undefined : { width: `${100 * fraction}%` }} />
        </div>
        <Facts
          facts={[
            ['Precision', precisionName(job.precision)],
            ['Images', job.data === '' ? 'its training dataset' : job.data],
          ]}
        />
        <div className={styles.leave}>
          <p>Each step has its own bar. The job continues when you leave this page.</p>
          <Button
            variant="default"
            loading={cancel.isPending}
            disabled={cancel.isSuccess}
            onClick={() => cancel.mutate(job.id)}
          >
            {cancel.isSuccess ? 'Stopping …' : 'Stop'}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
