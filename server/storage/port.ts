import type { Instant } from '../../machines/vocabulary/index.ts';

/**
 * The one storage interface. Two engines keep it: `embedded/` (SQLite in a worker thread) and `mongo/` (mongoose).
 * `test/contract/storage` runs one suite over both, and over a broken fake that must fail.
 * No operation needs a transaction over several documents.
 * Faults reject with `AppError` (kind operational): `storage.unavailable`, `storage.full`, `storage.readOnly`: they may
 * pass, and the engine works again by itself when they do; `storage.damaged`, `storage.tooNew`, `storage.tooOld`,
 * `storage.locked`: a person must act; `storage.fenced`: another server is the core now and this one must stop. A
 * caller's mistake rejects too (kind unexpected): `storage.badDocument`, `storage.badQuery`, `storage.specMismatch`,
 * `storage.uniqueTaken` (only from `put` and `putAll`). Expected outcomes are values.
 * Text is well-formed Unicode: a lone surrogate becomes U+FFFD on both engines.
 */
export interface Storage {
  readonly engine: 'embedded' | 'mongo';
  readonly journal: Journal;
  /** What the tools need: copy, backup and restore work from it without knowing any collection beforehand. */
  readonly raw: RawStorage;
  /** Declares a collection and makes its table and indexes. Call once per name at start; repeated calls must agree. */
  collection<T>(spec: CollectionSpec<T>): Promise<Collection<T>>;
  /** Answers, or rejects with the fault that the health page shows. */
  ping(): Promise<void>;
  /** A restored backup lies ready that is to take this one's place: close it and open anew. */
  replaced(): Promise<boolean>;
  /**
   * Writes a copy while running; `target` must not exist: a file (embedded: one instant of everything) or a folder
   * (mongo: documents first, the journal last, so that the journal makes the documents whole).
   */
  backup(target: string, onProgress?: Progress): Promise<void>;
  close(): Promise<void>;
}

/** `total` is an estimate. Units are the engine's: bytes or rows. */
export type Progress = (done: number, total: number) => void;

/** One line of the journal: what happened or was chosen. Never changed; erased only by retention. */
export interface JournalEntry {
  /** What it belongs to: a call id, an operator id, a callback's promise id. */
  readonly stream: string;
  readonly at: Instant;
  /** `fact`, `choice`, `timer`, `command`… the owner of the stream knows. */
  readonly kind: string;
  /** Plain JSON. */
  readonly body: unknown;
}
/** Numbers the entries of one writer: entry i of an append has the number `first + i`. Numbers rise without gaps. */
export interface Origin {
  readonly writer: string;
  readonly first: number;
}
export interface StoredEntry extends JournalEntry {
  /** Rises strictly over the whole journal in the order of confirmed appends; gaps are allowed. */
  readonly seq: number;
}

export interface Journal {
  /**
   * Appends in order and resolves with the first and last `seq` when all is durable. All or nothing is promised for
   * a crash of one append on the embedded engine; on MongoDB a prefix may remain when it is over 1,000 entries or 4 MB.
   * With an origin a repetition adds nothing: entries whose number the journal already has of this writer are left out.
   * The writer's last append repeated as it was answers what it answered; when older entries alone are repeated,
   * `firstSeq` is above `lastSeq`.
   */
  append(entries: readonly JournalEntry[], origin?: Origin): Promise<{ firstSeq: number; lastSeq: number }>;
  /** Entries with `seq > after`, in order, at most `limit`. */
  readAfter(after: number, limit: number): Promise<StoredEntry[]>;
  /** All entries of one stream, in order. */
  readStream(stream: string): Promise<StoredEntry[]>;
  lastSeq(): Promise<number>;
  /**
   * From now on appends of this process bear `epoch`, and appends of any lower epoch, by any process, are refused with
   * `storage.fenced`. The entry is appended with it. Rejects with `storage.fenced` when the journal bears a higher one.
   * Absent where only one process can ever write.
   */
  fence?(epoch: number, entry: JournalEntry): Promise<void>;
  /** Retention: deletes entries of the streams, returns how many. */
  eraseStreams(streams: readonly string[]): Promise<number>;
}

/** Field types of declared columns. `instant` is a number of milliseconds. */
export type ColumnType = 'text' | 'integer' | 'real' | 'boolean' | 'instant';

/**
 * A collection declares the columns by which it is found; the rest of the document travels as JSON.
 * Mongoose gets a schema with these paths typed and indexed, SQLite a table with these columns.
 */
export interface CollectionSpec<T> {
  readonly name: string;
  /** Raised when the shape changes; `migrate` brings an older document up, one step at a time. */
  readonly version: number;
  readonly migrate?: Readonly<Record<number, (old: unknown) => unknown>>;
  readonly columns: Readonly<Record<string, { readonly type: ColumnType; readonly of: (document: T) => ColumnValue }>>;
  /** `carries`: columns that lie beside in SQLite's index, so that a filter on them is judged without the row. */
  readonly indexes: readonly {
    readonly columns: readonly string[];
    readonly unique?: boolean;
    readonly carries?: readonly string[];
  }[];
  /** Refuses a document of the wrong shape; throws `AppError` `storage.badDocument`. */
  readonly check: (document: unknown) => T;
  /** Written once and read seldom (history): the embedded engine compresses it. Not for documents that change often. */
  readonly packed?: boolean;
}
export type ColumnValue = string | number | boolean | null;

export interface Stored<T> {
  readonly id: string;
  /** 1 at creation, +1 at each change: the optimistic lock. */
  readonly revision: number;
  readonly document: T;
}

export type Condition =
  | ColumnValue
  | { readonly in: readonly ColumnValue[] }
  | { readonly gte?: number | string; readonly lt?: number | string }
  /** Text that begins so, letter by letter. */
  | { readonly prefix: string };

export interface Query {
  /** All must hold; a column that is null meets only `null` and `{ in: [null] }`. */
  readonly where?: Readonly<Record<string, Condition>>;
  /** Column and direction, nulls first (last when descending), text by the bytes of UTF-8; ties are broken by id, so that paging never skips or repeats. */
  readonly orderBy?: { readonly column: string; readonly descending?: boolean };
  readonly limit?: number;
  /** `next` of the page before. */
  readonly cursor?: string;
}

/**
 * `count` counts rows, with a column only those that have a value; `sum` of nothing is 0, `min` and `max` of nothing
 * null; null is a group of its own. A row of the answer has the names of the grouped columns and of the measures; rows
 * are sorted by the groups, nulls first.
 */
export interface Aggregation {
  readonly where?: Readonly<Record<string, Condition>>;
  /** Columns to group by, or an instant column cut to a width of milliseconds from an offset. */
  readonly groupBy: readonly (
    | string
    | { readonly column: string; readonly everyMs: number; readonly offsetMs?: number }
  )[];
  readonly measures: Readonly<
    Record<string, { readonly op: 'count' | 'sum' | 'min' | 'max'; readonly column?: string }>
  >;
}

export interface Collection<T> {
  get(id: string): Promise<Stored<T> | undefined>;
  /** `exists` when the id or a unique index is taken. */
  insert(id: string, document: T): Promise<'ok' | 'exists'>;
  /** `conflict` when the stored revision is another, or the document is gone, or a unique index is taken. */
  replace(id: string, document: T, revision: number): Promise<'ok' | 'conflict'>;
  /** Writes whatever is there: for documents with one writer (snapshots). Rejects when another has its unique key. */
  put(id: string, document: T): Promise<void>;
  /** Many puts at once, one commit on the embedded engine. */
  putAll(documents: readonly { readonly id: string; readonly document: T }[]): Promise<void>;
  delete(id: string): Promise<boolean>;
  /** Many at once, one commit on the embedded engine. Returns how many were there. */
  deleteAll(ids: readonly string[]): Promise<number>;
  /** Retention: deletes at most `limit` documents, returns how many went. */
  deleteWhere(where: NonNullable<Query['where']>, limit: number): Promise<number>;
  find(query: Query): Promise<{ items: Stored<T>[]; next?: string }>;
  count(where?: Query['where']): Promise<number>;
  aggregate(aggregation: Aggregation): Promise<Record<string, ColumnValue>[]>;
}

/** What is known of a collection without its owner: kept in the storage itself. */
export interface CatalogueEntry {
  readonly name: string;
  /** Each change of version or columns adds a shape; a document says with which it was written. Newest last. */
  readonly shapes: readonly { readonly version: number; readonly columns: Readonly<Record<string, ColumnType>> }[];
  readonly indexes: readonly {
    readonly columns: readonly string[];
    readonly unique: boolean;
    readonly carries?: readonly string[];
  }[];
  readonly packed: boolean;
  /** A migration has begun and is not over; it goes on at the next start. */
  readonly migrating: boolean;
}
/** A document as it lies: `shape` is the index in `CatalogueEntry.shapes`, `text` its JSON. */
export interface RawDocument {
  readonly id: string;
  readonly revision: number;
  readonly shape: number;
  readonly columns: Readonly<Record<string, ColumnValue>>;
  readonly text: string;
}
export interface RawStorage {
  catalogue(): Promise<CatalogueEntry[]>;
  count(name: string): Promise<number>;
  /** By rising id (bytes of UTF-8), after the id given. */
  read(name: string, afterId: string | undefined, limit: number): Promise<RawDocument[]>;
  /** Makes the collection as the entry says, when it is not there. */
  make(entry: CatalogueEntry): Promise<void>;
  /** Writes documents as they are, revision and shape too; whatever had the id goes. */
  write(name: string, documents: readonly RawDocument[]): Promise<void>;
  erase(name: string, ids: readonly string[]): Promise<void>;
  journalCount(): Promise<number>;
  /** Appends entries with the `seq` they have; all must be above `lastSeq()`. */
  journalWrite(entries: readonly StoredEntry[]): Promise<void>;
  /** The highest number of each writer that the journal has (see Origin). */
  origins(): Promise<Readonly<Record<string, number>>>;
  setOrigins(origins: Readonly<Record<string, number>>): Promise<void>;
  /** Takes everything out: collections, journal, origins. */
  clear(): Promise<void>;
  /** Small notes of the tools about themselves. */
  note(key: string): Promise<string | undefined>;
  setNote(key: string, value: string | undefined): Promise<void>;
}
