import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../../machines/vocabulary/index.ts';
import { openEmbedded } from '../embedded/engine.ts';
import { DATABASE_FILE } from '../embedded/protocol.ts';
import { storageFault } from '../faults.ts';
import { folderSource, isBackupFolder } from './folder.ts';
import { type Source, storageSource } from './source.ts';

interface Opened {
  readonly source: Source;
  close(): Promise<void>;
}
/**
 * A file or a folder that `backupStorage` wrote, ready to be read.
 * @throws `storage.badBackup`, `storage.tooNew`
 */
export async function openBackup(backup: string, clock: Clock): Promise<Opened> {
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
