import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { systemClock } from '../../../../server/clock.ts';
import { openEmbedded } from '../../../../server/storage/embedded/engine.ts';
import type { Storage } from '../../../../server/storage/port.ts';
import { backupStorage } from '../../../../server/storage/tools/backupStorage.ts';
import { copyAll } from '../../../../server/storage/tools/copy.ts';
import { openPlace } from '../../../../server/storage/tools/place.ts';
import { restoreStorage } from '../../../../server/storage/tools/restoreStorage.ts';
import { storageSource, sumDocuments, sumEntries } from '../../../../server/storage/tools/source.ts';
import { type Case, type Harness, things } from '../harness.ts';

const clock = systemClock;
const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const packed = { ...things, name: 'packedThings', packed: true };

async function fill(storage: Storage): Promise<void> {
  for (const spec of [things, packed]) {
    const all = await storage.collection(spec);
    const thing = (n: number) => ({
      key: n % 5 ? `k${n}` : null,
      at: n,
      open: n % 2 === 0,
      share: n / 4,
      text: '😀'.repeat(n % 80),
    });
    await all.putAll(range(1_300).map((n) => ({ id: `т${n}`, document: thing(n) })));
    await all.replace('т3', { key: 'three', more: { 'a.b': 1, $c: [] } }, 1);
  }
  const entries = range(1_700).map((at) => ({
    stream: `s${at % 40}`,
    at,
    kind: at % 2 ? 'fact' : 'choice',
    body: { at },
  }));
  await storage.journal.append(entries.slice(0, 900), { writer: 'w', first: 0 });
  await storage.journal.append(entries.slice(900), { writer: 'w', first: 900 });
  await storage.journal.eraseStreams(['s7']);
}
async function sums(storage: Storage) {
  const source = storageSource(storage);
  const none = () => undefined;
  const names = (await source.catalogue()).map(({ name }) => name);
  const documents = await Promise.all(names.map(async (name) => [name, await sumDocuments(source, name, none)]));
  return { documents, journal: await sumEntries(source, none), origins: await source.origins() };
}
/** A storage of the other kind of place: always embedded, in a folder of the case. */
const target = (harness: Harness, name: string) => openEmbedded({ folder: join(harness.folder, name), clock });

/** Fails in the middle, as a process that was killed. */
function cutAfter(storage: Storage, writes: number): Storage {
  let left = writes;
  const dying =
    <Args extends unknown[]>(write: (...args: Args) => Promise<void>) =>
    async (...args: Args) => {
      left -= 1;
      if (left < 0) throw new Error('cut off');
      await write(...args);
    };
  const { raw } = storage;
  const rawCut = Object.create(raw, {
    write: { value: dying(raw.write.bind(raw)) },
    journalWrite: { value: dying(raw.journalWrite.bind(raw)) },
  }) as Storage['raw'];
  for (const name of [
    'catalogue',
    'count',
    'read',
    'make',
    'erase',
    'journalCount',
    'origins',
    'setOrigins',
    'note',
    'setNote',
  ] as const) {
    Object.defineProperty(rawCut, name, { value: (raw[name] as (...args: unknown[]) => unknown).bind(raw) });
  }
  return { ...storage, engine: storage.engine, journal: storage.journal, raw: rawCut };
}

export const toolCases: readonly Case[] = [
  {
    title: '[STORE-15] a backup made while writing goes on is whole and can be restored',
    async run(harness) {
      const { storage, folder } = harness;
      await fill(storage);
      const live = { writing: true, appended: 0 };
      const writer = (async () => {
        for (; live.writing; live.appended += 1) {
          const at = live.appended;
          await storage.journal.append([{ stream: 'live', at, kind: 'fact', body: at }]);
        }
      })();
      const progress: [number, number][] = [];
      const copy = join(folder, 'copies', 'one');
      await storage.backup(copy, (done, total) => progress.push([done, total]));
      live.writing = false;
      await writer;
      expect(progress.at(-1)?.[0]).toBe(progress.at(-1)?.[1]);
      await expect(storage.backup(copy)).rejects.toMatchObject({ code: 'storage.targetNotEmpty' });
      const place = { engine: 'embedded', folder: join(folder, 'restored') } as const;
      const { report } = await restoreStorage({ backup: copy, place, clock });
      expect(report.collections['things']?.count).toBe(1_300);
      const restored = await openPlace(place, clock);
      const bodies = (await restored.journal.readStream('live')).map(({ body }) => body);
      expect(bodies).toEqual(range(bodies.length));
      expect((await sums(restored)).documents).toEqual((await sums(storage)).documents);
      await restored.close();
    },
  },
  {
    title: '[STORE-15] a restore brings back what was there; a damaged backup is refused',
    async run(harness) {
      await fill(harness.storage);
      const before = await sums(harness.storage);
      const copy = join(harness.folder, 'copies', 'two');
      await backupStorage({ place: harness.place, target: copy, clock });
      await (await harness.storage.collection(things)).deleteWhere({}, 10_000);
      await harness.storage.close();
      await restoreStorage({ backup: copy, place: harness.place, clock });
      const again = await harness.restart();
      expect(await sums(again)).toEqual(before);
      expect((await (await again.collection(things)).get('т3'))?.revision).toBe(2);
      await damage(copy);
      await harness.storage.close();
      const broken = restoreStorage({ backup: copy, place: harness.place, clock });
      await expect(broken).rejects.toMatchObject({ code: 'storage.badBackup' });
      expect(await sums(await harness.restart())).toEqual(before);
    },
  },
  {
    title: '[STORE-16] a copy moves everything, row for row, and says how much',
    async run(harness) {
      await fill(harness.storage);
      const before = await sums(harness.storage);
      const progress: number[] = [];
      const to = await target(harness, 'copy');
      const report = await copyAll(storageSource(harness.storage), to, (done, total) => progress.push(done / total));
      expect(await sums(to)).toEqual(before);
      expect(report.collections['packedThings']?.count).toBe(1_300);
      expect(progress.at(-1)).toBe(1);
      expect(progress.every((share, at) => at === 0 || share >= (progress[at - 1] ?? 2))).toBe(true);
      const all = await to.collection(things);
      expect(await all.insert('other', { key: 'three' })).toBe('exists');
      await to.journal.append([{ stream: 's', at: 1, kind: 'fact', body: 0 }], { writer: 'w', first: 1_699 });
      expect((await to.journal.append([{ stream: 's', at: 1, kind: 'fact', body: 0 }])).firstSeq).toBeGreaterThan(
        1_700,
      );
      expect(await to.journal.readStream('s')).toHaveLength(1);
      await expect(copyAll(storageSource(harness.storage), to)).rejects.toMatchObject({
        code: 'storage.targetNotEmpty',
      });
      // And back: into an emptied storage of the engine under test.
      await harness.storage.raw.clear();
      await to.journal.eraseStreams(['s']);
      await all.delete('other');
      await copyAll(storageSource(to), harness.storage);
      expect((await sums(harness.storage)).documents).toEqual(before.documents);
      expect((await sums(harness.storage)).origins).toEqual(before.origins);
      await to.close();
    },
  },
  {
    title: '[STORE-16] a copy cut off at any write goes on and ends the same',
    async run(harness) {
      await fill(harness.storage);
      const before = await sums(harness.storage);
      const to = await target(harness, 'cut');
      for (const writes of [0, 1, 2, 1, 3]) {
        await expect(copyAll(storageSource(harness.storage), cutAfter(to, writes))).rejects.toThrow('cut off');
      }
      await copyAll(storageSource(harness.storage), to);
      expect(await sums(to)).toEqual(before);
      await to.close();
    },
  },
  {
    title: '[STORE-16] what changed while it was copied is found and copied once more',
    async run(harness) {
      await fill(harness.storage);
      const to = await target(harness, 'changed');
      const source = storageSource(harness.storage);
      const all = await harness.storage.collection(things);
      let changed = false;
      const report = await copyAll(
        {
          ...source,
          journalCount: async () => source.journalCount(),
          async *entries(after) {
            if (!changed) await all.put('т1', { text: 'changed' });
            changed = true;
            yield* source.entries(after);
          },
        },
        to,
      );
      expect(report.collections['things']?.count).toBe(1_300);
      expect((await (await to.collection(things)).get('т1'))?.document).toEqual({ text: 'changed' });
      await to.close();
    },
  },
];

/** Turns one byte in the middle of each file. */
async function damage(path: string): Promise<void> {
  const found = await stat(path);
  const files = found.isDirectory() ? (await readdir(path)).map((name) => join(path, name)) : [path];
  for (const file of files) {
    const bytes = await readFile(file);
    bytes.fill(0x2a, 0, Math.min(200, bytes.length));
    await writeFile(file, bytes);
  }
}
