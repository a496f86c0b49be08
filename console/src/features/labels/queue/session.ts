import type { AnnotationValue, Item } from '../../../api/datasets';
import { imagePath } from '../../../api/datasets';
import type { Lease } from '../../../api/labelling';
import { Store } from '../../../api/store';
import { ImageCache } from './images';
import type { LoadedImage } from './images';
import { LeaseQueue } from './leases';
import type { LeaseSource, LeaseState } from './leases';
import { newId } from './outbox';
import type { WaitingLabel } from './outbox';
import { Stopwatch } from './stopwatch';
import { append, back, current, drop, emptyTimeline, forward, replace } from './timeline';
import type { Timeline } from './timeline';

/** One image to label, or one that was labelled in this session. */
export interface Work {
  lease: Lease;
  item: Item;
  /** The label it got in this session. */
  given?: AnnotationValue;
}

export interface SessionState {
  timeline: Timeline<Work>;
  work: Work | null;
  image: LoadedImage | null;
  /** The image is on the screen and can be labelled. */
  ready: boolean;
  error: Error | null;
  /** How many of the next images are loaded, so that they show at once and without the server. */
  loaded: number;
  /** How many images were labelled, and the time for that. */
  labelled: number;
  millis: number;
}

export interface SessionParts {
  dataset: string;
  annotator: string;
  source: (load: (lease: Lease) => void) => LeaseSource;
  submit: (label: WaitingLabel) => void;
  images?: ImageCache;
  watch?: Stopwatch;
}

/** So many images are there before they are needed; as many are leased at once. */
const AHEAD = 10;

/** The suggestion of a model, if it is to be seen. */
export const shownPrefill = (lease: Lease) => (lease.prefill_hidden ? null : (lease.prefill ?? null));

/** One person labelling a data set image by image. It may be opened again after it was closed. */
export class LabelSession {
  readonly state = new Store<SessionState>({
    timeline: emptyTimeline(),
    work: null,
    image: null,
    ready: false,
    error: null,
    loaded: 0,
    labelled: 0,
    millis: 0,
  });
  readonly #parts: SessionParts;
  readonly #images: ImageCache;
  readonly #watch: Stopwatch;
  #queue: LeaseQueue;
  readonly #loaded = new Set<string>();
  #loading: Promise<void> = Promise.resolve();
  #painted: Work | null = null;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#images = parts.images ?? new ImageCache();
    this.#watch = parts.watch ?? new Stopwatch();
    this.#queue = this.#newQueue();
  }

  get queue(): Store<LeaseState> {
    return this.#queue.state;
  }

  #newQueue(): LeaseQueue {
    const { source } = this.#parts;
    const ahead = source((lease) => {
      // one after the other, so that none of them delays the image that is needed now
      this.#loading = this.#loading.then(() => this.#load(lease));
    });
    return new LeaseQueue(ahead, 2 * AHEAD);
  }

  async #load({ item: { image } }: Lease): Promise<void> {
    try {
      await this.#images.get(imagePath(this.#parts.dataset, image.hash));
      this.#loaded.add(image.hash);
      this.#count();
    } catch {
      // shows when the image is needed
    }
  }

  #count(): void {
    const loaded = this.#queue.state.get().ahead.filter(({ item }) => this.#loaded.has(item.image.hash)).length;
    if (loaded !== this.state.get().loaded) this.state.set({ ...this.state.get(), loaded });
  }

  /** Leases images until the returned function is called. */
  open(): () => void {
    const queue = this.#queue;
    const stop = queue.state.subscribe(() => this.#next());
    const timer = setInterval(() => {
      void queue.renew();
      void queue.fill();
      if (this.state.get().error) void this.#show();
    }, 5000);
    const visibility = () => (document.hidden ? this.#watch.pause() : this.#watch.resume());
    const leave = () => queue.close();
    document.addEventListener('visibilitychange', visibility);
    addEventListener('pagehide', leave);
    void queue.fill();
    return () => {
      document.removeEventListener('visibilitychange', visibility);
      removeEventListener('pagehide', leave);
      clearInterval(timer);
      stop();
      queue.close();
      this.#images.clear();
      this.#queue = this.#newQueue();
    };
  }

  /** The image of the current work is on the screen: its time begins. */
  painted(): void {
    const { work } = this.state.get();
    if (!work || work === this.#painted) return;
    this.#painted = work;
    this.state.set({ ...this.state.get(), ready: true });
    this.#watch.restart(!document.hidden);
  }

  /** Labels the current image, once it is on the screen, and goes on. False where nothing was labelled. */
  submit(value: AnnotationValue): boolean {
    const { work, timeline, labelled, millis } = this.state.get();
    if (!work || work !== this.#painted) return false;
    const unchanged = work.given && JSON.stringify(work.given) === JSON.stringify(value);
    if (!unchanged) this.#hand(work, value);
    const first = work.given === undefined;
    this.state.set({
      ...this.state.get(),
      timeline: forward(replace(timeline, { ...work, given: value })),
      labelled: labelled + (first ? 1 : 0),
      millis: millis + (first ? this.#watch.millis() : 0),
    });
    this.#next();
    return true;
  }

  #hand(work: Work, value: AnnotationValue): void {
    const { dataset, annotator, submit } = this.#parts;
    const prefill = shownPrefill(work.lease);
    const id = newId();
    const body = {
      id,
      annotator,
      value,
      millis: this.#watch.millis(),
      ...(work.given === undefined && { lease: work.lease.lease }),
      ...(prefill && { prefill }),
    };
    submit({ id, dataset, hash: work.item.image.hash, body });
    this.#queue.done(work.lease.lease);
  }

  back(): void {
    this.#goTo(back(this.state.get().timeline));
  }

  /** Over images that are labelled already, at most to the first that is not. */
  forward(): void {
    if (this.state.get().work?.given) this.#goTo(forward(this.state.get().timeline));
  }

  /** Leaves an image out; it stays leased, so that it does not come again in this session. */
  skip(): void {
    const { work, timeline } = this.state.get();
    if (work?.given) this.forward();
    else if (work) this.#goTo(drop(timeline));
  }

  retry(): void {
    void this.#queue.fill();
    void this.#show();
  }

  #goTo(timeline: Timeline<Work>): void {
    this.state.set({ ...this.state.get(), timeline });
    this.#next();
  }

  #next(): void {
    const { timeline } = this.state.get();
    const { ahead } = this.#queue.state.get();
    const [lease] = ahead;
    if (current(timeline) === null && lease) {
      this.state.set({ ...this.state.get(), timeline: append(timeline, { lease, item: lease.item }) });
      this.#queue.take([lease]);
    }
    this.#count();
    if (current(this.state.get().timeline) !== this.state.get().work) void this.#show();
  }

  async #show(): Promise<void> {
    const work = current(this.state.get().timeline);
    this.state.set({ ...this.state.get(), work, ready: false, error: null });
    if (!work) {
      this.state.set({ ...this.state.get(), image: null });
      return;
    }
    try {
      const image = await this.#images.get(imagePath(this.#parts.dataset, work.item.image.hash));
      if (this.state.get().work === work) this.state.set({ ...this.state.get(), image });
    } catch (error) {
      if (this.state.get().work === work) this.state.set({ ...this.state.get(), image: null, error: error as Error });
    }
  }
}
