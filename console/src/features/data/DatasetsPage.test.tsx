// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router';
import { expect, test } from 'vitest';
import { dataset } from '../../samples';
import { show, violations } from '../../testing';
import { DatasetsPage } from './DatasetsPage';

test('lists the data sets with what is labelled', async () => {
  show(<DatasetsPage />, '/datasets', { '/datasets': { datasets: [dataset(), dataset({ name: 'bolts', items: 0 })] } });
  const rows = within(await screen.findByRole('list', { name: 'Data sets' })).getAllByRole('listitem');
  expect(rows).toHaveLength(2);
  expect(rows[0]?.textContent).toMatch(/20 of 60 images, 33\s%/);
  expect(await violations()).toEqual([]);
});

test('creates a data set with its classes and opens it', async () => {
  const sent: unknown[] = [];
  show(
    <Routes>
      <Route path="/datasets" element={<DatasetsPage />} />
      <Route path="/datasets/:name" element={<h1>opened</h1>} />
    </Routes>,
    '/datasets',
    {
      '/datasets': (init: RequestInit) => {
        if (init.method !== 'POST') return { datasets: [] };
        sent.push(JSON.parse(init.body as string));
        return dataset();
      },
    },
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Create a data set' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.type(dialog.getByLabelText('Name'), 'cloth');
  await userEvent.type(dialog.getByLabelText('Classes'), 'hole: open{Enter}none');
  await userEvent.click(dialog.getByRole('button', { name: 'Create' }));
  expect(await screen.findByText('opened')).toBeTruthy();
  expect(sent).toEqual([
    {
      name: 'cloth',
      task: 'classification',
      classes: [
        { name: 'hole', definition: 'open', examples: [], counter_examples: [] },
        { name: 'none', definition: '', examples: [], counter_examples: [] },
      ],
    },
  ]);
});
