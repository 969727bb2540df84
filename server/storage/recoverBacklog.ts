import { type BacklogFile, keepDamaged, type Numbered, readBacklog, removeBacklog } from './backlog.ts';
import type { WriterLog } from './journalWriter.ts';
import type { Storage } from './port.ts';

const GROUP = 250;

/**
 * Brings the backlog of earlier runs into the storage, in order and each entry once: what the storage had already taken
 * before the crash it recognises by writer and number. A file goes when the storage has all of it.
 */
export async function recoverBacklog(
  storage: Storage,
  files: readonly BacklogFile[],
  log: WriterLog,
): Promise<{ entries: number; damaged: number }> {
  const total = { entries: 0, damaged: 0 };
  for (const file of files) {
    const damaged: number[] = [];
    for await (const group of grouped(readBacklog(file, (line) => damaged.push(line)))) {
      await storage.journal.append(
        group.map(({ number: _number, ...entry }) => entry),
        { writer: file.writer, first: group[0]?.number ?? 0 },
      );
      total.entries += group.length;
    }
    total.damaged += damaged.length;
    if (damaged.length > 0) log.error({ file: file.path, lines: damaged }, 'lines of the backlog are damaged');
    await (damaged.length > 0 ? keepDamaged(file) : removeBacklog(file));
  }
  if (files.length > 0) log.info(total, 'the backlog of the last run is in the storage');
  return total;
}

/** Groups of entries whose numbers follow each other. */
async function* grouped(entries: AsyncIterable<Numbered>): AsyncIterable<Numbered[]> {
  let group: Numbered[] = [];
  for await (const entry of entries) {
    const last = group.at(-1);
    if (last !== undefined && (group.length >= GROUP || entry.number !== last.number + 1)) {
      yield group;
      group = [];
    }
    group.push(entry);
  }
  if (group.length > 0) yield group;
}
