import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { crc32 } from 'node:zlib';
import { syncFolder } from './files.ts';
import type { JournalEntry } from './port.ts';

/** An entry with its number by its writer. */
export interface Numbered extends JournalEntry {
  readonly number: number;
}
/** One file of entries that the storage has perhaps not taken. */
export interface BacklogFile {
  readonly path: string;
  readonly writer: string;
  /** Place among all files, over all starts of the server. */
  readonly order: number;
}
const NAME = /^(\d{8})-([0-9a-f-]{36})\.jsonl$/;
/** A file this long is closed and another begun, so that what is drained goes from the disk. */
const FILE_BYTES = 8 * 1024 * 1024;

const lineOf = ({ number, stream, at, kind, body }: Numbered): string => {
  const json = JSON.stringify([number, stream, at, kind, body]);
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
};
function numberedOf(line: string): Numbered | undefined {
  const json = line.slice(9);
  if (Number.parseInt(line.slice(0, 8), 16) !== crc32(json)) return undefined;
  const [number, stream, at, kind, body] = JSON.parse(json) as [number, string, number, string, unknown];
  return { number, stream, at, kind, body };
}

/** Files left by earlier runs, in order. */
export async function backlogFiles(folder: string): Promise<BacklogFile[]> {
  await mkdir(folder, { recursive: true });
  const found = (await readdir(folder)).flatMap((name) => {
    const [, order, writer] = NAME.exec(name) ?? [];
    return order === undefined || writer === undefined
      ? []
      : [{ path: join(folder, name), writer, order: Number(order) }];
  });
  return found.sort((a, b) => a.order - b.order);
}

/**
 * The entries of a file in order. A last line that was torn by a crash was never on the disk for anybody; a damaged one
 * in the middle is told to `onDamage` and left out.
 */
export async function* readBacklog(file: BacklogFile, onDamage: (line: number) => void): AsyncIterable<Numbered> {
  let damagedAt: number | undefined;
  let at = 0;
  const input = createReadStream(file.path);
  try {
    for await (const line of createInterface({ input, crlfDelay: 0 })) {
      at += 1;
      if (damagedAt !== undefined) onDamage(damagedAt);
      const entry = numberedOf(line);
      damagedAt = entry === undefined ? at : undefined;
      if (entry !== undefined) yield entry;
    }
  } finally {
    input.destroy();
  }
}
export const removeBacklog = (file: BacklogFile): Promise<void> => rm(file.path, { force: true });
/** Kept for a person to look at; no longer part of the backlog. */
export const keepDamaged = (file: BacklogFile): Promise<void> => rename(file.path, `${file.path}.damaged`);

interface Part {
  readonly file: BacklogFile;
  readonly first: number;
  last: number;
}

/** The backlog of this run: entries in the order of their numbers, each on the disk when `write` resolves. */
export class Backlog {
  readonly #folder: string;
  readonly writer: string;
  #order: number;
  #handle: FileHandle | undefined;
  #size = 0;
  #parts: Part[] = [];
  /** All that lies in the files, in bytes. */
  bytes = 0;

  constructor(folder: string, writer: string, order: number) {
    this.#folder = folder;
    this.writer = writer;
    this.#order = order;
  }

  /** @throws what the disk says; then nothing of these entries counts as written, and writing them again is right. */
  async write(entries: readonly Numbered[]): Promise<void> {
    const [first, last] = [entries[0]?.number, entries.at(-1)?.number];
    if (first === undefined || last === undefined) return;
    const text = entries.map(lineOf).join('');
    try {
      const handle = (this.#handle ??= await this.#begin(first));
      await handle.appendFile(text);
      await handle.datasync();
    } catch (error) {
      // Half a line may lie there: the next attempt begins a file of its own.
      await this.#giveUp();
      throw error;
    }
    const part = this.#parts.at(-1);
    if (part !== undefined) part.last = last;
    this.#size += Buffer.byteLength(text);
    this.bytes += Buffer.byteLength(text);
    if (this.#size >= FILE_BYTES) await this.#end();
  }
  /** Ends the file. One that holds nothing goes: on a full disk each attempt would leave another. */
  async #giveUp(): Promise<void> {
    await this.#end();
    const part = this.#parts.at(-1);
    if (part === undefined || part.last >= part.first) return;
    this.#parts.pop();
    await removeBacklog(part.file);
  }
  async #begin(first: number): Promise<FileHandle> {
    await mkdir(this.#folder, { recursive: true });
    const order = this.#order++;
    const path = join(this.#folder, `${String(order).padStart(8, '0')}-${this.writer}.jsonl`);
    const handle = await open(path, 'a');
    this.#parts.push({ file: { path, writer: this.writer, order }, first, last: first - 1 });
    this.#size = 0;
    await syncFolder(this.#folder);
    return handle;
  }
  async #end(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }

  /** At most `limit` entries from this number on, as they were written. */
  async read(from: number, limit: number): Promise<Numbered[]> {
    const found: Numbered[] = [];
    for (const { file, last } of this.#parts) {
      if (last < from) continue;
      for await (const entry of readBacklog(file, () => undefined)) {
        // An attempt that failed half-way may have left entries that the next file has again.
        if (entry.number < from || entry.number <= (found.at(-1)?.number ?? -1)) continue;
        found.push(entry);
        if (found.length >= limit) return found;
      }
    }
    return found;
  }

  /** The storage has everything up to this number: files that hold no more than that go. */
  async release(upTo: number): Promise<void> {
    const done = this.#parts.filter(({ last }) => last <= upTo);
    if (done.length === 0) return;
    this.#parts = this.#parts.filter(({ last }) => last > upTo);
    if (this.#parts.length === 0) await this.#end();
    for (const { file } of done) {
      const { size } = await stat(file.path).catch(() => ({ size: 0 }));
      await removeBacklog(file);
      this.bytes = Math.max(0, this.bytes - size);
    }
    if (this.#parts.length === 0) this.bytes = 0;
  }
  close(): Promise<void> {
    return this.#end();
  }
}
