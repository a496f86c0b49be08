// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router';
import { expect, test } from 'vitest';
import { dataset, item } from '../../samples';
import { show, violations } from '../../testing';
import { DatasetPage } from './DatasetPage';
import { ItemPage } from './ItemPage';

const row = {
  id: 1,
  annotator: 'ada',
  value: { classes: ['hole'] },
  created_at: '2026-11-20T10:00:00Z',
  millis: 900,
  prefill: { value: { classes: ['none'] }, model: 'shirts:2' },
  in_force: true,
};
const version = (number: number, id: string) => ({
  ...{ number, id, message: 'first', author: 'ada', created_at: '2026-11-20T10:00:00Z', items: 60, labelled: 20 },
});
const RESPONSES = {
  '/datasets/cloth': dataset(),
  '/datasets/cloth/facets': { tags: [{ name: 'camera', values: [{ value: '3', count: 40 }] }] },
  '/datasets/cloth/items?size=60': { items: [item('aa', { annotation: row }), item('bb')], next: 2 },
  '/datasets/cloth/items?after=2&size=60': { items: [item('cc')], next: null },
  '/datasets/cloth/items?tag=camera%3D3&size=60': { items: [item('dd')], next: null },
  '/datasets/cloth/items/aa': {
    ...{ item: item('aa', { annotation: row }), annotations: [row], models: ['shirts:3'] },
    soft_label: {
      ...{ people: 3, uncertainty: 0.918 },
      classes: [
        { class: 'hole', probability: 2 / 3, votes: 2, low: 0.208, high: 0.939 },
        { class: 'none', probability: 1 / 3, votes: 1, low: 0.061, high: 0.792 },
      ],
    },
  },
  '/datasets/cloth/versions': { versions: [version(2, 'f00d'), version(1, 'beef')], changed: false },
  '/datasets/cloth/versions/beef/diff/f00d': {
    counts: { added: 12, relabelled: 3 },
    classes: { hole: { relabelled: 3 } },
    changes: [],
  },
};

const at = (address: string) =>
  show(
    <Routes>
      <Route path="/datasets/:name/items/:hash" element={<ItemPage />} />
      <Route path="/datasets/:name/:section?" element={<DatasetPage />} />
    </Routes>,
    address,
    RESPONSES,
  );

test('shows images page by page, and those of a tag', async () => {
  at('/datasets/cloth');
  const images = () => within(screen.getByRole('list', { name: 'Images' })).getAllByRole('link');
  await screen.findByRole('list', { name: 'Images' });
  expect(images().map((link) => link.textContent)).toEqual(['hole', 'not labelled']);
  await userEvent.click(screen.getByRole('button', { name: 'More images' }));
  await screen.findByText('3 images shown, all of them');
  await userEvent.selectOptions(await screen.findByLabelText('camera'), '3');
  await screen.findByText('1 image shown, all of them');
  expect(await violations()).toEqual([]);
});

test('shows what was said about an image and who learned from it', async () => {
  at('/datasets/cloth/items/aa');
  expect((await screen.findByRole('row', { name: /ada/ })).textContent).toContain('shirts:2');
  expect(screen.getByRole('link', { name: 'shirts:3' })).toBeTruthy();
  expect(screen.getByText(/3 people; uncertainty 0.92/)).toBeTruthy();
  expect(screen.getByText(/2 of 3 \(20.8–93.9/)).toBeTruthy();
  expect(await violations()).toEqual([]);
});

test('compares two versions', async () => {
  at('/datasets/cloth/versions');
  const table = await screen.findByRole('region', { name: 'Difference per class' });
  expect(within(table).getByRole('row', { name: /hole/ }).textContent).toContain('3');
  expect(await violations()).toEqual([]);
});
