/** What passes between the main thread and the SQLite threads: plain values that structured clone carries. */
export type SqlValue = string | number | null;
/** A text to be compressed when that makes it smaller. */
export interface Packed {
  readonly pack: string;
}
export interface Step {
  readonly sql: string;
  readonly args: readonly (SqlValue | Packed)[];
  /** When it changes nothing the rest is left out and the answer is 0. */
  readonly need?: boolean;
}
export type RawEntry = readonly [stream: string, at: number, kind: string, body: string];
export type RawStored = readonly [seq: number, ...entry: RawEntry];

export interface AppendOp {
  readonly op: 'append';
  readonly entries: readonly RawEntry[];
  readonly writer?: string;
  readonly first?: number;
}
export type WriteOp =
  | AppendOp
  /** Answers the changes of the first step. */
  | { readonly op: 'write'; readonly steps: readonly Step[] }
  | { readonly op: 'journalWrite'; readonly entries: readonly RawStored[] }
  | { readonly op: 'erase'; readonly streams: readonly string[] }
  /** The journal's tables were changed by statements. */
  | { readonly op: 'forget' };
export type ReadOp =
  | { readonly op: 'read'; readonly sql: string; readonly args: readonly SqlValue[] }
  /** A query whose rows are RawStored with coded bodies. */
  | { readonly op: 'journal'; readonly sql: string; readonly args: readonly SqlValue[] };
/** An aggregation: run over pieces of the table, the pieces put together. */
export interface GroupOp {
  readonly op: 'group';
  readonly table: string;
  readonly where: { readonly sql: string; readonly args: readonly SqlValue[] };
  /** The part of `where` that an index answers by itself. */
  readonly indexed: { readonly sql: string; readonly args: readonly SqlValue[] };
  readonly keys: readonly string[];
  readonly measures: readonly { readonly sql: string; readonly merge: 'sum' | 'min' | 'max' }[];
}
export type KeeperOp = { readonly op: 'checkpoint' } | { readonly op: 'backup'; readonly target: string };
export type Op = WriteOp | ReadOp | GroupOp | KeeperOp;
/** Instead of requests: finish and end the thread. */
export const CLOSE = 'close';

export interface Request {
  readonly id: number;
  readonly op: Op;
}
export interface Fault {
  readonly code: string;
  readonly message: string;
}
export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly fault?: Fault;
}
/** Sent once when the thread is ready, or could not be. */
export interface Opened {
  readonly opened: true;
  readonly fault?: Fault;
}
export type FromThread = Opened | readonly Answer[];

export type Role = 'writer' | 'reader' | 'keeper';
export interface ThreadOptions {
  readonly role: Role;
  readonly folder: string;
  /** The file may not grow beyond it: `storage.full`. */
  readonly maxBytes?: number;
}
export const DATABASE_FILE = 'storage.db';
export const LOCK_FILE = 'lock.db';
export const HOLDER_FILE = 'holder.txt';
