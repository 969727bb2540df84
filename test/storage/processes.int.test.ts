import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock as clock } from '../../server/clock.ts';
import { openEmbedded } from '../../server/storage/embedded/engine.ts';
import type { Storage } from '../../server/storage/port.ts';
import { openPlace, type Place } from '../../server/storage/tools/place.ts';
import { mongoUri } from '../contract/storage/mongo.ts';
import { dropDatabase } from '../support/ownDatabase.ts';

const script = fileURLToPath(new URL('../support/storageChild.mjs', import.meta.url));
let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'storage-processes-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
  await rm(folder, { recursive: true, force: true });
});

interface Child {
  readonly lines: unknown[];
  /** Resolves when so many lines were said. */
  readonly said: (count: number) => Promise<void>;
  readonly ended: Promise<unknown>;
  readonly kill: () => Promise<void>;
}
function start(work: 'write' | 'race', place: Place): Child {
  const child = spawn(process.execPath, [script, work, JSON.stringify(place)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines: unknown[] = [];
  let watch: () => void = () => undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(JSON.parse(line));
    watch();
  });
  const ended = once(child, 'close');
  const reached = (count: number) =>
    new Promise<void>((resolve) => {
      watch = () => lines.length >= count && resolve();
      watch();
    });
  return {
    lines,
    said: (count) => Promise.race([reached(count), ended.then(() => undefined)]),
    ended,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
interface Said {
  readonly name: string;
  readonly mine: number;
}
const isSaid = (line: unknown): line is Said => typeof line === 'object' && line !== null && 'mine' in line;

async function checkConfirmed(place: Place, lines: readonly unknown[]): Promise<void> {
  const storage = await openPlace(place, clock);
  try {
    const entries = await storage.journal.readAfter(0, 1_000_000);
    const known = new Set(entries.map(({ stream, at }) => `${stream}/${at}`));
    for (const { name, mine } of lines.filter(isSaid)) {
      expect(known.has(`${name}/${mine}`)).toBe(true);
    }
    expect(known.size).toBe(entries.length);
    const made = (await storage.raw.catalogue()).some(({ name }) => name === 'things');
    expect(made ? await storage.raw.count('things') : 0).toBeGreaterThanOrEqual(lines.filter(isSaid).length);
  } finally {
    await storage.close();
  }
}

describe('embedded', () => {
  const place = (): Place => ({ engine: 'embedded', folder });

  test('[STORE-20] kill -9 while writing: all that was confirmed is there, and the folder is free at once', async () => {
    const said: unknown[] = [];
    for (const count of [1, 40, 3, 120, 400]) {
      const child = start('write', place());
      await child.said(count);
      await child.kill();
      expect(child.lines[0]).toBe('open');
      said.push(...child.lines);
      await checkConfirmed(place(), said);
    }
  });

  test('[STORE-21] a second server on the same folder is refused in words, from this process and from another', async () => {
    const storage = await openEmbedded({ folder, clock });
    await expect(openEmbedded({ folder, clock })).rejects.toMatchObject({
      code: 'storage.locked',
      message: `the data folder ${folder} is in use by process ${process.pid}`,
    });
    const child = start('write', place());
    await child.ended;
    expect(child.lines).toEqual([
      { code: 'storage.locked', message: `the data folder ${folder} is in use by process ${process.pid}` },
    ]);
    await storage.ping();
    await storage.close();
    await (await openEmbedded({ folder, clock })).close();
  });
});

describe('embedded without its files', () => {
  const append = (storage: Storage, body: number) =>
    storage.journal.append([{ stream: 's', at: 1, kind: 'fact', body }]);

  test.for(['storage.db', 'storage.db-wal'])(
    '[STORE-22] %s taken away: nothing is confirmed until it is back',
    async (name) => {
      const storage = await openEmbedded({ folder, clock });
      await append(storage, 1);
      const aside = join(folder, 'aside');
      await rename(join(folder, name), aside);
      const away = { code: 'storage.unavailable', kind: 'operational' };
      await expect(append(storage, 2)).rejects.toMatchObject(away);
      if (name === 'storage.db') await expect(append(storage, 3)).rejects.toMatchObject(away);
      await rename(aside, join(folder, name));
      await append(storage, 4);
      const bodies = (await storage.journal.readStream('s')).map(({ body }) => body);
      expect(bodies).toContain(1);
      expect(bodies).toContain(4);
      await storage.close();
    },
  );
});

/** A small file system of its own can be filled and made read-only; only root may make one. */
function mounted(size: string, at: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', at], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const canMount = process.getuid?.() === 0 && probe();
function probe(): boolean {
  const at = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
  const can = mounted('1m', at);
  if (can) execFileSync('umount', [at]);
  return can;
}
if (!canMount) process.stderr.write('not run: storage on a full and a read-only disk (needs the right to mount)\n');

describe.runIf(canMount)('embedded on a disk that fails', () => {
  beforeEach(() => {
    mounted('4m', folder);
  });
  afterEach(() => {
    execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
  });
  const entry = (size: number) => {
    // Not to be compressed away.
    const body = Array.from({ length: size / 8 }, (_, at) => ((at * 2_654_435_761) % 4_294_967_291).toString(36)).join(
      '',
    );
    return { stream: 's', at: 1, kind: 'fact', body };
  };

  test('[STORE-22] a full disk is told as such; when there is room again, writing goes on without a restart', async () => {
    const storage = await openEmbedded({ folder, clock });
    await storage.journal.append([entry(100)]);
    let confirmed = 1;
    const fill = async () => {
      for (; confirmed < 1_000; confirmed += 1) await storage.journal.append([entry(60_000)]);
    };
    await expect(fill()).rejects.toMatchObject({ code: 'storage.full', kind: 'operational' });
    await expect(storage.journal.append([entry(60_000)])).rejects.toMatchObject({ code: 'storage.full' });
    expect(await storage.journal.readStream('s')).toHaveLength(confirmed);
    execFileSync('mount', ['-o', 'remount,size=8m', folder]);
    await storage.journal.append([entry(60_000)]);
    expect(await storage.journal.readStream('s')).toHaveLength(confirmed + 1);
    await storage.close();
  });

  test('[STORE-22] a read-only disk is told as such at the start; when it can be written again, all is there', async () => {
    const storage = await openEmbedded({ folder, clock });
    await storage.journal.append([entry(100)]);
    await storage.close();
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    await expect(openEmbedded({ folder, clock })).rejects.toMatchObject({ code: 'storage.readOnly' });
    execFileSync('mount', ['-o', 'remount,rw', folder]);
    const again = await openEmbedded({ folder, clock });
    await again.journal.append([entry(100)]);
    expect(await again.journal.readStream('s')).toHaveLength(2);
    await again.close();
  });
});

if (mongoUri === undefined) process.stderr.write('not run: several servers on MongoDB (set MONGODB_URI)\n');
describe.runIf(mongoUri !== undefined)('MongoDB', () => {
  const database = `processes_${process.pid}`;
  const place = (): Place => ({ engine: 'mongo', uri: mongoUri ?? '', database, folder });
  afterEach(() => dropDatabase(mongoUri ?? '', database));

  test('[STORE-09] two processes: a unique key is taken once over both, the journal has all in one order', async () => {
    await (await openPlace(place(), clock)).close();
    const both = [start('race', place()), start('race', place())];
    await Promise.all(both.map(({ ended }) => ended));
    expect(both.map(({ lines }) => lines)).toMatchObject(
      both.map(() => ['open', { taken: expect.any(Array) as unknown }]),
    );
    const taken = both.flatMap(({ lines }) => (lines[1] as { taken: number[] }).taken);
    expect(taken.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 150 }, (_, at) => at));
    const storage = await openPlace(place(), clock);
    const entries = await storage.journal.readAfter(0, 1_000);
    expect(entries).toHaveLength(300);
    for (const stream of new Set(entries.map((entry) => entry.stream))) {
      const bodies = entries.filter((entry) => entry.stream === stream).map(({ body }) => body);
      expect(bodies).toEqual(Array.from({ length: 150 }, (_, at) => at));
    }
    await storage.close();
  });

  test('[STORE-09] servers that declare the same together all succeed', async () => {
    const servers = await Promise.all(Array.from({ length: 4 }, () => openPlace(place(), clock)));
    const declared = Array.from({ length: 12 }, (_, round) => async (storage: Storage, index: number) => {
      const things = await storage.collection<{ readonly number: number }>({
        ...{ name: `things${round}`, version: 1, check: (thing) => thing as { number: number } },
        columns: { number: { type: 'integer', of: ({ number }) => number } },
        indexes: [{ columns: ['number'], unique: true }],
      });
      await things.insert(String(index), { number: index });
    });
    const faults: unknown[] = [];
    for (const round of declared)
      for (const each of await Promise.allSettled(servers.map(round)))
        if (each.status === 'rejected') faults.push(String(each.reason));
    await Promise.all(servers.map((each) => each.close()));
    expect(faults).toEqual([]);
  });

  test('[STORE-20] kill -9 of one of two writing processes: all that either confirmed is there', async () => {
    const [one, two] = [start('write', place()), start('write', place())];
    await one.said(60);
    await one.kill();
    await two.said(120);
    await two.kill();
    const storage = await openPlace(place(), clock);
    const known = new Set((await storage.journal.readAfter(0, 100_000)).map(({ stream, at }) => `${stream}/${at}`));
    for (const { name, mine } of [...one.lines, ...two.lines].filter(isSaid)) {
      expect(known.has(`${name}/${mine}`)).toBe(true);
    }
    await storage.close();
  });
});
