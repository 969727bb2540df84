import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock as clock } from '../../../server/clock.ts';
import { openMongo } from '../../../server/storage/mongo/engine.ts';
import type { Storage } from '../../../server/storage/port.ts';
import { dropDatabase } from '../../support/ownDatabase.ts';
import type { Case, Harness } from './harness.ts';

/** The server of the tests; without it everything of MongoDB is left out, and said so. */
export const mongoUri = process.env['MONGODB_URI'];

/** Runs a case in a database of its own, which is dropped afterwards. */
export async function onMongo(uri: string, run: Case['run']): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'storage-contract-'));
  const database = `contract_${randomUUID().replaceAll('-', '')}`;
  const place = { engine: 'mongo', uri, database, folder } as const;
  const open = () => openMongo({ uri, database, folder, clock });
  let storage = await open();
  const others: Storage[] = [];
  const harness: Harness = {
    get storage() {
      return storage;
    },
    folder,
    place,
    async restart() {
      await storage.close();
      storage = await open();
      return storage;
    },
    async beside() {
      const other = await open();
      others.push(other);
      return other;
    },
  };
  try {
    await run(harness);
  } finally {
    await Promise.all([storage, ...others].map((each) => each.close()));
    await dropDatabase(uri, database);
    await rm(folder, { recursive: true, force: true });
  }
}
