import type { CatalogueEntry, ColumnType, ColumnValue } from '../port.ts';
import type { Grouping, Page, Term } from '../query.ts';
import type { NewRow, Row, Table } from '../table.ts';
import type { Packed, SqlValue, Step } from './protocol.ts';
import {
  bodiesTable,
  FEW,
  fromSql,
  groupingOp,
  leadingIndex,
  pageParts,
  quoted,
  rowsTable,
  toSql,
  whereSql,
} from './sql.ts';
import type { Threads } from './threads.ts';

type RawRow = [id: string, revision: number, shape: number, body: string, value: SqlValue];

/** One collection in SQLite: a table of columns and a table of bodies. */
export class SqlTable implements Table {
  readonly #threads: Threads;
  readonly #entry: CatalogueEntry;
  readonly #rows: string;
  readonly #bodies: string;
  readonly #columns: readonly (readonly [string, ColumnType])[];
  readonly #packed: boolean;
  readonly #insert: string;
  readonly #set: string;

  constructor(threads: Threads, entry: CatalogueEntry) {
    this.#threads = threads;
    this.#entry = entry;
    this.#rows = rowsTable(entry.name);
    this.#bodies = bodiesTable(entry.name);
    this.#columns = Object.entries(entry.shapes.at(-1)?.columns ?? {});
    this.#packed = entry.packed;
    const names = this.#columns.map(([name]) => quoted(name));
    this.#insert =
      `INSERT INTO ${this.#rows} (${['id', 'revision', 'shape', ...names].join(', ')}) ` +
      `VALUES (?, 1, ?${', ?'.repeat(names.length)})`;
    this.#set = ['shape', ...names].map((name) => `${name} = ?`).join(', ');
  }

  #values(row: NewRow): SqlValue[] {
    return [row.shape, ...this.#columns.map(([name]) => toSql(row.columns[name] ?? null))];
  }
  #body(row: NewRow): string | Packed {
    return this.#packed ? { pack: row.text } : row.text;
  }
  #newBody(row: NewRow): Step {
    const sql = `INSERT INTO ${this.#bodies} (n, body) SELECT n, ? FROM ${this.#rows} WHERE id = ?`;
    return { sql, args: [this.#body(row), row.id] };
  }
  #changedBody(row: NewRow): Step {
    const sql = `UPDATE ${this.#bodies} SET body = ? WHERE n = (SELECT n FROM ${this.#rows} WHERE id = ?)`;
    return { sql, args: [this.#body(row), row.id] };
  }

  async get(id: string): Promise<Row | undefined> {
    const [row] = await this.#select(`r.id = ?`, [id], 'NULL', 1);
    return row;
  }
  async insert(row: NewRow): Promise<boolean> {
    const sql = `${this.#insert} ON CONFLICT DO NOTHING`;
    const changed = await this.#threads.write([
      { sql, args: [row.id, ...this.#values(row)], need: true },
      this.#newBody(row),
    ]);
    return changed > 0;
  }
  async replace(row: NewRow, revision: number): Promise<boolean> {
    const sql = `UPDATE OR IGNORE ${this.#rows} SET revision = revision + 1, ${this.#set} WHERE id = ? AND revision = ?`;
    const changed = await this.#threads.write([
      { sql, args: [...this.#values(row), row.id, revision], need: true },
      this.#changedBody(row),
    ]);
    return changed > 0;
  }
  async put(rows: readonly NewRow[]): Promise<void> {
    const set = ['shape', ...this.#columns.map(([name]) => quoted(name))].map((name) => `${name} = excluded.${name}`);
    const sql = `${this.#insert} ON CONFLICT (id) DO UPDATE SET revision = revision + 1, ${set.join(', ')}`;
    await this.#threads.write(
      rows.flatMap((row) => [
        { sql, args: [row.id, ...this.#values(row)] },
        { ...this.#newBody(row), sql: `${this.#newBody(row).sql} ON CONFLICT (n) DO UPDATE SET body = excluded.body` },
      ]),
    );
  }
  async remove(ids: readonly string[]): Promise<number> {
    return this.#threads.write(this.#removal(ids));
  }
  async removeWhere(terms: readonly Term[], limit: number): Promise<number> {
    const { sql, args } = whereSql(terms);
    const found = await this.#threads.report(`SELECT id FROM ${this.#rows} WHERE ${sql} LIMIT ?`, [...args, limit]);
    return this.#threads.write(this.#removal(found.map(([id]) => String(id))));
  }
  #removal(ids: readonly string[]): Step[] {
    const among = 'IN (SELECT value FROM json_each(?))';
    const args = [JSON.stringify(ids)];
    return [
      // The first answers with its count: as many bodies as rows.
      { sql: `DELETE FROM ${this.#bodies} WHERE n IN (SELECT n FROM ${this.#rows} WHERE id ${among})`, args },
      { sql: `DELETE FROM ${this.#rows} WHERE id ${among}`, args },
    ];
  }

  async page(page: Page): Promise<Row[]> {
    const rows: Row[] = [];
    const wanted = page.limit + 1;
    const index = await this.#leadingIndex(page);
    for (const { sql, args } of pageParts(page)) {
      const left = wanted - rows.length;
      if (left > 0) rows.push(...(await this.#select(sql, args, quoted(page.order.column), left, index)));
    }
    const type = new Map(this.#columns).get(page.order.column) ?? 'text';
    return rows.map((row) => ({ ...row, value: fromSql(type, row.value as SqlValue) }));
  }
  async #leadingIndex(page: Page): Promise<string | undefined> {
    const lead = leadingIndex(page, this.#entry);
    if (lead === undefined) return undefined;
    const [row] = await this.#threads.read(lead.count.sql, lead.count.args);
    return Number(row?.[0]) < FEW ? lead.index : undefined;
  }
  /** The page is found in the narrow table first; then the bodies of these rows are fetched. */
  async #select(
    where: string,
    args: readonly SqlValue[],
    value: string,
    limit: number,
    index?: string,
  ): Promise<Row[]> {
    const by = index === undefined ? '' : ` INDEXED BY ${quoted(index)}`;
    const sql =
      `SELECT r.id, r.revision, r.shape, b.body, ${value} FROM ${this.#rows} r${by} ` +
      `CROSS JOIN ${this.#bodies} b ON b.n = r.n WHERE ${where} LIMIT ?`;
    const found = (await this.#threads.read(sql, [...args, limit])) as RawRow[];
    return found.map(([id, revision, shape, body, order]) => {
      return { id, revision, shape, document: JSON.parse(body) as unknown, value: order };
    });
  }
  async count(terms: readonly Term[]): Promise<number> {
    const { sql, args } = whereSql(terms);
    const [row] = await this.#threads.report(`SELECT COUNT(*) FROM ${this.#rows} WHERE ${sql}`, args);
    return Number(row?.[0] ?? 0);
  }
  async group(grouping: Grouping): Promise<ColumnValue[][]> {
    const types = [...grouping.groups, ...grouping.measures].map(({ type }) => type);
    const rows = await this.#threads.group(groupingOp(this.#entry, grouping));
    return rows.map((row) => types.map((type, index) => fromSql(type, row[index] ?? null)));
  }

  async outdated(shape: number, afterId: string, limit: number): Promise<Row[]> {
    return this.#select('r.shape < ? AND r.id > ? ORDER BY r.id', [shape, afterId], 'NULL', limit);
  }
  async migrate(rows: readonly { readonly row: NewRow; readonly revision: number }[]): Promise<void> {
    const sql = `UPDATE ${this.#rows} SET ${this.#set} WHERE id = ? AND revision = ? AND shape < ?`;
    const writes = rows.map(({ row, revision }) => {
      const args = [...this.#values(row), row.id, revision, row.shape];
      return this.#threads.write([{ sql, args, need: true }, this.#changedBody(row)]);
    });
    await Promise.all(writes);
  }
}
