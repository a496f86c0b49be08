import { expect, test } from 'vitest';
import { addressOf, filterOf, isTag, queryOf } from './filters';

const NOTHING = { days: 30, version: '', label: '', client: '', tag: '' };

test('keeps a filter in the address, and nothing of what is usual', () => {
  const filter = { ...NOTHING, days: 7, label: 'a & b', tag: 'line=3' };
  expect(filterOf(addressOf(filter))).toEqual(filter);
  expect(addressOf(NOTHING).toString()).toBe('');
  expect(filterOf(new URLSearchParams('days=5'))).toEqual(NOTHING);
});

test('asks for whole hours', () => {
  const now = Date.parse('2026-11-30T12:34:56Z');
  expect(queryOf({ ...NOTHING, days: 1 }, now).toString()).toBe('from=2026-11-29T12%3A00%3A00.000Z');
  expect(queryOf({ ...NOTHING, version: '2' }, now).get('version')).toBe('2');
});

test('knows a tag', () => {
  expect(['', 'line=3', 'line=', 'line', '=3'].map(isTag)).toEqual([true, true, true, false, false]);
});
