import type { Clock, Instant } from '../machines/vocabulary/index.ts';

/**
 * A timer looks at the clock at least this often: a step of the wall clock, a suspended machine and instants beyond
 * the 24.8 days that `setTimeout` can count are then noticed within this time.
 */
const LOOK_AGAIN_MS = 5_000;
/**
 * How fast it runs after a backward step. A client on hold waits by real seconds: a minute becomes 66 s and not more, while
 * what is due at a time of day is told early rather than late.
 */
const SLOWED = 0.9;

/** What the real clock reads; replaced in its own tests only. */
export interface TimeSource {
  wall(): number;
  monotonic(): number;
}

const platform: TimeSource = { wall: () => Date.now(), monotonic: () => performance.now() };

/**
 * The real clock. `now()` is the wall clock in whole milliseconds and never goes back: a forward step is followed at
 * once, after a backward step it runs a tenth slower until the wall clock has caught up, so that measured durations stay
 * positive and promised ones stay nearly what they were. `setTimer` runs `run` once, never before `at` and never within
 * the call itself, and keeps the process alive until it ran or was cancelled.
 */
export const createSystemClock = (source: TimeSource = platform): Clock => {
  let lastMonotonic = source.monotonic();
  let last: Instant = source.wall();

  const now = (): Instant => {
    const monotonic = source.monotonic();
    const slowest = last + (monotonic - lastMonotonic) * SLOWED;
    lastMonotonic = monotonic;
    last = Math.max(source.wall(), slowest);
    return Math.floor(last);
  };

  const setTimer = (at: Instant, run: () => void): (() => void) => {
    let handle: NodeJS.Timeout;
    const arm = (): void => {
      const delay = Math.min(Math.max(at - now(), 0), LOOK_AGAIN_MS);
      handle = setTimeout(() => {
        if (now() >= at) run();
        else arm();
      }, delay);
    };
    arm();
    return () => {
      clearTimeout(handle);
    };
  };

  return { now, setTimer };
};

/** The one real clock of the process; `main.ts` hands it to the rooms. */
export const systemClock: Clock = createSystemClock();
