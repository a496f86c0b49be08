/** Measures how long an image was looked at, without the time during which its page was out of sight. */
export class Stopwatch {
  #spent = 0;
  #since: number | null = null;
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  restart(visible = true): void {
    this.#spent = 0;
    this.#since = visible ? this.#now() : null;
  }

  pause(): void {
    this.#spent = this.millis();
    this.#since = null;
  }

  resume(): void {
    this.#since ??= this.#now();
  }

  /** Whole milliseconds since the start. */
  millis(): number {
    return Math.round(this.#spent + (this.#since === null ? 0 : this.#now() - this.#since));
  }
}
