import { packBody, unpackBody } from './packing.ts';
import type { AppendOp, RawEntry, RawStored, SqlValue } from './protocol.ts';
import type { Statements } from './statements.ts';

/** Streams kept in memory with their numbers; a call's entries come close together. */
const KEPT = 20_000;

/** Writes the journal within the transaction of the writer thread. */
export class JournalRows {
  readonly #sql: Statements;
  #next: number;
  readonly #streams = new Map<string, number>();
  readonly #kinds = new Map<string, number>();

  constructor(sql: Statements) {
    this.#sql = sql;
    this.#next = this.#storedLast() + 1;
  }
  #storedLast(): number {
    return Number(this.#sql.rows("SELECT seq FROM sqlite_sequence WHERE name = 'journal'")[0]?.[0] ?? 0);
  }
  /** After a rollback: nothing that was learned in the transaction holds. */
  forget(): void {
    this.#streams.clear();
    this.#kinds.clear();
    this.#next = this.#storedLast() + 1;
  }

  append({ entries, writer, first }: AppendOp): [firstSeq: number, lastSeq: number] {
    if (writer === undefined || first === undefined) return this.#add(entries);
    const [row] = this.#sql.rows('SELECT last, seq FROM writer WHERE name = ?', [writer]);
    const last = Number(row?.[0] ?? -1);
    const end = first + entries.length - 1;
    // Repeated as it was: what is appended together has numbers that follow each other.
    if (end === last && row?.[1] !== null) return [Number(row?.[1]) - entries.length + 1, Number(row?.[1])];
    if (end <= last) return [this.#next, this.#next - 1];
    const range = this.#add(entries.slice(Math.max(0, last - first + 1)));
    this.#sql.run('INSERT OR REPLACE INTO writer (name, last, seq) VALUES (?, ?, ?)', [writer, end, range[1]]);
    return range;
  }
  #add(entries: readonly RawEntry[]): [firstSeq: number, lastSeq: number] {
    const firstSeq = this.#next;
    for (const entry of entries) this.#insert([this.#next++, ...entry]);
    return [firstSeq, this.#next - 1];
  }
  write(entries: readonly RawStored[]): void {
    for (const entry of entries) {
      if (entry[0] < this.#next) throw new Error(`seq ${entry[0]} is behind the journal's end`);
      this.#insert(entry);
      this.#next = entry[0] + 1;
    }
  }
  #insert([seq, stream, at, kind, body]: RawStored): void {
    this.#sql.run('INSERT INTO journal (seq, stream, at, kind, body) VALUES (?, ?, ?, ?, ?)', [
      seq,
      this.#idOf('stream', this.#streams, stream),
      at,
      this.#idOf('kind', this.#kinds, kind),
      packBody(stream, at, kind, body),
    ]);
  }
  #idOf(table: 'stream' | 'kind', known: Map<string, number>, name: string): number {
    const kept = known.get(name);
    if (kept !== undefined) return kept;
    if (known.size >= KEPT) known.clear();
    this.#sql.run(`INSERT OR IGNORE INTO ${table} (name) VALUES (?)`, [name]);
    const id = Number(this.#sql.rows(`SELECT id FROM ${table} WHERE name = ?`, [name])[0]?.[0]);
    known.set(name, id);
    return id;
  }

  erase(streams: readonly string[]): number {
    let erased = 0;
    for (const name of streams) {
      erased += this.#sql.run('DELETE FROM journal WHERE stream = (SELECT id FROM stream WHERE name = ?)', [name]);
      this.#sql.run('DELETE FROM stream WHERE name = ?', [name]);
      this.#streams.delete(name);
    }
    return erased;
  }
}

/** Rows of a journal query with their bodies decoded. */
export const decoded = (rows: (SqlValue | Buffer)[][]): RawStored[] =>
  rows.map(([seq, stream, at, kind, body]) => {
    const entry = [String(stream), Number(at), String(kind)] as const;
    return [Number(seq), ...entry, unpackBody(...entry, body as string | Buffer)];
  });
