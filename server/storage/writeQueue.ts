import type { Instant } from '../../machines/vocabulary/index.ts';
import type { Numbered } from './backlog.ts';
import { storageFault } from './faults.ts';
import type { JournalEntry } from './port.ts';

/** What one call appended. */
export interface Batch {
  /** Number of the first entry. */
  readonly first: number;
  readonly count: number;
  readonly since: Instant;
  /** Absent when it lies in the backlog files alone. */
  entries: readonly JournalEntry[] | undefined;
  spilled: boolean;
  resolve(range: { lastSeq: number }): void;
  reject(error: Error): void;
}
/**
 * So many entries go over at once: few enough for one batch of any engine, so that a group is there whole or not at
 * all and the position of each call's last entry is known exactly.
 */
const GROUP = 250;

/** The first of them: at most `limit` entries, or one batch. */
const firstOf = (batches: readonly Batch[], limit: number): Batch[] => {
  let count = 0;
  const over = batches.findIndex((batch) => (count += batch.count) > limit);
  return batches.slice(0, over === -1 ? batches.length : Math.max(1, over));
};

/** What waits for the storage, in order. The front may be on its way; the spilled ones are always a front part. */
export class WriteQueue {
  readonly #maxInMemory: number;
  #batches: Batch[] = [];
  #next = 0;
  #inMemory = 0;
  /** So many of the front have been given out and stay in memory. */
  #onItsWay = 0;
  entries = 0;
  spilled = 0;

  constructor(maxInMemory: number) {
    this.#maxInMemory = maxInMemory;
  }
  /** Memory is full, and what is in it could not be put on the disk. */
  get full(): boolean {
    return this.#inMemory >= this.#maxInMemory && this.entries - this.spilled >= this.#maxInMemory;
  }

  add(entries: readonly JournalEntry[], since: Instant): Promise<{ lastSeq: number }> {
    return new Promise((resolve, reject) => {
      this.#batches.push({ first: this.#next, count: entries.length, since, entries, spilled: false, resolve, reject });
      this.#next += entries.length;
      this.#inMemory += entries.length;
      this.entries += entries.length;
    });
  }

  /** The next group; what is not in memory is read back. Asked again before it is confirmed, it is the same. */
  async group(read: (from: number, limit: number) => Promise<Numbered[]>): Promise<Batch[]> {
    const group = firstOf(this.#batches, GROUP);
    this.#onItsWay = group.length;
    // A file is read from its beginning each time: so more than a group comes back at once.
    if (group.some(({ entries }) => entries === undefined))
      await this.#readBack(firstOf(this.#batches, Math.max(GROUP, this.#maxInMemory / 4)), read);
    return group;
  }
  async #readBack(
    batches: readonly Batch[],
    read: (from: number, limit: number) => Promise<Numbered[]>,
  ): Promise<void> {
    const missing = batches.filter(({ entries }) => entries === undefined);
    const [first, last] = [missing[0], missing.at(-1)];
    if (first === undefined || last === undefined) return;
    // Others that memory has lie between them.
    const stored = await read(first.first, last.first + last.count - first.first);
    const byNumber = new Map(stored.map(({ number, ...entry }) => [number, entry]));
    for (const batch of missing) {
      const numbers = Array.from({ length: batch.count }, (_, at) => batch.first + at);
      const entries = numbers.map((number) => byNumber.get(number)).filter((entry) => entry !== undefined);
      if (entries.length < batch.count) throw storageFault('storage.damaged', 'entries are missing in the backlog');
      batch.entries = entries;
      this.#inMemory += batch.count;
    }
  }
  /** The group is durable and its last entry has this position; positions within a group follow each other. */
  confirm(group: readonly Batch[], lastSeq: number): void {
    let seq = lastSeq - group.reduce((sum, { count }) => sum + count, 0);
    for (const batch of group) {
      seq += batch.count;
      batch.resolve({ lastSeq: seq });
    }
    this.#drop(group);
  }
  refuse(group: readonly Batch[], error: Error): void {
    for (const batch of group) batch.reject(error);
    this.#drop(group);
  }
  #drop(group: readonly Batch[]): void {
    const gone = new Set(group);
    this.#batches = this.#batches.filter((batch) => !gone.has(batch));
    this.#onItsWay = Math.max(0, this.#onItsWay - group.length);
    for (const batch of group) {
      this.entries -= batch.count;
      if (batch.entries !== undefined) this.#inMemory -= batch.count;
      if (batch.spilled) this.spilled -= batch.count;
    }
  }

  /** Since when the oldest waits; undefined when nothing does. */
  get since(): Instant | undefined {
    return this.#batches[0]?.since;
  }
  /** Everything up to this number is confirmed. */
  get confirmedTo(): number {
    return (this.#batches[0]?.first ?? this.#next) - 1;
  }
  /** What is not on the disk yet, at most `limit` entries or one batch. */
  unspilled(limit: number): Batch[] {
    return firstOf(
      this.#batches.filter(({ spilled }) => !spilled),
      limit,
    );
  }
  /** These are on the disk: those beyond the bound of memory are kept there alone. */
  markSpilled(batches: readonly Batch[]): void {
    const waiting = new Set(this.#batches);
    for (const batch of batches) {
      if (!waiting.has(batch)) continue;
      batch.spilled = true;
      this.spilled += batch.count;
    }
    for (let at = this.#batches.length - 1; at >= this.#onItsWay && this.#inMemory > this.#maxInMemory / 2; at -= 1) {
      const batch = this.#batches[at];
      if (batch?.entries === undefined || !batch.spilled) continue;
      batch.entries = undefined;
      this.#inMemory -= batch.count;
    }
  }
}
