// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { LoggedPrediction, LoggedTraffic } from '../../api/types';
import { model } from '../../samples';
import { problem, show, violations } from '../../testing';
import { outputText } from './LatestPredictions';
import { trafficLines } from './RateChart';
import { TrafficSection } from './TrafficSection';

const versionOf = (version: number | null, predictions: number) => ({
  version,
  predictions,
  cached: 1,
  escalated: 0,
  fallbacks: 0,
  confidence: { mean: 0.9, p5: 0.5, p50: 0.95, p95: 1 },
  latency_ms: { p50: 4, p95: 8, p99: 12 },
  labels: [{ label: 'hole', count: predictions, mean_score: 0.9 }],
});

const point = (time: string, version: number | null, predictions: number) => ({
  time,
  version,
  predictions,
  mean_confidence: version === null ? null : 0.9,
  labels: {},
  measures: {},
});

const traffic: LoggedTraffic = {
  model: 'shirts',
  from: '2026-10-21T10:00:00Z',
  to: '2026-11-20T10:00:00Z',
  predictions: 300,
  versions: [versionOf(1, 100), versionOf(2, 199), versionOf(null, 1)],
  hours: 24,
  series: [
    point('2026-11-17T00:00:00Z', 1, 100),
    point('2026-11-19T00:00:00Z', 2, 199),
    point('2026-11-19T00:00:00Z', null, 1),
  ],
  losses: { dropped: 0, lost: 0, problem: null },
};

const prediction: LoggedPrediction = {
  request_id: 'r1',
  time: '2026-11-20T09:59:00Z',
  version: 2,
  request: { client: 'line-3', tags: { camera: 'b' } },
  output: { task: 'classification', labels: [{ label: 'hole', score: 0.93 }], boxes: [], objects: null, entropy: 0.1 },
  image: {},
  total_ms: 4.2,
  routing: { requested: 'shirts', role: 'requested', cache: 'hit', served_by: null, error: null },
};

/** Shows the log whatever the filter is; the questions that the server got. */
function at(shown: LoggedTraffic | (() => Response), address = '/', predictions: LoggedPrediction[] = [prediction]) {
  const asked: URLSearchParams[] = [];
  show(<TrafficSection model={model()} />, address, {
    '*': (_: RequestInit, path: string) => {
      const url = new URL(path, 'http://server/');
      asked.push(url.searchParams);
      if (url.pathname.endsWith('/predictions')) return { predictions };
      return typeof shown === 'function' ? shown() : shown;
    },
  });
  return asked;
}

test('shows what came in, by version and label, and the latest predictions', async () => {
  at(traffic);
  expect(await screen.findByText('Predictions per day')).toBeTruthy();
  expect(screen.getByText('A day with traffic').parentElement?.textContent).toBe('A day with traffic150 2 of 30 days');
  const versions = within(screen.getByRole('region', { name: 'Versions' }));
  expect(versions.getByRole('row', { name: /^Version 2/ }).textContent).toMatch(/199.*66\.3\s%/);
  expect(versions.getByRole('row', { name: /^none: remote or fallback/ })).toBeTruthy();
  expect(screen.getByRole('list', { name: 'Predicted labels' }).textContent).toMatch(/hole300, 100\.0\s%/);
  const latest = await screen.findByRole('list', { name: 'Latest predictions' });
  expect(latest.textContent).toMatch(/hole 93\.0\s%.*cached.*camera=b.*line-3.*r1/);
  expect(screen.queryByTestId('losses')).toBeNull();
  expect(await violations()).toEqual([]);
});

test('asks for what the filter names, once it is complete', async () => {
  const asked = at(traffic, '/?days=7&version=2');
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText('Tag'), 'camera');
  await user.click(screen.getByRole('button', { name: 'Filter' }));
  expect(screen.getByText('Write it as NAME=VALUE.')).toBeTruthy();
  await user.type(screen.getByLabelText('Tag'), '=b');
  await user.click(screen.getByRole('button', { name: 'Filter' }));
  await user.click(await screen.findByRole('button', { name: 'Show all' }));
  const filters = [...new Set(asked.map((query) => `${query.get('version') ?? ''} ${query.get('tag') ?? ''}`))];
  expect(filters).toEqual(['2 ', '2 camera=b', ' ']);
});

test('says what is missing from the log, and why', async () => {
  at({ ...traffic, losses: { dropped: 40, lost: 2, problem: 'The disk is full. Free some space.' } });
  const losses = await screen.findByTestId('losses');
  expect(losses.textContent).toContain('42 predictions are missing');
  expect(losses.textContent).toContain('The disk is full. Free some space.');
});

test('says that nothing came in', async () => {
  at({ ...traffic, predictions: 0, versions: [], series: [] }, '/?days=1', []);
  expect(await screen.findByText('The log has no predictions like these in the last day.')).toBeTruthy();
});

test('says why the log cannot be read', async () => {
  at(problem(503, 'STORAGE_UNAVAILABLE', 'The disk does not respond.'));
  expect((await screen.findByRole('alert')).textContent).toContain('The disk does not respond.');
});

test('has zeros where nothing came, from the first day on', () => {
  const { rate, confidence } = trafficLines(traffic);
  expect(rate.map((line) => [line.label, ...line.points.map(({ value }) => value)])).toEqual([
    ['Version 1', 100, 0, 0, 0],
    ['Version 2', 199, 0],
    ['No version', 1, 0],
  ]);
  expect(confidence.map((line) => line.label)).toEqual(['Version 1', 'Version 2']);
});

test('says what was predicted', () => {
  const output = (more: Partial<LoggedPrediction['output']>) =>
    outputText({ ...prediction, output: { ...prediction.output, ...more } });
  expect(
    output({
      objects: 2,
      labels: [
        { label: 'a', score: 1 },
        { label: 'a', score: 1 },
      ],
    }),
  ).toBe('2 objects: a');
  expect(output({ objects: 0, labels: [] })).toBe('0 objects');
  expect(output({ labels: [] })).toBe('no label');
  expect(output({ labels: [{ label: 'a', score: null }] })).toBe('a');
});
