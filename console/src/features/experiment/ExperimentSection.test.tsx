// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Experiment } from '../../api/types';
import { model } from '../../samples';
import type { Responses } from '../../testing';
import { show, violations } from '../../testing';
import { ExperimentSection } from './ExperimentSection';

const running: Experiment = {
  id: '01',
  control: 2,
  start: { at: '2026-11-20T08:00:00Z', by: 'ana', reason: 'sales' },
  progress: { state: 'running', text: 'running, not decided yet', horizon: null, mismatch: null, outcome: null },
  variants: [
    { version: 1, percent: 30, units: 310, settled: 300, fallbacks: 0, mean: 0.06 },
    { version: 2, percent: 70, units: 690, settled: 680, fallbacks: 0, mean: 0.04 },
  ],
  comparisons: [{ version: 1, against: 2, difference: 0.02, low: 0.005, high: 0.035 }],
  values: { counted: 40, late: 1, unknown: 2, waiting: 3, repeated: 4 },
  design: {
    metric: { figure: 'orders', kind: 'conversion', range: null, better: 'higher' },
    units: null,
    effect: 0.01,
    error: 0.05,
    window: '3600s',
    longest: '2592000s',
    promote: false,
  },
};

const ended: Experiment = {
  ...running,
  progress: {
    ...running.progress,
    state: 'ended',
    outcome: { decision: 'better', version: 1, reason: 'orders is higher', by: null, at: '2026-11-21T08:00:00Z' },
  },
};

const LIST = '/models/shirts/experiments?limit=20';

const at = (experiments: readonly Experiment[], more: Responses = {}) =>
  show(<ExperimentSection model={model()} />, '/', { [LIST]: { experiments }, ...more });

test('shows what each version was given, and the difference with its interval', async () => {
  at([running]);
  expect(await screen.findByRole('heading', { name: '2 versions are compared by orders' })).toBeTruthy();
  const versions = within(screen.getByRole('region', { name: 'Versions' }));
  expect(versions.getByRole('row', { name: /Version 1/ }).textContent).toMatch(/30\s%31\.0\s%3103006\.00\s%/);
  const pair = within(screen.getByRole('region', { name: 'Differences' })).getByRole('row', { name: /1 against 2/ });
  expect(pair.textContent).toContain('better+2.0 points+0.5 points and +3.5 points');
  expect(screen.queryByRole('region', { name: 'Plan an experiment' })).toBeNull();
  expect(await violations()).toEqual([]);
});

test('warns when units do not fall to versions as planned', async () => {
  const mismatch = 'version 1 has 100 of 1,000 units, 30 % are planned.';
  at([{ ...running, progress: { ...running.progress, mismatch } }]);
  expect(await screen.findByRole('heading', { name: 'Units do not fall to versions as planned' })).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toContain('Version 1 has 100 of 1,000 units');
});

test('stops with a reason', async () => {
  let now = running;
  const sent: unknown[] = [];
  at([running], {
    [LIST]: () => ({ experiments: [now] }),
    '/models/shirts/experiment/stop': ({ body }: RequestInit) => {
      sent.push(JSON.parse(body as string));
      return (now = ended);
    },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Stop' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Stop the experiment' }));
  await user.type(dialog.getByLabelText('Reason'), 'enough');
  await user.click(dialog.getByRole('button', { name: 'Stop' }));
  expect(await screen.findByRole('heading', { name: 'Version 1 has the better orders' })).toBeTruthy();
  expect(sent).toEqual([{ reason: 'enough' }]);
});

test('plans how long it takes, then starts it', async () => {
  const sent: [string, unknown][] = [];
  const take = (name: string, response: unknown) => (init: RequestInit) => {
    sent.push([name, JSON.parse(init.body as string)]);
    return response;
  };
  const tests = [
    { test: 'fixed horizon', units: 13_488, days: 2.7 },
    { test: 'sequential, on average', units: 14_200, days: 2.84 },
  ];
  at([ended], {
    [LIST]: () => ({ experiments: sent.some(([name]) => name === 'start') ? [running, ended] : [ended] }),
    '/models/shirts/experiment/plan': take('plan', { mean: 0.04, per_day: 5000, power: 0.8, tests }),
    '/models/shirts/experiment': take('start', running),
  });
  const user = userEvent.setup();
  expect((await screen.findByRole('button', { name: 'How long would it take?' })).hasAttribute('disabled')).toBe(true);
  await user.type(screen.getByLabelText('Business figure'), 'orders');
  await user.type(screen.getByLabelText('Units with the figure, in %'), '4');
  await user.click(screen.getByRole('button', { name: 'How long would it take?' }));
  const length = within(await screen.findByRole('table', { name: 'Length of the experiment' }));
  expect(length.getByRole('row', { name: /Fixed horizon/ }).textContent).toBe('Fixed horizon13,4882.70');
  expect(await violations()).toEqual([]);
  await user.selectOptions(screen.getByLabelText('Analysed'), 'fixed');
  await user.type(screen.getByLabelText('Reason'), 'sales');
  await user.click(screen.getByRole('button', { name: 'Start experiment' }));
  expect(await screen.findByRole('heading', { name: '2 versions are compared by orders' })).toBeTruthy();
  expect(sent.map(([name]) => name)).toEqual(['plan', 'start']);
  expect(sent[0]?.[1]).toMatchObject({ usual: { rate: 0.04 }, experiment: { effect: 0.01 } });
  expect(sent[1]?.[1]).toMatchObject({ horizon: { units: 13_488 }, variants: [{ version: 1, percent: 50 }] });
  expect(within(screen.getByRole('list', { name: 'Earlier experiments' })).getAllByRole('listitem')).toHaveLength(1);
});
