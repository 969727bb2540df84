import type { Clock } from '../../../machines/vocabulary/index.ts';
import type { Progress } from '../port.ts';
import { copyAll, type CopyReport } from './copy.ts';
import { openPlace, type Place } from './place.ts';
import { storageSource } from './source.ts';

/**
 * Moves everything from one storage to another, of whichever engine; both must be stopped (the embedded one is locked
 * meanwhile). Cut off, it goes on when called again. Progress is in rows, comparison included.
 * @throws as `copyAll`, and `storage.locked` when a server runs on either
 */
export async function copyStorage(request: {
  readonly from: Place;
  readonly to: Place;
  readonly clock: Clock;
  readonly onProgress?: Progress;
}): Promise<CopyReport> {
  const from = await openPlace(request.from, request.clock);
  try {
    const to = await openPlace(request.to, request.clock);
    try {
      return await copyAll(storageSource(from), to, request.onProgress);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}
