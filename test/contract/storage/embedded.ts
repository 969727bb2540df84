import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock as clock } from '../../../server/clock.ts';
import { openEmbedded } from '../../../server/storage/embedded/engine.ts';
import type { Case, Harness } from './harness.ts';

/** Runs a case on an embedded storage of its own. */
export async function onEmbedded(run: Case['run']): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'storage-contract-'));
  const place = { engine: 'embedded', folder: join(folder, 'data') } as const;
  const open = () => openEmbedded({ folder: place.folder, clock });
  let storage = await open();
  const harness: Harness = {
    get storage() {
      return storage;
    },
    folder: place.folder,
    place,
    async restart() {
      await storage.close();
      storage = await open();
      return storage;
    },
    beside: () => Promise.resolve(storage),
  };
  try {
    await run(harness);
  } finally {
    await storage.close();
    await rm(folder, { recursive: true, force: true });
  }
}
