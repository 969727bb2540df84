import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'libsql';
import type { ProductProcess } from '../support/productProcess.ts';
import type { StorageFaults } from './faults.ts';

const run = promisify(execFile);
const databaseOf = ({ folder }: ProductProcess): string => join(folder, 'storage.db');

/**
 * A disk that takes no more (no file of the product may grow over 256 kB), one that lets wait (somebody else writes),
 * one that is gone, and one that may not be written when the product starts: that needs the right to mount.
 */
export async function embeddedFaults(product: ProductProcess): Promise<StorageFaults> {
  const { folder } = product;
  const mounted = await run('mount', ['--bind', folder, folder]).then(
    () => true,
    () => false,
  );
  const remount = (how: 'ro' | 'rw') => run('mount', ['-o', `remount,bind,${how}`, folder]);
  let stranger: InstanceType<typeof Database> | undefined;
  const breakings: Record<string, (its: ProductProcess) => Promise<unknown>> = {
    full: ({ pid = 0 }) => limit(pid, '262144'),
    slow: async (its) => {
      stranger = new Database(databaseOf(its));
      for (let tries = 0; tries < 400 && !tookTurn(stranger); tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 5));
    },
    gone: (its) => rename(databaseOf(its), `${databaseOf(its)}.gone`),
    readOnly: () => remount('ro'),
  };
  return {
    kinds: ['full', 'slow', 'gone'],
    atStart: mounted ? ['readOnly'] : [],
    breakIt: async (kind, its) => void (await breakings[kind]?.(its)),
    async mend(its) {
      if (mounted) await remount('rw');
      stranger?.close();
      stranger = undefined;
      if (existsSync(`${databaseOf(its)}.gone`)) await rename(`${databaseOf(its)}.gone`, databaseOf(its));
      // A process that was killed takes its limit along.
      if (its.isRunning) await limit(its.pid ?? 0, 'unlimited');
    },
    close: async () => void (mounted && (await run('umount', ['-l', folder]))),
  };
}
/** Waiting in SQLite itself would stop the exchange, which is in this process. */
function tookTurn(stranger: InstanceType<typeof Database>): boolean {
  try {
    stranger.exec('BEGIN IMMEDIATE');
    return true;
  } catch {
    return false;
  }
}
const limit = (pid: number, bytes: string): Promise<unknown> =>
  run('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
