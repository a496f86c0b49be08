import { useSyncExternalStore } from 'react';
import { post, ProblemError } from '../../../api/client';
import { itemPath } from '../../../api/datasets';
import { Store } from '../../../api/store';
import { Outbox } from './outbox';
import type { Delivery, WaitingLabel } from './outbox';

/** What is known about labels that the server has not confirmed. */
export interface OutboxState {
  waiting: number;
  refused: readonly WaitingLabel[];
  /** Labels that would be lost with the tab, because the browser's storage does not take them. */
  unstored: number;
}

const RETRY_MS = 2000;

const state = new Store<OutboxState>({ waiting: 0, refused: [], unstored: 0 });

/** Client errors that go away by themselves or with a key. */
const PASSING = new Set([401, 403, 408, 425, 429]);

async function deliver({ dataset, hash, body }: WaitingLabel): Promise<Delivery> {
  try {
    await post(`${itemPath(dataset, hash)}/annotations`, body);
    return { kind: 'kept' };
  } catch (error) {
    if (!(error instanceof ProblemError)) return { kind: 'later' };
    const { status, code, detail } = error.problem;
    // what no program of ours explained comes from something between it and us
    const refused = status >= 400 && status < 500 && !PASSING.has(status) && !code.startsWith('HTTP_');
    return refused ? { kind: 'refused', why: detail } : { kind: 'later' };
  }
}

function update() {
  const labels = outbox.waiting();
  const refused = labels.filter((label) => label.refused !== undefined);
  const next = { waiting: labels.length - refused.length, refused, unstored: outbox.unstored() };
  const now = state.get();
  const same = now.waiting === next.waiting && now.refused.length === refused.length && now.unstored === next.unstored;
  if (!same) state.set(next);
}

/** The labels of this browser that wait for the server. */
export const outbox = new Outbox(localStorage, deliver, update);

/** Hands in what waits; one tab at a time where the browser can arrange that. */
export function handIn(): Promise<void> {
  // locks exist on secure pages only; without them two tabs may send a label twice, which its id makes harmless
  const locks = (navigator as { locks?: LockManager }).locks;
  if (!locks) return outbox.flush().then(update);
  return locks.request('fovea-labels', () => outbox.flush()).then(update);
}

let started = false;

/** From now on labels are handed in as soon as the server takes them, those of earlier tabs first. */
export function startDelivery(): void {
  if (started) return;
  started = true;
  update();
  void handIn();
  addEventListener('online', () => void handIn());
  addEventListener('storage', update);
  // a page that comes back from the browser's cache has returned its leases
  addEventListener('pageshow', (event) => event.persisted && location.reload());
  setInterval(() => {
    if (state.get().waiting > 0) void handIn();
  }, RETRY_MS);
}

/** Keeps a label in this browser and hands it in. */
export function submitLabel(label: WaitingLabel): void {
  outbox.add(label);
  void handIn();
}

export const useOutbox = (): OutboxState => useSyncExternalStore(state.subscribe, state.get);
