import { expect, test } from 'vitest';
import type { Silence } from '../../api/types';
import { alert } from '../../samples';
import { evidencePage, groups, raisedOf, silenceOf } from './alerts';

const silence = (id: string, more: Partial<Silence>): Silence => ({
  id,
  model: null,
  kind: null,
  from: '2026-11-20T10:00:00Z',
  until: '2026-11-20T12:00:00Z',
  by: 'ana',
  reason: 'new camera',
  ...more,
});

test('groups by model, what is open and urgent first', () => {
  const critical = { key: 'k', kind: 'model-not-served', model: 'hats', severity: 'critical' } as const;
  const server = { key: 's', kind: 'home-not-writable', model: null, severity: 'warning' } as const;
  const found = groups([
    alert('old', 'resolved'),
    alert('a'),
    alert('b', 'acknowledged', { subject: server }),
    alert('c', 'raised', { subject: critical }),
  ]);
  expect(found.map(({ name, alerts }) => [name, ...alerts.map(({ id }) => id)])).toEqual([
    ['hats', 'c'],
    ['shirts', 'a', 'old'],
    [null, 'b'],
  ]);
});

test('groups by kind, over models', () => {
  const late = { key: 'k', kind: 'drift', model: 'hats', severity: 'warning' } as const;
  const lost = { key: 'l', kind: 'traffic-lost', model: 'hats', severity: 'critical' } as const;
  const found = groups(
    [alert('a'), alert('b', 'acknowledged', { subject: late }), alert('c', 'raised', { subject: lost })],
    'kind',
  );
  expect(found.map(({ name, alerts }) => [name, ...alerts.map(({ id }) => id)])).toEqual([
    ['traffic-lost', 'c'],
    ['drift', 'a', 'b'],
  ]);
  expect(raisedOf(found[1]?.alerts ?? []).map(({ id }) => id)).toEqual(['a']);
});

test('finds the silence that lasts longest among those that cover an alert', () => {
  const silences = [
    silence('other', { model: 'hats', until: '2026-11-21T12:00:00Z' }),
    silence('kind', { model: 'shirts', kind: 'accuracy', until: '2026-11-21T12:00:00Z' }),
    silence('short', { model: 'shirts' }),
    silence('all', { until: '2026-11-20T13:00:00Z' }),
  ];
  expect(silenceOf(alert('a'), silences)?.id).toBe('all');
  expect(silenceOf(alert('a'), silences.slice(0, 2))).toBeUndefined();
});

test('leads to pages of the console only', () => {
  expect(evidencePage('/#/models/shirts/drift?version=2')).toBe('/models/shirts/drift?version=2');
  expect(evidencePage('/elsewhere')).toBeUndefined();
  expect(evidencePage(null)).toBeUndefined();
});
