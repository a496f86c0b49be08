// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Shadow } from '../../api/types';
import { model } from '../../samples';
import { show, violations } from '../../testing';
import { ShadowPanel } from './ShadowPanel';

const running: Shadow = {
  version: 1,
  percent: 100,
  started: '2026-11-20T10:00:00Z',
  started_by: 'ana',
  images: { dataset: 'review', max: 200 },
  problem: null,
  results: {
    compared: 400,
    different: 12,
    agreement: { value: 0.97, low: 0.95, high: 0.98 },
    dropped: 5,
    failures: {},
    changes: { 'hole → none': 10, 'none → tear': 2 },
    production_ms: 4,
    candidate_cpu_ms: 3,
  },
};

const difference = {
  at: '2026-11-20T10:00:00Z',
  request_id: 'r1',
  weight: 0.82,
  production: 'hole 0.91',
  candidate: 'none 0.77',
  image: null,
};

test('says what would change before the figures', async () => {
  show(<ShadowPanel model={model({ shadow: 1 })} />, '/', {
    '/models/shirts/shadow': running,
    '/models/shirts/shadow/differences?limit=10': { differences: [difference] },
  });
  expect(
    await screen.findByText(/predicts something else for 12 images\. Most often: hole → none \(10\)/),
  ).toBeTruthy();
  const list = within(await screen.findByRole('list', { name: 'Images with different predictions' }));
  expect(list.getByText('0.82')).toBeTruthy();
  expect(list.getByText('hole 0.91')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Label differing images' }).getAttribute('href')).toBe(
    '/datasets/review/label',
  );
  expect(await violations()).toEqual([]);
});

test('sends differences to labelling with one click, and says which images are not kept', async () => {
  const sent: unknown[] = [];
  show(<ShadowPanel model={model({ shadow: 1 })} />, '/', {
    '/models/shirts/shadow': running,
    '/models/shirts/shadow/differences?limit=10': { differences: [difference] },
  });
  const get = globalThis.fetch;
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    if (init.method !== 'POST') return get(path, init);
    sent.push(path);
    return Promise.resolve(Response.json({ images: { review: 7 }, without_image: ['r1', 'r2'] }));
  });
  await userEvent.setup().click(await screen.findByRole('button', { name: 'Send differences to labelling' }));
  expect((await screen.findByRole('status')).textContent).toBe(
    '7 images first in the labelling queue of review. The images of 2 differences are not kept.',
  );
  expect(sent).toEqual(['v1/models/shirts/shadow/label']);
});

test('starts a shadow that keeps nothing unless a data set is named', async () => {
  const sent: unknown[] = [];
  show(<ShadowPanel model={model({ candidate: 1 })} />, '/', {});
  const get = globalThis.fetch;
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    if (init.method !== 'PUT') return get(path, init);
    sent.push(JSON.parse(init.body as string));
    return Promise.resolve(Response.json({ ...running, images: null }));
  });
  await userEvent.setup().click(await screen.findByRole('button', { name: 'Start shadow' }));
  await waitFor(() => expect(sent).toEqual([{ version: 1, percent: 100 }]));
});

test('links to no labelling where no images are kept', async () => {
  const fresh = { ...running, images: null, results: { ...running.results, compared: 0, different: 0 } };
  show(<ShadowPanel model={model({ shadow: 1 })} />, '/', {
    '/models/shirts/shadow': fresh,
    '/models/shirts/shadow/differences?limit=10': { differences: [] },
  });
  expect(await screen.findByText('Version 1 has not been compared with production yet.')).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'Label differing images' })).toBeNull();
});
