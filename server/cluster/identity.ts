import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import type { Holder } from './lease.ts';

/** Who this instance is. The id stays the same over restarts on one DATA_DIR. */
export async function whoAmI(dataDir: string, port: number): Promise<Holder> {
  const title = `${hostname()}:${port} (process ${process.pid})`;
  const file = join(dataDir, 'instance');
  await mkdir(dataDir, { recursive: true });
  try {
    return { id: (await readFile(file, 'utf8')).trim(), title };
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') throw fault;
    const id = randomUUID();
    await writeFile(file, id);
    return { id, title };
  }
}

/**
 * Puts aside what this instance could not write when it last was the core: another one has been the core since, and
 * what was never confirmed to anybody must not come in behind what happened then. A person may look at it.
 */
export async function setBacklogAside(dataDir: string, epoch: number, log: Log): Promise<void> {
  const folder = join(dataDir, 'backlog');
  const files = await readdir(folder).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return [];
    throw fault;
  });
  if (!files.some((name) => name.endsWith('.jsonl'))) return;
  const aside = `${folder}-of-before-${epoch}`;
  await rename(folder, aside);
  log.warn({ folder: aside }, 'unconfirmed entries of an earlier turn are set aside: another instance took over');
}
