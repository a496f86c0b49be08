import { ProblemError, request } from '../../../api/client';
import { put } from '../../../api/client';
import { labellingPath } from '../../../api/labelling';
import { newId } from './outbox';

const PREFIX = 'fovea-lease/';

/** How long a lease lasts without a word from its page: a killed browser blocks its images no longer. */
export const LEASE_SECONDS = 120;

/** How long other pages of this browser have to say that they are open. */
const ANSWER_MS = 60;

/** This page. */
const page = newId();

interface Note {
  dataset: string;
  /** The page that has the lease; nothing once the lease is to be returned. */
  page: string | null;
}

type Message = { ask: string } | { open: string };

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('fovea-pages');
channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  if ('ask' in data) channel.postMessage({ open: page } satisfies Message);
});

function write(dataset: string, leases: readonly string[], owner: string | null): void {
  try {
    for (const lease of leases)
      localStorage.setItem(PREFIX + lease, JSON.stringify({ dataset, page: owner } satisfies Note));
  } catch {
    // a full storage: the leases then end by themselves
  }
}

/** Notes leases of this page, so that the next page returns them where this one cannot. */
export const noteLeases = (dataset: string, leases: readonly string[]): void => write(dataset, leases, page);

/** Leases that have ended. */
export function dropLeases(leases: readonly string[]): void {
  for (const lease of leases) localStorage.removeItem(PREFIX + lease);
}

/** Leases of pages of this browser that are not open any more: it was killed, or the server was away. */
export async function leftLeases(dataset: string): Promise<string[]> {
  const left = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i) ?? '').flatMap((key) => {
    const note = key.startsWith(PREFIX) ? noteOf(localStorage.getItem(key)) : null;
    return note?.dataset === dataset && note.page !== page
      ? [{ lease: key.slice(PREFIX.length), page: note.page }]
      : [];
  });
  const open = left.some((each) => each.page !== null) ? await openPages() : new Set<string>();
  return left.flatMap((each) => (each.page !== null && open.has(each.page) ? [] : [each.lease]));
}

function noteOf(text: string | null): Note | null {
  try {
    return text === null ? null : (JSON.parse(text) as Note);
  } catch {
    return null;
  }
}

async function openPages(): Promise<ReadonlySet<string>> {
  const open = new Set<string>();
  const listener = ({ data }: MessageEvent<Message>) => {
    if ('open' in data) open.add(data.open);
  };
  channel?.addEventListener('message', listener);
  channel?.postMessage({ ask: page } satisfies Message);
  await new Promise((resolve) => setTimeout(resolve, channel ? ANSWER_MS : 0));
  channel?.removeEventListener('message', listener);
  return open;
}

/** Returns leases in one request, also while the page is being closed. */
export async function giveBack(dataset: string, leases: readonly string[]): Promise<void> {
  write(dataset, leases, null);
  try {
    await request(`${labellingPath(dataset)}/leases/returned`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ leases }),
      keepalive: true,
    });
  } catch (error) {
    // what the server refuses to take back has ended already
    if (!(error instanceof ProblemError) || error.problem.status >= 500) throw error;
  }
  dropLeases(leases);
}

/** Extends leases; those that have ended, or whose images are with others by now, are left out. */
export async function renew(dataset: string, leases: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const body = { leases, seconds: LEASE_SECONDS };
  const { expires } = await put<{ expires: Record<string, string> }>(`${labellingPath(dataset)}/leases`, body);
  return new Map(Object.entries(expires));
}
