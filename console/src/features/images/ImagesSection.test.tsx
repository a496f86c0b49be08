// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { KeepState } from '../../api/types';
import { model } from '../../samples';
import type { Responses } from '../../testing';
import { show, violations } from '../../testing';
import { ImagesSection } from './ImagesSection';

const KEEP = '/models/shirts/traffic/keep';

const nothing: KeepState = { policy: null, images: 0, bytes: 0, waiting: 0, open: [], problem: null };

const keeping: KeepState = {
  policy: { random: 20, uncertain: 10, novel: 0, max_bytes: 1e9, days: 30, dataset: 'cloth' },
  images: 40,
  bytes: 250e6,
  waiting: 3,
  open: [{ day: '2026-11-20', part: 1, seen: 900, staged: 31, lost: 2 }],
  problem: null,
};

const image = {
  request_id: 'r1',
  time: '2026-11-20T10:00:00Z',
  model: 'shirts',
  version: 2,
  labels: [{ label: 'hole', score: 0.93 }],
  kept: { reasons: ['random'], probability: 0.1, dataset: 'cloth', hash: 'a'.repeat(64), expires: '2026-12-20' },
};

const at = (keep: KeepState, more: Responses = {}) =>
  show(<ImagesSection model={model()} />, '/', {
    [KEEP]: keep,
    [`${KEEP}/images?limit=24`]: { images: [image] },
    ...more,
  });

test('says what is kept, how much space it takes, and what is not chosen yet', async () => {
  at(keeping);
  expect(await screen.findByRole('heading', { name: '20 random and 10 uncertain a day are kept' })).toBeTruthy();
  const verdict = screen.getByTestId('verdict').textContent;
  expect(verdict).toMatch(/250\sMB of 1\.0\sGB25\.0\s%/);
  expect(verdict).toContain('Kept so far40 images');
  expect(
    within(screen.getByRole('region', { name: 'Not chosen yet' }))
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual(['900', '31', '2']);
  const tile = within(await screen.findByRole('list', { name: 'Newest kept images' })).getByRole('link');
  expect(tile.getAttribute('href')).toBe(`/datasets/cloth/items/${image.kept.hash}`);
  expect(screen.getByRole('link', { name: 'Label images' }).getAttribute('href')).toBe('/datasets/cloth/label');
  expect(await violations()).toEqual([]);
});

test('starts keeping images', async () => {
  const sent: unknown[] = [];
  at(nothing, {
    [KEEP]: ({ method, body }: RequestInit) => {
      if (method === 'PUT') sent.push(JSON.parse(body as string));
      return sent.length > 0 ? keeping : nothing;
    },
  });
  const user = userEvent.setup();
  expect(await screen.findByRole('heading', { name: 'No images are kept' })).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'Label images' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Keep images' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Keep images' }));
  const random = dialog.getByLabelText('Random a day');
  await user.clear(random);
  await user.type(random, '7');
  expect(await violations()).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'Keep images' }));
  expect(await screen.findByRole('heading', { name: /are kept$/ })).toBeTruthy();
  expect(sent).toEqual([{ random: 7, uncertain: 10, novel: 5, days: 30, max_bytes: 10e9 }]);
});

test('chooses the images of today, and stops', async () => {
  let now: KeepState = keeping;
  at(keeping, {
    [KEEP]: ({ method }: RequestInit) => (method === 'DELETE' ? (now = nothing) : now),
    [`${KEEP}/close`]: { kept: 12, refused: 0 },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: /^Choose today/ }));
  expect(await screen.findByText('12 images of today came into the data set.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Stop keeping' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Stop keeping images' }));
  await user.click(dialog.getByRole('button', { name: 'Stop keeping' }));
  expect(await screen.findByRole('heading', { name: 'No images are kept' })).toBeTruthy();
});

test('says what keeps images from being kept', async () => {
  at({ ...keeping, problem: 'The disk is full.' });
  expect((await screen.findByRole('alert')).textContent).toBe('The disk is full.');
});
