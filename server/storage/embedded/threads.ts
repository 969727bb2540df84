import type { GroupOp, KeeperOp, RawStored, SqlValue, Step, ThreadOptions, WriteOp } from './protocol.ts';
import { Thread } from './thread.ts';

/** Work of about this many writes is put from the log into the database file at once, by the keeper. */
const CHECKPOINT_EVERY = 2_000;

/**
 * The threads of one database: one writes, one answers short questions, one does what may take seconds (reports) and
 * moves the log into the database file, so that neither ever delays a confirmation.
 */
export class Threads {
  readonly #writer: Thread;
  readonly #reader: Thread;
  readonly #keeper: Thread;
  #unkept = 0;

  constructor(options: Omit<ThreadOptions, 'role'>) {
    this.#writer = new Thread({ ...options, role: 'writer' });
    this.#reader = new Thread({ ...options, role: 'reader' });
    this.#keeper = new Thread({ ...options, role: 'keeper' });
  }
  /** The writer makes the database, so it opens first. */
  async start(): Promise<void> {
    await this.#writer.start();
    await this.#reader.start();
  }
  async close(): Promise<void> {
    await Promise.all([this.#reader.close(), this.#keeper.close()]);
    await this.#writer.close();
  }

  async change<Value>(op: WriteOp, size: number): Promise<Value> {
    const value = await this.#writer.ask<Value>(op);
    this.#unkept += size;
    if (this.#unkept >= CHECKPOINT_EVERY) {
      this.#unkept = 0;
      // A checkpoint that fails costs nothing but room in the log; the next one does its work.
      this.keep({ op: 'checkpoint' }).catch(() => undefined);
    }
    return value;
  }
  /** Answers the number of rows that the first step changed. */
  write(steps: readonly Step[]): Promise<number> {
    return this.change({ op: 'write', steps }, steps.length);
  }
  read(sql: string, args: readonly SqlValue[] = []): Promise<SqlValue[][]> {
    return this.#reader.ask({ op: 'read', sql, args });
  }
  report(sql: string, args: readonly SqlValue[] = []): Promise<SqlValue[][]> {
    return this.#keeper.ask({ op: 'read', sql, args });
  }
  group(op: GroupOp): Promise<SqlValue[][]> {
    return this.#keeper.ask(op);
  }
  journal(sql: string, args: readonly SqlValue[] = []): Promise<RawStored[]> {
    return this.#reader.ask({ op: 'journal', sql, args });
  }
  keep(op: KeeperOp): Promise<unknown> {
    return this.#keeper.ask(op);
  }
}
