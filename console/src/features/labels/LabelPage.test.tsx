// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Dataset } from '../../api/datasets';
import type { Lease } from '../../api/labelling';
import { dataset, item } from '../../samples';
import { show, violations } from '../../testing';
import { LabelPage } from './LabelPage';
import type { LabelBody } from './queue/outbox';
import { annotator } from './queue/annotator';

const lease = (number: number, more: Partial<Lease> = {}): Lease => ({
  lease: `l${number}`,
  expires: new Date(Date.now() + 600_000).toISOString(),
  item: item(`h${number}`),
  prefill: null,
  prefill_hidden: false,
  reason: 'random',
  detail: null,
  ...more,
});

/** The page with images 0, 1, 2, … and the labels that the server got, by image. */
async function open(leases: Lease[], more: Partial<Dataset> = {}, caller: string | null = null) {
  const labels: [hash: string, body: LabelBody][] = [];
  const post = (hash: string) => (init: RequestInit) => {
    labels.push([hash, JSON.parse(init.body as string) as LabelBody]);
    return {};
  };
  let left = leases;
  show(
    <Routes>
      <Route path="/datasets/:name/label" element={<LabelPage />} />
    </Routes>,
    '/datasets/cloth/label',
    {
      '/status': { caller },
      '/datasets/cloth': dataset(more),
      '/datasets/cloth/labelling/leases': () => {
        const given = left;
        left = [];
        return { leases: given };
      },
      ...Object.fromEntries(
        leases.flatMap(({ item: { image } }) => [
          [`/datasets/cloth/items/${image.hash}/image`, {}],
          [`/datasets/cloth/items/${image.hash}/annotations`, post(image.hash)],
        ]),
      ),
    },
  );
  await shown(1);
  return labels;
}

/** Waits for an image and lets it be painted, which jsdom does not do. */
async function shown(number: number) {
  const image = await screen.findByRole('img', { name: new RegExp(`^Image ${number},`) });
  fireEvent.load(image);
  await waitFor(() => expect(screen.getByTestId('bench').getAttribute('aria-busy')).toBe('false'));
}

beforeEach(() => {
  localStorage.clear();
  annotator.choose('ada');
  HTMLImageElement.prototype.decode = () => Promise.resolve();
  vi.spyOn(HTMLImageElement.prototype, 'naturalWidth', 'get').mockReturnValue(8);
  vi.spyOn(HTMLImageElement.prototype, 'naturalHeight', 'get').mockReturnValue(8);
});

const press = (key: string, more = {}) => fireEvent.keyDown(document.body, { key, ...more });

test('an API key with a name labels under it, whatever was entered before', async () => {
  const labels = await open([lease(0)], {}, 'bob');
  expect(screen.getByText('bob')).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Change name' })).toBeNull();
  press('1');
  await waitFor(() => expect(labels.map(([, body]) => body.annotator)).toEqual(['bob']));
});

test('one key labels an image and shows the next, by number and by letter', async () => {
  const labels = await open([lease(0), lease(1), lease(2)]);
  press('1');
  await shown(2);
  press('n');
  await shown(3);
  await waitFor(() => expect(labels).toHaveLength(2));
  expect(labels.map(([hash, body]) => [hash, body.value, body.lease, body.annotator])).toEqual([
    ['h0', { classes: ['hole'] }, 'l0', 'ada'],
    ['h1', { classes: ['none'] }, 'l1', 'ada'],
  ]);
  expect(screen.getByTestId('said').textContent).toContain('Labelled none.');
  expect(await violations()).toEqual([]);
});

test('undo goes back over labelled images, and another label is a new row', async () => {
  const labels = await open([lease(0), lease(1), lease(2)]);
  press('1');
  await shown(2);
  press('1');
  await shown(3);
  press('Backspace');
  await shown(2);
  press('z', { ctrlKey: true });
  await shown(1);
  expect(screen.getByRole('button', { name: /hole/ }).getAttribute('aria-pressed')).toBe('true');
  press('2');
  await shown(2);
  press('y', { ctrlKey: true });
  await shown(3);
  await waitFor(() => expect(labels).toHaveLength(3));
  expect(labels[2]?.[0]).toBe('h0');
  expect(labels[2]?.[1]).toMatchObject({ value: { classes: ['none'] } });
  expect(labels[2]?.[1].lease).toBeUndefined();
  expect(new Set(labels.map(([, body]) => body.id)).size).toBe(3);
});

test('a suggestion is accepted with Enter and sent with the label; a hidden one is neither', async () => {
  const prefill = { value: { classes: ['none'] }, model: 'shirts:2' };
  const labels = await open([lease(0, { prefill }), lease(1, { prefill, prefill_hidden: true }), lease(2)]);
  expect(screen.getByRole('img').getAttribute('alt')).toContain('shirts:2 suggests none');
  press('Enter');
  await shown(2);
  expect(screen.queryByText('suggested')).toBeNull();
  press('1');
  await shown(3);
  await waitFor(() => expect(labels).toHaveLength(2));
  expect(labels[0]?.[1]).toMatchObject({ value: { classes: ['none'] }, prefill });
  expect(labels[1]?.[1].prefill).toBeUndefined();
});

test('several classes are chosen with keys and confirmed with Enter', async () => {
  const labels = await open([lease(0), lease(1)], { task: 'multi-label' });
  press('2');
  press('1');
  press('Enter');
  await shown(2);
  await waitFor(() => expect(labels).toHaveLength(1));
  expect(labels[0]?.[1].value).toEqual({ classes: ['hole', 'none'] });
});

test('keys label only while that is switched on', async () => {
  const labels = await open([lease(0), lease(1)]);
  await userEvent.click(screen.getByRole('checkbox', { name: 'Keys label' }));
  press('1');
  await userEvent.click(within(screen.getByRole('list', { name: 'Classes' })).getByRole('button', { name: /none/ }));
  await shown(2);
  await waitFor(() => expect(labels).toHaveLength(1));
  expect(labels[0]?.[1].value).toEqual({ classes: ['none'] });
});

test('boxes move by arrow keys and are sent with their image', async () => {
  const prefill = { value: { objects: [{ class: 'hole', box: [1, 1, 3, 3] }] }, model: 'shirts:2' };
  const labels = await open([lease(0, { prefill }), lease(1)], { task: 'detection' });
  press('n');
  press('ArrowRight');
  press('ArrowDown', { altKey: true });
  press('Enter');
  await shown(2);
  await waitFor(() => expect(labels).toHaveLength(1));
  expect(labels[0]?.[1].value).toEqual({ objects: [{ class: 'hole', box: [2, 1, 3, 4] }] });
  expect(await violations()).toEqual([]);
});

test('shows the question, and with ? what each class means', async () => {
  await open([lease(0)]);
  expect(screen.getByRole('region', { name: 'Question' }).textContent).toContain('Which fault does the fabric show?');
  press('?');
  const definitions = await screen.findByRole('list', { name: 'Definitions' });
  expect(definitions.textContent).toContain('The fabric is open.');
  expect(await violations()).toEqual([]);
  press('?');
  expect(screen.queryByRole('list', { name: 'Definitions' })).toBeNull();
});

test('says why the image is shown, with the figures of the queue', async () => {
  await open([lease(0, { reason: 'uncertain', detail: 'unsure 0.81, seen 14 times' })]);
  expect(screen.getByTestId('reason').textContent).toBe(
    'Why this image: worth more than others for the model: unsure 0.81, seen 14 times.',
  );
});
