import { columnsOf, columnTypes, isWellFormed, toText } from './encode.ts';
import { storageFault } from './faults.ts';
import type { Aggregation, CatalogueEntry, Collection, CollectionSpec, ColumnValue, Query, Stored } from './port.ts';
import { type Columns, cursorOf, groupingOf, pageOf, whereTerms } from './query.ts';
import type { NewRow, Row, Table } from './table.ts';

/** Brings a document of an older version up to the spec's, one step a time, and checks it. */
export function upgrade<T>(spec: CollectionSpec<T>, version: number, document: unknown): T {
  let current = document;
  for (let step = version; step < spec.version; step += 1) {
    const migrate = spec.migrate?.[step];
    if (migrate === undefined) {
      throw storageFault('storage.badMigration', `${spec.name} has no migration from version ${step}`);
    }
    current = migrate(current);
  }
  return spec.check(current);
}

/** What both engines do alike: checks, JSON, columns, cursors, older shapes. */
export class DocumentCollection<T> implements Collection<T> {
  readonly #spec: CollectionSpec<T>;
  readonly #entry: CatalogueEntry;
  readonly #table: Table;
  readonly #columns: Columns;

  constructor(spec: CollectionSpec<T>, entry: CatalogueEntry, table: Table) {
    this.#spec = spec;
    this.#entry = entry;
    this.#table = table;
    this.#columns = columnTypes(spec);
  }

  async get(id: string): Promise<Stored<T> | undefined> {
    const row = await this.#table.get(id);
    return row && this.#stored(row);
  }
  async insert(id: string, document: T): Promise<'ok' | 'exists'> {
    return (await this.#table.insert(this.row(id, document))) ? 'ok' : 'exists';
  }
  async replace(id: string, document: T, revision: number): Promise<'ok' | 'conflict'> {
    return (await this.#table.replace(this.row(id, document), revision)) ? 'ok' : 'conflict';
  }
  async put(id: string, document: T): Promise<void> {
    await this.#table.put([this.row(id, document)]);
  }
  async putAll(documents: readonly { readonly id: string; readonly document: T }[]): Promise<void> {
    if (documents.length > 0) await this.#table.put(documents.map(({ id, document }) => this.row(id, document)));
  }
  async delete(id: string): Promise<boolean> {
    return (await this.#table.remove([id])) > 0;
  }
  async deleteAll(ids: readonly string[]): Promise<number> {
    return ids.length === 0 ? 0 : this.#table.remove(ids);
  }
  async deleteWhere(where: NonNullable<Query['where']>, limit: number): Promise<number> {
    return this.#table.removeWhere(whereTerms(this.#columns, where), limit);
  }
  async find(query: Query): Promise<{ items: Stored<T>[]; next?: string }> {
    const page = pageOf(this.#columns, query);
    const rows = await this.#table.page(page);
    const items = rows.slice(0, page.limit).map((row) => this.#stored(row));
    const last = rows[page.limit - 1];
    if (rows.length <= page.limit || last === undefined) return { items };
    return { items, next: cursorOf(page.order, { value: last.value ?? null, id: last.id }) };
  }
  async count(where?: Query['where']): Promise<number> {
    return this.#table.count(whereTerms(this.#columns, where));
  }
  async aggregate(aggregation: Aggregation): Promise<Record<string, ColumnValue>[]> {
    const grouping = groupingOf(this.#columns, aggregation);
    const names = [...grouping.groups, ...grouping.measures].map(({ name }) => name);
    const rows = await this.#table.group(grouping);
    return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])));
  }

  /** The row of a document in the newest shape. */
  row(id: string, document: T): NewRow {
    if (id === '' || id.length > 500 || !isWellFormed(id)) {
      throw storageFault('storage.badDocument', `${this.#spec.name}: an id has 1 to 500 well-formed characters`);
    }
    const checked = this.#spec.check(document);
    return {
      id,
      shape: this.#entry.shapes.length - 1,
      columns: columnsOf(this.#spec, checked),
      text: toText(checked, `${this.#spec.name}/${id}`),
    };
  }

  /** The document of a row of any known shape; a newer one was written by a newer server beside us. */
  upgraded(row: Row): T {
    const version = this.#entry.shapes[row.shape]?.version;
    if (version === undefined) {
      throw storageFault('storage.tooNew', `${this.#spec.name}/${row.id} was written by a newer server`, {
        details: { collection: this.#spec.name },
      });
    }
    // Of the newest version it was checked when written; checking history again at each look would cost the reader.
    return version === this.#spec.version ? (row.document as T) : upgrade(this.#spec, version, row.document);
  }

  #stored(row: Row): Stored<T> {
    return { id: row.id, revision: row.revision, document: this.upgraded(row) };
  }
}
