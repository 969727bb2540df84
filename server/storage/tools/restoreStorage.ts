import { AppError, type Clock } from '../../../machines/vocabulary/index.ts';
import { changeOver, prepareNext } from '../embedded/changeOver.ts';
import { restoreBeside } from '../mongo/restoreBeside.ts';
import type { Progress, Storage } from '../port.ts';
import { copyAll, type CopyReport } from './copy.ts';
import { openBackup } from './openBackup.ts';
import type { Place } from './place.ts';

export interface RestoreRequest {
  /** A file or a folder that `backupStorage` wrote; either can be restored into either engine. */
  readonly backup: string;
  readonly place: Place;
  readonly clock: Clock;
  readonly onProgress?: Progress;
  /** MongoDB: sees both databases when the restored one is whole and no server knows of it yet. */
  readonly beforeTaken?: (restored: Storage, present: Storage) => Promise<void>;
}
export interface Restored {
  readonly report: CopyReport;
  /** Embedded: a server runs on the folder and changes over by itself within seconds. */
  readonly waits: boolean;
  /** Where what there was before lies, if there was anything: a folder, or the name of a database. */
  readonly kept?: string;
}

/**
 * Puts a backup in the place of what is there; every row is compared. It is prepared beside the present one, so nothing
 * changes before all of it is there, and servers that run take it by themselves. What there was is kept: under
 * `backups/before-restore-…`, or in the database of before.
 * @throws `storage.badBackup`, `storage.tooNew`
 */
export async function restoreStorage(request: RestoreRequest): Promise<Restored> {
  const { backup, place, clock, onProgress, beforeTaken = () => Promise.resolve() } = request;
  const opened = await openBackup(backup, clock);
  const { source } = opened;
  try {
    if (place.engine === 'mongo') {
      const fill = (storage: Storage) => copyAll(source, storage, onProgress);
      const { value, kept } = await restoreBeside({ ...place, clock }, fill, beforeTaken);
      return { report: value, waits: false, ...(kept === undefined ? {} : { kept }) };
    }
    const { folder } = place;
    const report = await prepareNext(folder, clock, (storage) => copyAll(source, storage, onProgress));
    return { report, ...(await take(folder, clock)) };
  } finally {
    await opened.close();
  }
}

/** At once, unless a server runs on the folder. */
async function take(folder: string, clock: Clock): Promise<Omit<Restored, 'report'>> {
  try {
    return { waits: false, ...(await changeOver(folder, clock)) };
  } catch (fault) {
    if (fault instanceof AppError && fault.code === 'storage.locked') return { waits: true };
    throw fault;
  }
}
