import { storageFault } from './faults.ts';
import type { Storage } from './port.ts';

/** Stands in a storage while a copy or a restore into it is not over. */
export const COPY_NOTE = 'copy';

/** @throws `storage.copyUnfinished`: a server must not begin its work on a part of the data. */
export async function refuseHalfCopy(storage: Storage): Promise<void> {
  if ((await storage.raw.note(COPY_NOTE)) === undefined) return;
  const message = 'a copy or restore into this storage was cut off: run it again to its end, then start the server';
  throw storageFault('storage.copyUnfinished', message);
}
