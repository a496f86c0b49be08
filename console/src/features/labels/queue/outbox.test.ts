// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { newId, Outbox } from './outbox';
import type { Delivery, WaitingLabel } from './outbox';
import { Stopwatch } from './stopwatch';

const label = (id: string): WaitingLabel => ({
  id,
  dataset: 'd',
  hash: 'h',
  body: { id, annotator: 'ada', value: { classes: ['cat'] }, millis: 5 },
});

/** A server that keeps labels by id, and can be away. */
function server() {
  const kept: string[] = [];
  const state = { away: false, refuses: new Set<string>() };
  const deliver = ({ id }: WaitingLabel): Promise<Delivery> => {
    if (state.away) return Promise.resolve({ kind: 'later' });
    if (state.refuses.has(id)) return Promise.resolve({ kind: 'refused', why: 'There is no class "cat".' });
    kept.push(id);
    return Promise.resolve({ kind: 'kept' });
  };
  return { kept, state, deliver };
}

beforeEach(() => localStorage.clear());

test('keeps labels while the server is away, also for the next tab, and hands them in in order', async () => {
  const { kept, state, deliver } = server();
  state.away = true;
  const tab = new Outbox(localStorage, deliver);
  for (const id of ['a', 'b', 'c']) tab.add(label(id));
  await tab.flush();
  expect(tab.waiting().map(({ id }) => id)).toEqual(['a', 'b', 'c']);

  const next = new Outbox(localStorage, deliver);
  state.away = false;
  await next.flush();
  expect(kept).toEqual(['a', 'b', 'c']);
  expect(next.waiting()).toEqual([]);
  expect(localStorage.length).toBe(0);
});

test('a refused label stays with its reason and stops no other', async () => {
  const { kept, state, deliver } = server();
  state.refuses.add('a');
  const outbox = new Outbox(localStorage, deliver);
  for (const id of ['a', 'b']) outbox.add(label(id));
  await outbox.flush();
  expect(kept).toEqual(['b']);
  expect(outbox.waiting()).toMatchObject([{ id: 'a', refused: 'There is no class "cat".' }]);

  state.refuses.clear();
  outbox.retryRefused();
  await outbox.flush();
  expect(kept).toEqual(['b', 'a']);
});

test('refused labels are discarded on request only', async () => {
  const { state, deliver } = server();
  state.refuses.add('a');
  const outbox = new Outbox(localStorage, deliver);
  outbox.add(label('a'));
  await outbox.flush();
  outbox.discardRefused();
  expect(outbox.waiting()).toEqual([]);
});

test('labels that the storage does not take are handed in as well', async () => {
  const { kept, deliver } = server();
  const full = Object.assign(Object.create(localStorage) as Storage, {
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
    getItem: () => null,
    key: () => null,
    removeItem: () => undefined,
  });
  Object.defineProperty(full, 'length', { value: 0 });
  const outbox = new Outbox(full, deliver);
  outbox.add(label('a'));
  expect(outbox.unstored()).toBe(1);
  await outbox.flush();
  expect(kept).toEqual(['a']);
  expect(outbox.unstored()).toBe(0);
});

test('two flushes at once send a label once', async () => {
  const { kept, deliver } = server();
  const outbox = new Outbox(localStorage, deliver);
  outbox.add(label('a'));
  await Promise.all([outbox.flush(), outbox.flush()]);
  expect(kept).toEqual(['a']);
});

test('ids are UUIDs of version 4', () => {
  expect(newId(new Uint8Array(16).fill(0xff))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
  expect(newId()).not.toBe(newId());
});

test('the time of an image leaves out what was spent elsewhere', () => {
  let now = 1000;
  const watch = new Stopwatch(() => now);
  watch.restart();
  now += 300;
  watch.pause();
  now += 60_000;
  watch.resume();
  now += 200.4;
  expect(watch.millis()).toBe(500);
  watch.restart();
  expect(watch.millis()).toBe(0);
});
