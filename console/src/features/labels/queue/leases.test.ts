import { expect, test, vi } from 'vitest';
import type { Lease } from '../../../api/labelling';
import { item } from '../../../samples';
import { LeaseQueue } from './leases';
import type { LeaseSource } from './leases';

function source(total: number) {
  let next = 0;
  const lease = (number: number): Lease => ({
    lease: `l${number}`,
    expires: new Date(120_000).toISOString(),
    item: item(`h${number}`),
    ...{ prefill: null, prefill_hidden: false, reason: 'random' as const, detail: null },
  });
  const renewed = new Date(720_000).toISOString();
  const of = {
    counts: [] as number[],
    waiting: new Set<string>(),
    time: 0,
    lease: (count: number) => {
      of.counts.push(count);
      const leases = Array.from({ length: Math.min(count, total - next) }, () => lease(next++));
      return Promise.resolve(leases);
    },
    attended: true,
    renew: vi.fn<LeaseSource['renew']>((leases) => Promise.resolve(new Map(leases.map((each) => [each, renewed])))),
    giveBack: vi.fn<LeaseSource['giveBack']>(() => Promise.resolve()),
    done: vi.fn(),
    isAttended: () => of.attended,
    prefetch: vi.fn(),
    isWaiting: (hash: string) => of.waiting.has(hash),
    now: () => of.time,
  };
  return of satisfies LeaseSource;
}

const hashes = (queue: LeaseQueue) => queue.state.get().ahead.map((lease) => lease.item.image.hash);

test('ten images are there before they are needed, and the queue is refilled at half', async () => {
  const server = source(100);
  const queue = new LeaseQueue(server, 10);
  await queue.fill();
  expect(hashes(queue)).toHaveLength(10);
  expect(server.prefetch).toHaveBeenCalledTimes(10);
  for (let i = 0; i < 4; i++) queue.take(queue.state.get().ahead.slice(0, 1));
  expect(server.counts).toEqual([10]);
  queue.take(queue.state.get().ahead.slice(0, 1));
  await vi.waitFor(() => expect(hashes(queue)).toHaveLength(10));
  expect(server.counts).toEqual([10, 5]);
});

test('an image whose label still waits is returned, not shown again', async () => {
  const server = source(10);
  server.waiting.add('h3');
  const queue = new LeaseQueue(server, 10);
  await queue.fill();
  expect(hashes(queue)).not.toContain('h3');
  expect(server.giveBack.mock.calls).toEqual([[['l3']]]);
});

test('says when there is no more', async () => {
  const queue = new LeaseQueue(source(3), 10);
  await queue.fill();
  expect(queue.state.get().supply).toBe('filled');
  await queue.fill();
  expect(queue.state.get().supply).toBe('empty');
});

test('renews what ends soon and returns the rest on closing', async () => {
  const server = source(2);
  const queue = new LeaseQueue(server, 2);
  await queue.fill();
  await queue.renew();
  expect(server.renew).not.toHaveBeenCalled();
  server.time = 50_000;
  server.attended = false;
  await queue.renew();
  expect(server.renew).not.toHaveBeenCalled();
  server.attended = true;
  await queue.renew();
  await queue.renew();
  expect(server.renew.mock.calls).toEqual([[['l0', 'l1']]]);
  queue.done('l0');
  expect(server.done).toHaveBeenCalledWith('l0');
  queue.close();
  expect(server.giveBack.mock.calls).toEqual([[['l1']]]);
});

test('an image that went to others in the meantime is not shown', async () => {
  const server = source(2);
  const queue = new LeaseQueue(server, 2);
  await queue.fill();
  server.time = 50_000;
  server.renew.mockResolvedValueOnce(new Map([['l1', new Date(170_000).toISOString()]]));
  await queue.renew();
  expect(hashes(queue)).toEqual(['h1']);
});

test('with twice the size, ten are always ahead', async () => {
  const server = source(100);
  const queue = new LeaseQueue(server, 20);
  await queue.fill();
  for (let i = 0; i < 30; i++) {
    expect(hashes(queue).length).toBeGreaterThanOrEqual(10);
    queue.take(queue.state.get().ahead.slice(0, 1));
    await Promise.resolve();
    await Promise.resolve();
  }
  expect(server.counts.slice(1)).toEqual([10, 10, 10]);
});
