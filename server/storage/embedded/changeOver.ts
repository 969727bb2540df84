import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../machines/vocabulary/index.ts';
import { storageFault } from '../faults.ts';
import { settle, syncFolder } from '../files.ts';
import type { Storage } from '../port.ts';
import { lockFolder } from './database.ts';
import { openEmbedded } from './engine.ts';
import { NEXT, waitsForChangeOver } from './nextDatabase.ts';
import { DATABASE_FILE, HOLDER_FILE, LOCK_FILE } from './protocol.ts';

const PART = join('restore', 'part');
const BACKLOG = 'backlog';
/** The log first: a database without its name is none, a name without its log is an older one. */
const SUFFIXES = ['-wal', '-shm', ''] as const;

/** Makes that database beside the present one, whoever has it open meanwhile. An earlier one that waits is replaced. */
export async function prepareNext<Value>(
  folder: string,
  clock: Clock,
  fill: (storage: Storage) => Promise<Value>,
): Promise<Value> {
  const part = join(folder, PART);
  await rm(part, { recursive: true, force: true });
  const storage = await openEmbedded({ folder: part, clock });
  let value: Value;
  try {
    value = await fill(storage);
  } finally {
    await storage.close();
  }
  // Closed by its last user, a database is one file again.
  if (existsSync(`${join(part, DATABASE_FILE)}-wal`)) throw storageFault('storage.damaged', `${part} was not closed`);
  for (const own of [LOCK_FILE, HOLDER_FILE]) await rm(join(part, own), { force: true });
  await rm(join(folder, NEXT), { recursive: true, force: true });
  await settle(part, join(folder, NEXT));
  return value;
}

/**
 * Puts the prepared database in the place of the present one, if there is one. What was there, with what was not yet
 * written of it, is kept in the folder that is returned. Cut off at any moment, the next call goes on.
 * @throws `storage.locked` while a server runs on the folder
 */
export async function changeOver(folder: string, clock: Clock): Promise<{ readonly kept: string } | undefined> {
  if (!waitsForChangeOver(folder)) return undefined;
  const lock = lockFolder(folder);
  try {
    const kept = join(folder, 'backups', `before-restore-${clock.now()}`);
    await mkdir(kept, { recursive: true });
    for (const suffix of SUFFIXES)
      await moved(join(folder, DATABASE_FILE + suffix), join(kept, DATABASE_FILE + suffix));
    await moved(join(folder, BACKLOG), join(kept, BACKLOG));
    await syncFolder(kept);
    await rename(join(folder, NEXT, DATABASE_FILE), join(folder, DATABASE_FILE));
    await syncFolder(folder);
    await rm(join(folder, 'restore'), { recursive: true, force: true });
    return { kept };
  } finally {
    lock.close();
  }
}

async function moved(from: string, to: string): Promise<void> {
  if (existsSync(from)) await rename(from, to);
}
