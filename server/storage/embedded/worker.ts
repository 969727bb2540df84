import { existsSync } from 'node:fs';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { type Connection, lockFolder, openDatabase } from './database.ts';
import { faultOf, isRequestError, needsReopen } from './errors.ts';
import { FileGone, Files } from './files.ts';
import { grouped } from './grouping.ts';
import { decoded, JournalRows } from './journalRows.ts';
import { unpackText } from './packing.ts';
import { CLOSE } from './protocol.ts';
import type { Answer, Fault, FromThread, Op, ReadOp, Request, Step, ThreadOptions, WriteOp } from './protocol.ts';
import { Statements } from './statements.ts';

/**
 * One SQLite connection in a thread of its own. Requests that came while the thread was busy are one group; the
 * writer's group is one transaction, so that one wait for the disk confirms them all.
 */
const options = workerData as ThreadOptions;
if (parentPort === null) throw new Error('worker.ts runs as a worker thread');
const port = parentPort;
const send = (message: FromThread): void => port.postMessage(message);

/** Held for the life of the thread. */
let lock: Connection | undefined;
let files: Files | undefined;
let open: { db: Connection; sql: Statements; journal?: JournalRows } | undefined;

function database(): NonNullable<typeof open> {
  if (open !== undefined) return open;
  // Once opened it is never made anew: an empty database must not take the place of one that was moved away.
  if (files !== undefined && !existsSync(files.path)) throw new FileGone();
  const db = openDatabase(options);
  files = new Files(options.folder);
  const sql = new Statements(db);
  open = options.role === 'writer' ? { db, sql, journal: new JournalRows(sql) } : { db, sql };
  return open;
}
function closeDatabase(): void {
  open?.db.close();
  open = undefined;
}
/** Closes what cannot be trusted any more; the next request opens it anew. */
function noted(error: unknown): Fault {
  const fault = faultOf(error);
  if (needsReopen(fault.code)) closeDatabase();
  return fault;
}

function steps(sql: Statements, list: readonly Step[]): number {
  let first: number | undefined;
  for (const step of list) {
    const changes = sql.step(step);
    first ??= changes;
    if (step.need === true && changes === 0) return 0;
  }
  return first ?? 0;
}
function written(op: WriteOp): unknown {
  const { sql, journal } = database();
  if (journal === undefined) throw new Error('only the writer writes');
  if (op.op === 'write') return steps(sql, op.steps);
  if (op.op === 'append') return journal.append(op);
  if (op.op === 'erase') return journal.erase(op.streams);
  if (op.op === 'forget') return journal.forget();
  return journal.write(op.entries);
}

/** One request of a group: its own mistakes take back itself alone. */
function tried({ id, op }: Request): Answer {
  const { sql, journal } = database();
  sql.run('SAVEPOINT request');
  try {
    const value = written(op as WriteOp);
    sql.run('RELEASE request');
    return { id, value };
  } catch (error) {
    const fault = faultOf(error);
    if (!isRequestError(fault.code)) throw error;
    sql.run('ROLLBACK TO request');
    sql.run('RELEASE request');
    journal?.forget();
    return { id, fault };
  }
}
function writeGroup(group: readonly Request[]): Answer[] {
  try {
    const { db } = database();
    db.exec('BEGIN IMMEDIATE');
    const answers = group.map(tried);
    db.exec('COMMIT');
    files?.check();
    return answers;
  } catch (error) {
    const fault = takenBack(error);
    return group.map(({ id }) => ({ id, fault }));
  }
}
function takenBack(error: unknown): Fault {
  try {
    if (open?.db.inTransaction === true) open.db.exec('ROLLBACK');
    open?.journal?.forget();
  } catch (second) {
    // Without a rollback the connection is worth nothing: closing it takes the transaction back.
    closeDatabase();
    return { ...noted(error), message: `${String(error)}; then ${String(second)}` };
  }
  return noted(error);
}

function read(op: ReadOp): unknown {
  const rows = database().sql.rows(op.sql, op.args);
  if (op.op === 'journal') return decoded(rows);
  return rows.map((row) => row.map((value) => (Buffer.isBuffer(value) ? unpackText(value) : value)));
}
function keep(op: Op): unknown {
  if (op.op === 'checkpoint') return database().sql.rows('PRAGMA wal_checkpoint(PASSIVE)')[0];
  if (op.op === 'group') return grouped(database().sql, op);
  if (op.op === 'backup') return database().sql.run('VACUUM INTO ?', [op.target]);
  return read(op as ReadOp);
}
const readGroup = (group: readonly Request[]): Answer[] =>
  group.map(({ id, op }) => {
    try {
      return { id, value: keep(op) };
    } catch (error) {
      return { id, fault: noted(error) };
    }
  });

type Message = readonly Request[] | typeof CLOSE;

function serve(first: Message): void {
  const group: Request[] = [];
  let closing = false;
  for (let message: Message | undefined = first; message !== undefined; message = waiting()) {
    if (message === CLOSE) closing = true;
    else group.push(...message);
  }
  if (group.length > 0) send(options.role === 'writer' ? writeGroup(group) : readGroup(group));
  if (closing) close();
}
const waiting = (): Message | undefined => receiveMessageOnPort(port)?.message as Message | undefined;

function close(): void {
  closeDatabase();
  lock?.close();
  port.close();
}

try {
  if (options.role === 'writer') lock = lockFolder(options.folder);
  database();
  port.on('message', serve);
  send({ opened: true });
} catch (error) {
  lock?.close();
  send({ opened: true, fault: faultOf(error) });
}
