// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Drift, DriftCourse, LoggedTraffic, MeasureCourse, VersionDrift } from '../../api/types';
import { model } from '../../samples';
import type { Responses } from '../../testing';
import { show, violations } from '../../testing';
import { DriftSection } from './DriftSection';
import { sharesOf } from './shares';

const SETTINGS = { days_per_false_alarm: 90, rhythm: 'weekly' };

const watching: VersionDrift = {
  version: 2,
  phase: 'watching',
  statement: 'No change is seen. At most one false alarm in 90 days, all tests together.',
  progress: { updated: '2026-11-20T10:00:00Z', blocks: 400, images: 40_000, waiting: 0 },
  evidence: 0.12,
  tests: [{ test: 'brightness', evidence: 0.12 }],
  seen_within_day: [
    { name: 'brightness', unit: 'grey levels', usual: 118, smallest: 124 },
    { name: 'noise', unit: 'grey levels', usual: 3, smallest: null },
  ],
  alarm: null,
  unlike_held_out: [],
};

const alarmed: VersionDrift = {
  ...watching,
  phase: 'alarm',
  statement: 'The images have changed.',
  alarm: {
    raised: '2026-11-20T09:00:00Z',
    since: '2026-11-20T08:00:00Z',
    earliest: '2026-11-20T07:30:00Z',
    latest: '2026-11-20T08:10:00Z',
    images: 250,
    tests: [{ test: 'brightness', evidence: 0.8 }],
    findings: [
      { name: 'brightness', unit: 'grey levels', before: 118, after: 97, deviations: -12 },
      { name: 'label hole', unit: 'share of images', before: 0.1, after: 0.3, deviations: 6 },
    ],
    origin: {
      likely_cause: 'The light changed.',
      slices: [{ kind: 'camera', name: 'b', share_before: 0.25, share_after: 0.26, finding: 'brightness', part: 0.9 }],
      requests_before: [],
      requests_after: [],
      nearest_held_out: [],
    },
  },
};

const measure = (name: string, more: Partial<MeasureCourse> = {}): MeasureCourse => ({
  name,
  unit: 'grey levels',
  side: 'image',
  quiet: { usual: 118, low: 110, high: 126 },
  recent: 118,
  values: [117, null, 119],
  ...more,
});

const course: DriftCourse = {
  version: 2,
  step_minutes: 60,
  times: ['2026-11-20T08:00:00Z', '2026-11-20T09:00:00Z', '2026-11-20T10:00:00Z'],
  quiet_until: null,
  measures: [measure('contrast'), measure('brightness', { recent: 97 })],
};

const traffic = (labels: Record<string, number>): LoggedTraffic => ({
  model: 'shirts',
  from: '2026-10-20T10:00:00Z',
  to: '2026-11-20T10:00:00Z',
  predictions: Object.values(labels).reduce((sum, each) => sum + each, 0),
  versions: [
    {
      version: 2,
      predictions: 1,
      cached: 0,
      escalated: 0,
      fallbacks: 0,
      confidence: null,
      latency_ms: { p50: 1, p95: 1, p99: 1 },
      labels: Object.entries(labels).map(([label, count]) => ({ label, count, mean_score: 0.9 })),
    },
  ],
  hours: 24,
  series: [],
  losses: null,
});

function at(drift: Drift, more: Responses = {}, address = '/') {
  show(<DriftSection model={model()} />, address, {
    '/models/shirts/drift': drift,
    '/models/shirts/drift/course?version=2&days=30': course,
    ...more,
  });
}

test('says that nothing changed, and what would be seen', async () => {
  at({ settings: SETTINGS, versions: [watching] });
  expect(await screen.findByRole('heading', { name: 'No change is seen' })).toBeTruthy();
  const verdict = screen.getByTestId('verdict');
  expect(verdict.textContent).toContain('at most 1 in 90 days');
  expect(verdict.textContent).toMatch(/12\s% of an alarm/);
  const seen = within(screen.getByRole('region', { name: 'What would be seen within a day' }));
  expect(seen.getAllByRole('row')).toHaveLength(2);
  expect(seen.getByRole('row', { name: /brightness/ }).textContent).toMatch(
    /118 grey levels.*124 grey levels.*brighter/,
  );
  expect(await violations()).toEqual([]);
});

test('says since when and by how much traffic changed, in plain units', async () => {
  at({ settings: SETTINGS, versions: [alarmed] });
  expect(await screen.findByRole('heading', { name: /^The traffic has changed since 20 Nov 2026/ })).toBeTruthy();
  expect(screen.getByTestId('verdict').textContent).toMatch(/It began between .* and .* with a probability of 95/);
  const changed = within(screen.getByRole('region', { name: 'What changed' }));
  expect(changed.getByText(/18\s% darker/)).toBeTruthy();
  expect(changed.getByText('+20.0 points')).toBeTruthy();
  expect(screen.getByText('The light changed.')).toBeTruthy();
  expect(changed.getByRole('list').textContent).toMatch(/camera b carries 90\s% of the change of brightness/);
  expect(await violations()).toEqual([]);
});

test('puts the most unusual measure first, and says its band', async () => {
  at({ settings: SETTINGS, versions: [watching] });
  const charts = await screen.findAllByRole('slider');
  expect(charts.map((chart) => chart.getAttribute('aria-label'))).toEqual(['brightness', 'contrast']);
  expect(charts[0]?.getAttribute('aria-valuetext')).toBe('now: brightness 119; usually 110 to 126');
});

test('shows the shares of the labels before and since the change', async () => {
  const since = '2026-11-20T08%3A00%3A00Z';
  at(
    { settings: SETTINGS, versions: [alarmed] },
    {
      [`/models/shirts/traffic?version=2&from=2026-10-21T08%3A00%3A00.000Z&to=${since}`]: traffic({
        hole: 10,
        none: 90,
      }),
      [`/models/shirts/traffic?version=2&from=${since}`]: traffic({ hole: 30, none: 60, tear: 10 }),
    },
  );
  const list = await screen.findByRole('list', { name: 'Shares of the predicted labels' });
  expect(
    within(list)
      .getAllByRole('listitem')
      .map((row) => row.firstChild?.textContent),
  ).toEqual(['none', 'hole', 'tear']);
  expect(list.textContent).toMatch(/10\.0\s% → 30\.0\s%\+20\.0 points/);
  expect(await violations()).toEqual([]);
});

test('has no shares of labels without traffic in both times', () => {
  expect(sharesOf(traffic({}), traffic({ hole: 3 }))).toEqual([]);
});

test('accepts the last days as usual', async () => {
  const sent: unknown[] = [];
  at(
    { settings: SETTINGS, versions: [alarmed] },
    {
      '/models/shirts/drift/accept': ({ body }: RequestInit) => {
        sent.push(JSON.parse(body as string));
        return { from: 'a', until: 'b', by: 'ana' };
      },
    },
  );
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Accept traffic as usual' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Accept traffic as usual' }));
  expect(await violations()).toEqual([]);
  await user.clear(dialog.getByLabelText('Last days'));
  await user.type(dialog.getByLabelText('Last days'), '14');
  await user.click(dialog.getByRole('button', { name: 'Accept' }));
  expect(await screen.findByText(/^The traffic is accepted/)).toBeTruthy();
  expect(sent).toEqual([{ version: 2, days: 14 }]);
});

test('changes how often it may alarm by chance', async () => {
  const sent: unknown[] = [];
  at(
    { settings: SETTINGS, versions: [watching] },
    {
      '/models/shirts/drift/settings': ({ body }: RequestInit) => {
        sent.push(JSON.parse(body as string));
        return SETTINGS;
      },
    },
  );
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Settings' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.selectOptions(dialog.getByLabelText('Rhythm that is no drift'), 'daily');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  await screen.findByRole('heading', { name: 'No change is seen' });
  expect(sent).toEqual([{ days_per_false_alarm: 90, rhythm: 'daily' }]);
});

test('says that the images are unlike those of the evaluation, and how', async () => {
  const unlike = { name: 'sharpness', unit: 'grey levels squared', before: 400, after: 100, deviations: -20 };
  at({ settings: SETTINGS, versions: [{ ...watching, unlike_held_out: [unlike] }] });
  expect(await screen.findByText(/^The live images are unlike those/)).toBeTruthy();
  expect(screen.getByTestId('verdict').textContent).toMatch(/sharpness 75\s% less sharp\./);
});

test('chooses among versions, by the address too', async () => {
  const versions = [{ ...watching, version: 1, statement: 'One.' }, watching];
  at({ settings: SETTINGS, versions }, {}, '/?version=1');
  expect(await screen.findByText('One.')).toBeTruthy();
  await userEvent.click(screen.getByLabelText('Version 2'));
  expect(await screen.findByText(/^No change is seen\. At most/)).toBeTruthy();
});

test('says what is waited for before the first block', async () => {
  const learning: VersionDrift = {
    ...watching,
    phase: 'learning',
    statement: 'About 12 more days are needed at this traffic.',
    progress: { ...watching.progress, blocks: 0, images: 0, waiting: 7 },
    seen_within_day: [],
  };
  at(
    { settings: SETTINGS, versions: [learning] },
    { '/models/shirts/drift/course?version=2&days=30': { ...course, times: [], measures: [] } },
  );
  expect(await screen.findByRole('heading', { name: 'Quiet traffic is not known yet' })).toBeTruthy();
  expect(screen.getByText('About 12 more days are needed at this traffic.')).toBeTruthy();
  expect(screen.getByText('7 images wait until there are enough to compare.')).toBeTruthy();
  expect(await screen.findByText(/^No block of traffic is complete/)).toBeTruthy();
});

test('says that there was no traffic', async () => {
  at({ settings: SETTINGS, versions: [] });
  expect(await screen.findByText(/^Version 2 has no predictions yet/)).toBeTruthy();
});

const kept = (id: string, version: number, reasons: string[]) => ({
  request_id: id,
  time: '2026-11-20T07:00:00Z',
  model: 'shirts',
  version,
  labels: [{ label: id, score: 0.9 }],
  kept: { reasons, probability: null, dataset: 'cloth', hash: id.repeat(8), expires: null },
});

const BEFORE =
  '/models/shirts/traffic/keep/images?from=2026-10-21T08%3A00%3A00.000Z&to=2026-11-20T08%3A00%3A00Z&limit=100';
const SINCE = '/models/shirts/traffic/keep/images?from=2026-11-20T08%3A00%3A00Z&limit=100';

test('shows kept images before and since the change, the random sample first', async () => {
  at(
    { settings: SETTINGS, versions: [alarmed] },
    {
      [BEFORE]: { images: [kept('edge', 2, ['novel']), kept('plain', 2, ['random']), kept('other', 1, ['random'])] },
      [SINCE]: { images: [kept('dark', 2, ['random'])] },
    },
  );
  const before = within(await screen.findByRole('list', { name: 'Images before the change' }));
  expect(before.getAllByRole('img').map((image) => image.getAttribute('alt'))).toEqual([
    expect.stringMatching(/^Predicted as plain/),
    expect.stringMatching(/^Predicted as edge/),
  ]);
  expect(
    within(await screen.findByRole('list', { name: 'Images since the change' })).getAllByRole('link'),
  ).toHaveLength(1);
  expect(await violations()).toEqual([]);
});

test('says how to keep images where there are none, and which requests to look at', async () => {
  const origin = {
    ...alarmed.alarm?.origin,
    requests_before: ['r1', 'r2'],
    nearest_held_out: [{ row: 17, labels: ['hole'], distance: 1.25 }],
  };
  const drift = { ...alarmed, alarm: { ...alarmed.alarm, origin } } as VersionDrift;
  at({ settings: SETTINGS, versions: [drift] }, { [BEFORE]: { images: [] }, [SINCE]: { images: [] } });
  const link = await screen.findByRole('link', { name: 'Keep some images of each day' });
  expect(link.getAttribute('href')).toBe('/models/shirts/images');
  expect(screen.getByText('2 requests drawn evenly')).toBeTruthy();
  const nearest = within(screen.getByRole('region', { name: 'Nearest held-out images' }));
  expect(nearest.getByRole('row', { name: /17/ }).textContent).toBe('17hole1.25');
});
