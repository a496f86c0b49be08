// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Objective, Objectives, ObjectiveStatus, ServiceLevel } from '../../api/types';
import { model } from '../../samples';
import type { Responses } from '../../testing';
import { problem, show, violations } from '../../testing';
import { monthSpan, requestLines } from './DaysPanel';
import { orderOf } from './ObjectivesDialog';
import { ServiceLevelSection } from './ServiceLevelSection';
import { budget, headline, lastMonths, valueText } from './words';

const objective = (indicator: string, target: number, unit: string, label: string | null = null): Objective => ({
  name: label == null ? indicator : `${indicator}:${label}`,
  indicator,
  label,
  target,
  unit,
});

const status = (of: Objective, verdict: string, more: Partial<ObjectiveStatus> = {}): ObjectiveStatus => ({
  objective: of,
  verdict,
  statement: `The statement on ${of.name}.`,
  value: { value: of.target, low: null, high: null, source: 'counted' },
  budget_left: 0.6,
  burns: [
    { window: '1h', rate: 1.44 },
    { window: '6h', rate: 0.2 },
  ],
  days: [{ date: '2026-11-03', value: 99.95, met: true }],
  ...more,
});

const counts = { answers: 12_000, failures: 6, rejected: 40, fallbacks: 0, p50_ms: 9, p95_ms: 31.2, p99_ms: 80 };

const level: ServiceLevel = {
  model: 'shirts',
  verdict: '1 of 3 objectives is missed: recall:hole.',
  month: '2026-11',
  until: '2026-11-30T10:00:00Z',
  counts,
  cost: { cpu_seconds: 120, remote_calls: 0, remote_cost: 0, per_thousand: 0.11 },
  objectives: [
    status(objective('availability', 99.9, '%'), 'met', {
      value: { value: 99.95, low: null, high: null, source: 'counted' },
    }),
    status(objective('p95', 50, 'ms'), 'not-enough-data', { value: null, budget_left: null, burns: [], days: [] }),
    status(objective('recall', 95, '%', 'hole'), 'missed', {
      value: { value: 91, low: 89, high: 93.2, source: 'known' },
      budget_left: -0.8,
      burns: [],
      days: [],
    }),
  ],
  days: [{ date: '2026-11-03', counts }],
};

const stated: Objectives = { objectives: level.objectives.map((each) => each.objective), cpu_hour_price: 0.04 };

function at(shown: unknown, more: Responses = {}) {
  show(<ServiceLevelSection model={model()} />, '/?month=2026-11', {
    '/models/shirts/service-level?month=2026-11': shown,
    '/models/shirts/objectives': stated,
    ...more,
  });
}

test('says the verdict first, then each objective with budget and burn rate', async () => {
  at(level);
  expect(await screen.findByRole('heading', { level: 2, name: '1 of 3 objectives is missed' })).toBeTruthy();
  expect(screen.getByTestId('verdict').textContent).toContain('12,000');
  const available = screen.getByTestId('objective-availability');
  expect(available.textContent).toMatch(/Availability.*at least 99\.9\s%.*met.*99\.95\s%.*60\s% left.*1\.4 × in 1h/);
  expect(screen.getByTestId('objective-p95').textContent).toContain('not enough data');
  const recall = screen.getByTestId('objective-recall:hole');
  expect(recall.textContent).toMatch(/Recall of hole.*missed.*89\s% to 93\.2\s%, from labels.*overspent by 80\s%/);
  expect(await violations()).toEqual([]);
});

test('draws the days of an objective, and the requests on request', async () => {
  at(level);
  const chart = await screen.findByRole('slider', { name: 'Availability' });
  expect(chart.getAttribute('aria-valuetext')).toMatch(/Day 99\.95/);
  await userEvent.selectOptions(screen.getByLabelText('What the days show'), 'Requests');
  expect(screen.getByRole('slider', { name: 'Requests' }).getAttribute('aria-valuetext')).toContain('Answers 12,000');
  expect(requestLines(level).map((line) => line.points[0]?.value)).toEqual([12_000, 6]);
  const [from, to] = monthSpan('2026-11');
  expect(new Date((from + to) / 2).toISOString()).toBe('2026-11-15T12:00:00.000Z');
});

test('sets objectives, and leaves out what is empty', async () => {
  const sent: unknown[] = [];
  at(level, {
    '/models/shirts/objectives': ({ method, body }: RequestInit) => {
      if (method === 'PUT') sent.push(JSON.parse(body as string));
      return stated;
    },
  });
  const user = userEvent.setup();
  await screen.findByTestId('verdict');
  await user.click(await screen.findByRole('button', { name: 'Set objectives' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(await violations()).toEqual([]);
  await user.clear(dialog.getByLabelText(/^Availability/));
  await user.type(dialog.getByLabelText(/^Error rate/), '2');
  await user.type(dialog.getByLabelText(/^Precision/), '90');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  expect(sent).toEqual([
    {
      objectives: [
        { indicator: 'p95', target: 50 },
        { indicator: 'recall', label: 'hole', target: 95 },
        { indicator: 'error-rate', target: 2 },
        { indicator: 'precision', label: 'hole', target: 90 },
      ],
      cpu_hour_price: 0.04,
    },
  ]);
});

test('keeps colons in names of classes', () => {
  expect(orderOf({ 'recall:a:b': 90, p95: '' }, '')).toEqual({
    objectives: [{ indicator: 'recall', label: 'a:b', target: 90 }],
  });
});

test('exports the month', async () => {
  const saved: string[] = [];
  at(level);
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download, this.getAttribute('href') ?? '');
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Export the month' }));
  expect(saved).toEqual(['shirts-service-level-2026-11.html', 'v1/models/shirts/service-level/report?month=2026-11']);
});

test('says what an objective is while there is none', async () => {
  at({ ...level, objectives: [], days: [], verdict: 'No objectives are set.' });
  expect(await screen.findByRole('heading', { name: 'No objectives are set' })).toBeTruthy();
  expect(screen.queryByRole('list', { name: 'Objectives' })).toBeNull();
});

test('says why it cannot be read', async () => {
  at(problem(403, 'FORBIDDEN', 'The key may not.'));
  expect((await screen.findByRole('alert')).textContent).toContain('The key may not.');
});

test.each([
  [['met', 'met'], 'All objectives are met', 'good'],
  [['met', 'not-enough-data'], '1 of 2 objectives are met, none is missed', 'good'],
  [['not-enough-data'], 'There is not enough data for a verdict', 'plain'],
  [['missed', 'missed', 'met'], '2 of 3 objectives are missed', 'bad'],
])('sums up %s', (verdicts, title, tone) => {
  const objectives = verdicts.map((verdict) => status(objective('p95', 50, 'ms'), verdict));
  expect(headline({ ...level, objectives })).toEqual({ title, tone });
});

test('says budgets, values and months as people do', () => {
  expect(budget(0.1)).toMatchObject({ tone: 'spot', width: 0.1 });
  expect(budget(1.5)).toMatchObject({ tone: 'good', width: 1 });
  expect(valueText(0.1234, objective('cost', 1, ''))).toBe('0.123');
  expect(lastMonths(new Date('2026-02-28T23:59:00Z')).slice(0, 3)).toEqual(['2026-02', '2026-01', '2025-12']);
});
