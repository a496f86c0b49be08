import { Button } from '@mantine/core';
import type { Job } from '../../api/types';
import { Facts } from '../../components/Facts';
import { Panel } from '../../components/Panel';
import { ago, capital, dateTime, dayAndTime, listing } from '../../format';
import { useNow } from '../../hooks';
import { useCancelJob } from '../jobs/queries';
import { dataName } from './runs';
import styles from './Training.module.css';
import progress from '../quantize/QuantizationSection.module.css';

/** A training that waits or runs: its place in the queue, its step, and the way to stop it. */
export function OpenTraining({ job }: { job: Job }) {
  const now = useNow();
  const cancel = useCancelJob();
  const { request, state, step, times, queue_position: place } = job;
  if (!isOpenRequest(request)) return null;
  const waits = state === 'queued';
  const words = waits ? waiting(place) : stepWords(step.name);
  const detail = waits ? '' : step.detail;
  const begun = times.started_at ?? times.created_at;
  return (
    <Panel
      title={`${waits ? 'Queued: training' : 'Training'} ${request.model}`}
      aside={
        <time className="quiet small" dateTime={begun} title={dateTime(begun)}>
          {waits ? 'queued' : 'started'} {dayAndTime(begun)}, {ago(begun, now)}
        </time>
      }
    >
      <div data-testid="open-training">
        <p className={styles.step}>
          {words} <span>{detail}</span>
        </p>
        {!waits && (
          <div
            className={progress.track}
            role="progressbar"
            aria-label={`Training ${request.model}`}
            aria-valuemin={0}
            aria-valuemax={1}
            aria-valuenow={step.fraction}
            aria-valuetext={`${words} ${detail}`}
          >
            <span style={{ width: `${100 * step.fraction}%` }} />
          </div>
        )}
        <Facts
          facts={[
            ['Images', dataName(request.data)],
            ['Starts from', startOf(request)],
          ]}
        />
        <div className={progress.leave}>
          <p>
            {waits
              ? 'Jobs run one after the other. A restart of the server keeps the queue.'
              : 'The job continues when you leave this page.'}
          </p>
          <Button
            variant="default"
            loading={cancel.isPending}
            disabled={cancel.isSuccess}
            onClick={() => cancel.mutate(job.id)}
          >
            {cancel.isSuccess ? 'Stopping …' : waits ? 'Remove' : 'Stop'}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

/** What a training starts from, in a word; a search from several networks. */
function startOf(request: OpenRequest): string {
  if (request.type === 'train-search')
    return request.from == null || request.from.length === 0 ? 'all backbones' : listing(request.from);
  return request.network?.from == null || request.network.from === '' ? 'scratch' : request.network.from;
}

const SHOWN = ['train', 'train-anomaly', 'train-detector', 'train-search'] as const;

type OpenRequest = Extract<Job['request'], { type: (typeof SHOWN)[number] }>;

const isOpenRequest = (request: Job['request']): request is OpenRequest => SHOWN.some((type) => type === request.type);

const waiting = (place: number | null): string =>
  place == null || place === 1 ? 'Next in the queue' : `Position ${place} in the queue`;

const STEPS: Readonly<Record<string, string>> = {
  '': 'Starting',
  ingest: 'Reading images',
  train: 'Training',
  evaluate: 'Evaluating on test images',
  compare: 'Comparing with production',
  register: 'Registering the version',
};

const stepWords = (step: string): string => STEPS[step] ?? capital(step);
