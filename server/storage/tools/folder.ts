import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { storageFault } from '../faults.ts';
import { settle } from '../files.ts';
import type { CatalogueEntry, Progress, Storage } from '../port.ts';
import {
  BATCH,
  documentLine,
  documentOf,
  entryLine,
  entryOf,
  type Source,
  storageSource,
  type Sum,
  Summing,
} from './source.ts';

const MANIFEST = 'manifest.json';
const JOURNAL = 'journal.jsonl';
const FORMAT = 1;

/** What a backup folder says of itself. It is written last: without it the folder is no backup. */
interface Manifest {
  readonly format: number;
  readonly catalogue: readonly CatalogueEntry[];
  readonly collections: Readonly<Record<string, Sum>>;
  readonly journal: Sum;
  readonly origins: Readonly<Record<string, number>>;
}

/**
 * Writes a storage as a folder of JSON lines: the documents first, the journal last, so that the journal holds all that
 * happened to documents since they were read. The folder gets its name when all of it is on the disk.
 */
export async function writeFolder(
  storage: Storage,
  target: string,
  onProgress: Progress = () => undefined,
): Promise<void> {
  if (existsSync(target)) throw storageFault('storage.targetNotEmpty', `${target} is already there`);
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const source = storageSource(storage);
  const catalogue = await source.catalogue();
  const counts = await Promise.all([...catalogue.map(({ name }) => source.count(name)), source.journalCount()]);
  const total = counts.reduce((sum, count) => sum + count, 0);
  let done = 0;
  const onRows = (rows: number) => onProgress((done += rows), Math.max(done, total));
  const collections: Record<string, Sum> = {};
  for (const { name } of catalogue) {
    const lines = mapped(source.documents(name), documentLine);
    collections[name] = await writeLines(join(partial, `${name}.jsonl`), lines, onRows);
  }
  const journal = await writeLines(join(partial, JOURNAL), mapped(source.entries(0), entryLine), onRows);
  const manifest: Manifest = { format: FORMAT, catalogue, collections, journal, origins: await source.origins() };
  await writeLines(
    join(partial, MANIFEST),
    mapped(once([manifest]), (value) => JSON.stringify(value, null, 1)),
    onRows,
  );
  await settle(partial, target);
}

async function* mapped<In, Out>(batches: AsyncIterable<In[]>, map: (value: In) => Out): AsyncIterable<Out[]> {
  for await (const batch of batches) yield batch.map((value) => map(value));
}
// oxlint-disable-next-line require-yield -- an async iterable of one batch
async function* once<Value>(batch: Value[]): AsyncIterable<Value[]> {
  yield batch;
}

async function writeLines(
  file: string,
  batches: AsyncIterable<string[]>,
  onRows: (rows: number) => void,
): Promise<Sum> {
  const summing = new Summing();
  const handle = await open(file, 'w');
  try {
    for await (const lines of batches) {
      for (const line of lines) summing.add(line);
      await handle.write(lines.join(''));
      onRows(lines.length);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return summing.sum();
}
export const isBackupFolder = (path: string): boolean => existsSync(join(path, MANIFEST));

/**
 * Opens a backup folder for reading, after every file was compared with the manifest.
 * @throws `storage.badBackup`, `storage.tooNew`
 */
export async function folderSource(folder: string): Promise<Source> {
  const manifest = await readManifest(folder);
  const file = (name: string) => join(folder, `${name}.jsonl`);
  for (const [name, sum] of Object.entries(manifest.collections)) await checkFile(file(name), sum);
  await checkFile(join(folder, JOURNAL), manifest.journal);
  return {
    catalogue: () => Promise.resolve([...manifest.catalogue]),
    count: (name) => Promise.resolve(manifest.collections[name]?.count ?? 0),
    async *documents(name, afterId = '') {
      const after = Buffer.from(afterId);
      for await (const lines of readLines(file(name))) {
        yield lines.map(documentOf).filter(({ id }) => Buffer.compare(Buffer.from(id), after) > 0);
      }
    },
    journalCount: () => Promise.resolve(manifest.journal.count),
    async *entries(afterSeq) {
      for await (const lines of readLines(join(folder, JOURNAL))) {
        yield lines.map(entryOf).filter(({ seq }) => seq > afterSeq);
      }
    },
    origins: () => Promise.resolve(manifest.origins),
  };
}

async function readManifest(folder: string): Promise<Manifest> {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as Manifest;
  } catch (cause) {
    throw storageFault('storage.badBackup', `${folder} is not a whole backup`, { cause });
  }
  if (manifest.format > FORMAT) throw storageFault('storage.tooNew', `${folder} was written by a newer server`);
  return manifest;
}
async function checkFile(file: string, wanted: Sum): Promise<void> {
  const summing = new Summing();
  if (existsSync(file)) {
    for await (const lines of readLines(file)) for (const line of lines) summing.add(`${line}\n`);
  }
  const { count, checksum } = summing.sum();
  if (count !== wanted.count || checksum !== wanted.checksum) {
    throw storageFault('storage.badBackup', `${file} is damaged: ${count} of ${wanted.count} lines, another checksum`);
  }
}
async function* readLines(file: string): AsyncIterable<string[]> {
  let batch: string[] = [];
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: 0 })) {
    batch.push(line);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
