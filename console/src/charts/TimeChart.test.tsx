// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { violations, show } from '../testing';
import { TimeChart } from './TimeChart';

const END = Date.parse('2026-11-20T10:00:00Z');
const POINTS = [12, 15, 9].map((value, i) => ({ at: END - (2 - i) * 5000, value }));

function Chart({ points = POINTS }: { points?: typeof POINTS }) {
  const [at, move] = useState<number | null>(null);
  return (
    <TimeChart
      title="Latency"
      lines={[{ key: 'p95', label: 'p95', color: 'red', points }]}
      span={[END - 600_000, END]}
      format={(value) => `${value} ms`}
      cursor={{ at, move }}
    />
  );
}

test('says the newest value, and the one that the keys lead to', async () => {
  show(<Chart />);
  const chart = screen.getByRole('slider', { name: 'Latency' });
  expect(chart.getAttribute('aria-valuetext')).toBe('now: p95 9 ms');
  await userEvent.tab();
  expect(document.activeElement).toBe(chart);
  await userEvent.keyboard('{ArrowLeft}');
  expect(chart.getAttribute('aria-valuetext')).toMatch(/^\d\d:\d\d:\d\d: p95 15 ms$/);
  expect(chart.getAttribute('aria-valuenow')).toBe(String(END - 5000));
  await userEvent.keyboard('{Home}');
  expect(chart.getAttribute('aria-valuetext')).toContain('p95 –');
  await userEvent.keyboard('{End}');
  expect(chart.getAttribute('aria-valuetext')).toContain('p95 9 ms');
  expect(await violations()).toEqual([]);
});

test('draws two points as points: a line between them would look like a course', () => {
  const { container } = show(<Chart points={POINTS.slice(1)} />);
  expect(container.querySelectorAll('circle')).toHaveLength(2);
  expect(container.querySelectorAll('path')).toHaveLength(0);
});

test('draws three points as a line', () => {
  const { container } = show(<Chart />);
  expect(container.querySelectorAll('circle')).toHaveLength(0);
  expect(container.querySelectorAll('path')).toHaveLength(1);
});
