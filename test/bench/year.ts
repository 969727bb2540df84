import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock as clock } from '../../server/clock.ts';
import { callHistorySpec } from '../../server/reports/callHistory.ts';
import { openEmbedded } from '../../server/storage/embedded/engine.ts';
import { callsLike, historyOf, journalOf } from './callsLike.ts';

/** A year of closed calls on the embedded store. */
export interface Year {
  readonly folder: string;
  readonly calls: number;
  /** Lines of the journal: of the last calls alone, each has sixteen, and a million of calls takes minutes to write. */
  readonly lines: number;
}
let filled: Promise<Year> | undefined;

/** Filled once in a run of several benches, and taken along when the process ends with `forgetYear`. */
export const yearOfCalls = ({ quick = false } = {}): Promise<Year> =>
  (filled ??= fillYear(quick ? { calls: 50_000, journalled: 2_000 } : { calls: 1_000_000, journalled: 50_000 }));

export async function forgetYear(): Promise<void> {
  const year = await filled;
  filled = undefined;
  if (year) await rm(year.folder, { recursive: true, force: true });
}

async function fillYear({ calls, journalled }: { calls: number; journalled: number }): Promise<Year> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-year-'));
  const storage = await openEmbedded({ folder, clock });
  const history = await storage.collection(callHistorySpec);
  let lines = 0;
  let documents: { id: string; document: ReturnType<typeof historyOf> }[] = [];
  let entries: ReturnType<typeof journalOf> = [];
  const write = async (): Promise<void> => {
    await history.putAll(documents);
    for (let at = 0; at < entries.length; at += 1_000) await storage.journal.append(entries.slice(at, at + 1_000));
    lines += entries.length;
    documents = [];
    entries = [];
  };
  let index = 0;
  for (const call of callsLike(calls, 365)) {
    documents.push({ id: call.id, document: historyOf(call) });
    // Under a name that no room answers to: a closed call's lines change nothing any more.
    if (index >= calls - journalled)
      entries.push(...journalOf(call).map((entry) => ({ ...entry, stream: `past/${entry.stream}` })));
    index += 1;
    if (documents.length >= 2_000) await write();
  }
  await write();
  await storage.close();
  return { folder, calls, lines };
}
