import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../../machines/vocabulary/index.ts';
import { lockFolder } from '../embedded/database.ts';
import { openEmbedded } from '../embedded/engine.ts';
import { DATABASE_FILE } from '../embedded/protocol.ts';
import { COPY_NOTE } from '../copyNote.ts';
import { storageFault } from '../faults.ts';
import { syncFolder } from '../files.ts';
import type { Progress } from '../port.ts';
import { copyAll, type CopyReport } from './copy.ts';
import { folderSource, isBackupFolder } from './folder.ts';
import { openPlace, type Place } from './place.ts';
import { type Source, storageSource } from './source.ts';

export interface RestoreRequest {
  /** A file or a folder that `backupStorage` wrote; either can be restored into either engine. */
  readonly backup: string;
  readonly place: Place;
  readonly clock: Clock;
  /** MongoDB only: what is in the database goes. The embedded engine's files are always kept aside. */
  readonly replace?: boolean;
  readonly onProgress?: Progress;
}

/**
 * Puts a backup in the place of what is there; every row is compared. The server of the place must be stopped. What the
 * embedded engine had is kept under `backups/before-restore-…`.
 * @throws `storage.badBackup`, `storage.tooNew`, `storage.locked`, `storage.targetNotEmpty`
 */
export async function restoreStorage(request: RestoreRequest): Promise<CopyReport> {
  const { place, clock, onProgress } = request;
  const source = await openBackup(request.backup, clock);
  try {
    if (place.engine === 'embedded') await putAside(place.folder, clock);
    const to = await openPlace(place, clock);
    try {
      if (request.replace === true && (await to.raw.note(COPY_NOTE)) === undefined) await to.raw.clear();
      return await copyAll(source.source, to, onProgress);
    } finally {
      await to.close();
    }
  } finally {
    await source.close();
  }
}

interface Opened {
  readonly source: Source;
  close(): Promise<void>;
}
async function openBackup(backup: string, clock: Clock): Promise<Opened> {
  if (isBackupFolder(backup)) return { source: await folderSource(backup), close: () => Promise.resolve() };
  const found = existsSync(backup) ? await stat(backup) : undefined;
  if (found?.isFile() !== true) throw storageFault('storage.badBackup', `${backup} is not a backup`);
  // Opened from a copy: the backup itself stays as it is.
  const folder = await mkdtemp(join(tmpdir(), 'restore-'));
  await copyFile(backup, join(folder, DATABASE_FILE));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const storage = await openEmbedded({ folder, clock });
    return {
      source: storageSource(storage),
      close: async () => {
        await storage.close();
        await remove();
      },
    };
  } catch (cause) {
    await remove();
    throw storageFault('storage.badBackup', `${backup} cannot be opened: ${String(cause)}`, { cause });
  }
}

/** Moves the database and its log away together, under the lock of the folder. */
async function putAside(folder: string, clock: Clock): Promise<void> {
  const file = join(folder, DATABASE_FILE);
  if (!existsSync(file)) return;
  const lock = lockFolder(folder);
  try {
    const aside = join(folder, 'backups', `before-restore-${clock.now()}`);
    await mkdir(aside, { recursive: true });
    for (const suffix of ['-wal', '-shm', '']) {
      if (existsSync(file + suffix)) await rename(file + suffix, join(aside, DATABASE_FILE + suffix));
    }
    await syncFolder(aside);
    await syncFolder(folder);
  } finally {
    lock.close();
  }
}
