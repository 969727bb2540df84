import type { Clock } from '../../../machines/vocabulary/index.ts';
import { writeBackup } from '../embedded/backup.ts';
import type { Progress } from '../port.ts';
import { openPlace, type Place } from './place.ts';

/**
 * Writes a backup, also while a server runs on the storage: of the embedded engine one file, of MongoDB a folder.
 * @throws `storage.targetNotEmpty` when the target exists, `storage.badBackup` when there is nothing to back up
 */
export async function backupStorage(request: {
  readonly place: Place;
  readonly target: string;
  readonly clock: Clock;
  readonly onProgress?: Progress;
}): Promise<void> {
  const { place, target, clock, onProgress } = request;
  if (place.engine === 'embedded') return writeBackup(place.folder, clock, target, onProgress);
  const storage = await openPlace(place, clock);
  try {
    await storage.backup(target, onProgress);
  } finally {
    await storage.close();
  }
}
