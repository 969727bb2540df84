import { isDeepStrictEqual } from 'node:util';
import type { Collection, Connection, Model } from 'mongoose';
import { indexName } from '../declare.ts';
import type { CatalogueEntry, ColumnType } from '../port.ts';
import type { Table, TableMaker } from '../table.ts';
import { besideOthers, isDuplicate, translated } from './errors.ts';
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
  /** Indexes that each collection had when it was prepared: what is there is not asked for at every start. */
  readonly #there = new Map<string, ReadonlySet<string>>();

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

  prepare(entry: CatalogueEntry): Promise<void> {
    return translated(() => besideOthers(() => this.#dropOthers(entry)));
  }
  async #dropOthers(entry: CatalogueEntry): Promise<void> {
    const { collection } = documentModel(this.#connection, entry);
    const there = new Set<string>();
    for (const found of await this.#indexesOf(collection)) {
      const wanted = describeAll(entry).find(({ name }) => name === found.name);
      if (wanted && isAsWanted(found, wanted)) there.add(wanted.name);
      else if (found.name !== undefined && found.name !== DEFAULT_INDEX) await collection.dropIndex(found.name);
    }
    this.#there.set(entry.name, there);
  }
  /** Old columns went with the rewriting of each document. */
  async finish(entry: CatalogueEntry): Promise<void> {
    const there = this.#there.get(entry.name);
    const missing = describeAll(entry).filter(({ name }) => !there?.has(name));
    if (missing.length === 0) return;
    const { collection } = documentModel(this.#connection, entry);
    await translated(() => besideOthers(() => collection.createIndexes(missing)));
  }

  /** None of a collection that is not there yet. */
  async #indexesOf(collection: Collection): Promise<readonly IndexFound[]> {
    try {
      return await collection.indexes();
    } catch (error) {
      const known = await this.#connection.listCollections();
      if (known.some(({ name }) => name === collection.name)) throw error;
      return [];
    }
  }

  table(entry: CatalogueEntry): Table {
    return new MongoTable(documentModel(this.#connection, entry));
  }
  backupBefore(entry: CatalogueEntry): Promise<void> {
    return this.#backup(entry);
  }
}

type IndexWanted = Readonly<{ name: string; key: Record<string, 1>; unique?: true; partialFilterExpression?: object }>;
type IndexFound = Readonly<{ name?: string; key: object; unique?: boolean; partialFilterExpression?: object }>;

const describeAll = ({ indexes, shapes }: CatalogueEntry): IndexWanted[] =>
  indexes.map((index) => {
    const name = indexName(index);
    const key = Object.fromEntries(index.columns.map((column) => [pathOf(column), 1 as const]));
    // The id ends every other index, as it ends every order.
    if (!index.unique) return { name, key: { ...key, _id: 1 } };
    const types = shapes.at(-1)?.columns ?? {};
    // As in SQL, null is never equal to null in a unique index.
    const least = index.columns.map((column) => [pathOf(column), { $gte: LEAST[types[column] ?? 'text'] }]);
    return { name, key, unique: true, partialFilterExpression: Object.fromEntries(least) };
  });

const isAsWanted = (found: IndexFound, wanted: IndexWanted): boolean =>
  isDeepStrictEqual(
    [found.key, found.unique ?? false, found.partialFilterExpression],
    [wanted.key, wanted.unique ?? false, wanted.partialFilterExpression],
  );
