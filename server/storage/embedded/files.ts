import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE_FILE } from './protocol.ts';

/** The name leads to another file than the one that is open. */
export class FileGone extends Error {
  readonly code = 'SQLITE_IOERR_FILE_GONE';
  constructor() {
    super('the database file was moved, removed or replaced while the server runs');
  }
}

/**
 * Which files are open. SQLite goes on writing into a file that was removed or moved, and says that all is well; a
 * restart would find nothing of it. So each commit looks whether the names still lead to these files: two calls of a
 * few microseconds.
 */
export class Files {
  readonly path: string;
  readonly #numbers: readonly (number | undefined)[];

  constructor(folder: string) {
    this.path = join(folder, DATABASE_FILE);
    this.#numbers = this.#look();
  }
  #look(): (number | undefined)[] {
    return [this.path, `${this.path}-wal`].map((path) => statSync(path, { throwIfNoEntry: false })?.ino);
  }
  /** @throws FileGone */
  check(): void {
    const now = this.#look();
    if (this.#numbers.some((number, at) => number !== now[at])) throw new FileGone();
  }
}
