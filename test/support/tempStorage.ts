import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../machines/vocabulary/index.ts';
import { openEmbedded } from '../../server/storage/embedded/engine.ts';
import type { Storage } from '../../server/storage/port.ts';
import { systemClock } from '../../server/clock.ts';

export interface TempStorage {
  readonly storage: Storage;
  readonly folder: string;
  /** Closes and opens the same folder again, as a restart does. */
  reopen(): Promise<Storage>;
  /** Closes and removes the folder. */
  remove(): Promise<void>;
}

/** The real embedded storage in a folder of its own under the system's temporary folder. */
export async function tempStorage(clock: Clock = systemClock): Promise<TempStorage> {
  const folder = await mkdtemp(join(tmpdir(), 'storage-'));
  let storage = await openEmbedded({ folder, clock });
  return {
    get storage() {
      return storage;
    },
    folder,
    async reopen() {
      await storage.close();
      storage = await openEmbedded({ folder, clock });
      return storage;
    },
    async remove() {
      await storage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
