import { Store } from '../../../api/store';
import type { Lease } from '../../../api/labelling';

/** What a queue needs from the server and from this browser. */
export interface LeaseSource {
  lease: (count: number) => Promise<Lease[]>;
  /** Nothing where the lease has ended or the image is with others by now. */
  renew: (lease: Lease) => Promise<Pick<Lease, 'expires'> | null>;
  giveBack: (lease: Lease) => Promise<unknown>;
  /** Starts to load the image, so that it is there when it is shown. */
  prefetch: (lease: Lease) => void;
  /** Whether the image is labelled here already and its label still waits for the server. */
  isWaiting: (hash: string) => boolean;
  now: () => number;
}

export interface LeaseState {
  ahead: readonly Lease[];
  /** `empty`: the server has no more images for this person; `failed`: it did not say. */
  supply: 'filling' | 'filled' | 'empty' | 'failed';
  error: Error | null;
}

/** Leases that end sooner than this are renewed. */
const RENEW_MS = 5 * 60_000;

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
    if (this.#pending || this.#closed || missing < Math.min(this.#size, Math.ceil(this.#size / 2))) return;
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
    for (const lease of leases) {
      if (this.#closed || !fresh.includes(lease)) void this.#source.giveBack(lease).catch(() => undefined);
      else {
        this.#active.set(lease.lease, lease);
        this.#source.prefetch(lease);
      }
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

  /** Puts leases back to the end of the queue. */
  putBack(leases: readonly Lease[]): void {
    this.state.set({ ...this.state.get(), ahead: [...this.state.get().ahead, ...leases] });
  }

  /** A lease is over, because its image is labelled. */
  done(lease: string): void {
    this.#active.delete(lease);
  }

  /** Returns a lease, so that another person gets the image. */
  giveBack(lease: Lease): void {
    this.#active.delete(lease.lease);
    void this.#source.giveBack(lease).catch(() => undefined);
  }

  /** Renews what ends soon; a renewal that fails is tried again at the next call. */
  async renew(): Promise<void> {
    const soon = this.#source.now() + RENEW_MS;
    for (const lease of this.#active.values()) {
      if (Date.parse(lease.expires) > soon) continue;
      try {
        const renewed = await this.#source.renew(lease);
        if (renewed === null) this.#lost(lease);
        else if (this.#active.has(lease.lease)) this.#active.set(lease.lease, { ...lease, expires: renewed.expires });
      } catch {
        return;
      }
    }
  }

  #lost({ lease }: Lease): void {
    this.#active.delete(lease);
    const { ahead } = this.state.get();
    this.state.set({ ...this.state.get(), ahead: ahead.filter((each) => each.lease !== lease) });
  }

  /** Returns everything that is leased and not labelled. */
  close(): void {
    this.#closed = true;
    for (const lease of this.#active.values()) void this.#source.giveBack(lease).catch(() => undefined);
    this.#active.clear();
  }
}
