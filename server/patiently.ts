import { AppError, type Clock, type Milliseconds } from '../machines/vocabulary/index.ts';

/** What comes back by itself, or when somebody has made room; all else waiting cannot mend. */
const PASSING: ReadonlySet<string> = new Set(['storage.unavailable', 'storage.full', 'ledger.checkpointMoved']);
const FIRST_MS: Milliseconds = 500;
const MOST_MS: Milliseconds = 5_000;

/**
 * Starts, and as long as only something that passes is in the way, such as a database that is away, says so and tries
 * again for ever: nobody must stand by to start the server once more. Rejects with what waiting cannot mend: a folder
 * that may not be written, data of a newer server, a wrong configuration, another server at work.
 */
export async function patiently<Started>(
  start: () => Promise<Started>,
  clock: Clock,
  say: (line: string, fault: AppError) => void,
): Promise<Started> {
  for (let waitMs = FIRST_MS; ; waitMs = Math.min(MOST_MS, 2 * waitMs)) {
    try {
      return await start();
    } catch (fault) {
      if (!(fault instanceof AppError && PASSING.has(fault.code))) throw fault;
      say(`Cannot start yet: ${wordsOf(fault)}. Trying again in ${waitMs / 1_000} s.`, fault);
      await new Promise<void>((resolve) => void clock.setTimer(clock.now() + waitMs, resolve));
    }
  }
}
/** Why it does not start, and what to do where a person can do something. */
export function wordsOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const { code, port } = fault as NodeJS.ErrnoException & { readonly port?: number };
  if (code !== 'EADDRINUSE' || port === undefined) return fault.message;
  return `port ${port} is taken. Stop what listens there, or choose another: PORT=${port + 1} npm start`;
}
