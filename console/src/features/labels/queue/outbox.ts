import type { AnnotationValue, Prefill } from '../../../api/datasets';

/** A label on its way to the server. Its id is the client's, so that handing it in twice changes nothing. */
export interface WaitingLabel {
  id: string;
  dataset: string;
  hash: string;
  body: LabelBody;
  /** Why the server refused it; such a label stays until a person decides. */
  refused?: string;
}

export interface LabelBody {
  id: string;
  annotator: string;
  value: AnnotationValue;
  millis: number;
  lease?: string;
  prefill?: Prefill;
}

/** How the server took a label. */
export type Delivery = { kind: 'kept' } | { kind: 'later' } | { kind: 'refused'; why: string };

const PREFIX = 'fovea-label/';

/**
 * The labels that the server has not confirmed yet, in the browser's storage: a label is in it before anything is sent
 * and leaves it when the server has it. Each label has an entry of its own, so that several tabs never overwrite each
 * other's; keys sort by time.
 */
export class Outbox {
  readonly #storage: Storage;
  readonly #deliver: (label: WaitingLabel) => Promise<Delivery>;
  readonly #changed: () => void;
  readonly #now: () => number;
  /** What the storage did not take: kept as long as the tab is. */
  readonly #unstored = new Map<string, WaitingLabel>();
  #sending: Promise<void> | null = null;
  #count = 0;

  constructor(
    storage: Storage,
    deliver: (label: WaitingLabel) => Promise<Delivery>,
    changed: () => void = () => undefined,
    now: () => number = () => Date.now(),
  ) {
    this.#storage = storage;
    this.#deliver = deliver;
    this.#changed = changed;
    this.#now = now;
  }

  /** Keeps a label; nothing is sent yet. */
  add(label: WaitingLabel): void {
    const key = `${PREFIX}${String(this.#now()).padStart(15, '0')}-${String(this.#count++).padStart(6, '0')}-${label.id}`;
    this.#write(key, label);
    this.#changed();
  }

  /** All labels that wait, the oldest first. */
  waiting(): WaitingLabel[] {
    return this.#keys().flatMap((key) => this.#read(key) ?? []);
  }

  /** Labels that only this tab holds, because the browser's storage is full or closed. */
  unstored(): number {
    return this.#unstored.size;
  }

  /** Removes labels that were refused. */
  discardRefused(): void {
    for (const key of this.#keys()) if (this.#read(key)?.refused !== undefined) this.#remove(key);
    this.#changed();
  }

  /** Lets refused labels be sent again. */
  retryRefused(): void {
    for (const key of this.#keys()) {
      const label = this.#read(key);
      if (label?.refused === undefined) continue;
      const { id, dataset, hash, body } = label;
      this.#write(key, { id, dataset, hash, body });
    }
    this.#changed();
  }

  /** Hands in what waits, in order; stops at the first label that the server cannot take now. */
  flush(): Promise<void> {
    this.#sending ??= this.#send().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #send(): Promise<void> {
    for (let key = this.#next(); key !== undefined; key = this.#next()) {
      const label = this.#read(key);
      if (label === null) {
        this.#remove(key);
        continue;
      }
      const delivery = await this.#deliver(label);
      if (delivery.kind === 'later') return;
      if (delivery.kind === 'kept') this.#remove(key);
      else this.#write(key, { ...label, refused: delivery.why });
      this.#changed();
    }
  }

  #next(): string | undefined {
    return this.#keys().find((key) => this.#read(key)?.refused === undefined);
  }

  #keys(): string[] {
    const keys = [...this.#unstored.keys()];
    for (let i = 0; i < this.#storage.length; i++) {
      const key = this.#storage.key(i);
      if (key?.startsWith(PREFIX)) keys.push(key);
    }
    return keys.sort();
  }

  #read(key: string): WaitingLabel | null {
    const unstored = this.#unstored.get(key);
    if (unstored) return unstored;
    const text = this.#storage.getItem(key);
    if (text === null) return null;
    try {
      return JSON.parse(text) as WaitingLabel;
    } catch {
      return null;
    }
  }

  #write(key: string, label: WaitingLabel): void {
    try {
      this.#storage.setItem(key, JSON.stringify(label));
      this.#unstored.delete(key);
    } catch {
      this.#unstored.set(key, label);
    }
  }

  #remove(key: string): void {
    this.#unstored.delete(key);
    this.#storage.removeItem(key);
  }
}

/** A UUID of version 4; `crypto.randomUUID` exists on secure pages only, and a console in a plant has no certificate. */
export function newId(bytes: Uint8Array = crypto.getRandomValues(new Uint8Array(16))): string {
  const hex = [...bytes].map((value, index) =>
    (index === 6 ? (value & 0x0f) | 0x40 : index === 8 ? (value & 0x3f) | 0x80 : value).toString(16).padStart(2, '0'),
  );
  return [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6, 8), hex.slice(8, 10), hex.slice(10)]
    .map((group) => group.join(''))
    .join('-');
}
