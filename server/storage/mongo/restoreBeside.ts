import { COPY_NOTE } from '../copyNote.ts';
import type { Storage } from '../port.ts';
import { type MongoOptions, openMongo } from './engine.ts';

/** What was filled, and the databases of now and of before. */
export interface Restored<Value> {
  readonly value: Value;
  readonly database: string;
  /** Absent: it was empty. */
  readonly kept?: string;
}

/**
 * Fills a new database beside the present one and puts it in its place, whoever works with that one meanwhile: servers
 * see it by themselves and begin anew. The present one stays as it is. An empty one, or one whose first copy was cut
 * off, is filled itself. What an earlier try left in the new one goes. `beforeTaken` sees both when the new one is whole
 * and nobody knows of it yet.
 */
export async function restoreBeside<Value>(
  options: MongoOptions,
  fill: (storage: Storage) => Promise<Value>,
  beforeTaken: (restored: Storage, present: Storage) => Promise<void>,
): Promise<Restored<Value>> {
  const named = await openMongo({ ...options, asNamed: true });
  try {
    const { successor, name } = named;
    if (await isToBeFilled(named)) return { value: await fill(named), database: name };
    const [kept, database] = [await successor.current(), await successor.next()];
    const next = await openMongo({ ...options, database, asNamed: true });
    try {
      await next.raw.clear();
      await next.raw.setNote(COPY_NOTE, undefined);
      const value = await fill(next);
      const present = await openMongo({ ...options, database: kept, asNamed: true });
      try {
        await beforeTaken(next, present);
      } finally {
        await present.close();
      }
      await successor.set(database);
      return { value, database, kept };
    } finally {
      await next.close();
    }
  } finally {
    await named.close();
  }
}

const isToBeFilled = async ({ raw, journal }: Storage): Promise<boolean> =>
  (await raw.note(COPY_NOTE)) !== undefined ||
  ((await raw.catalogue()).length === 0 && (await journal.lastSeq()) === 0);
