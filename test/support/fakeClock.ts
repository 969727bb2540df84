import type { Clock, Instant, Milliseconds } from '../../machines/vocabulary/index.ts';

interface Timer {
  readonly at: Instant;
  readonly order: number;
  readonly run: () => void;
}

/** Monday 23 November 2026, 09:00 in Moscow: a working day, in the hours of work. */
export const FAKE_START: Instant = Date.UTC(2026, 10, 23, 6, 0, 0);

/** Lets everything that is ready run: promise callbacks, `nextTick`, `setImmediate`, and what they made ready. */
export const flush = async (turns = 4): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
};

/**
 * A clock that stands still until told to go. Timers run in the order of their instants, those of one instant in the
 * order in which they were set; a timer set by a timer runs in the same `advance` if it is due in it.
 */
export class FakeClock implements Clock {
  #now: Instant;
  #order = 0;
  readonly #timers = new Set<Timer>();

  constructor(start: Instant = FAKE_START) {
    this.#now = start;
  }

  now(): Instant {
    return this.#now;
  }

  /** A timer whose instant is past runs at the next `advance`, also at `advance(0)`; never within this call. */
  setTimer(at: Instant, run: () => void): () => void {
    const timer: Timer = { at, order: this.#order, run };
    this.#order += 1;
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** How many timers are armed: 0 after a clean stop. */
  get pending(): number {
    return this.#timers.size;
  }

  /** The instant of the earliest timer. */
  get nextAt(): Instant | undefined {
    return this.#earliest()?.at;
  }

  /** Goes on by `ms` and runs what falls due on the way, each at its own instant. */
  advance(ms: Milliseconds): void {
    const end = this.#now + ms;
    while (this.#runOne(end));
    this.#now = end;
  }

  /** As a computer that slept: all that fell due meanwhile runs at the end of it. */
  leap(ms: Milliseconds): void {
    this.#now += ms;
    this.advance(0);
  }

  advanceTo(at: Instant): void {
    this.advance(Math.max(0, at - this.#now));
  }

  /** As `advance`, and lets promises and I/O that is ready settle before the first, between and after timers. */
  async advanceAsync(ms: Milliseconds): Promise<void> {
    const end = this.#now + ms;
    await flush();
    while (this.#runOne(end)) await flush();
    this.#now = end;
    await flush();
  }

  #runOne(end: Instant): boolean {
    const timer = this.#earliest();
    if (timer === undefined || timer.at > end) return false;
    this.#timers.delete(timer);
    this.#now = Math.max(this.#now, timer.at);
    timer.run();
    return true;
  }

  #earliest(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (first === undefined || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) {
        first = timer;
      }
    }
    return first;
  }
}
