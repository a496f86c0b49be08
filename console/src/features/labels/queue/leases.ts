import { Store } from '../../../api/store';
import type { Lease } from '../../../api/labelling';

/** What a queue needs from the server and from this browser. */
export interface LeaseSource {
  lease: (count: number) => Promise<Lease[]>;
  /** When each lease ends; one that has ended, or whose image is with others by now, is left out. */
  renew: (leases: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  giveBack: (leases: readonly string[]) => Promise<unknown>;
  /** The image of the lease is labelled. */
  done: (lease: string) => void;
  /** Starts to load the image, so that it is there when it is shown. */
  prefetch: (lease: Lease) => void;
  /** Whether the image is labelled here already and its label still waits for the server. */
  isWaiting: (hash: string) => boolean;
  /** Whether somebody is at the page; otherwise others get its images. */
  isAttended: () => boolean;
  now: () => number;
}

export interface LeaseState {
  ahead: readonly Lease[];
  /** `empty`: the server has no more images for this person; `failed`: it did not say. */
  supply: 'filling' | 'filled' | 'empty' | 'failed';
  error: Error | null;
}

/** Leases that end sooner than this are renewed; a page in the background looks once a minute. */
const RENEW_MS = 80_000;

/** Leases images ahead of what is shown: none is asked for only when it is needed. */
export class LeaseQueue {
  readonly state = new Store<LeaseState>({ ahead: [], supply: 'filling', error: null });
  readonly #source: LeaseSource;
  readonly #size: number;
  readonly #active = new Map<string, Lease>();
  #pending = false;
  #closed = false;

  constructor(source: LeaseSource, size = 10) {
    this.#source = source;
    this.#size = size;
  }

  /** Leases half a queue once so many are missing, so that the other half is always there. */
  async fill(): Promise<void> {
    const { ahead } = this.state.get();
    const missing = this.#size - ahead.length;
    if (
      this.#pending ||
      this.#closed ||
      !this.#source.isAttended() ||
      missing < Math.min(this.#size, Math.ceil(this.#size / 2))
    )
      return;
    this.#pending = true;
    try {
      const leases = await this.#source.lease(missing);
      this.#received(leases);
    } catch (error) {
      this.state.set({ ...this.state.get(), supply: 'failed', error: error as Error });
    } finally {
      this.#pending = false;
    }
  }

  #received(leases: readonly Lease[]): void {
    const known = new Set(this.state.get().ahead.map(({ item }) => item.image.hash));
    const fresh = leases.filter(({ item }) => !known.has(item.image.hash) && !this.#source.isWaiting(item.image.hash));
    const kept = this.#closed ? [] : fresh;
    this.#giveBack(leases.filter((lease) => !kept.includes(lease)).map(({ lease }) => lease));
    for (const lease of kept) {
      this.#active.set(lease.lease, lease);
      this.#source.prefetch(lease);
    }
    if (this.#closed) return;
    const supply = fresh.length > 0 ? 'filled' : 'empty';
    this.state.set({ ahead: [...this.state.get().ahead, ...fresh], supply, error: null });
  }

  /** Takes leases out of the queue; they stay leased until they are done. */
  take(leases: readonly Lease[]): void {
    const { ahead } = this.state.get();
    this.state.set({ ...this.state.get(), ahead: ahead.filter((lease) => !leases.includes(lease)) });
    void this.fill();
  }

  /** A lease is over, because its image is labelled. */
  done(lease: string): void {
    this.#active.delete(lease);
    this.#source.done(lease);
  }

  /** Returns leases, so that other people get the images. */
  giveBack(leases: readonly Lease[]): void {
    for (const { lease } of leases) this.#active.delete(lease);
    this.#giveBack(leases.map(({ lease }) => lease));
  }

  #giveBack(leases: readonly string[]): void {
    if (leases.length > 0) void this.#source.giveBack(leases).catch(() => undefined);
  }

  /** Renews what ends soon, while somebody is there; a renewal that fails is tried again at the next call. */
  async renew(): Promise<void> {
    const soon = this.#source.now() + RENEW_MS;
    const ending = [...this.#active.values()].filter(({ expires }) => Date.parse(expires) <= soon);
    if (ending.length === 0 || !this.#source.isAttended()) return;
    let renewed: ReadonlyMap<string, string>;
    try {
      renewed = await this.#source.renew(ending.map(({ lease }) => lease));
    } catch {
      return;
    }
    for (const lease of ending) {
      const expires = renewed.get(lease.lease);
      if (!this.#active.has(lease.lease)) continue;
      if (expires === undefined) this.#lost(lease);
      else this.#active.set(lease.lease, { ...lease, expires });
    }
  }

  #lost({ lease }: Lease): void {
    this.#active.delete(lease);
    this.#source.done(lease);
    const { ahead } = this.state.get();
    this.state.set({ ...this.state.get(), ahead: ahead.filter((each) => each.lease !== lease) });
  }

  /** Returns everything that is leased and not labelled. */
  close(): void {
    this.#closed = true;
    this.#giveBack([...this.#active.keys()]);
    this.#active.clear();
  }
}
