import { createHash } from 'node:crypto';
import type { CatalogueEntry, RawDocument, Storage, StoredEntry } from '../port.ts';

/** Rows read and written at once. */
export const BATCH = 500;

/** Everything that a storage or a backup holds, to be read in order. */
export interface Source {
  catalogue(): Promise<CatalogueEntry[]>;
  count(name: string): Promise<number>;
  /** Batches by rising id. */
  documents(name: string, afterId?: string): AsyncIterable<RawDocument[]>;
  journalCount(): Promise<number>;
  /** Batches by rising seq. */
  entries(afterSeq: number): AsyncIterable<StoredEntry[]>;
  origins(): Promise<Readonly<Record<string, number>>>;
}

export function storageSource(storage: Storage): Source {
  const { raw, journal } = storage;
  return {
    catalogue: () => raw.catalogue(),
    count: (name) => raw.count(name),
    async *documents(name, afterId) {
      for (let after = afterId; ;) {
        const batch = await raw.read(name, after, BATCH);
        if (batch.length > 0) yield batch;
        if (batch.length < BATCH) return;
        after = batch.at(-1)?.id;
      }
    },
    journalCount: () => raw.journalCount(),
    async *entries(afterSeq) {
      for (let after = afterSeq; ;) {
        const batch = await journal.readAfter(after, BATCH);
        if (batch.length > 0) yield batch;
        if (batch.length < BATCH) return;
        after = batch.at(-1)?.seq ?? after;
      }
    },
    origins: () => raw.origins(),
  };
}

/** One line of a backup and of a checksum: the same text for the same content, whichever engine it came from. */
export const documentLine = ({ id, revision, shape, columns, text }: RawDocument): string =>
  `${JSON.stringify([id, revision, shape, Object.fromEntries(Object.entries(columns).sort(byName)), text])}\n`;
export const entryLine = ({ seq, stream, at, kind, body }: StoredEntry): string =>
  `${JSON.stringify([seq, stream, at, kind, body])}\n`;
const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);

export function documentOf(line: string): RawDocument {
  const [id, revision, shape, columns, text] = JSON.parse(line) as [
    string,
    number,
    number,
    RawDocument['columns'],
    string,
  ];
  return { id, revision, shape, columns, text };
}
export function entryOf(line: string): StoredEntry {
  const [seq, stream, at, kind, body] = JSON.parse(line) as [number, string, number, string, unknown];
  return { seq, stream, at, kind, body };
}

export interface Sum {
  readonly count: number;
  /** SHA-256 over all lines, in hexadecimal. */
  readonly checksum: string;
}
/** Counts and sums what passes. */
export class Summing {
  #count = 0;
  readonly #hash = createHash('sha256');
  add(line: string): void {
    this.#count += 1;
    this.#hash.update(line);
  }
  sum(): Sum {
    return { count: this.#count, checksum: this.#hash.digest('hex') };
  }
}
export async function sumDocuments(source: Source, name: string, onRows: (rows: number) => void): Promise<Sum> {
  const summing = new Summing();
  for await (const batch of source.documents(name)) {
    for (const document of batch) summing.add(documentLine(document));
    onRows(batch.length);
  }
  return summing.sum();
}
export async function sumEntries(source: Source, onRows: (rows: number) => void): Promise<Sum> {
  const summing = new Summing();
  for await (const batch of source.entries(0)) {
    for (const entry of batch) summing.add(entryLine(entry));
    onRows(batch.length);
  }
  return summing.sum();
}
