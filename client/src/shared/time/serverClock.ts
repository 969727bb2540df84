import type { Instant, Milliseconds } from '../../../../machines/vocabulary/index.ts';

/** How many pushes the estimate remembers: a laptop that slept or had its clock set is right again after as many. */
const REMEMBERED = 8;

export interface ServerClock {
  /** The server's time now, by this browser's clock and the known difference. */
  now(): Instant;
  /** A push told the server's time. */
  learn(serverNow: Instant): void;
  offset(): Milliseconds;
}

/**
 * Keeps the difference between the server's clock and this computer's, which in an office is often minutes off.
 * A push is always late by its time on the wire, so of the last few differences the largest is the nearest to truth.
 */
export function createServerClock(localNow: () => Instant): ServerClock {
  let seen: number[] = [];
  let offset = 0;
  return {
    now: () => localNow() + offset,
    offset: () => offset,
    learn(serverNow) {
      const difference = serverNow - localNow();
      const last = seen.at(-1);
      // A jump of this computer's clock makes the older differences worthless.
      if (last !== undefined && Math.abs(difference - last) > 2_000) seen = [];
      seen = [...seen.slice(1 - REMEMBERED), difference];
      offset = Math.max(...seen);
    },
  };
}

export const serverClock = createServerClock(() => Date.now());
