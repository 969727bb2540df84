import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
/** Puts a folder's names on the disk. */
export const syncFolder = sync;

/** Gives a finished file or folder its name; both are on the disk when it resolves. */
export async function settle(partial: string, target: string): Promise<void> {
  await sync(partial);
  await rename(partial, target);
  await sync(dirname(target));
}
