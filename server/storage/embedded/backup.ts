import { existsSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../../../machines/vocabulary/index.ts';
import { storageFault } from '../faults.ts';
import { settle } from '../files.ts';
import type { Progress } from '../port.ts';
import { DATABASE_FILE } from './protocol.ts';
import { Thread } from './thread.ts';

const LOOK_EVERY_MS = 200;

/**
 * Copies the database of a running (or stopped) server into one file: one instant of everything. Works beside the owner
 * of the folder, in a thread of its own. The file gets its name only when it is whole and on the disk.
 */
export async function writeBackup(
  folder: string,
  clock: Clock,
  target: string,
  onProgress: Progress = () => undefined,
): Promise<void> {
  const file = join(folder, DATABASE_FILE);
  if (!existsSync(file)) throw storageFault('storage.badBackup', `there is no storage in ${folder}`);
  if (existsSync(target)) throw storageFault('storage.targetNotEmpty', `${target} is already there`);
  await mkdir(dirname(target), { recursive: true });
  const partial = `${target}.partial`;
  await rm(partial, { force: true });
  const total = statSync(file).size;
  const look = () => onProgress(Math.min(total, existsSync(partial) ? statSync(partial).size : 0), total);
  let stop: (() => void) | undefined;
  const again = () => {
    look();
    stop = clock.setTimer(clock.now() + LOOK_EVERY_MS, again);
  };
  again();
  const thread = new Thread({ role: 'keeper', folder });
  try {
    await thread.ask({ op: 'backup', target: partial });
  } finally {
    stop?.();
    await thread.close();
  }
  await settle(partial, target);
  onProgress(total, total);
}
