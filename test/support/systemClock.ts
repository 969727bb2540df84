import type { Clock } from '../../machines/vocabulary/index.ts';

/** The real clock, for tests whose parts need one but whose outcome does not depend on it. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer: (at, run) => {
    const timer = setTimeout(run, Math.max(0, at - Date.now()));
    return () => clearTimeout(timer);
  },
};
