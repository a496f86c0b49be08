// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router';
import { expect, test } from 'vitest';
import type { Model } from '../../api/types';
import { alert, details, metrics, model, version } from '../../samples';
import type { Responses } from '../../testing';
import { show, violations } from '../../testing';
import { ModelPage } from './ModelPage';

function at(section: string, shown: Model, more: Responses = {}) {
  show(
    <Routes>
      <Route path="models/:name/:section?" element={<ModelPage />} />
      <Route path="predict" element={<h1>Predict</h1>} />
    </Routes>,
    `/models/shirts${section}`,
    {
      '/models/shirts': shown,
      '/models/shirts/metrics': metrics(),
      '/models/shirts/versions/2': details(2),
      '/models/shirts/versions/2/evaluations': { evaluations: [] },
      ...more,
    },
  );
}

const ofHats = { key: 'k', kind: 'drift', model: 'hats', severity: 'warning' } as const;

test('shows what is in production, its latency and its alert', async () => {
  const alert = {
    kind: 'drift',
    version: 2,
    since: '2026-11-20T10:00:00Z',
    message: 'The images have changed.',
  } as Model['alert'];
  at('', model({ alert, canary: { version: 1, percent: 5 } }));
  expect(await screen.findByRole('heading', { name: 'shirts', level: 1 })).toBeTruthy();
  expect(screen.getByTestId('production').textContent).toBe('Version 2');
  expect(screen.getByTestId('canary').textContent).toMatch(/version 1 on 5\s%/);
  expect(screen.getByRole('region', { name: 'Alert' }).textContent).toContain('The images have changed.');
  expect(await screen.findByText(/4\.00, 12\.0\s*ms/)).toBeTruthy();
  expect(await violations()).toEqual([]);
});

test('opens each page by its link, and says which one is open', async () => {
  at('/audit', model());
  const user = userEvent.setup();
  const pages = within(await screen.findByRole('navigation', { name: 'Parts of this model' }));
  const open = () => pages.getAllByRole('link').filter((link) => link.getAttribute('aria-current') === 'page');
  expect(open().map((link) => link.textContent)).toEqual(['Audit trail']);
  expect(screen.getByText('No changes yet.')).toBeTruthy();
  for (const name of pages.getAllByRole('link').map((link) => link.textContent)) {
    await user.click(pages.getByRole('link', { name }));
    expect(open().map((link) => link.textContent)).toEqual([name]);
    expect(await screen.findByRole('region', { name })).toBeTruthy();
    expect(await violations()).toEqual([]);
  }
});

test('opens a page from the list that narrow screens have', async () => {
  at('/audit', model());
  const list = await screen.findByRole('combobox', { name: 'Parts of this model' });
  expect((list as HTMLSelectElement).value).toBe('audit');
  await userEvent.selectOptions(list, 'Drift');
  expect(await screen.findByRole('region', { name: 'Drift' })).toBeTruthy();
});

test('marks the pages where something is wrong', async () => {
  const drift = { version: 2, phase: 'alarm', statement: '', progress: {}, alarm: { since: '2026-11-20T08:00:00Z' } };
  at('/audit', model(), { '/models/shirts/drift': { settings: {}, versions: [drift] } });
  expect(await screen.findByRole('link', { name: /^Drift ?, alarm$/ })).toBeTruthy();
  expect(screen.getByRole('option', { name: 'Drift (alarm)' })).toBeTruthy();
});

test('says that a page does not exist', async () => {
  at('/elsewhere', model());
  expect(await screen.findByRole('heading', { name: 'No such page' })).toBeTruthy();
});

test('says first what its pages would say', async () => {
  const drift = {
    version: 2,
    phase: 'alarm',
    statement: '',
    progress: {},
    alarm: { since: '2026-11-20T08:00:00Z' },
  };
  at('', model(), {
    '/alerts?state=open&limit=1000': { alerts: [alert('a'), alert('b', 'raised', { subject: ofHats })] },
    '/models/shirts/drift': { settings: {}, versions: [drift] },
  });
  const states = within(await screen.findByRole('list', { name: 'State of the model' }));
  expect(await states.findByText(/^The traffic has changed since 20 Nov 2026/)).toBeTruthy();
  expect(states.getByText('1 open alert')).toBeTruthy();
  expect(states.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual([
    '/alerts?model=shirts',
    '/models/shirts/drift',
  ]);
  expect(await violations()).toEqual([]);
});

test('rolls back with a reason, and says what happened', async () => {
  const sent: unknown[] = [];
  at('/audit', model(), {
    '/models/shirts/rollback': ({ body }: RequestInit) => {
      sent.push(JSON.parse(body as string));
      return { from: 2, to: 1, took_ms: 12.3, model: model({ production: 1, previous: null }) };
    },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Roll back' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Roll back shirts' }));
  const confirm = dialog.getByRole('button', { name: 'Roll back' });
  expect(confirm.hasAttribute('disabled')).toBe(true);
  await user.type(dialog.getByLabelText('Reason'), 'wrong on dark fabric');
  await user.click(confirm);
  expect((await screen.findByText(/^Rolled back/)).textContent).toMatch(/from version 2 to version 1 in 12\.3\s*ms/);
  expect(sent).toEqual([{ reason: 'wrong on dark fabric' }]);
});

test('says why a first version cannot be rolled back', async () => {
  at('/audit', model({ previous: null, versions: [version(2)] }));
  const button = await screen.findByRole('button', { name: 'Roll back' });
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
    'Version 2 is the first in production. Rolling back needs an earlier production version.',
  );
});

test('says that a model does not exist', async () => {
  at('', model(), { '/models/shirts': undefined });
  expect((await screen.findByRole('alert')).textContent).toContain('There is no v1/models/shirts.');
});
