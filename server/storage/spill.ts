import type { Backlog, Numbered } from './backlog.ts';
import { storageFault } from './faults.ts';
import type { Batch, WriteQueue } from './writeQueue.ts';

/** Entries put on the disk at once. */
const AT_ONCE = 2_000;

const numberedOf = ({ first, entries }: Batch): Numbered[] =>
  (entries ?? []).map((entry, at) => ({ number: first + at, ...entry }));

/** Puts waiting entries into the backlog and takes confirmed ones out, one thing after the other. */
export class Spill {
  readonly #backlog: Backlog;
  readonly #queue: WriteQueue;
  readonly #maxBytes: number;
  readonly #onFault: (fault: unknown) => void;
  #turn: Promise<unknown> = Promise.resolve();
  #failing = false;
  #asked = false;

  constructor(backlog: Backlog, queue: WriteQueue, maxBytes: number, onFault: (fault: unknown) => void) {
    this.#backlog = backlog;
    this.#queue = queue;
    this.#maxBytes = maxBytes;
    this.#onFault = onFault;
  }
  get bytes(): number {
    return this.#backlog.bytes;
  }

  #after<Value>(run: () => Promise<Value>): Promise<Value> {
    const turn = this.#turn.then(run);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when everything that waits is on the disk, or cannot be put there. */
  run(): Promise<void> {
    if (this.#asked) return this.#turn.then(() => undefined);
    this.#asked = true;
    return this.#after(() => this.#spillAll());
  }
  async #spillAll(): Promise<void> {
    this.#asked = false;
    try {
      for (let batches = this.#queue.unspilled(AT_ONCE); batches.length > 0; batches = this.#queue.unspilled(AT_ONCE)) {
        if (this.#backlog.bytes > this.#maxBytes) throw storageFault('storage.full', 'the backlog is at its bound');
        await this.#backlog.write(batches.flatMap(numberedOf));
        this.#queue.markSpilled(batches);
      }
      this.#failing = false;
    } catch (fault) {
      // Told once: every further append tries again.
      if (!this.#failing) this.#onFault(fault);
      this.#failing = true;
    }
  }

  read(from: number, limit: number): Promise<Numbered[]> {
    return this.#after(() => this.#backlog.read(from, limit));
  }
  /** Removes the files of which the storage has everything. */
  async release(): Promise<void> {
    if (this.#backlog.bytes === 0) return;
    try {
      await this.#after(() => this.#backlog.release(this.#queue.confirmedTo));
    } catch (fault) {
      // What stays is taken up at the next start and adds nothing twice.
      this.#onFault(fault);
    }
  }
  async close(): Promise<void> {
    await this.#after(() => this.#backlog.close());
  }
}
