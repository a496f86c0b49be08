import { expect, test } from 'vitest';
import { axisLeft, textWidth, within } from './AxisText';

test('a text ends within the chart', () => {
  expect(within(100, '12:00', 300)).toBe(100);
  expect(within(292, '12:00', 300) + textWidth('12:00') / 2).toBe(300);
});

test('a value axis makes room for its longest text, and no more than it must', () => {
  expect(axisLeft(['0', '5'], 46)).toBe(46);
  expect(axisLeft(['0', '1,234,567.25'], 46)).toBeGreaterThan(textWidth('1,234,567.25'));
});
