// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Prediction } from '../../api/types';
import { model, prediction } from '../../samples';
import type { Responses } from '../../testing';
import { show, violations } from '../../testing';
import { PredictPage } from './PredictPage';

const IMAGE = new File(['pixels'], 'plain.png', { type: 'image/png' });
const LIST = { ...model(), versions: 2 };

function page(response: Partial<Prediction>, more: Responses = {}) {
  show(<PredictPage />, '/predict?model=shirts', {
    '/models': { models: [{ ...LIST, name: 'hats', labels: [] }, LIST] },
    '/models/shirts': model(),
    '/models/shirts/predict?top=5': prediction(response),
    ...more,
  });
}

const choose = async () => userEvent.upload(await screen.findByLabelText('Image'), IMAGE);

const object = (label: string, confidence: number) => ({
  label,
  confidence,
  box: { x1: 2, y1: 2, x2: 30, y2: 30 },
  mask: null,
  polygons: [],
});

test('predicts the image that is chosen, and says it politely', async () => {
  page({});
  expect((await screen.findByLabelText<HTMLSelectElement>('Model')).value).toBe('shirts');
  await choose();
  expect((await screen.findByTestId('label')).textContent).toBe('hole');
  const response = screen.getByTestId('response');
  expect(response.getAttribute('aria-live')).toBe('polite');
  expect(response.textContent).toContain('Version 2 of shirts');
  expect(within(response).getByRole('list', { name: 'Most likely classes' }).textContent).toMatch(/none\s*7\.0\s*%/);
  expect(screen.getByTestId('timings').textContent).toMatch(/Infer\s*2\.00\s*ms/);
  expect(screen.getByTestId('raw').textContent).toContain('"request_id": "r1"');
  expect(await violations()).toEqual([]);
});

test('asks the chosen version of the chosen image once more', async () => {
  page({}, { '/models/shirts/predict?top=5&version=1': prediction({ version: 1, label: 'tear', request_id: 'r2' }) });
  await choose();
  await screen.findByTestId('label');
  await userEvent.selectOptions(screen.getByLabelText('Version'), '1');
  await waitFor(() => expect(screen.getByTestId('label').textContent).toBe('tear'));
  expect(screen.getByTestId('response').textContent).toContain('Version 1 of shirts');
});

test('says that a response is from the cache', async () => {
  page({ cached: true, timings_ms: { decode: 0, preprocess: 0, queue: 0, infer: 0, postprocess: 0 } });
  await choose();
  expect((await screen.findByTestId('origin')).textContent).toContain('Served from cache');
  expect(screen.queryByTestId('timings')).toBeNull();
});

test('lists objects as buttons that keep one highlighted, and filters them by confidence', async () => {
  page({ task: 'detection', label: null, top: [], objects: [object('hole', 0.91), object('tear', 0.4)] });
  await choose();
  expect((await screen.findByTestId('found')).textContent).toBe('2 objects');
  const tear = screen.getByRole('button', { name: /^tear/ });
  expect(tear.textContent).toMatch(/40\.0\s*% confidence, 2 to 30 px across, 2 to 30 px down$/);
  await userEvent.click(tear);
  expect(tear.getAttribute('aria-pressed')).toBe('true');
  fireEvent.keyDown(screen.getByRole('slider'), { key: 'End' });
  expect(screen.getByTestId('found').textContent).toBe('0 of 2 objects');
  expect(await violations()).toEqual([]);
});

test('says where an image is most anomalous', async () => {
  page({ label: 'anomalous', heat_map: { height: 2, width: 2, values: [0.1, 0.2, 0.3, 0.9] } });
  await choose();
  expect((await screen.findByTestId('heat')).textContent).toMatch(/at 75\s*% of the width and 75\s*% of the height/);
  expect(await violations()).toEqual([]);
});

test('shows a label of each task', async () => {
  const task = (label: string, confidence: number) => ({
    label,
    confidence,
    top: [
      { label, confidence },
      { label: 'other', confidence: 1 - confidence },
    ],
  });
  page({ task: 'multi-task', label: null, top: [], tasks: { colour: task('red', 0.9), cut: task('slim', 0.75) } });
  await choose();
  expect((await screen.findAllByTestId('task')).map((each) => each.textContent)).toEqual([
    expect.stringMatching(/^colour: red 90\.0\s*%$/),
    expect.stringMatching(/^cut: slim 75\.0\s*%$/),
  ]);
  expect(await violations()).toEqual([]);
});

test('shows what the server says of a file that is no image', async () => {
  page({}, { '/models/shirts/predict?top=5': undefined });
  await choose();
  expect((await screen.findByRole('alert')).textContent).toContain('NOT_FOUND');
});
