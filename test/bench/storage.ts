import { mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock as clock } from '../../server/clock.ts';
import { callHistorySpec } from '../../server/reports/callHistory.ts';
import { openEmbedded } from '../../server/storage/embedded/engine.ts';
import { openMongo } from '../../server/storage/mongo/engine.ts';
import type { Aggregation, Collection, Storage } from '../../server/storage/port.ts';
import { dropDatabase, ownDatabase } from '../support/ownDatabase.ts';
import { type CallLike, callsLike, historyOf, journalOf } from './callsLike.ts';

/** Confirmed appends of one journal line each; latencies in milliseconds. */
export interface AppendFigures {
  readonly callers: number;
  readonly perSecond: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}
export interface StorageFigures {
  readonly embedded: readonly AppendFigures[];
  /** Absent without MONGODB_URI. */
  readonly mongo?: readonly AppendFigures[];
  /** Beside them: a line of the same length appended to a file and put on the disk (`fdatasync`), one after the other. */
  readonly baseline: AppendFigures;
  readonly size: {
    readonly calls: number;
    readonly linesPerCall: number;
    /** Bytes of the database for a day of 100,000 calls: journal, history, indexes. */
    readonly bytesPerCallDay: number;
    readonly journalBytesPerCall: number;
    readonly historyBytesPerCall: number;
    /** The same lines and documents as JSON text without any index. */
    readonly plainBytesPerCallDay: number;
  };
  readonly report: {
    readonly calls: number;
    /** A month by operator: count, answered, talk, hold and wrap-up, transfers. */
    readonly monthByOperatorMs: number;
    readonly monthByHourMs: number;
    /** A page of 50 of one operator's calls, newest first, from the middle of the history. */
    readonly pageMs: number;
    /** Appends confirmed while a report ran. */
    readonly appendsMeanwhile: AppendFigures;
    /** Beside them: the same month recomputed from the documents' JSON, which is what a store without columns does. */
    readonly baselineMs: number;
  };
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const figures = (callers: number, latencies: number[], ms: number): AppendFigures => {
  latencies.sort((a, b) => a - b);
  return {
    callers,
    perSecond: Math.round((latencies.length / ms) * 1_000),
    medianMs: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  };
};
async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
const median = async (times: number, run: () => Promise<unknown>): Promise<number> => {
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) taken.push(await timed(run));
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
};

const LINES = [...callsLike(200, 1)].flatMap(journalOf);

/** Each caller appends the next line when its last one is confirmed. */
async function appends(storage: Storage, callers: number, forMs: number): Promise<AppendFigures> {
  const latencies: number[] = [];
  const start = performance.now();
  let at = 0;
  const caller = async () => {
    while (performance.now() - start < forMs) {
      const line = LINES[(at += 1) % LINES.length];
      if (line === undefined) return;
      const began = performance.now();
      await storage.journal.append([line]);
      latencies.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return figures(callers, latencies, performance.now() - start);
}

async function rawAppends(folder: string, forMs: number): Promise<AppendFigures> {
  const file = await open(join(folder, 'raw'), 'a');
  const latencies: number[] = [];
  const start = performance.now();
  try {
    for (let at = 0; performance.now() - start < forMs; at += 1) {
      const began = performance.now();
      await file.appendFile(`${JSON.stringify(LINES[at % LINES.length])}\n`);
      await file.datasync();
      latencies.push(performance.now() - began);
    }
  } finally {
    await file.close();
  }
  return figures(1, latencies, performance.now() - start);
}

async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function sizeOf(count: number): Promise<StorageFigures['size']> {
  let plain = 0;
  let lines = 0;
  const calls = [...callsLike(count, 1)];
  const measured = async (fill: (storage: Storage) => Promise<void>): Promise<number> =>
    inFolder(async (folder) => {
      const storage = await openEmbedded({ folder, clock });
      await fill(storage);
      // Closing moves the log into the file.
      await storage.close();
      return folderBytes(folder);
    });
  const journalBytes = await measured(async ({ journal }) => {
    for (let from = 0; from < calls.length; from += 100) {
      const entries = calls.slice(from, from + 100).flatMap(journalOf);
      lines += entries.length;
      plain += entries.reduce((sum, entry) => sum + Buffer.byteLength(JSON.stringify(entry)), 0);
      await journal.append(entries);
    }
  });
  const historyBytes = await measured(async (storage) => {
    const history = await storage.collection(callHistorySpec);
    for (const batch of batches(calls, 500)) {
      const documents = batch.map((call) => ({ id: call.id, document: historyOf(call) }));
      plain += documents.reduce((sum, each) => sum + Buffer.byteLength(JSON.stringify(each)), 0);
      await history.putAll(documents);
    }
  });
  return {
    calls: count,
    linesPerCall: lines / count,
    bytesPerCallDay: Math.round(((journalBytes + historyBytes) / count) * 100_000),
    journalBytesPerCall: Math.round(journalBytes / count),
    historyBytesPerCall: Math.round(historyBytes / count),
    plainBytesPerCallDay: Math.round((plain / count) * 100_000),
  };
}
function* batches<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}

const DAY = 86_400_000;
const MEASURES: Aggregation['measures'] = {
  offered: { op: 'count' },
  talkMs: { op: 'sum', column: 'talkMs' },
  onHoldMs: { op: 'sum', column: 'onHoldMs' },
  wrapUpMs: { op: 'sum', column: 'wrapUpMs' },
  queueWaitMs: { op: 'sum', column: 'queueWaitMs' },
  transfers: { op: 'sum', column: 'transferCount' },
  longest: { op: 'max', column: 'talkMs' },
};

/** A year of calls, of which the report takes every one of the last month: about a twelfth. */
async function reportOf(count: number, runs: number): Promise<StorageFigures['report']> {
  return inFolder(async (folder) => {
    const storage = await openEmbedded({ folder, clock });
    const history = await storage.collection(callHistorySpec);
    let batch: CallLike[] = [];
    let last = 0;
    for (const call of callsLike(count, 30)) {
      last = call.at;
      batch.push(call);
      if (batch.length < 2_000) continue;
      await history.putAll(batch.map((each) => ({ id: each.id, document: historyOf(each) })));
      batch = [];
    }
    await history.putAll(batch.map((each) => ({ id: each.id, document: historyOf(each) })));
    const where = { startedAt: { gte: last - 31 * DAY, lt: last + 1 } };
    const byOperator = () => history.aggregate({ where, groupBy: ['operatorId', 'answered'], measures: MEASURES });
    const byHour = () =>
      history.aggregate({ where, groupBy: [{ column: 'startedAt', everyMs: 3_600_000 }, 'queue'], measures: MEASURES });
    const monthByOperatorMs = await median(runs, byOperator);
    const monthByHourMs = await median(runs, byHour);
    const meanwhile = appends(storage, 10, monthByOperatorMs);
    await byOperator();
    const report = {
      calls: count,
      monthByOperatorMs,
      monthByHourMs,
      pageMs: await median(runs, () => pageOf(history, last)),
      appendsMeanwhile: await meanwhile,
      baselineMs: await fromDocuments(history, count),
    };
    await storage.close();
    return report;
  });
}
const pageOf = (history: Collection<unknown>, last: number): Promise<unknown> =>
  history.find({
    where: { operatorId: 'operator-7', startedAt: { lt: last - 15 * DAY } },
    orderBy: { column: 'startedAt', descending: true },
    limit: 50,
  });

/** Reads some documents whole and adds up; scaled to all of them. */
async function fromDocuments(
  history: Collection<{ facts: { operatorId: string | null; talkMs: number } }>,
  count: number,
) {
  const SAMPLE = 10_000;
  const sums = new Map<string | null, number>();
  const ms = await timed(async () => {
    const { items } = await history.find({ limit: Math.min(SAMPLE, count) });
    for (const { document } of items) {
      const { operatorId, talkMs } = document.facts;
      sums.set(operatorId, (sums.get(operatorId) ?? 0) + talkMs);
    }
  });
  return (ms * count) / Math.min(SAMPLE, count);
}

async function inFolder<Value>(run: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), 'storage-bench-'));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function mongoAppends(uri: string, forMs: number): Promise<AppendFigures[]> {
  return inFolder(async (folder) => {
    const own = ownDatabase(uri, 'bench');
    const storage = await openMongo({ uri: own, folder, clock });
    const all = [await appends(storage, 1, forMs), await appends(storage, 50, forMs)];
    await storage.close();
    await dropDatabase(own);
    return all;
  });
}

/** Measures confirmed writes, size on disk and reports. `quick` takes some ten seconds, else about one minute; the reports of a million calls have a bench of their own. */
export async function storageBench({ quick = false }: { quick?: boolean } = {}): Promise<StorageFigures> {
  const forMs = quick ? 1_000 : 4_000;
  const uri = process.env['MONGODB_URI'];
  const [embedded, baseline] = await inFolder(async (folder) => {
    const storage = await openEmbedded({ folder, clock });
    const measured = [await appends(storage, 1, forMs), await appends(storage, 50, forMs)];
    await storage.close();
    return [measured, await rawAppends(folder, forMs)] as const;
  });
  return {
    embedded,
    ...(uri === undefined ? {} : { mongo: await mongoAppends(uri, forMs) }),
    baseline,
    size: await sizeOf(quick ? 2_000 : 20_000),
    report: await reportOf(quick ? 50_000 : 200_000, 3),
  };
}
