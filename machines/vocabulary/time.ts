/** Milliseconds since 1970-01-01T00:00:00Z on the server's clock. Names of instants end in `At`. */
export type Instant = number;
/** A length of time in milliseconds. Names of durations end in `Ms`. */
export type Milliseconds = number;

export const SECOND: Milliseconds = 1_000;
export const MINUTE: Milliseconds = 60_000;
export const HOUR: Milliseconds = 3_600_000;
export const DAY: Milliseconds = 86_400_000;

/**
 * The only way to the clock for every room: tests pass a fake one. `setTimer` returns what cancels it.
 * Machines never see it: time comes to them as events that carry an instant.
 */
export interface Clock {
  now(): Instant;
  setTimer(at: Instant, run: () => void): () => void;
}
