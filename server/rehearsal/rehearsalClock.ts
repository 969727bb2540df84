import type { Clock, Instant, Milliseconds } from '../../machines/vocabulary/index.ts';

interface Timer {
  readonly at: Instant;
  readonly run: () => void;
  cancel: () => void;
}
/** A faster clock goes in steps, so that what lies between two instants still happens between them. */
const STEP_MS: Milliseconds = 100;

/**
 * A clock ahead of another: it can be moved forward and made faster while it runs, never back. Whoever reads it lives
 * in its time; screens follow by the time that each push tells.
 */
export class RehearsalClock implements Clock {
  readonly #outer: Clock;
  readonly #onStep: () => void;
  readonly #timers = new Set<Timer>();
  #aheadMs: Milliseconds = 0;
  #speed = 1;
  #stopSteps: (() => void) | undefined;

  /** `onStep`: time has gone faster than screens think. */
  constructor(outer: Clock, onStep: () => void) {
    this.#outer = outer;
    this.#onStep = onStep;
  }
  now(): Instant {
    return this.#outer.now() + this.#aheadMs;
  }
  /** Tells this time and waits by the other: for what does not run faster because a rehearsal does, such as a network. */
  get atOuterPace(): Clock {
    return {
      now: () => this.now(),
      setTimer: (at, run) => this.#outer.setTimer(this.#outer.now() + at - this.now(), run),
    };
  }
  setTimer(at: Instant, run: () => void): () => void {
    const timer: Timer = { at, run, cancel: () => undefined };
    this.#timers.add(timer);
    this.#arm(timer);
    return () => {
      timer.cancel();
      this.#timers.delete(timer);
    };
  }
  get speed(): number {
    return this.#speed;
  }
  setSpeed(speed: number): void {
    this.#speed = speed;
    this.#stopSteps?.();
    this.#stopSteps = undefined;
    if (speed > 1) this.#stepSoon();
  }
  forward(ms: Milliseconds): void {
    this.#aheadMs += ms;
    // Those that are due now run in the order of their instants.
    for (const timer of [...this.#timers].toSorted((a, b) => a.at - b.at)) {
      timer.cancel();
      this.#arm(timer);
    }
    this.#onStep();
  }
  stop(): void {
    this.setSpeed(1);
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  #arm(timer: Timer): void {
    timer.cancel = this.#outer.setTimer(timer.at - this.#aheadMs, () => {
      this.#timers.delete(timer);
      timer.run();
    });
  }
  #stepSoon(): void {
    this.#stopSteps = this.#outer.setTimer(this.#outer.now() + STEP_MS, () => {
      this.#stepSoon();
      this.forward(STEP_MS * (this.#speed - 1));
    });
  }
}
