// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { violations, show } from '../../testing';
import { ModelsPage } from './ModelsPage';

const SHIRTS = {
  name: 'shirts',
  task: 'classification',
  labels: ['hole', 'none', 'tear'],
  production: 2,
  versions: 3,
  archived_versions: 0,
  canary: { version: 3, percent: 5 },
  split: [],
  accuracy: { value: 0.93, low: 0.9, high: 0.95 },
  requests_per_second: 4,
  alert: { message: 'The images have changed.' },
};
const NEW = {
  ...SHIRTS,
  ...{ name: 'hats', production: null, canary: null, accuracy: null, alert: null },
  split: [
    { version: 2, percent: 30 },
    { version: 3, percent: 20 },
  ],
};

test('lists every model with its production version, canary, experiment and alert', async () => {
  show(<ModelsPage />, '/', { '/models': { models: [SHIRTS, NEW] } });
  const rows = within(await screen.findByRole('list', { name: 'Models' })).getAllByRole('listitem');
  expect(rows).toHaveLength(2);
  const [shirts, hats] = rows as [HTMLElement, HTMLElement];
  expect(within(shirts).getByRole('link', { name: 'shirts' }).getAttribute('href')).toBe('/models/shirts');
  expect(shirts.textContent).toMatch(/canary version 3 on 5\s?%/);
  expect(shirts.textContent).toContain('The images have changed.');
  expect(hats.textContent).toContain('none of 3');
  expect(hats.textContent).toMatch(/experiment version 2 on 30\s%version 3 on 20\s%/);
  expect(await violations()).toEqual([]);
});

test('says how to begin where there is no model', async () => {
  show(<ModelsPage />, '/', { '/models': { models: [] } });
  expect((await screen.findByRole('heading')).textContent).toBeTruthy();
  expect(await violations()).toEqual([]);
});

test('says what the server refuses', async () => {
  show(<ModelsPage />);
  expect(await screen.findByText(/There is no v1\/models/)).toBeTruthy();
});
