import type { CatalogueEntry } from '../port.ts';
import { sameJson } from '../declare.ts';
import type { Table, TableMaker } from '../table.ts';
import type { SqlValue, Step } from './protocol.ts';
import { indexNames, indexSql, quoted, rowsTable, tableSql } from './sql.ts';
import { SqlTable } from './table.ts';
import type { Threads } from './threads.ts';

const BUILT_IN = new Set(['id', 'n', 'revision', 'shape']);
const steps = (statements: readonly string[]): Step[] => statements.map((sql) => ({ sql, args: [] }));

/** Declares collections in SQLite. */
export class SqlMaker implements TableMaker {
  readonly #threads: Threads;
  readonly #backup: (entry: CatalogueEntry) => Promise<void>;

  constructor(threads: Threads, backup: (entry: CatalogueEntry) => Promise<void>) {
    this.#threads = threads;
    this.#backup = backup;
  }

  async entry(name: string): Promise<CatalogueEntry | undefined> {
    const [row] = await this.#threads.read('SELECT entry FROM catalogue WHERE name = ?', [name]);
    return row && (JSON.parse(String(row[0])) as CatalogueEntry);
  }
  async setEntry(entry: CatalogueEntry, previous: CatalogueEntry | undefined): Promise<boolean> {
    const stored = await this.entry(entry.name);
    if (!sameJson(stored, previous)) return false;
    const sql = 'INSERT OR REPLACE INTO catalogue (name, entry) VALUES (?, ?)';
    await this.#threads.write([{ sql, args: [entry.name, JSON.stringify(entry)] }]);
    return true;
  }

  async prepare(entry: CatalogueEntry): Promise<void> {
    await this.#threads.write(steps(tableSql(entry)));
    const present = new Set(await this.#columns(entry));
    const missing = Object.keys(entry.shapes.at(-1)?.columns ?? {}).filter((column) => !present.has(column));
    const wanted = new Set(indexNames(entry));
    const surplus = (await this.#indexes(entry)).filter((name) => !wanted.has(name));
    await this.#threads.write(
      steps([
        ...surplus.map((name) => `DROP INDEX ${quoted(name)}`),
        ...missing.map((column) => `ALTER TABLE ${rowsTable(entry.name)} ADD COLUMN ${quoted(column)}`),
      ]),
    );
  }
  async finish(entry: CatalogueEntry): Promise<void> {
    const wanted = new Set(Object.keys(entry.shapes.at(-1)?.columns ?? {}));
    const surplus = (await this.#columns(entry)).filter((column) => !BUILT_IN.has(column) && !wanted.has(column));
    const drops = surplus.map((column) => `ALTER TABLE ${rowsTable(entry.name)} DROP COLUMN ${quoted(column)}`);
    const present = new Set(await this.#indexes(entry));
    const missing = indexSql(entry).filter((_, at) => !present.has(indexNames(entry)[at] ?? ''));
    await this.#threads.write(steps([...drops, ...missing]));
  }

  async #columns(entry: CatalogueEntry): Promise<string[]> {
    return names(await this.#threads.read('SELECT name FROM pragma_table_info(?)', [`c_${entry.name}`]));
  }
  async #indexes(entry: CatalogueEntry): Promise<string[]> {
    const sql = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL";
    return names(await this.#threads.read(sql, [`c_${entry.name}`]));
  }

  table(entry: CatalogueEntry): Table {
    return new SqlTable(this.#threads, entry);
  }
  backupBefore(entry: CatalogueEntry): Promise<void> {
    return this.#backup(entry);
  }
}
const names = (rows: readonly SqlValue[][]): string[] => rows.map(([name]) => String(name));
