// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { show, violations } from '../testing';
import { ConfusionMatrix, MostFrequentConfusions } from './ConfusionMatrix';

const LABELS = ['hole', 'none', 'tear'];
const COUNTS = [
  [9, 1, 0],
  [2, 18, 0],
  [0, 3, 7],
];

test('leads the keys to each cell that has images, and says its classes and count', async () => {
  const opened: string[] = [];
  show(
    <ConfusionMatrix labels={LABELS} counts={COUNTS} onCell={(truth, predicted) => opened.push(truth, predicted)} />,
  );
  expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['9', '1', '2', '18', '3', '7']);
  await userEvent.tab();
  expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Confusion matrix/);
  await userEvent.tab();
  await userEvent.tab();
  expect(document.activeElement?.getAttribute('aria-label')).toBe('1: show the images of hole predicted as none');
  await userEvent.keyboard('{Enter}');
  expect(opened).toEqual(['hole', 'none']);
  expect(await violations()).toEqual([]);
});

test('names rows and columns as a table where no images are kept', async () => {
  show(<ConfusionMatrix labels={LABELS} counts={COUNTS} />);
  const table = within(screen.getByRole('table', { name: /^Rows are true classes/ }));
  expect(table.getAllByRole('columnheader').map((header) => header.textContent)).toEqual(LABELS);
  expect(within(table.getByRole('row', { name: /^tear/ })).getAllByRole('cell')).toHaveLength(3);
  expect(screen.queryByRole('button')).toBeNull();
  expect(await violations()).toEqual([]);
});

test('lists the most frequent confusions in words', async () => {
  show(<MostFrequentConfusions labels={LABELS} counts={COUNTS} />);
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    'tear predicted as none3 of 10',
    'none predicted as hole2 of 20',
    'hole predicted as none1 of 10',
  ]);
  expect(await violations()).toEqual([]);
});
