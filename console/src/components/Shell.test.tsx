// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { expect, test } from 'vitest';
import { alert } from '../samples';
import type { Responses } from '../testing';
import { violations, show } from '../testing';
import { Shell } from './Shell';

const STATUS = { version: '0.1.0', started_at: '2026-11-20T10:00:00Z' };

function at(address: string, more: Responses = {}) {
  show(
    <Routes>
      <Route element={<Shell />}>
        <Route path="*" element={<h1>Page</h1>} />
      </Route>
    </Routes>,
    address,
    { '/status': STATUS, ...more },
  );
  const pages = within(screen.getByRole('navigation', { name: 'Pages' }));
  return pages.getAllByRole('link').map((link) => link.getAttribute('aria-current'));
}

test.each([
  ['/', 'page', null, null, null],
  ['/models/shirts', 'true', null, null, null],
  ['/models/shirts/live', 'true', null, null, null],
  ['/datasets', null, 'page', null, null],
  ['/datasets/cloth/label', null, 'true', null, null],
  ['/predict', null, null, 'page', null],
  ['/alerts', null, null, null, 'page'],
  ['/nothing', null, null, null, null],
])('at %s the current link is marked', (address, models, data, predict, alerts) => {
  expect(at(address)).toEqual([models, data, predict, alerts]);
});

test('counts the alerts that nobody has taken up', async () => {
  const alerts = [alert('a'), alert('b'), alert('c', 'acknowledged')];
  at('/', { '/alerts?state=open&limit=1000': { alerts } });
  expect(await screen.findByRole('link', { name: 'Alerts , 2 raised' })).toBeTruthy();
  expect(await violations()).toEqual([]);
});

test('says that an alert is critical, not by its colour alone', async () => {
  const subject = { key: 'k', kind: 'model-not-served', model: 'hats', severity: 'critical' } as const;
  const alerts = [alert('a'), alert('b', 'raised', { subject })];
  at('/', { '/alerts?state=open&limit=1000': { alerts } });
  expect(await screen.findByRole('link', { name: 'Alerts , 2 raised, 1 critical' })).toBeTruthy();
});

test('is accessible', async () => {
  at('/');
  expect(await screen.findByText(/Fovea 0.1.0/)).toBeTruthy();
  expect(await violations()).toEqual([]);
});
