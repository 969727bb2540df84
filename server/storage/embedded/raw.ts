import type { CatalogueEntry, RawDocument, RawStorage, StoredEntry } from '../port.ts';
import type { SqlJournal } from './journal.ts';
import type { SqlMaker } from './maker.ts';
import { bodiesTable, fromSql, quoted, rowsTable, toSql } from './sql.ts';
import type { Threads } from './threads.ts';

/** The tools' view of an SQLite storage. */
export class SqlRaw implements RawStorage {
  readonly #threads: Threads;
  readonly #journal: SqlJournal;
  readonly #maker: SqlMaker;

  constructor(threads: Threads, journal: SqlJournal, maker: SqlMaker) {
    this.#threads = threads;
    this.#journal = journal;
    this.#maker = maker;
  }

  async catalogue(): Promise<CatalogueEntry[]> {
    const rows = await this.#threads.read('SELECT entry FROM catalogue ORDER BY name');
    return rows.map(([entry]) => JSON.parse(String(entry)) as CatalogueEntry);
  }
  async count(name: string): Promise<number> {
    const [row] = await this.#threads.report(`SELECT COUNT(*) FROM ${rowsTable(name)}`);
    return Number(row?.[0] ?? 0);
  }
  async read(name: string, afterId: string | undefined, limit: number): Promise<RawDocument[]> {
    const columns = await this.#columns(name);
    const listed = columns.map(([column]) => `, ${quoted(column)}`).join('');
    const sql =
      `SELECT r.id, r.revision, r.shape, b.body${listed} FROM ${rowsTable(name)} r ` +
      `CROSS JOIN ${bodiesTable(name)} b ON b.n = r.n WHERE r.id > ? ORDER BY r.id LIMIT ?`;
    const rows = await this.#threads.report(sql, [afterId ?? '', limit]);
    return rows.map(([id, revision, shape, text, ...values]) => ({
      id: String(id),
      revision: Number(revision),
      shape: Number(shape),
      columns: Object.fromEntries(columns.map(([column, type], at) => [column, fromSql(type, values[at] ?? null)])),
      text: String(text),
    }));
  }
  async #columns(name: string) {
    const entry = await this.#maker.entry(name);
    return Object.entries(entry?.shapes.at(-1)?.columns ?? {});
  }

  async make(entry: CatalogueEntry): Promise<void> {
    const known = await this.#maker.entry(entry.name);
    if (known !== undefined) return;
    await this.#maker.prepare(entry);
    await this.#maker.finish(entry);
    await this.#maker.setEntry(entry, undefined);
  }
  async write(name: string, documents: readonly RawDocument[]): Promise<void> {
    await this.erase(
      name,
      documents.map(({ id }) => id),
    );
    const entry = await this.#maker.entry(name);
    const columns = Object.keys(entry?.shapes.at(-1)?.columns ?? {});
    const insert =
      `INSERT INTO ${rowsTable(name)} (${['id', 'revision', 'shape', ...columns.map(quoted)].join(', ')}) VALUES ` +
      `(?, ?, ?${', ?'.repeat(columns.length)})`;
    const body = `INSERT INTO ${bodiesTable(name)} (n, body) SELECT n, ? FROM ${rowsTable(name)} WHERE id = ?`;
    await this.#threads.write(
      documents.flatMap(({ id, revision, shape, columns: values, text }) => [
        { sql: insert, args: [id, revision, shape, ...columns.map((column) => toSql(values[column] ?? null))] },
        { sql: body, args: [entry?.packed ? { pack: text } : text, id] },
      ]),
    );
  }
  async erase(name: string, ids: readonly string[]): Promise<void> {
    const args = [JSON.stringify(ids)];
    const among = 'IN (SELECT value FROM json_each(?))';
    await this.#threads.write([
      { sql: `DELETE FROM ${bodiesTable(name)} WHERE n IN (SELECT n FROM ${rowsTable(name)} WHERE id ${among})`, args },
      { sql: `DELETE FROM ${rowsTable(name)} WHERE id ${among}`, args },
    ]);
  }

  async journalCount(): Promise<number> {
    const [row] = await this.#threads.report('SELECT COUNT(*) FROM journal');
    return Number(row?.[0] ?? 0);
  }
  journalWrite(entries: readonly StoredEntry[]): Promise<void> {
    return this.#journal.write(entries);
  }
  async origins(): Promise<Record<string, number>> {
    const rows = await this.#threads.read('SELECT name, last FROM writer ORDER BY name');
    return Object.fromEntries(rows.map(([name, last]) => [String(name), Number(last)]));
  }
  async setOrigins(origins: Readonly<Record<string, number>>): Promise<void> {
    const sql = 'INSERT OR REPLACE INTO writer (name, last) VALUES (?, ?)';
    await this.#threads.write(Object.entries(origins).map((args) => ({ sql, args })));
  }
  async clear(): Promise<void> {
    const tables = (await this.catalogue()).flatMap(({ name }) => [rowsTable(name), bodiesTable(name)]);
    const own = ['journal', 'stream', 'kind', 'writer', 'catalogue'];
    await this.#threads.write([
      ...tables.map((table) => ({ sql: `DROP TABLE ${table}`, args: [] })),
      ...own.map((table) => ({ sql: `DELETE FROM ${table}`, args: [] })),
      { sql: "DELETE FROM sqlite_sequence WHERE name = 'journal'", args: [] },
    ]);
    await this.#threads.change({ op: 'forget' }, 1);
  }
  async note(key: string): Promise<string | undefined> {
    const [row] = await this.#threads.read('SELECT value FROM note WHERE name = ?', [key]);
    return row && String(row[0]);
  }
  async setNote(key: string, value: string | undefined): Promise<void> {
    const sql = value === undefined ? 'DELETE FROM note WHERE name = ?' : 'INSERT OR REPLACE INTO note VALUES (?, ?)';
    await this.#threads.write([{ sql, args: value === undefined ? [key] : [key, value] }]);
  }
}
