import { join } from 'node:path';
import type { Clock } from '../../../machines/vocabulary/index.ts';
import { declare } from '../declare.ts';
import { Declared } from '../declared.ts';
import type { CatalogueEntry, Collection, CollectionSpec, Progress, Storage } from '../port.ts';
import { writeBackup } from './backup.ts';
import { SqlJournal } from './journal.ts';
import { SqlMaker } from './maker.ts';
import { waitsForChangeOver } from './nextDatabase.ts';
import { SqlRaw } from './raw.ts';
import { Threads } from './threads.ts';

export interface EmbeddedOptions {
  /** DATA_DIR. Made when it is not there; one process at a time may have it. */
  readonly folder: string;
  readonly clock: Clock;
  /** Bound of the database file in bytes; beyond it writes reject with `storage.full` until something is erased. */
  readonly maxBytes?: number;
}

/**
 * Opens the embedded storage: one SQLite file in the data folder, written by one thread. A resolved write is on the disk.
 * @throws `storage.locked` when another process has the folder, `storage.tooNew`, `storage.tooOld`, `storage.damaged`
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Storage> {
  const { folder, maxBytes } = options;
  const threads = new Threads({ folder, ...(maxBytes === undefined ? {} : { maxBytes }) });
  try {
    await threads.start();
  } catch (error) {
    await threads.close();
    throw error;
  }
  return new EmbeddedStorage(options, threads);
}

class EmbeddedStorage implements Storage {
  readonly engine = 'embedded';
  readonly journal: SqlJournal;
  readonly raw: SqlRaw;
  readonly #options: EmbeddedOptions;
  readonly #threads: Threads;
  readonly #maker: SqlMaker;
  readonly #declared = new Declared();

  constructor(options: EmbeddedOptions, threads: Threads) {
    this.#options = options;
    this.#threads = threads;
    this.#maker = new SqlMaker(threads, (entry) => this.#backupBefore(entry));
    this.journal = new SqlJournal(threads);
    this.raw = new SqlRaw(threads, this.journal, this.#maker);
  }

  collection<T>(spec: CollectionSpec<T>): Promise<Collection<T>> {
    return this.#declared.once(spec, () => declare(this.#maker, spec));
  }
  async ping(): Promise<void> {
    await this.raw.setNote('ping', String(this.#options.clock.now()));
  }
  async replaced(): Promise<boolean> {
    return waitsForChangeOver(this.#options.folder);
  }
  backup(target: string, onProgress?: Progress): Promise<void> {
    return writeBackup(this.#options.folder, this.#options.clock, target, onProgress);
  }
  async #backupBefore(entry: CatalogueEntry): Promise<void> {
    const version = entry.shapes.at(-1)?.version ?? 0;
    const name = `before-migration-${entry.name}-${version}-${this.#options.clock.now()}.db`;
    await this.backup(join(this.#options.folder, 'backups', name));
  }
  close(): Promise<void> {
    return this.#threads.close();
  }
}
