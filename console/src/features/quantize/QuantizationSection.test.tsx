// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Job } from '../../api/types';
import { details, model, quantizationJob, version } from '../../samples';
import { show, violations } from '../../testing';
import { QuantizationSection } from './QuantizationSection';

/** The section of `shirts` with these jobs, on a server that keeps what it is sent. */
function section(jobs: Job[], shown = model()) {
  const sent: unknown[] = [];
  const kept = [...jobs];
  show(<QuantizationSection model={shown} onNotice={() => undefined} />, '/', {
    '/jobs': ({ method, body }: RequestInit) => {
      if (method !== 'POST') return { jobs: kept };
      sent.push(JSON.parse(body as string));
      kept.unshift(quantizationJob('new', 'running'));
      return kept[0];
    },
    '/jobs/open': ({ method }: RequestInit) => {
      if (method !== 'DELETE') return undefined;
      kept.splice(0, 1, quantizationJob('open', 'cancelled'));
      return kept[0];
    },
    '/jobs/no': { report: null },
    '/models/shirts/versions/2': details(2),
    '/models/shirts/versions/3': details(3),
  });
  return sent;
}

test('starts a quantization with what the form says, and follows it', async () => {
  const sent = section([]);
  const user = userEvent.setup();
  expect(await screen.findByText(/^No version of shirts is quantized yet/)).toBeTruthy();
  await user.selectOptions(screen.getByLabelText('Version'), '1');
  await user.type(screen.getByLabelText('Images'), '/data/images');
  await user.click(screen.getByRole('radio', { name: 'INT8 weights' }));
  expect(await violations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Start' }));
  const bar = await screen.findByRole('progressbar', { name: 'Quantizing version 1' });
  expect(bar.getAttribute('aria-valuenow')).toBe('0.25');
  expect(bar.getAttribute('aria-valuetext')).toBe('Calibrating the ranges of activations 120 of 480');
  expect(sent).toEqual([
    { type: 'quantize', model: 'shirts', version: 1, precision: 'int8-weights', data: '/data/images', margin: 0.5 },
  ]);
  expect(await violations()).toEqual([]);
});

test('needs images where the training dataset is not known', async () => {
  section([], model({ versions: [version(2, { dataset: null })] }));
  expect((await screen.findByRole('button', { name: 'Start' })).hasAttribute('disabled')).toBe(true);
  expect(screen.getByText('Enter images to start.')).toBeTruthy();
});

test('stops the job that runs', async () => {
  section([quantizationJob('open', 'running')]);
  await userEvent.click(await screen.findByRole('button', { name: 'Stop' }));
  expect(await screen.findByText('The job was cancelled.')).toBeTruthy();
});

test('says that a job waits for others', async () => {
  section([quantizationJob('open', 'queued')]);
  const bar = await screen.findByRole('progressbar');
  expect(bar.getAttribute('aria-valuetext')).toContain('Waiting for other jobs');
  expect(bar.hasAttribute('aria-valuenow')).toBe(false);
});

test('lists jobs by their state, marks the one that is shown, and shows another', async () => {
  const refused = quantizationJob('no', 'done', {
    result: { version: null, evaluation: null, refused: 'It loses 3 points.', sentences: [] },
  });
  const failed = quantizationJob('bad', 'failed', {
    failure: { code: 'DATASET_INVALID', message: 'The folder /x does not exist.' },
    times: { ...refused.times, ended_at: '2026-11-20T09:00:00Z' },
  });
  const hats: Job['request'] = { type: 'quantize', model: 'hats', version: 1 };
  section([refused, failed, { ...refused, id: 'other', request: hats }]);
  const list = within(await screen.findByRole('list', { name: 'Quantizations' }));
  const current = () => list.getAllByRole('link').map((link) => link.getAttribute('aria-current'));
  expect(list.getAllByRole('listitem').map((item) => /^[a-z]+/.exec(item.textContent)?.[0])).toEqual([
    'refused',
    'failed',
  ]);
  expect(current()).toEqual(['true', null]);
  expect(screen.getByTestId('outcome').textContent).toContain('It loses 3 points.');
  await userEvent.click(list.getByRole('link', { name: /failed/ }));
  await waitFor(() => expect(current()).toEqual([null, 'true']));
  expect(screen.getByTestId('outcome').textContent).toContain('DATASET_INVALID');
  expect(await violations()).toEqual([]);
});

test('says that a model of tensors cannot be quantized here', async () => {
  section([], model({ task: 'tensors' }));
  expect(await screen.findByRole('heading', { name: 'Quantization needs images' })).toBeTruthy();
});
