import { classesOf, thumbnailPath } from '../../../api/datasets';
import type { Lease } from '../../../api/labelling';
import { Store } from '../../../api/store';
import { submitLabel } from '../queue/delivery';
import { ImageCache } from '../queue/images';
import type { LoadedImage } from '../queue/images';
import { LeaseQueue } from '../queue/leases';
import type { LeaseState } from '../queue/leases';
import { newId } from '../queue/outbox';
import { leasesOf } from '../queue/queries';
import { shownPrefill } from '../queue/session';
import { Stopwatch } from '../queue/stopwatch';
import { append, back, current, emptyTimeline, forward, replace } from '../queue/timeline';
import type { Timeline } from '../queue/timeline';

export interface Tile {
  lease: Lease;
  image: LoadedImage;
  /** What a model suggests, if anything. */
  suggested: string | null;
}

/** Images that look alike, and the label they got together. */
export interface Page {
  tiles: readonly Tile[];
  given?: string;
}

export interface GridState {
  timeline: Timeline<Page>;
  page: Page | null;
  labelled: number;
}

export const PAGE = 12;

/** One person labelling pages of look-alikes. What is taken out of a page comes again later. */
export class GridSession {
  readonly state = new Store<GridState>({ timeline: emptyTimeline(), page: null, labelled: 0 });
  readonly #dataset: string;
  readonly #annotator: string;
  readonly #images: ImageCache;
  readonly #watch = new Stopwatch();
  #queue: LeaseQueue;
  #choosing = false;

  constructor(dataset: string, annotator: string) {
    this.#dataset = dataset;
    this.#annotator = annotator;
    this.#images = new ImageCache(undefined, undefined, 400);
    this.#queue = this.#newQueue();
  }

  get queue(): Store<LeaseState> {
    return this.#queue.state;
  }

  #newQueue(): LeaseQueue {
    const load = (lease: Lease) => void this.#thumbnail(lease).catch(() => undefined);
    // the page after the one that is shown is there before it is needed
    return new LeaseQueue(leasesOf({ dataset: this.#dataset, annotator: this.#annotator, alike: true }, load), PAGE);
  }

  #thumbnail({ item }: Lease): Promise<LoadedImage> {
    return this.#images.get(thumbnailPath(this.#dataset, item.image.hash));
  }

  open(): () => void {
    const queue = this.#queue;
    const stop = queue.state.subscribe(() => void this.#next());
    const timer = setInterval(() => {
      void queue.renew();
      void queue.fill();
    }, 5000);
    const leave = () => queue.close();
    addEventListener('pagehide', leave);
    void queue.fill();
    return () => {
      removeEventListener('pagehide', leave);
      clearInterval(timer);
      stop();
      queue.close();
      this.#images.clear();
      this.#queue = this.#newQueue();
      this.state.set({ timeline: emptyTimeline(), page: null, labelled: 0 });
    };
  }

  /** Labels the page but for the tiles that are taken out. */
  submit(name: string, out: ReadonlySet<Tile>): void {
    const { page, timeline, labelled } = this.state.get();
    if (!page) return;
    const kept = page.tiles.filter((tile) => !out.has(tile));
    const odd = page.tiles.filter((tile) => out.has(tile));
    const millis = Math.round(this.#watch.millis() / Math.max(1, page.tiles.length));
    for (const tile of kept) this.#hand(tile, name, millis, page.given === undefined);
    if (page.given === undefined) this.#queue.giveBack(odd.map(({ lease }) => lease));
    this.state.set({
      ...this.state.get(),
      timeline: forward(replace(timeline, { tiles: kept, given: name })),
      labelled: labelled + (page.given === undefined ? kept.length : 0),
    });
    void this.#next();
  }

  #hand({ lease }: Tile, name: string, millis: number, first: boolean): void {
    const id = newId();
    const prefill = shownPrefill(lease);
    const body = {
      id,
      annotator: this.#annotator,
      value: { classes: [name] },
      millis,
      ...(first && { lease: lease.lease }),
      ...(prefill && { prefill }),
    };
    submitLabel({ id, dataset: this.#dataset, hash: lease.item.image.hash, body });
    this.#queue.done(lease.lease);
  }

  back(): void {
    this.#goTo(back(this.state.get().timeline));
  }

  forward(): void {
    if (this.state.get().page?.given !== undefined) this.#goTo(forward(this.state.get().timeline));
  }

  #goTo(timeline: Timeline<Page>): void {
    this.state.set({ ...this.state.get(), timeline });
    void this.#next();
  }

  async #next(): Promise<void> {
    const shown = current(this.state.get().timeline);
    if (shown !== this.state.get().page) {
      this.state.set({ ...this.state.get(), page: shown });
      this.#watch.restart();
    }
    const queue = this.#queue;
    if (shown || this.#choosing || queue.state.get().ahead.length === 0) return;
    this.#choosing = true;
    try {
      const leases = queue.state.get().ahead.slice(0, PAGE);
      const tiles = await this.#tiles(leases);
      if (tiles.length === 0 || queue !== this.#queue) return;
      this.state.set({ ...this.state.get(), timeline: append(this.state.get().timeline, { tiles }) });
      queue.take(leases);
    } finally {
      this.#choosing = false;
    }
    if (current(this.state.get().timeline)) void this.#next();
  }

  async #tiles(leases: readonly Lease[]): Promise<Tile[]> {
    const tiles = await Promise.all(
      leases.map(async (lease): Promise<Tile | null> => {
        try {
          const image = await this.#thumbnail(lease);
          const suggested = classesOf(shownPrefill(lease)?.value)?.[0] ?? null;
          return { lease, image, suggested };
        } catch {
          return null;
        }
      }),
    );
    return tiles.filter((tile) => tile !== null);
  }
}
