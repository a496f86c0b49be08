// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Rollout, RolloutGuard, RolloutGuardPolicy } from '../../api/types';
import { model } from '../../samples';
import type { Responses } from '../../testing';
import { show, violations } from '../../testing';
import { guardRule, guardValue, timeText, worstAllowed } from './guards';
import { RolloutSection } from './RolloutSection';

const policyOf = (more: Partial<RolloutGuardPolicy>): RolloutGuardPolicy => ({
  metric: 'errors',
  figure: null,
  margin: 0.01,
  limit: null,
  worse: 'higher',
  range: null,
  ...more,
});

const guard: RolloutGuard = {
  name: 'errors',
  candidate: 0.012,
  reference: 0.01,
  images: 900,
  rollback: 0.1,
  next: 0.6,
  needed: 'errors: about 400 more images of the candidate',
  course: [
    { images: 100, candidate: { value: 0.02, low: 0, high: 0.2 }, reference: { value: 0.01, low: 0, high: 0.1 } },
    {
      images: 900,
      candidate: { value: 0.012, low: 0.001, high: 0.03 },
      reference: { value: 0.01, low: 0.005, high: 0.02 },
    },
  ],
};

const running: Rollout = {
  id: '01',
  candidate: 1,
  production: 2,
  start: { at: '2026-11-20T08:00:00Z', by: 'ana', reason: 'finds more holes' },
  progress: { state: 'running', step: 2, percent: 5, elapsed: '4500s', paused_by: null },
  outcome: null,
  guards: [guard],
  policy: {
    steps: [
      { percent: 1, least: '300s', most: '86400s' },
      { percent: 5, least: '300s', most: '86400s' },
      { percent: 100, least: '300s', most: '86400s' },
    ],
    guards: [policyOf({})],
    wrong_promotion: 0.05,
    wrong_rollback: 0.05,
  },
};

const ended: Rollout = {
  ...running,
  progress: { state: 'ended', step: null, percent: null, elapsed: null, paused_by: null },
  outcome: {
    decision: 'rolled-back',
    reason: 'errors: 6.0 % against 1.0 % of production',
    by: null,
    at: '2026-11-20T09:00:00Z',
    guard: 'errors',
    needed: [],
  },
};

const stopped: Rollout = {
  ...ended,
  outcome: { decision: 'stopped', reason: 'too early', by: 'ana', at: '2026-11-20T09:00:00Z', guard: null, needed: [] },
};

const LIST = '/models/shirts/rollouts?limit=20';

function at(rollout: Rollout | undefined, more: Responses = {}) {
  show(<RolloutSection model={model()} />, '/', { [LIST]: { rollouts: rollout ? [rollout] : [] }, ...more });
}

test('says where a rollout is, what it waits for, and what its guards show', async () => {
  at(running);
  expect(await screen.findByRole('heading', { name: 'Version 1 is in step 2 of 3' })).toBeTruthy();
  const verdict = screen.getByTestId('verdict');
  expect(verdict.textContent).toMatch(
    /It goes on to 100\s% when all guards hold, after 5\smin at least\. After 1\sd without/,
  );
  expect(verdict.textContent).toContain('Why it was started: finds more holes');
  const steps = within(screen.getByRole('region', { name: 'Steps' })).getAllByRole('listitem');
  expect(steps.map((step) => step.getAttribute('data-state'))).toEqual(['done', 'current', 'ahead']);
  const errors = screen.getByRole('region', { name: 'Failed requests' });
  expect(errors.textContent).toMatch(/At most 1 point more than production/);
  expect(errors.textContent).toMatch(/For the next step60\s%For a rollback10\s%/);
  expect(within(errors).getByRole('figure').textContent).toMatch(
    /Version 1 1\.20\s%, between 0\.10\s% and 3\.00\s%; worst allowed 2\.00\s%/,
  );
  expect(await violations()).toEqual([]);
});

test('pauses, goes on, and stops with a reason', async () => {
  let now = running;
  const sent: [string, unknown][] = [];
  const act =
    (name: string, next: Rollout) =>
    ({ body }: RequestInit) => {
      sent.push([name, JSON.parse(body as string)]);
      return (now = next);
    };
  const paused = { ...running, progress: { ...running.progress, state: 'paused', paused_by: 'ana' } };
  at(running, {
    [LIST]: () => ({ rollouts: [now] }),
    '/models/shirts/rollout/pause': act('pause', paused),
    '/models/shirts/rollout/resume': act('resume', running),
    '/models/shirts/rollout/stop': act('stop', stopped),
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Pause' }));
  expect(await screen.findByText(/^ana paused it/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Resume' }));
  await user.click(await screen.findByRole('button', { name: 'Stop' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Stop the rollout' }));
  await user.type(dialog.getByLabelText('Reason'), 'too early');
  await user.click(dialog.getByRole('button', { name: 'Stop' }));
  expect(await screen.findByRole('heading', { name: 'The rollout of version 1 was stopped' })).toBeTruthy();
  expect(screen.getByTestId('verdict').textContent).toContain('Too early. Decided by ana');
  expect(sent).toEqual([
    ['pause', {}],
    ['resume', {}],
    ['stop', { reason: 'too early' }],
  ]);
});

test('promotes at once, with a reason', async () => {
  const sent: unknown[] = [];
  at(running, {
    '/models/shirts/rollout/promote': ({ body }: RequestInit) => {
      sent.push(JSON.parse(body as string));
      return running;
    },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Promote now' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Promote version 1 now' }));
  await user.type(dialog.getByLabelText('Reason'), 'urgent');
  await user.click(dialog.getByRole('button', { name: 'Promote' }));
  expect(sent).toEqual([{ reason: 'urgent' }]);
});

test('says why it ended, and lets another one start', async () => {
  at(ended);
  expect(await screen.findByRole('heading', { name: 'Version 1 was rolled back' })).toBeTruthy();
  expect(screen.getByTestId('verdict').textContent).toContain(
    'Errors: 6.0 % against 1.0 % of production. Decided by evidence, by the guard errors, 20 Nov 2026',
  );
  expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Start rollout' })).toBeTruthy();
  expect(await violations()).toEqual([]);
});

test('says what an undecided rollout would have taken', async () => {
  const outcome = { ...ended.outcome, decision: 'undecided', guard: null, needed: ['errors: about 4,000 more images'] };
  at({ ...ended, outcome: outcome as Rollout['outcome'] });
  const needed = await screen.findByRole('list', { name: 'What it would have taken' });
  expect(needed.textContent).toBe('errors: about 4,000 more images');
});

test('starts a rollout with a reason', async () => {
  const sent: unknown[] = [];
  at(undefined, {
    [LIST]: () => ({ rollouts: sent.length > 0 ? [running] : [] }),
    '/models/shirts/rollout': ({ body }: RequestInit) => {
      sent.push(JSON.parse(body as string));
      return running;
    },
  });
  const user = userEvent.setup();
  expect((await screen.findByRole('button', { name: 'Start rollout' })).hasAttribute('disabled')).toBe(true);
  await user.type(screen.getByLabelText('Reason'), 'finds more holes');
  await user.click(screen.getByRole('button', { name: 'Start rollout' }));
  expect(await screen.findByRole('heading', { name: 'Version 1 is in step 2 of 3' })).toBeTruthy();
  expect(sent).toEqual([{ version: 1, reason: 'finds more holes' }]);
});

test('lists earlier rollouts with their ends', async () => {
  const earlier = { ...ended, id: '00' };
  at(running, { [LIST]: { rollouts: [running, earlier] } });
  const list = within(await screen.findByRole('list', { name: 'Earlier rollouts' }));
  expect(list.getAllByRole('listitem')).toHaveLength(1);
  expect(list.getByText('rolled back')).toBeTruthy();
});

test('says the rules of guards', () => {
  const rule = (more: Partial<RolloutGuardPolicy>) => guardRule(policyOf(more)).replaceAll('\u202f', ' ');
  expect(rule({ metric: 'p99', margin: 0.25 })).toBe('at most 25 % more than production');
  expect(rule({ metric: 'confidence', margin: 0.025, worse: 'lower' })).toBe(
    'at most 2.50 points less than production',
  );
  expect(rule({ metric: 'agreement', margin: 0.02, limit: 0.95, worse: 'lower' })).toBe(
    'at least 95.0 %, give or take 2 points',
  );
  expect(worstAllowed({ ...guard, reference: 100 }, policyOf({ metric: 'p99', margin: 0.25 }))).toBe(125);
  expect(worstAllowed({ ...guard, reference: null }, policyOf({}))).toBeUndefined();
  expect(guardValue(null, policyOf({}))).toBe('–');
});

test('writes times as people do', () => {
  expect(
    ['300s', '90000s', '4500s', '1500ms', '0s', 'soon'].map((text) => timeText(text).replaceAll('\u202f', ' ')),
  ).toEqual(['5 min', '1 d 1 h', '1 h 15 min', '2 s', '0 s', 'soon']);
});
