// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router';
import { beforeEach, expect, test } from 'vitest';
import type { LabelDesign, NewLabelDesign, Pilot } from '../../api/design';
import { dataset, item } from '../../samples';
import { show, violations } from '../../testing';
import { DatasetPage } from '../data/DatasetPage';
import { annotator } from '../labels/queue/annotator';

const design = (more: Partial<LabelDesign> = {}): LabelDesign => ({
  verdict: 'Not ready: 1 thing will cost you labels.',
  ready: false,
  question: '',
  several_apply: null,
  none_applies: null,
  classes: dataset().classes,
  findings: [
    {
      kind: 'no-definition',
      costly: true,
      classes: ['hole'],
      problem: 'The class "hole" has no definition.',
      why: 'Each person makes one up.',
      remedy: 'Say what must be seen.',
      images: [],
    },
  ],
  compared: null,
  ...more,
});

const pilot = (more: Partial<Pilot> = {}): Pilot => ({
  number: 1,
  state: 'running',
  started_by: 'ada',
  drawn_at: '2026-11-20T10:00:00Z',
  progress: {
    images: 40,
    people: 2,
    complete: 3,
    annotators: [
      { name: 'bo', images: 12 },
      { name: 'cy', images: 3 },
    ],
  },
  agreement: null,
  ...more,
});

const figure = (value: number) => ({ value, low: value - 0.1, high: value + 0.1 });

beforeEach(() => annotator.choose('ada'));

/** The page, with the designs and pilots that the server got. */
function open(stored: LabelDesign, running?: Pilot) {
  const sent: { designs: NewLabelDesign[]; pilots: unknown[] } = { designs: [], pilots: [] };
  const responses = {
    '/datasets/cloth': dataset(),
    '/datasets/cloth/design': (init: RequestInit) => {
      if (init.method !== 'PUT') return stored;
      sent.designs.push(JSON.parse(init.body as string) as NewLabelDesign);
      return { ...stored, ...sent.designs.at(-1), verdict: 'Ready: no check found anything.', findings: [] };
    },
    '/datasets/cloth/pilot': (init: RequestInit) => {
      if (init.method === 'POST') sent.pilots.push(JSON.parse(init.body as string));
      return init.method === 'POST' ? pilot({ state: 'drawn' }) : running;
    },
    '/datasets/cloth/items?size=60': { items: [item('aa'), item('bb')], next: null },
  };
  show(
    <Routes>
      <Route path="/datasets/:name/:section?" element={<DatasetPage />} />
    </Routes>,
    '/datasets/cloth/design',
    responses,
  );
  return sent;
}

test('says first whether labelling can start, then what is wrong, why and what to do', async () => {
  open(design());
  expect((await screen.findByTestId('design-verdict')).textContent).toContain('Not ready');
  const finding = within(screen.getByRole('list', { name: 'Findings' })).getByRole('article');
  for (const text of ['Costs labels', 'has no definition', 'Each person makes one up', 'Say what must be seen'])
    expect(finding.textContent).toContain(text);
  expect(await violations()).toEqual([]);
});

test('stores each change at once, with the findings of what is shown', async () => {
  const sent = open(design());
  await userEvent.type(await screen.findByLabelText('What should people answer?'), 'Which fault?{Enter}');
  await screen.findByText('Ready: no check found anything.');
  await userEvent.click(
    within(screen.getByRole('radiogroup', { name: 'Can none of the classes apply?' })).getByText('Yes'),
  );
  await waitFor(() => expect(sent.designs).toHaveLength(2));
  expect(sent.designs[1]).toMatchObject({ question: 'Which fault?', none_applies: true });
  const text = screen.getByLabelText('Definition of hole');
  await userEvent.clear(text);
  await userEvent.type(text, 'A gap of 1 mm');
  await userEvent.tab();
  await waitFor(() => expect(sent.designs).toHaveLength(3));
  expect(sent.designs[2]?.classes[0]).toMatchObject({ name: 'hole', definition: 'A gap of 1 mm' });
});

test('chooses example images from the data set, and removes them', async () => {
  const sent = open(design());
  await userEvent.click(await screen.findByRole('button', { name: 'Choose examples of hole' }));
  const images = await screen.findByRole('list', { name: 'Images to choose from' });
  await userEvent.click(within(images).getByRole('button', { name: /Image bb/ }));
  await waitFor(() => expect(sent.designs).toHaveLength(1));
  expect(sent.designs[0]?.classes[0]?.examples).toEqual(['bb']);
  expect(await violations()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Done' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove example 1 of hole' }));
  await waitFor(() => expect(sent.designs).toHaveLength(2));
  expect(sent.designs[1]?.classes[0]?.examples).toEqual([]);
});

test('starts a pilot and says how far each person is', async () => {
  const sent = open(design());
  await userEvent.click(await screen.findByRole('button', { name: 'Start the pilot' }));
  await screen.findByText('not started');
  expect(sent.pilots).toEqual([{ images: 40, people: 2, annotator: 'ada' }]);
});

test('shows a running pilot without what people said', async () => {
  open(design(), pilot());
  const people = await screen.findByRole('list', { name: 'People of the pilot' });
  expect(people.textContent).toContain('12 of 40');
  expect(screen.queryByTestId('pilot-report')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Start the pilot' })).toBeNull();
  expect(await violations()).toEqual([]);
});

test('shows confused classes side by side with their definitions, and what to change', async () => {
  const agreement = {
    verdict: 'It is not sure yet that people agree.',
    images: 40,
    coefficients: { kappa: figure(0.5), fleiss: figure(0.5), alpha: figure(0.5) },
    consensus: null,
    ceiling: figure(0.8),
    confused: [{ a: 'hole', b: 'none', count: 9, used: 40, examples: ['aa'] }],
    per_class: [],
    advice: [
      {
        kind: 'define' as const,
        classes: ['hole', 'none'],
        evidence: '9 of 40.',
        advice: 'Say where the border is.',
        images: [],
      },
    ],
  };
  open(design(), pilot({ state: 'done', agreement }));
  const report = await screen.findByTestId('pilot-report');
  expect(report.textContent).toContain('Say where the border is. 9 of 40.');
  const pair = within(screen.getByRole('region', { name: 'hole and none' }));
  pair.getByText('The fabric is open.');
  pair.getByText('No fault.');
  pair.getByRole('button', { name: 'Example of hole' });
  expect(await violations()).toEqual([]);
});
