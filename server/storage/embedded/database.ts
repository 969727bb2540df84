import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { storageFault } from '../faults.ts';
import { DATABASE_FILE, HOLDER_FILE, LOCK_FILE, type ThreadOptions } from './protocol.ts';

export type Connection = InstanceType<typeof Database>;
export type Statement = ReturnType<Connection['prepare']>;

/**
 * Version of what lies in the file beside the collections: the journal and the catalogue. 3: bodies in shorthand.
 * 2 had other signs for the words, was never released and cannot be told from 3 line by line.
 */
const FORMAT = 3;
const UNREADABLE = 2;
const PAGE = 4096;

const TABLES = [
  // AUTOINCREMENT: a seq is never given twice, not even after the last entry was erased.
  'CREATE TABLE IF NOT EXISTS journal (seq INTEGER PRIMARY KEY AUTOINCREMENT, stream INTEGER NOT NULL, ' +
    'at INTEGER NOT NULL, kind INTEGER NOT NULL, body NOT NULL)',
  'CREATE INDEX IF NOT EXISTS journal_stream ON journal (stream)',
  'CREATE TABLE IF NOT EXISTS stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)',
  'CREATE TABLE IF NOT EXISTS kind (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)',
  // The writer's last entry: its number and its seq.
  'CREATE TABLE IF NOT EXISTS writer (name TEXT PRIMARY KEY, last INTEGER NOT NULL, seq INTEGER) WITHOUT ROWID',
  'CREATE TABLE IF NOT EXISTS catalogue (name TEXT PRIMARY KEY, entry TEXT NOT NULL) WITHOUT ROWID',
  'CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID',
];

/**
 * Takes the data folder for this process, until the connection closes or the process dies in whatever way: it is a lock
 * of the operating system, so nothing stale can remain.
 * @throws `storage.locked`, `storage.readOnly`
 */
export function lockFolder(folder: string): Connection {
  mkdirSync(folder, { recursive: true });
  const lock = new Database(join(folder, LOCK_FILE));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw storageFault('storage.locked', `the data folder ${folder} is in use by ${holderOf(folder)}`, { cause });
  }
  try {
    writeFileSync(join(folder, HOLDER_FILE), `process ${process.pid}\n`);
  } catch (cause) {
    lock.close();
    const message = `the data folder ${folder} cannot be written (${String(cause)}): make it writable, then start again`;
    throw storageFault('storage.readOnly', message, { cause });
  }
  return lock;
}
function holderOf(folder: string): string {
  try {
    return readFileSync(join(folder, HOLDER_FILE), 'utf8').trim();
  } catch {
    return 'another process';
  }
}

/** Opens the database for one thread. The writer makes what is missing; the others expect it. */
export function openDatabase({ role, folder, maxBytes }: ThreadOptions): Connection {
  const db = new Database(join(folder, DATABASE_FILE));
  try {
    db.exec('PRAGMA busy_timeout = 5000; PRAGMA temp_store = FILE');
    if (role === 'writer') prepareWriter(db, maxBytes);
    else
      db.exec(
        `PRAGMA query_only = ${role === 'keeper' ? 0 : 1}; PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824`,
      );
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function prepareWriter(db: Connection, maxBytes: number | undefined): void {
  // FULL: the log is on the disk when COMMIT returns. The checkpoint at 64 MB is a last resort, see keeper.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16384');
  // What is erased is overwritten, in the pages and not only in the lists.
  db.exec('PRAGMA secure_delete = ON; PRAGMA cache_size = -32768');
  if (maxBytes !== undefined) db.exec(`PRAGMA max_page_count = ${Math.max(16, Math.floor(maxBytes / PAGE))}`);
  const [format] = db.prepare('PRAGMA user_version').raw().all() as [[number]];
  if (format[0] > FORMAT) {
    const message = `the data folder is of format ${format[0]}, this server knows ${FORMAT}: start a newer server`;
    throw storageFault('storage.tooNew', message);
  }
  if (format[0] === UNREADABLE) {
    const message = `the data folder is of format ${UNREADABLE}, which only a version in development wrote and no other reads: start with another DATA_DIR`;
    throw storageFault('storage.tooOld', message);
  }
  if (format[0] === FORMAT) return;
  db.exec(`BEGIN IMMEDIATE; ${TABLES.join('; ')}; PRAGMA user_version = ${FORMAT}; COMMIT`);
}
