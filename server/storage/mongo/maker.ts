import type { Connection, Model } from 'mongoose';
import { indexName } from '../declare.ts';
import type { CatalogueEntry, ColumnType } from '../port.ts';
import type { Table, TableMaker } from '../table.ts';
import { isDuplicate, translated } from './errors.ts';
import { documentModel, type LyingNote, noteModel } from './models.ts';
import { pathOf } from './query.ts';
import { MongoTable } from './table.ts';

/** The least value of each type: a condition that every value meets and null does not. */
const LEAST: Record<ColumnType, string | number | boolean> = {
  text: '',
  integer: -Infinity,
  instant: -Infinity,
  real: -Infinity,
  boolean: false,
};
const DEFAULT_INDEX = '_id_';

/** Declares collections in MongoDB. */
export class MongoMaker implements TableMaker {
  readonly #connection: Connection;
  readonly #catalogue: Model<LyingNote>;
  readonly #backup: (entry: CatalogueEntry) => Promise<void>;

  constructor(connection: Connection, backup: (entry: CatalogueEntry) => Promise<void>) {
    this.#connection = connection;
    this.#catalogue = noteModel(connection, 'catalogue');
    this.#backup = backup;
  }

  async entry(name: string): Promise<CatalogueEntry | undefined> {
    const found = await translated(() => this.#catalogue.findById(name).lean<LyingNote>().exec());
    return found === null ? undefined : (JSON.parse(found.value) as CatalogueEntry);
  }
  async entries(): Promise<CatalogueEntry[]> {
    const found = await translated(() => this.#catalogue.find().sort({ _id: 1 }).lean<LyingNote[]>().exec());
    return found.map(({ value }) => JSON.parse(value) as CatalogueEntry);
  }
  async setEntry(entry: CatalogueEntry, previous: CatalogueEntry | undefined): Promise<boolean> {
    const value = JSON.stringify(entry);
    return translated(async () => {
      if (previous !== undefined) {
        const filter = { _id: entry.name, value: JSON.stringify(previous) };
        return (await this.#catalogue.updateOne(filter, { $set: { value } })).matchedCount === 1;
      }
      try {
        await this.#catalogue.create([{ _id: entry.name, value }]);
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    });
  }

  async prepare(entry: CatalogueEntry): Promise<void> {
    await translated(async () => {
      const collection = documentModel(this.#connection, entry).collection;
      const wanted = new Set([DEFAULT_INDEX, ...entry.indexes.map(indexName)]);
      for (const name of await this.#indexes(entry)) if (!wanted.has(name)) await collection.dropIndex(name);
    });
  }
  /** Old columns went with the rewriting of each document. */
  async finish(entry: CatalogueEntry): Promise<void> {
    const types = entry.shapes.at(-1)?.columns ?? {};
    await translated(async () => {
      const collection = documentModel(this.#connection, entry).collection;
      for (const index of entry.indexes) {
        const keys = Object.fromEntries(index.columns.map((column) => [pathOf(column), 1 as const]));
        const name = indexName(index);
        // As in SQL, null is never equal to null in a unique index.
        const filter = Object.fromEntries(
          index.columns.map((column) => [pathOf(column), { $gte: LEAST[types[column] ?? 'text'] }]),
        );
        if (index.unique) await collection.createIndex(keys, { name, unique: true, partialFilterExpression: filter });
        // The id ends every other index, as it ends every order.
        else await collection.createIndex({ ...keys, _id: 1 }, { name });
      }
    });
  }
  async #indexes(entry: CatalogueEntry): Promise<string[]> {
    const known = await this.#connection.listCollections();
    if (!known.some(({ name }) => name === entry.name)) return [];
    const indexes = await documentModel(this.#connection, entry).collection.indexes();
    return indexes.flatMap(({ name }) => (name === undefined ? [] : [name]));
  }

  table(entry: CatalogueEntry): Table {
    return new MongoTable(documentModel(this.#connection, entry));
  }
  backupBefore(entry: CatalogueEntry): Promise<void> {
    return this.#backup(entry);
  }
}
