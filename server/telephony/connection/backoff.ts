import type { Milliseconds } from '../../../machines/vocabulary/index.ts';

/** Waiting times that double from `firstMs` up to `mostMs`, spread by chance so that clients do not come in step. */
export interface Backoff {
  /** Between half of the step and the whole step, never under `firstMs`. */
  next(): Milliseconds;
  reset(): void;
}

export const createBackoff = (firstMs: Milliseconds, mostMs: Milliseconds, random: () => number): Backoff => {
  let stepMs = firstMs * 2;
  return {
    next() {
      const waitMs = Math.max(firstMs, Math.round((stepMs / 2) * (1 + random())));
      stepMs = Math.min(stepMs * 2, mostMs);
      return Math.min(waitMs, mostMs);
    },
    reset() {
      stepMs = firstMs * 2;
    },
  };
};
