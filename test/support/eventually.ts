import { vi } from 'vitest';

/** Far beyond what anything needs: a busy machine is no fault of the product. Also that of `expect.poll` (vitest.config.ts). */
export const PATIENCE_MS = 20_000;

/** Tries until nothing is thrown, then gives what the last try gave. */
export const eventually = <Given>(attempt: () => Given | Promise<Given>, interval = 10): Promise<Given> =>
  vi.waitFor(attempt, { timeout: PATIENCE_MS, interval });
