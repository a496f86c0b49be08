// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { dataset } from '../../samples';
import { show, violations } from '../../testing';
import { annotator } from '../labels/queue/annotator';
import { AgreementSection } from './AgreementSection';
import { DisagreementsSection } from './DisagreementsSection';
import { ProgressSection } from './ProgressSection';
import { WrongLabelsSection } from './WrongLabelsSection';

const figure = { value: 0.74, low: 0.66, high: 0.81 };

beforeEach(() => annotator.choose('grace'));

test('shows labels side by side and decides for one of them', async () => {
  const sent: unknown[] = [];
  const say = (name: string, label: string) => ({ annotator: name, value: { classes: [label] }, millis: 900 });
  show(<DisagreementsSection dataset={dataset()} />, '/', {
    '/datasets/cloth/labelling/disagreements': {
      items: [{ hash: 'aa', width: 8, height: 8, values: [say('ada', 'hole'), say('bob', 'none')], consensus: null }],
      next: null,
    },
    '/datasets/cloth/labelling/disagreements/aa': (init: RequestInit) => {
      sent.push(JSON.parse(init.body as string));
      return {};
    },
  });
  const one = within(await screen.findByTestId('case-aa'));
  expect(one.getByText('The fabric is open.')).toBeTruthy();
  await userEvent.click(one.getByRole('button', { name: 'none of bob' }));
  expect(await one.findByText('Decided: none.')).toBeTruthy();
  expect(sent).toEqual([{ annotator: 'grace', value: { classes: ['none'] } }]);
  expect(await violations()).toEqual([]);
});

test('finds one suspect box right without touching the label of the image', async () => {
  const sent: unknown[] = [];
  const box = { hash: 'aa', kind: 'spurious', given: 'hole', likely: null, score: 0.7, likely_box: null };
  const confirmed = (init: RequestInit) => {
    sent.push(JSON.parse(init.body as string));
    return { changed: 1 };
  };
  show(<WrongLabelsSection dataset={dataset()} />, '/', {
    '/datasets/cloth/wrong-labels/aa/confirmed': confirmed,
    '/datasets/cloth/wrong-labels': {
      ...{ job: '1', verdict: ['Two boxes look wrong.'], per_class: [], confirmed: [], next: null },
      items: [
        { ...box, given_box: [1, 2, 3, 4] },
        { ...box, given_box: [5, 6, 3, 4] },
      ],
    },
    '/datasets/cloth/items/aa': {
      item: { ...{ id: 1, tags: {}, annotation: null }, image: { hash: 'aa', width: 9, height: 9 } },
      annotations: [],
    },
  });
  const rows = await screen.findAllByRole('button', { name: 'The box is right' });
  expect(rows).toHaveLength(2);
  for (const row of rows.slice(1)) await userEvent.click(row);
  expect(await screen.findByText('Decided: the box is right.')).toBeTruthy();
  expect(screen.getAllByText(/^Decided/)).toHaveLength(1);
  expect(sent).toEqual([
    {
      ...{ id: expect.any(String) as string, annotator: 'grace', kind: 'spurious', given: 'hole', likely: null },
      ...{ given_box: [5, 6, 3, 4], likely_box: null },
    },
  ]);
});

test('the verdict comes before the coefficients', async () => {
  show(<AgreementSection dataset={dataset()} />, '/', {
    '/datasets/cloth/labelling/agreement': {
      ...{ verdict: 'Good enough to train.', images: 84, ceiling: figure },
      coefficients: { kappa: figure, fleiss: null, alpha: figure },
      ...{ confused: [{ a: 'hole', b: 'none', count: 3, examples: ['aa'] }], advice: ['Define hole.'] },
      ...{
        per_class: [{ class: 'hole', images: 9, alpha: figure }],
        consensus: { method: 'majority', reason: 'Majority, as set.' },
      },
    },
  });
  const verdict = await screen.findByTestId('verdict');
  const coefficient = screen.getByText('Krippendorff’s alpha');
  expect(verdict.compareDocumentPosition(coefficient) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  expect(screen.getByText('too few labels')).toBeTruthy();
  expect(await violations()).toEqual([]);
});

test('shows who is below the minimum skill, and what suggestions do', async () => {
  show(<ProgressSection dataset={dataset()} />, '/', {
    '/datasets/cloth/labelling/progress': {
      annotators: [
        {
          ...{ name: 'ada', labels: 9, median_millis: 900, skill: figure, on_honeypots: true, below: true, bias: {} },
          per_class: [
            { class: 'hole', labels: 6, median_millis: 700 },
            { class: 'none', labels: 3, median_millis: 1300 },
          ],
        },
      ],
      per_class: [{ class: 'hole', labels: 9, median_millis: null }],
      backlog: 40,
      capacity: {
        verdict: 'At this rate the backlog of 80 labels is done on Friday.',
        ...{
          made: { per_day: 12, per_hour: 300, interval: { value: 12, low: 8, high: 16 } },
          needed_per_day: 5,
          needed_by: 'arriving',
        },
        ...{ backlog_labels: 80, people: 1, forecast: { done: '2026-12-04T10:00:00Z', earliest: '', latest: null } },
      },
      prefills: {
        verdict: 'People follow the model.',
        acceptance: [{ class: 'hole', accepted: 3, changed: 1, share: { value: 0.75, low: 0.3, high: 0.95 } }],
        anchoring: { shown: figure, hidden: figure, difference: figure, saved_millis: 340 },
      },
    },
    '/datasets/cloth/labelling/need': { labels_per_day: null, intake_share: 1 },
    '/datasets/cloth/labelling': {
      ...{ per_image: 2, order: 'random', honeypot_share: 0.05, hide_prefill_share: 0.1 },
      ...{ prefill_model: null, min_skill: null },
    },
  });
  expect((await screen.findByRole('row', { name: /ada/ })).textContent).toContain('below the minimum');
  const ada = screen.getByRole('row', { name: /ada/ }).textContent;
  expect(ada).toContain('hole 0.70 s (6)');
  const classes = within(screen.getByRole('region', { name: 'Table of classes' }));
  expect(classes.getByRole('row', { name: /hole/ }).textContent).toMatch(/75.*of 4/);
  expect(screen.getByTestId('capacity').textContent).toContain('done on Friday');
  expect(screen.getByText('Per hour of work')).toBeTruthy();
  expect(screen.getByTestId('prefill-verdict').textContent).toBe('People follow the model.');
  expect(screen.getByText(/^Fri,? 4 Dec$/)).toBeTruthy();
  expect(await screen.findByLabelText('Labels per day')).toBeTruthy();
  expect(await screen.findByLabelText('Annotators per image')).toBeTruthy();
  expect(await violations()).toEqual([]);
});
