import type { Instant } from '../../machines/vocabulary/index.ts';

/**
 * The one storage interface. Two engines keep it: `embedded/` (SQLite in a worker thread) and `mongo/` (mongoose).
 * `test/contract/storage` runs one suite over both, and over a broken fake that must fail.
 * No operation needs a transaction over several documents.
 * Faults reject with `AppError`: `storage.unavailable`, `storage.full`, `storage.readOnly`, `storage.tooNew`,
 * `storage.locked` (kind operational); expected outcomes are values.
 */
export interface Storage {
  readonly journal: Journal;
  /** Declares a collection and makes its table and indexes. Call once per name at start; repeated calls must agree. */
  collection<T>(spec: CollectionSpec<T>): Promise<Collection<T>>;
  /** Answers, or rejects with the fault that the health page shows. */
  ping(): Promise<void>;
  /** Writes a consistent copy while running; `target` is a file (embedded) or a folder (mongo). */
  backup(target: string, onProgress?: (done: number, total: number) => void): Promise<void>;
  close(): Promise<void>;
}

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
export interface StoredEntry extends JournalEntry {
  /** Rises strictly over the whole journal in the order of confirmed appends; gaps are allowed. */
  readonly seq: number;
}

export interface Journal {
  /**
   * Appends in order and resolves with the first and last `seq` when all is durable. All or nothing is promised for
   * a crash of one append on the embedded engine; on MongoDB a prefix may remain (entries are idempotent by owner).
   */
  append(entries: readonly JournalEntry[]): Promise<{ firstSeq: number; lastSeq: number }>;
  /** Entries with `seq > after`, in order, at most `limit`. */
  readAfter(after: number, limit: number): Promise<StoredEntry[]>;
  /** All entries of one stream, in order. */
  readStream(stream: string): Promise<StoredEntry[]>;
  lastSeq(): Promise<number>;
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
  readonly indexes: readonly { readonly columns: readonly string[]; readonly unique?: boolean }[];
  /** Refuses a document of the wrong shape; throws `AppError` `storage.badDocument`. */
  readonly check: (document: unknown) => T;
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
  | { readonly prefix: string };

export interface Query {
  readonly where?: Readonly<Record<string, Condition>>;
  /** Column and direction; ties are broken by id, so that paging never skips or repeats. */
  readonly orderBy?: { readonly column: string; readonly descending?: boolean };
  readonly limit?: number;
  /** `next` of the page before. */
  readonly cursor?: string;
}

export interface Aggregation {
  readonly where?: Readonly<Record<string, Condition>>;
  /** Columns to group by, or an instant column cut to a width of milliseconds from an offset. */
  readonly groupBy: readonly (
    string | { readonly column: string; readonly everyMs: number; readonly offsetMs?: number }
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
  /** Writes whatever is there: for documents with one writer (snapshots). */
  put(id: string, document: T): Promise<void>;
  /** Many puts at once, one commit on the embedded engine. */
  putAll(documents: readonly { readonly id: string; readonly document: T }[]): Promise<void>;
  delete(id: string): Promise<boolean>;
  find(query: Query): Promise<{ items: Stored<T>[]; next?: string }>;
  count(where?: Query['where']): Promise<number>;
  aggregate(aggregation: Aggregation): Promise<Record<string, ColumnValue>[]>;
}
