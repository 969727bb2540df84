import type { Connection, Model } from 'mongoose';
import { storageFault } from '../faults.ts';
import type { CatalogueEntry, RawDocument, RawStorage, StoredEntry } from '../port.ts';
import { translated } from './errors.ts';
import type { MongoJournal } from './journal.ts';
import type { MongoMaker } from './maker.ts';
import { documentModel, journalModel, type Lying, type LyingNote, noteModel } from './models.ts';
import { bodyOf, lyingBody } from './table.ts';

/** The tools' view of a MongoDB storage. */
export class MongoRaw implements RawStorage {
  readonly #connection: Connection;
  readonly #journal: MongoJournal;
  readonly #maker: MongoMaker;
  readonly #notes: Model<LyingNote>;

  constructor(connection: Connection, journal: MongoJournal, maker: MongoMaker) {
    this.#connection = connection;
    this.#journal = journal;
    this.#maker = maker;
    this.#notes = noteModel(connection, 'notes');
  }
  async #model(name: string): Promise<Model<Lying>> {
    const entry = await this.#maker.entry(name);
    if (entry === undefined) throw storageFault('storage.badQuery', `no collection ${name}`);
    return documentModel(this.#connection, entry);
  }

  catalogue(): Promise<CatalogueEntry[]> {
    return this.#maker.entries();
  }
  async count(name: string): Promise<number> {
    const model = await this.#model(name);
    return translated(() => model.countDocuments({}).exec());
  }
  async read(name: string, afterId: string | undefined, limit: number): Promise<RawDocument[]> {
    const model = await this.#model(name);
    const after = afterId === undefined ? {} : { _id: { $gt: afterId } };
    const found = await translated(() =>
      model.find(after).sort({ _id: 1 }).limit(limit).batchSize(limit).lean<Lying[]>().exec(),
    );
    return found.map((lying) => {
      const { _id, revision, shape, columns, text } = lying;
      return { id: _id, revision, shape, columns, text: text ?? JSON.stringify(bodyOf(lying)) };
    });
  }

  async make(entry: CatalogueEntry): Promise<void> {
    if ((await this.#maker.entry(entry.name)) !== undefined) return;
    await this.#maker.finish(entry);
    await this.#maker.setEntry(entry, undefined);
  }
  async write(name: string, documents: readonly RawDocument[]): Promise<void> {
    const model = await this.#model(name);
    const writes = documents.map(({ id, revision, shape, columns, text }) => {
      const replacement = { _id: id, revision, shape, columns: { ...columns }, ...lyingBody(text) };
      return { replaceOne: { filter: { _id: id }, replacement, upsert: true } };
    });
    if (writes.length > 0) await translated(() => model.bulkWrite(writes));
  }
  async erase(name: string, ids: readonly string[]): Promise<void> {
    const model = await this.#model(name);
    await translated(() => model.deleteMany({ _id: { $in: [...ids] } }).exec());
  }

  journalCount(): Promise<number> {
    return this.#journal.count();
  }
  journalWrite(entries: readonly StoredEntry[]): Promise<void> {
    return this.#journal.write(entries);
  }
  origins(): Promise<Record<string, number>> {
    return this.#journal.origins.all();
  }
  setOrigins(origins: Readonly<Record<string, number>>): Promise<void> {
    return this.#journal.origins.set(origins);
  }
  async clear(): Promise<void> {
    const entries = await this.#maker.entries();
    await translated(async () => {
      for (const entry of entries) await documentModel(this.#connection, entry).deleteMany({});
      await journalModel(this.#connection).deleteMany({});
      await noteModel(this.#connection, 'origins').deleteMany({});
      await noteModel(this.#connection, 'catalogue').deleteMany({});
      for (const entry of entries) await this.#connection.dropCollection(entry.name);
    });
    this.#journal.forget();
  }
  async note(key: string): Promise<string | undefined> {
    const found = await translated(() => this.#notes.findById(key).lean<LyingNote>().exec());
    return found?.value;
  }
  async setNote(key: string, value: string | undefined): Promise<void> {
    await translated(async () => {
      if (value === undefined) await this.#notes.deleteOne({ _id: key });
      else await this.#notes.updateOne({ _id: key }, { $set: { value } }, { upsert: true, runValidators: true });
    });
  }
}
