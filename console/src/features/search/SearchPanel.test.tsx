// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { show } from '../../testing';
import { costLimit, judged, tradeOffs } from './candidates';
import { sample } from './sample';
import { SearchPanel } from './SearchPanel';

it('says the verdict first and shows the candidates that were judged on all images', () => {
  show(<SearchPanel search={sample} />, '/', {});

  expect(screen.getByText(/is the smallest that does/)).toBeTruthy();
  const rows = within(screen.getByRole('table', { name: 'Candidates' })).getAllByRole('row');
  expect(rows).toHaveLength(1 + 7);
  expect(rows[1]?.textContent).toContain('mobilenet-v2 cut at 6.06 %, 128 px, INT8');
  expect(rows[1]?.textContent).toContain('0.994');
  expect(screen.getByRole('img', { name: /Accuracy against size: 7 candidates, chosen mobilenet-v2/ })).toBeTruthy();
});

it('leaves out of a chart what was not measured', () => {
  const untimed = {
    ...sample,
    candidates: sample.candidates.map((row, i) => (i === 1 ? { ...row, cost: { ...row.cost, latency: null } } : row)),
  };

  expect(judged(untimed)).toHaveLength(7);
  expect(tradeOffs(untimed, (row) => row.cost.latency?.p50_ms ?? null)).toHaveLength(6);
  expect(tradeOffs(untimed, (row) => row.cost.bytes).filter((point) => point.chosen)).toHaveLength(1);
});

it('draws the limit of a cost where the bar has one', () => {
  expect(costLimit(sample, 'size')).toEqual({ value: 1e7, label: 'size <= 10MB' });
  expect(costLimit(sample, 'p50')).toBeUndefined();
});
