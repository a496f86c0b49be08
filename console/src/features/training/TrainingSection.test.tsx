// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Job, Run, RunDetails } from '../../api/types';
import { show, violations } from '../../testing';
import { TrainingSection } from './TrainingSection';

const job = (id: string, state: Job['state'], more: Partial<Job> = {}): Job => ({
  id,
  state,
  request: { type: 'train', model: 'shirts', data: 'cloth' },
  times: { created_at: '2026-11-20T10:00:00Z', started_at: null, ended_at: null },
  step: { name: 'train', fraction: 0.5, detail: 'epoch 2/4' },
  queue_position: null,
  result: null,
  failure: null,
  ...more,
});

const run = (id: string, version: number | null, more: Partial<Run> = {}): Run => ({
  id,
  subject: { model: 'shirts', version, data: 'cloth@1f', work: 'train', job: 'j' },
  status: {
    state: version == null ? 'failed' : 'done',
    started_at: '2026-11-20T10:00:00Z',
    ended_at: '2026-11-20T10:01:00Z',
    message: version == null ? 'TRAINING_FAILED: out of memory' : null,
  },
  params: { backbone: 'mobilenet-v2', fit: 'network', seed: String(version) },
  metrics: { accuracy: 0.9 },
  tags: { cpu_cores: '2' },
  ...more,
});

const details = (one: Run): RunDetails => ({
  run: one,
  curves: [
    {
      metric: 'val_accuracy',
      points: [
        { step: 0, epoch: 0, seconds: 1, value: 0.5 },
        { step: 10, epoch: 1, seconds: 2, value: 0.75 },
      ],
    },
  ],
});

function section(jobs: Job[], runs: Run[], model: string | null = 'shirts') {
  const sent: unknown[] = [];
  const kept = [...jobs];
  const listed = { runs };
  show(model == null ? <TrainingSection dataset="cloth" /> : <TrainingSection model={model} />, '/', {
    '/jobs': ({ method, body }: RequestInit) => {
      if (method !== 'POST') return { jobs: kept };
      sent.push(JSON.parse(body as string));
      kept.unshift(job('new', 'queued', { queue_position: 2 }));
      return kept[0];
    },
    '/jobs/waits': ({ method }: RequestInit) => {
      if (method !== 'DELETE') return undefined;
      kept.splice(0, 1, job('waits', 'cancelled'));
      return kept[0];
    },
    '/runs?limit=200&model=shirts': listed,
    '/runs?limit=200': listed,
    '/datasets': { datasets: [] },
    '/backbones': {
      backbones: [
        {
          name: 'mobilenet-v2',
          kind: 'backbone',
          available: true,
          task: '1,000 ImageNet classes',
          input: '224x224',
          size_bytes: 14e6,
          licence: 'BSD-3-Clause',
          source: 'torchvision',
        },
      ],
    },
    ...Object.fromEntries(runs.map((each) => [`/runs/${each.id}`, details(each)])),
  });
  return sent;
}

test('trains from the network and the images of the last run, and says the place in the queue', async () => {
  const sent = section([], [run('a', 2)]);
  const user = userEvent.setup();
  expect(await screen.findByText('licence: BSD-3-Clause')).toBeTruthy();
  await user.click(screen.getByRole('radio', { name: 'The whole network' }));
  expect(await violations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Train' }));
  expect(await screen.findByText('Position 2 in the queue')).toBeTruthy();
  expect(sent).toEqual([
    {
      type: 'train',
      model: 'shirts',
      data: 'cloth',
      network: { from: 'mobilenet-v2', fit: 'network' },
      schedule: { minutes: 5 },
    },
  ]);
  expect(await violations()).toEqual([]);
});

test('needs a name where a data set is given', async () => {
  const sent = section([], [], null);
  const user = userEvent.setup();
  expect(await screen.findByText('State a name for the model and a network to start from.')).toBeTruthy();
  await user.type(await screen.findByLabelText('Model'), 'shirts');
  await user.click(screen.getByRole('radio', { name: 'From good images alone' }));
  await user.click(await screen.findByRole('button', { name: 'Train' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ type: 'train-anomaly', data: 'cloth', false_alarms: 0.01 });
});

test('removes a training from the queue', async () => {
  section([job('waits', 'queued', { queue_position: 1 })], []);
  const user = userEvent.setup();
  expect(await screen.findByText('Next in the queue')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Remove' }));
  expect(await screen.findByRole('form', { name: 'Train' })).toBeTruthy();
});

test('shows why a run failed, and puts two side by side', async () => {
  section([], [run('b', null), run('a', 2)]);
  const user = userEvent.setup();
  expect(await screen.findByText('TRAINING_FAILED: out of memory')).toBeTruthy();
  await user.click(within(screen.getByTestId('runs')).getByRole('button', { name: 'Compare' }));
  expect(await screen.findByText('Two runs compared')).toBeTruthy();
  const accuracy = screen.getByRole('slider', { name: 'Validation accuracy' });
  expect(accuracy.getAttribute('aria-valuetext')).toContain('version 2');
  expect(screen.getByRole('row', { name: 'seed null 2' })).toBeTruthy();
  expect(await violations()).toEqual([]);
});
