// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { alert } from '../../samples';
import type { Responses } from '../../testing';
import { show, violations } from '../../testing';
import { AlertsPage } from './AlertsPage';

const OPEN = '/alerts?state=open&limit=1000';

const silence = {
  id: 's1',
  model: 'shirts',
  kind: 'drift',
  from: '2026-11-20T10:00:00Z',
  until: '2026-11-20T12:00:00Z',
  by: 'ana',
  reason: 'new camera',
};

const at = (address: string, responses: Responses) =>
  show(<AlertsPage />, address, { '/silences': { silences: [] }, ...responses });

test('lists alerts by model, with the way to their evidence', async () => {
  const hats = { key: 'k', kind: 'model-not-served', model: 'hats', severity: 'critical' } as const;
  at('/alerts', {
    [OPEN]: { alerts: [alert('a'), alert('b', 'acknowledged'), alert('c', 'raised', { subject: hats, raises: 3 })] },
    '/silences': { silences: [silence] },
  });
  expect(await screen.findByText('2 alerts that nobody has acknowledged.')).toBeTruthy();
  const regions = screen.getAllByRole('region').map((region) => within(region).getByRole('heading', { level: 2 }));
  expect(regions.map((heading) => heading.textContent)).toEqual(['hats', 'shirts', 'Silences']);
  const first = within(screen.getByTestId('alert-a'));
  expect(first.getByRole('link', { name: /^Show the evidence/ }).getAttribute('href')).toBe(
    '/models/shirts/drift?version=2',
  );
  expect(first.getByText(/^silenced until/)).toBeTruthy();
  expect(screen.getByTestId('alert-b').textContent).toContain('ana has taken it up');
  expect(screen.getByTestId('alert-c').textContent).toContain('began 3 times');
  const tone = (id: string, word: string) =>
    within(screen.getByTestId(id)).getByText(word, { exact: true }).getAttribute('data-tone');
  expect([tone('alert-a', 'warning'), tone('alert-c', 'critical')]).toEqual(['spot', 'alarm']);
  expect([tone('alert-a', 'raised'), tone('alert-c', 'raised')]).toEqual(['plain', 'plain']);
  expect(within(screen.getByTestId('alert-b')).queryByRole('button', { name: /^Acknowledge/ })).toBeNull();
  expect(await violations()).toEqual([]);
});

test('acknowledges without a note, and says who did', async () => {
  const sent: unknown[] = [];
  let now = alert('a');
  at('/alerts', {
    [OPEN]: () => ({ alerts: [now] }),
    '/alerts/a/acknowledge': ({ body }: RequestInit) => {
      sent.push(JSON.parse(body as string));
      return (now = alert('a', 'acknowledged'));
    },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: /^Acknowledge/ }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Acknowledge the alert' }));
  await user.click(dialog.getByRole('button', { name: 'Acknowledge' }));
  expect(await screen.findByText(/ana has taken it up/)).toBeTruthy();
  expect(sent).toEqual([{ note: '' }]);
});

test('silences alerts of a kind for some hours, with a reason', async () => {
  const sent: Record<string, unknown>[] = [];
  at('/alerts', {
    [OPEN]: { alerts: [alert('a')] },
    '/silences': ({ method, body }: RequestInit) => {
      if (method !== 'POST') return { silences: sent.length > 0 ? [silence] : [] };
      sent.push(JSON.parse(body as string) as Record<string, unknown>);
      return silence;
    },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: /^Silence/ }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Silence alerts' }));
  const confirm = dialog.getByRole('button', { name: 'Silence' });
  expect(confirm.hasAttribute('disabled')).toBe(true);
  await user.selectOptions(dialog.getByLabelText('For'), '1 day');
  await user.type(dialog.getByLabelText('Reason'), 'new camera');
  await user.click(confirm);
  expect(await screen.findByText('Alerts of the kind drift about shirts')).toBeTruthy();
  const { until, ...rest } = sent[0] ?? {};
  expect(rest).toEqual({ model: 'shirts', kind: 'drift', reason: 'new camera' });
  expect(Math.round((Date.parse(String(until)) - Date.now()) / 3_600_000)).toBe(24);
});

test('shows what happened to an alert, and who was told', async () => {
  const times = { at: '2026-11-20T10:00:00Z', created: '2026-11-20T10:00:00Z' };
  at('/alerts', {
    [OPEN]: { alerts: [alert('a')] },
    '/alerts/a': {
      alert: alert('a'),
      history: [{ at: times.at, event: 'raised', by: null, detail: 'The traffic has changed' }],
      deliveries: [
        { id: 'd', route: 'quality', event: 'raised', state: 'failed', detail: '503', attempts: [{}, {}], ...times },
      ],
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: /^History/ }));
  expect((await screen.findByRole('list', { name: 'History' })).textContent).toContain('raised: The traffic');
  expect(screen.getByRole('list', { name: 'Sent to' }).textContent).toContain('failed raised to quality, 2 tries: 503');
  expect(await violations()).toEqual([]);
});

test('shows resolved alerts on request', async () => {
  at('/alerts', { [OPEN]: { alerts: [] }, '/alerts?state=all&limit=200': { alerts: [alert('a', 'resolved')] } });
  expect(await screen.findByText('No alert is open')).toBeTruthy();
  await userEvent.click(screen.getByLabelText('All'));
  expect((await screen.findByTestId('alert-a')).textContent).toContain('resolved');
  expect(screen.queryByRole('button', { name: /^Silence/ })).toBeNull();
});

test('shows one model where the address names it', async () => {
  const hats = { key: 'k', kind: 'drift', model: 'hats', severity: 'info' } as const;
  at('/alerts?model=hats', { [OPEN]: { alerts: [alert('a'), alert('c', 'raised', { subject: hats })] } });
  expect(await screen.findByText('1 alert about hats that nobody has acknowledged.')).toBeTruthy();
  expect(screen.queryByTestId('alert-a')).toBeNull();
});

test('says why alerts cannot be read', async () => {
  at('/alerts', {});
  expect((await screen.findByRole('alert')).textContent).toContain('NOT_FOUND');
});

test('walks through alerts by keys, and acts on the one with the focus', async () => {
  at('/alerts', { [OPEN]: { alerts: [alert('a'), alert('b')] } });
  const user = userEvent.setup();
  const first = within(await screen.findByTestId('alert-a'));
  const second = within(screen.getByTestId('alert-b'));
  await user.keyboard('j');
  expect(document.activeElement).toBe(first.getByRole('link'));
  await user.keyboard('j');
  expect(document.activeElement).toBe(second.getByRole('link'));
  await user.keyboard('s');
  const silence = await screen.findByRole('dialog', { name: 'Silence alerts' });
  await user.keyboard('a');
  expect(within(silence).getByLabelText('Reason')).toHaveProperty('value', 'a');
  await user.keyboard('{Escape}');
  await user.click(second.getByRole('button', { name: /^History/ }));
  await user.keyboard('ka');
  const dialog = await screen.findByRole('dialog', { name: 'Acknowledge the alert' });
  expect(dialog.textContent).toContain('The traffic of a has changed');
});

test('groups by kind, and acknowledges all of a group with one note', async () => {
  const hats = { key: 'k', kind: 'drift', model: 'hats', severity: 'warning' } as const;
  const sent: [string, unknown][] = [];
  const take = ({ body }: RequestInit, path: string) => {
    sent.push([path, JSON.parse(body as string)]);
    return alert('x', 'acknowledged');
  };
  at('/alerts', {
    [OPEN]: { alerts: [alert('a'), alert('b', 'raised', { subject: hats })] },
    '/alerts/a/acknowledge': take,
    '/alerts/b/acknowledge': take,
  });
  const user = userEvent.setup();
  await user.click(await screen.findByLabelText('By kind'));
  const group = within(screen.getByRole('region', { name: 'Drift' }));
  expect(within(screen.getByTestId('alert-b')).getByText('hats')).toBeTruthy();
  await user.click(group.getByRole('button', { name: 'Acknowledge all 2 of Drift' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Acknowledge 2 alerts' }));
  await user.type(dialog.getByLabelText('Note'), 'lamp');
  expect(await violations()).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'Acknowledge' }));
  expect(sent).toEqual([
    ['/alerts/a/acknowledge', { note: 'lamp' }],
    ['/alerts/b/acknowledge', { note: 'lamp' }],
  ]);
});
