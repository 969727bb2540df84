import {
  appendFile,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Backlog } from '../../server/storage/backlog.ts';
import { COPY_NOTE } from '../../server/storage/copyNote.ts';
import { type JournalWriter, openJournal } from '../../server/storage/journalWriter.ts';
import type { JournalEntry } from '../../server/storage/port.ts';
import { FakeClock, flush } from '../support/fakeClock.ts';
import { FaultyStorage } from '../support/faultyStorage.ts';
import { type TempStorage, tempStorage } from '../support/tempStorage.ts';
import { PATIENCE_MS } from '../support/eventually.ts';

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const entry = (body: unknown): JournalEntry => ({ stream: 's', at: 1, kind: 'fact', body });
const NOBODY = '00000000-0000-4000-8000-000000000000';
const told: string[] = [];
const log = { info: () => undefined, warn: (_: object, what: string) => told.push(what), error: () => undefined };

let clock: FakeClock;
let temp: TempStorage;
let storage: FaultyStorage;
let folder: string;
const folders: string[] = [];
const opened: JournalWriter[] = [];
beforeEach(async () => {
  clock = new FakeClock();
  temp = await tempStorage(clock);
  storage = new FaultyStorage(temp.storage);
  folder = temp.folder;
});
afterEach(async () => {
  storage.calm();
  await Promise.all(opened.splice(0).map((writer) => writer.close()));
  await temp.remove();
  for (const each of folders.splice(0)) await rm(each, { recursive: true, force: true });
});

type Bounds = { maxInMemory?: number; maxSpillBytes?: number };
async function open(bounds: Bounds = {}): Promise<JournalWriter> {
  const writer = await openJournal(storage, { folder, clock, log, ...bounds });
  opened.push(writer);
  return writer;
}
const backlog = async (): Promise<string[]> => (await readdir(join(folder, 'backlog'))).sort();
const stored = async (): Promise<unknown[]> => (await temp.storage.journal.readStream('s')).map(({ body }) => body);
/** Real time passes only in the disk and the storage thread: waits for them without sleeping. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    if (await holds()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('it did not come about');
}
async function outcomeOf(promise: Promise<unknown>): Promise<string> {
  const settled = promise.then(
    () => 'confirmed',
    () => 'refused',
  );
  return Promise.race([settled, flush().then(() => 'open')]);
}
/**
 * As `kill -9`: the writer reaches neither storage nor backlog any more. The next one finds the storage, and the folder
 * as it was at this moment, half-written lines included.
 */
async function kill(): Promise<void> {
  storage.mood = 'gone';
  const next = await mkdtemp(join(tmpdir(), 'storage-killed-'));
  await mkdir(join(next, 'backlog'));
  for (const name of await backlog()) {
    await copyFile(join(folder, 'backlog', name), join(next, 'backlog', name)).catch((error: NodeJS.ErrnoException) => {
      // Just drained and removed: then the kill came after that.
      if (error.code !== 'ENOENT') throw error;
    });
  }
  folders.push(next);
  folder = next;
  storage = new FaultyStorage(temp.storage);
}

test('[WRITER-01] an append is confirmed with the exact position of its last entry, in the order of calls', async () => {
  const writer = await open();
  const lengths = range(300).map((at) => 1 + (at % 5));
  const answers = await Promise.all(lengths.map((length, at) => writer.append(range(length).map(() => entry(at)))));
  const all = await temp.storage.journal.readStream('s');
  let end = 0;
  for (const [at, { lastSeq }] of answers.entries()) {
    end += lengths[at]!;
    expect(lastSeq).toBe(all[end - 1]?.seq);
  }
  expect(writer.stats()).toEqual({ state: 'ok', waiting: 0, spilled: 0, spilledBytes: 0 });
  expect(clock.pending).toBe(0);
});

test('[WRITER-02] a backlog that cannot be read back for a while is waited for, as the storage is', async () => {
  const writer = await open({ maxInMemory: 10 });
  storage.mood = 'gone';
  const waiting: Promise<unknown>[] = [];
  for (const round of [1, 2, 3]) {
    waiting.push(...range(10).map((at) => writer.append([entry((round - 1) * 10 + at)])));
    await until(() => writer.stats().spilled === 10 * round);
  }
  await rename(join(folder, 'backlog'), join(folder, 'elsewhere'));
  storage.mood = 'well';
  const faults = told.length;
  await until(() => {
    clock.advance(1_000);
    return told.length > faults + 2;
  });
  expect(writer.stats()).toMatchObject({ state: 'memory', waiting: 30 });
  await rename(join(folder, 'elsewhere'), join(folder, 'backlog'));
  await until(() => {
    clock.advance(1_000);
    return writer.state === 'ok';
  });
  await Promise.all(waiting);
  expect(await stored()).toEqual(range(30));
});

for (const mood of ['gone', 'full', 'readOnly', 'vanishing', 'slow'] as const) {
  test(`[WRITER-02] storage ${mood}: nothing is confirmed, all lies on the disk; then all is confirmed once`, async () => {
    const writer = await open();
    const states: string[] = [];
    writer.onState((state) => states.push(state));
    const before = await writer.append([entry('before')]);
    storage.mood = mood;
    const waiting = range(600).map((at) => writer.append([entry(at)]));
    if (mood === 'slow') {
      await until(() => storage.counts.asked > 1);
      clock.advance(1_000);
    }
    await until(() => writer.stats().spilled === 600);
    expect(writer.state).toBe('memory');
    expect(await outcomeOf(Promise.race(waiting))).toBe('open');
    expect(await backlog()).toHaveLength(1);
    storage.mood = 'well';
    const since = writer.behindMs;
    const during = writer.append([entry('during')]);
    clock.advance(10_000);
    expect(writer.behindMs).toBe(since + 10_000);
    const answers = await Promise.all([...waiting, during]);
    expect(writer.behindMs).toBe(0);
    await until(() => writer.state === 'ok');
    expect(await stored()).toEqual(['before', ...range(600), 'during']);
    expect(answers.map(({ lastSeq }) => lastSeq - before.lastSeq)).toEqual(range(601).map((at) => at + 1));
    expect(states).toEqual(['memory', 'ok']);
    await until(async () => (await backlog()).length === 0);
  });
}

test('[WRITER-03] killed during an outage: the next start brings the backlog into the journal, in order, once', async () => {
  const first = await open();
  await first.append([entry(-1)]);
  storage.mood = 'vanishing';
  for (const at of range(400)) void first.append([entry(at)]);
  await until(() => first.stats().spilled === 400);
  await kill();
  const second = await open();
  await second.append([entry('after')]);
  expect(await stored()).toEqual([-1, ...range(400), 'after']);
  expect(await backlog()).toEqual([]);
});

test('[WRITER-03] a start on a storage that is away is refused with its fault and keeps the backlog', async () => {
  const first = await open();
  storage.mood = 'full';
  void first.append([entry(1)]);
  await until(() => first.stats().spilled === 1);
  await kill();
  storage.mood = 'full';
  const files = await backlog();
  await expect(open()).rejects.toMatchObject({ code: 'storage.full' });
  expect(await backlog()).toEqual(files);
});

test('[WRITER-03] a torn last line is nothing; a damaged one in the middle is told, kept aside, the rest goes on', async () => {
  const first = await open();
  storage.mood = 'gone';
  for (const at of range(5)) void first.append([entry(at)]);
  await until(() => first.stats().spilled === 5);
  await kill();
  const file = join(folder, 'backlog', (await backlog())[0]!);
  const lines = (await readFile(file, 'utf8')).split('\n');
  lines[2] = lines[2]!.replace('"fact"', '"fake"');
  await writeFile(file, lines.join('\n'));
  await appendFile(file, 'deadbeef [5,"s",');
  const errors: object[] = [];
  const telling = { ...log, error: (details: object) => errors.push(details) };
  opened.push(await openJournal(storage, { folder, clock, log: telling }));
  expect(await stored()).toEqual([0, 1, 3, 4]);
  expect(errors).toEqual([{ file, lines: [3] }]);
  expect(await backlog()).toEqual([`${file.split('/').at(-1)}.damaged`]);
});

test('[WRITER-04] memory is bounded: what is over lies on the disk alone and is read back', async () => {
  const writer = await open({ maxInMemory: 200 });
  storage.mood = 'gone';
  const waiting = [];
  for (const at of range(3_000)) {
    waiting.push(writer.append([entry(at)]));
    if (at % 100 === 99) await until(() => writer.stats().spilled === at + 1);
  }
  storage.mood = 'well';
  clock.advance(10_000);
  await Promise.all(waiting);
  expect(await stored()).toEqual(range(3_000));
});

test('[WRITER-04] what memory kept between what it did not is read back with nothing left out', async () => {
  const writer = await open({ maxInMemory: 20 });
  storage.mood = 'gone';
  const waiting: Promise<unknown>[] = [];
  let next = 0;
  // Long ones no longer fit and lie on the disk alone; the short ones between them do.
  for (const length of [8, 5, 1, 5, 1, 5]) {
    waiting.push(writer.append(range(length).map((at) => entry(next + at))));
    next += length;
    await until(() => writer.stats().spilled === next);
  }
  storage.mood = 'well';
  await until(() => {
    clock.advance(1_000);
    return writer.state === 'ok';
  });
  await Promise.all(waiting);
  expect(await stored()).toEqual(range(next));
});

test('[WRITER-04] when the disk has no room either, the bound of memory holds and more is refused in words', async () => {
  const writer = await open({ maxInMemory: 50, maxSpillBytes: 0 });
  storage.mood = 'gone';
  const first = writer.append([entry(0)]);
  await until(() => writer.stats().spilled === 1);
  const rest = range(50).map((at) => writer.append([entry(at + 1)]));
  await expect(writer.append([entry('over')])).rejects.toMatchObject({ code: 'storage.backlogFull' });
  storage.mood = 'well';
  clock.advance(10_000);
  await Promise.all([first, ...rest]);
  expect(await stored()).toEqual(range(51));
});

test('[WRITER-04] attempts on a full disk leave no files behind', async () => {
  const [lies, name] = [join(folder, 'backlog'), (order: number) => `0000000${order}-${NOBODY}.jsonl`];
  await mkdir(lies);
  for (const order of [1, 2]) await symlink('/dev/full', join(lies, name(order)));
  const files = new Backlog(lies, NOBODY, 1);
  const numbered = (number: number) => ({ ...entry(number), number });
  await expect(files.write([numbered(0)])).rejects.toMatchObject({ code: 'ENOSPC' });
  await expect(files.write([numbered(0)])).rejects.toMatchObject({ code: 'ENOSPC' });
  await files.write([numbered(0), numbered(1)]);
  expect(await backlog()).toEqual([name(3)]);
  expect(await files.read(0, 10)).toEqual([numbered(0), numbered(1)]);
  await files.close();
});

test('[WRITER-05] an entry that no storage can take is refused alone', async () => {
  const writer = await open();
  const outcomes = await Promise.allSettled([1, 2n, 3].map((body) => writer.append([entry(body)])));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({ reason: { code: 'storage.badDocument' } });
  expect(await stored()).toEqual([1, 3]);
  expect(writer.state).toBe('ok');
});

test('[WRITER-06] a clean stop confirms what waits; during an outage it leaves all of it on the disk', async () => {
  const first = await open();
  const waiting = first.append([entry(1)]);
  await first.close();
  expect(await outcomeOf(waiting)).toBe('confirmed');
  const second = await open();
  storage.mood = 'gone';
  const lost = range(20).map((at) => second.append([entry(at + 2)]));
  await second.close();
  expect(await outcomeOf(lost[0]!)).toBe('open');
  await expect(second.append([entry(9)])).rejects.toMatchObject({ code: 'storage.unavailable' });
  storage.mood = 'well';
  await open();
  expect(await stored()).toEqual(range(21).map((at) => at + 1));
});

test('[WRITER-07] any sequence of faults, appends and kills: each entry once, in order, nothing confirmed is lost', async () => {
  let round = 0;
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ append: fc.integer({ min: 1, max: 12 }) }) },
    { weight: 2, arbitrary: fc.record({ mood: fc.constantFrom('well', 'gone', 'full', 'readOnly', 'vanishing') }) },
    { weight: 1, arbitrary: fc.constant('kill' as const) },
    { weight: 2, arbitrary: fc.constant('pass' as const) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const stream = `round ${(round += 1)}`;
      const confirmed = new Set<number>();
      const refused = new Set<number>();
      const appended: number[] = [];
      let killed = false;
      // Much of it lies on the disk alone.
      let writer = await open({ maxInMemory: 40 });
      for (const each of steps) {
        if (each === 'pass') clock.advance(1_000);
        else if (each === 'kill') {
          // What had not reached the disk is lost, and was never confirmed.
          killed = true;
          await kill();
          writer = await open({ maxInMemory: 40 });
        } else if ('mood' in each) storage.mood = each.mood;
        else {
          const numbers = range(each.append).map((at) => appended.length + at);
          appended.push(...numbers);
          const of = writer;
          const outcome = (set: Set<number>) => () => numbers.forEach((number) => set.add(number));
          void of
            .append(numbers.map((number) => ({ ...entry(number), stream })))
            .then(outcome(confirmed), outcome(refused));
          if (each.append % 3 > 0)
            await until(() => of.stats().waiting === of.stats().spilled || storage.mood === 'well');
        }
      }
      storage.mood = 'well';
      await until(() => {
        clock.advance(5_000);
        return writer.stats().waiting === 0;
      });
      await writer.close();
      const confirmedBefore = [...confirmed];
      const bodies = (await temp.storage.journal.readStream(stream)).map(({ body }) => body as number);
      expect(bodies).toEqual([...new Set(bodies)].toSorted((a, b) => a - b));
      expect(confirmedBefore.filter((number) => !bodies.includes(number))).toEqual([]);
      if (!killed) expect(bodies).toEqual(appended.filter((number) => !refused.has(number)));
    }),
    { numRuns: Number(process.env['STORAGE_RUNS'] ?? 40) },
  );
});

test('[STORE-16] a server does not begin on a storage into which a copy was cut off', async () => {
  await storage.raw.setNote(COPY_NOTE, '{}');
  await expect(open()).rejects.toMatchObject({ code: 'storage.copyUnfinished' });
  await storage.raw.setNote(COPY_NOTE, undefined);
  await open();
});
