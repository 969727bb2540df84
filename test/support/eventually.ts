import { vi } from 'vitest';

/** Far beyond what anything needs: a busy machine is no fault of the product. Also that of `expect.poll` (vitest.config.ts). */
export const PATIENCE_MS = 20_000;

/** Tries until nothing is thrown, then gives what the last try gave. */
export const eventually = <Given>(attempt: () => Given | Promise<Given>, interval = 10): Promise<Given> =>
  vi.waitFor(attempt, { timeout: PATIENCE_MS, interval });

const NEVER_MS = 60_000;
/** What nothing but the exchange can bring about: says what it waited for, instead of waiting for ever. */
export function within<Given>(what: string, given: Promise<Given>): Promise<Given> {
  const watched = watch(what, given);
  // Whoever no longer waits needs no word of it.
  watched.catch(() => undefined);
  return watched;
}
async function watch<Given>(what: string, given: Promise<Given>): Promise<Given> {
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it never came to be: ${what}`)), NEVER_MS).unref();
  });
  try {
    return await Promise.race([given, never]);
  } finally {
    clearTimeout(timer);
  }
}
