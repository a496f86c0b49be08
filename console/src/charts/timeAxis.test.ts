import { expect, test } from 'vitest';
import { DAY, momentText, timeMarks } from './timeAxis';

const START = Date.parse('2026-11-01T00:00:00Z');

test('marks a month by weeks, and never more often than asked for', () => {
  const marks = timeMarks([START, START + 30 * DAY], 5);
  expect(marks.length).toBeLessThanOrEqual(6);
  expect(marks.every((mark, i) => i === 0 || mark.at - (marks[i - 1]?.at ?? 0) === 7 * DAY)).toBe(true);
});

test('marks ten minutes every two minutes', () => {
  const marks = timeMarks([START + 30_000, START + 630_000], 5);
  expect(marks.map((mark) => mark.at - START)).toEqual([120_000, 240_000, 360_000, 480_000, 600_000]);
});

test('marks years without end', () => {
  expect(timeMarks([START, START + 3650 * DAY], 5).length).toBeLessThan(50);
});

test('has no marks in no time', () => {
  expect(timeMarks([START + 1, START + 1], 5)).toEqual([]);
});

test('says a day as the server counts it', () => {
  expect(momentText(START, DAY)).toBe('1 Nov 2026');
});

test('names the day at midnight, so that hours do not repeat without a date', () => {
  const midnight = new Date(2026, 10, 28).getTime();
  const texts = timeMarks([midnight, midnight + 1.6 * DAY], 4).map(({ text }) => text);
  expect(texts).toEqual(['28 Nov', '12:00', '29 Nov', '12:00']);
});

test('marks points of whole days by days, never by hours', () => {
  const texts = timeMarks([START - DAY / 2, START + 1.5 * DAY], 8, DAY).map(({ text }) => text);
  expect(texts).toEqual(['1 Nov', '2 Nov']);
});
