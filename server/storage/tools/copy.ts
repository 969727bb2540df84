import { COPY_NOTE as NOTE } from '../copyNote.ts';
import { storageFault } from '../faults.ts';
import type { CatalogueEntry, Progress, Storage } from '../port.ts';
import { type Source, storageSource, type Sum, sumDocuments, sumEntries } from './source.ts';

/** What was moved, compared row by row on both sides. */
export interface CopyReport {
  readonly collections: Readonly<Record<string, Sum>>;
  readonly journal: Sum;
}
/** How far each collection has come. */
type Places = Record<string, string>;

/**
 * Copies everything from a source into a storage and compares both. Cut off at any moment, it goes on where it was when
 * called again. The source must not change meanwhile; what changed shows in the comparison and is copied once more.
 * @throws `storage.targetNotEmpty` when the target holds anything but the beginning of such a copy,
 *   `storage.copyMismatch` when both sides differ after the second attempt
 */
export async function copyAll(from: Source, to: Storage, onProgress: Progress = () => undefined): Promise<CopyReport> {
  const places = await begin(to);
  const catalogue = await from.catalogue();
  const counts = await Promise.all([...catalogue.map(({ name }) => from.count(name)), from.journalCount()]);
  // Everything passes three times: over, and on both sides through the checksum.
  const total = 3 * counts.reduce((sum, count) => sum + count, 0);
  let done = 0;
  const onRows = (rows: number) => onProgress((done = Math.min(total, done + rows)), total);

  for (const entry of catalogue) {
    await to.raw.make(entry);
    onRows(await to.raw.count(entry.name));
    await copyDocuments(from, to, entry.name, places, onRows);
  }
  onRows(await to.raw.journalCount());
  for await (const batch of from.entries(await to.journal.lastSeq())) {
    if (batch.length > 0) await to.raw.journalWrite(batch);
    onRows(batch.length);
  }
  await to.raw.setOrigins(await from.origins());

  const collections: Record<string, Sum> = {};
  for (const entry of catalogue) collections[entry.name] = await compared(from, to, entry, onRows);
  const journal = sameSum('journal', await sumEntries(from, onRows), await sumEntries(storageSource(to), onRows));
  await to.raw.setNote(NOTE, undefined);
  onProgress(total, total);
  return { collections, journal };
}

async function begin(to: Storage): Promise<Places> {
  const note = await to.raw.note(NOTE);
  if (note !== undefined) return JSON.parse(note) as Places;
  if ((await to.raw.catalogue()).length > 0 || (await to.journal.lastSeq()) > 0) {
    throw storageFault('storage.targetNotEmpty', 'the target holds data already; copy into an empty one');
  }
  await to.raw.setNote(NOTE, '{}');
  return {};
}

async function copyDocuments(
  from: Source,
  to: Storage,
  name: string,
  places: Places,
  onRows: (rows: number) => void,
): Promise<void> {
  for await (const batch of from.documents(name, places[name])) {
    const last = batch.at(-1);
    if (last === undefined) continue;
    await to.raw.write(name, batch);
    places[name] = last.id;
    await to.raw.setNote(NOTE, JSON.stringify(places));
    onRows(batch.length);
  }
}

async function compared(
  from: Source,
  to: Storage,
  entry: CatalogueEntry,
  onRows: (rows: number) => void,
): Promise<Sum> {
  const { name } = entry;
  const wanted = await sumDocuments(from, name, onRows);
  const got = await sumDocuments(storageSource(to), name, onRows);
  if (wanted.checksum === got.checksum) return wanted;
  for await (const batch of storageSource(to).documents(name)) {
    await to.raw.erase(
      name,
      batch.map(({ id }) => id),
    );
  }
  await copyDocuments(from, to, name, {}, () => undefined);
  const again = await sumDocuments(from, name, () => undefined);
  return sameSum(name, again, await sumDocuments(storageSource(to), name, () => undefined));
}
function sameSum(name: string, wanted: Sum, got: Sum): Sum {
  if (wanted.count === got.count && wanted.checksum === got.checksum) return wanted;
  throw storageFault(
    'storage.copyMismatch',
    `${name}: ${got.count} of ${wanted.count} rows, checksum ${got.checksum}, wanted ${wanted.checksum}; ` +
      'the source has changed since the copy began: empty the target and copy again',
    { details: { name, count: got.count, wanted: wanted.count } },
  );
}
