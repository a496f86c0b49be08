// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { expect, test } from 'vitest';
import { violations, show } from '../testing';
import { Shell } from './Shell';

const STATUS = { version: '0.1.0', started_at: '2026-11-20T10:00:00Z' };

function at(address: string) {
  show(
    <Routes>
      <Route element={<Shell />}>
        <Route path="*" element={<h1>Page</h1>} />
      </Route>
    </Routes>,
    address,
    { '/status': STATUS },
  );
  const pages = within(screen.getByRole('navigation', { name: 'Pages' }));
  return pages.getAllByRole('link').map((link) => link.getAttribute('aria-current'));
}

test.each([
  ['/', 'page', null, null],
  ['/models/shirts', 'true', null, null],
  ['/models/shirts/live', 'true', null, null],
  ['/datasets', null, 'page', null],
  ['/datasets/cloth/label', null, 'true', null],
  ['/predict', null, null, 'page'],
  ['/nothing', null, null, null],
])('at %s the current link is marked', (address, models, data, predict) => {
  expect(at(address)).toEqual([models, data, predict]);
});

test('is accessible', async () => {
  at('/');
  expect(await screen.findByText(/Fovea 0.1.0/)).toBeTruthy();
  expect(await violations()).toEqual([]);
});
