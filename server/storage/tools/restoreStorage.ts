import { AppError, type Clock } from '../../../machines/vocabulary/index.ts';
import { changeOver, prepareNext } from '../embedded/changeOver.ts';
import { COPY_NOTE } from '../copyNote.ts';
import type { Progress } from '../port.ts';
import { copyAll, type CopyReport } from './copy.ts';
import { openBackup } from './openBackup.ts';
import { openPlace, type Place } from './place.ts';
import type { Source } from './source.ts';

export interface RestoreRequest {
  /** A file or a folder that `backupStorage` wrote; either can be restored into either engine. */
  readonly backup: string;
  readonly place: Place;
  readonly clock: Clock;
  /** MongoDB only: what is in the database goes. The embedded engine's files are always kept aside. */
  readonly replace?: boolean;
  readonly onProgress?: Progress;
}
export interface Restored extends CopyReport {
  /** A server runs on the folder: it changes over by itself within seconds. */
  readonly waits: boolean;
}

/**
 * Puts a backup in the place of what is there; every row is compared. For the embedded engine a database is prepared
 * beside the present one, so nothing changes before all of it is there, and a running server takes it. What there was is
 * kept under `backups/before-restore-…`. MongoDB's servers must be stopped.
 * @throws `storage.badBackup`, `storage.tooNew`, `storage.targetNotEmpty`
 */
export async function restoreStorage(request: RestoreRequest): Promise<Restored> {
  const { place, clock, onProgress } = request;
  const backup = await openBackup(request.backup, clock);
  try {
    if (place.engine === 'mongo') return { ...(await intoMongo(request, backup.source)), waits: false };
    const { folder } = place;
    const report = await prepareNext(folder, clock, (storage) => copyAll(backup.source, storage, onProgress));
    return { ...report, waits: await isServed(() => changeOver(folder, clock)) };
  } finally {
    await backup.close();
  }
}

async function intoMongo({ place, clock, replace, onProgress }: RestoreRequest, source: Source): Promise<CopyReport> {
  const to = await openPlace(place, clock);
  try {
    if (replace === true && (await to.raw.note(COPY_NOTE)) === undefined) await to.raw.clear();
    return await copyAll(source, to, onProgress);
  } finally {
    await to.close();
  }
}

async function isServed(take: () => Promise<unknown>): Promise<boolean> {
  try {
    await take();
    return false;
  } catch (fault) {
    if (fault instanceof AppError && fault.code === 'storage.locked') return true;
    throw fault;
  }
}
