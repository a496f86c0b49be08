// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Advice, AdviceRequest } from '../../api/types';
import { show, violations } from '../../testing';
import { costLines } from './advice';
import { AdvicePage } from './AdvicePage';

const way = (name: string, title: string, more: Partial<Advice['ways'][number]> = {}): Advice['ways'][number] => ({
  way: name as Advice['ways'][number]['way'],
  title,
  sourcing: 'build',
  score: { total: 0.7, by_criterion: { accuracy: 0.8, time: 0.5, cost: 1, control: 1, effort: 0.4 } },
  days: 12.5,
  ruled_out: [],
  evidence: null,
  risks: [],
  ...more,
});

const advice: Advice = {
  recommendation: 'A pretrained network, fine-tuned (0.70 of 1), before the blend (0.60).',
  move: null,
  ways: [
    way('fine-tune', 'a pretrained network, fine-tuned', { risks: ['Somebody has to watch it.'] }),
    way('api', "a service's API", { ruled_out: ['Images must stay.'] }),
  ],
  costs: {
    months: 12,
    volume: 1000,
    by_way: [
      {
        way: 'fine-tune',
        title: 'a pretrained network, fine-tuned',
        setup: 6000,
        per_month: 680,
        per_thousand: 0,
        total: 14160,
        total_tenfold: 14160,
      },
    ],
    break_evens: ['A pretrained network is cheaper than the service from 900,000 images a month.'],
  },
  weights: { accuracy: 3, time: 1, cost: 1, control: 1, effort: 1 },
};

const fields = [
  { key: 'images', question: 'How many images do you have', usual: '0', group: 'situation' },
  { key: 'privacy', question: 'Where may images go', usual: 'contract', group: 'situation' },
  { key: 'weight-accuracy', question: 'Weight of accuracy', usual: '2', group: 'weight' },
  { key: 'api-price', question: 'Price of a service', usual: '1.5', group: 'price' },
];

function page() {
  const sent: AdviceRequest[] = [];
  show(<AdvicePage />, '/advice', {
    '/advice': ({ method, body }: RequestInit) => {
      if (method !== 'POST') return { fields };
      sent.push(JSON.parse(body as string) as AdviceRequest);
      return advice;
    },
  });
  return { sent };
}

it('sends what was typed and says the recommendation first', async () => {
  const user = userEvent.setup();
  const { sent } = page();

  await user.type(await screen.findByLabelText('Images at hand'), '500');
  await user.selectOptions(screen.getByLabelText('Images may go'), 'internal');
  await user.click(screen.getByRole('button', { name: 'Compare the ways' }));

  expect(await screen.findByRole('heading', { name: /^A pretrained network, fine-tuned \(0.70/ })).toBeTruthy();
  expect(sent).toEqual([{ values: { images: '500', privacy: 'internal' }, measured: [] }]);
  const rows = within(screen.getByRole('table', { name: 'Ways' })).getAllByRole('row');
  expect(rows).toHaveLength(2);
  expect(rows[0]?.textContent).toContain('Accuracy × 3');
  expect(screen.getByText('Images must stay.')).toBeTruthy();
  expect(screen.getByText('Somebody has to watch it.')).toBeTruthy();
  expect(await violations()).toEqual([]);
});

it('sends measurements that are complete', async () => {
  const user = userEvent.setup();
  const { sent } = page();

  await user.click(await screen.findByText('Measured on your own images'));
  const service = screen.getByRole('group', { name: 'A service' });
  await user.type(within(service).getByLabelText('Right'), '81');
  await user.type(within(service).getByLabelText('Of images'), '100');
  await user.click(screen.getByRole('button', { name: 'Compare the ways' }));

  await screen.findByRole('table', { name: 'Ways' });
  expect(sent[0]?.measured).toEqual([{ way: 'api', name: '', right: 81, images: 100 }]);
});

it('adds the costs of months to those at the start', () => {
  const [line] = costLines(
    [{ way: 'api', title: 'a service', setup: 100, per_month: 10, per_thousand: 2, total: 0, total_tenfold: 0 }],
    2,
    5000,
  );

  expect(line?.points).toEqual([
    { at: 0, value: 100 },
    { at: 1, value: 120 },
    { at: 2, value: 140 },
  ]);
});
