import { join } from 'node:path';
import mongoose, { type Connection } from 'mongoose';
import type { Clock } from '../../../machines/vocabulary/index.ts';
import { declare } from '../declare.ts';
import { Declared } from '../declared.ts';
import { storageFault } from '../faults.ts';
import type { CatalogueEntry, Collection, CollectionSpec, Progress, Storage } from '../port.ts';
import { writeFolder } from '../tools/folder.ts';
import { besideOthers, translated } from './errors.ts';
import { MongoJournal } from './journal.ts';
import { MongoMaker } from './maker.ts';
import { journalModel } from './models.ts';
import { MongoRaw } from './raw.ts';
import { Successor } from './successor.ts';

export interface MongoOptions {
  /** MONGODB_URI. Its database, or `telephone` when it names none. */
  readonly uri: string;
  /** Instead of the URI's. */
  readonly database?: string;
  /** Where the backup before a migration goes: DATA_DIR. */
  readonly folder: string;
  readonly clock: Clock;
  /** How long an operation waits for a server that is away before it rejects. */
  readonly awayAfterMs?: number;
  /** Opens this very database, not the one that a restore put in its place. */
  readonly asNamed?: boolean;
}
/** Version of what lies in the database beside the collections. */
const FORMAT = 1;

/**
 * Opens the storage in MongoDB 7 or 8, standalone or a replica set. A resolved write is in the journal of the majority.
 * @throws `storage.unavailable`, `storage.tooNew`, `storage.badAddress`
 */
export async function openMongo(options: MongoOptions): Promise<MongoStorage> {
  const { uri, awayAfterMs = 3_000 } = options;
  refuseBadAddress(uri);
  const named = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(uri)?.[1];
  const connection = mongoose.createConnection(uri, {
    dbName: options.database ?? named ?? 'telephone',
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
    writeConcern: { w: 'majority', journal: true },
    readPreference: 'primary',
    serverSelectionTimeoutMS: awayAfterMs,
    connectTimeoutMS: awayAfterMs,
    // A server that answers slowly is not away: a burst of questions may wait for those before it, and for connections,
    // which the driver would make two at a time.
    waitQueueTimeoutMS: 3 * awayAfterMs,
    maxPoolSize: 16,
    maxConnecting: 4,
    heartbeatFrequencyMS: 2_000,
  });
  try {
    await translated(() => connection.asPromise());
    const successor = new Successor(connection);
    const database = options.asNamed ? connection.name : await successor.current();
    const storage = new MongoStorage(options, connection.useDb(database), successor);
    await storage.prepare();
    return storage;
  } catch (error) {
    await connection.destroy();
    throw error;
  }
}

/** The driver reads the address when it makes a client, and connects later. */
function refuseBadAddress(uri: string): void {
  try {
    new mongoose.mongo.MongoClient(uri);
  } catch (cause) {
    throw storageFault('storage.badAddress', `MONGODB_URI is no address of MongoDB: ${String(cause)}`, { cause });
  }
}

export class MongoStorage implements Storage {
  readonly engine = 'mongo';
  readonly successor: Successor;
  readonly journal: MongoJournal;
  readonly raw: MongoRaw;
  readonly #options: MongoOptions;
  readonly #connection: Connection;
  readonly #maker: MongoMaker;
  readonly #declared = new Declared();

  constructor(options: MongoOptions, connection: Connection, successor: Successor) {
    this.#options = options;
    this.#connection = connection;
    this.successor = successor;
    this.#maker = new MongoMaker(connection, (entry) => this.#backupBefore(entry));
    this.journal = new MongoJournal(connection);
    this.raw = new MongoRaw(connection, this.journal, this.#maker);
  }
  /** Of the database. */
  get name(): string {
    return this.#connection.name;
  }
  async prepare(): Promise<void> {
    const format = Number((await this.raw.note('format')) ?? 0);
    if (format > FORMAT) {
      const message = `the database is of format ${format}, this server knows ${FORMAT}: start a newer server`;
      throw storageFault('storage.tooNew', message);
    }
    await translated(() => besideOthers(() => journalModel(this.#connection).createIndexes()));
    if (format < FORMAT) await this.raw.setNote('format', String(FORMAT));
  }

  collection<T>(spec: CollectionSpec<T>): Promise<Collection<T>> {
    return this.#declared.once(spec, () => declare(this.#maker, spec));
  }
  async ping(): Promise<void> {
    await this.raw.setNote('ping', String(this.#options.clock.now()));
  }
  async replaced(): Promise<boolean> {
    return (await this.successor.current()) !== this.name;
  }
  backup(target: string, onProgress?: Progress): Promise<void> {
    return writeFolder(this, target, onProgress);
  }
  async #backupBefore(entry: CatalogueEntry): Promise<void> {
    const version = entry.shapes.at(-1)?.version ?? 0;
    const name = `before-migration-${entry.name}-${version}-${this.#options.clock.now()}`;
    await this.backup(join(this.#options.folder, 'backups', name));
  }
  async close(): Promise<void> {
    await translated(() => this.#connection.close());
  }
}
