import type { Model } from 'mongoose';
import type { Origin } from '../port.ts';
import { storageFault } from '../faults.ts';
import { errorOf, isDuplicate } from './errors.ts';
import type { LyingBatch, LyingEntry, LyingOrigin } from './models.ts';
import type { Last, Origins } from './origins.ts';

/** Bounds of one batch: far below the 16 MB of a document, and a lost race costs little to write again. */
const MAX_ENTRIES = 1_000;
const MAX_BYTES = 4 * 1024 * 1024;

export type Written = Omit<LyingEntry, 'seq'>;
export interface Range {
  readonly firstSeq: number;
  readonly lastSeq: number;
}
/** One entry on its way, with its number by its writer. */
interface Item {
  readonly entry: Written;
  readonly writer?: string;
  readonly number?: number;
  seq?: number;
}
interface Waiting {
  readonly items: readonly Item[];
  resolve(range: Range): void;
  reject(error: Error): void;
}

/**
 * Puts batches behind the journal's end, over all servers in one order and each entry once. One batch is on its way at
 * a time; what is appended meanwhile makes up the next.
 */
export class Appender {
  readonly #model: Model<LyingBatch>;
  readonly #origins: Origins;
  readonly #end: () => Promise<{ lastSeq: number; epoch: number }>;
  #epoch = 0;
  #next: number | undefined;
  #queue: Waiting[] = [];
  #running = false;

  constructor(model: Model<LyingBatch>, origins: Origins, end: () => Promise<{ lastSeq: number; epoch: number }>) {
    this.#model = model;
    this.#origins = origins;
    this.#end = end;
  }

  append(entries: readonly Written[], origin: Origin | undefined): Promise<Range> {
    const items = entries.map((entry, at): Item =>
      origin === undefined ? { entry } : { entry, writer: origin.writer, number: origin.first + at },
    );
    return new Promise((resolve, reject) => {
      this.#queue.push({ items, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }
  /** Writes under this epoch from now on. */
  bear(epoch: number): void {
    this.#epoch = epoch;
    this.forget();
  }
  /** Somebody else wrote, or may have. */
  forget(): void {
    this.#next = undefined;
    this.#origins.forget();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#queue.length > 0) {
      const group = this.#group();
      try {
        for (const batch of batchesOf(group.flatMap(({ items }) => items))) await this.#write(batch);
        const next = await this.#place();
        for (const waiting of group) waiting.resolve(rangeOf(waiting.items, next));
      } catch (error) {
        // Whether it was written is not known: the journal itself is asked before the next one.
        this.forget();
        for (const waiting of group) waiting.reject(errorOf(error));
      }
    }
    this.#running = false;
  }
  #group(): Waiting[] {
    let entries = 0;
    const over = this.#queue.findIndex(({ items }) => (entries += items.length) > MAX_ENTRIES);
    return this.#queue.splice(0, over === -1 ? this.#queue.length : Math.max(1, over));
  }

  async #write(batch: readonly Item[]): Promise<void> {
    for (;;) {
      const fresh = await this.#fresh(batch);
      if (fresh.length === 0) return;
      const first = await this.#place();
      const lastSeq = first + fresh.length - 1;
      const entries = fresh.map(({ entry }, at) => ({ seq: first + at, ...entry }));
      const origins = originsOf(fresh, first);
      try {
        await this.#model.create([{ _id: first, lastSeq, entries, origins, epoch: this.#epoch }]);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        // Another server was quicker, or an earlier attempt of ours arrived after all: look, and go behind it.
        this.forget();
        continue;
      }
      for (const [at, item] of fresh.entries()) item.seq = first + at;
      for (const { writer, last, seq } of origins) this.#origins.note(writer, { number: last, seq });
      this.#next = lastSeq + 1;
      return;
    }
  }
  /**
   * The next number. A server of a lower epoch than the end's is fenced off: it can only have known the end from before,
   * and that place is taken by now, so its batch met the other's key and it came here.
   */
  async #place(): Promise<number> {
    if (this.#next !== undefined) return this.#next;
    const { lastSeq, epoch } = await this.#end();
    if (epoch > this.#epoch) {
      throw storageFault('storage.fenced', `the journal is of epoch ${epoch}, this server of epoch ${this.#epoch}`);
    }
    this.#next = lastSeq + 1;
    return this.#next;
  }
  /** What the journal does not have yet. The others get their place when it is known. */
  async #fresh(batch: readonly Item[]): Promise<Item[]> {
    const lasts = new Map<string, Last>();
    for (const { writer } of originsOf(batch, 0)) lasts.set(writer, await this.#origins.last(writer));
    return batch.filter((item) => {
      const last = item.writer === undefined ? undefined : lasts.get(item.writer);
      if (last === undefined || item.number === undefined || item.number > last.number) return true;
      // What was appended together has numbers that follow each other.
      if (last.seq !== undefined && endsAt(batch, item.writer, last.number))
        item.seq = last.seq - last.number + item.number;
      return false;
    });
  }
}

const endsAt = (items: readonly Item[], writer: string | undefined, number: number): boolean =>
  items.findLast((item) => item.writer === writer)?.number === number;

/** The last entry of each writer among entries that get numbers from `first` on. */
const originsOf = (items: readonly Item[], first: number): LyingOrigin[] => {
  const lasts = new Map<string, LyingOrigin>();
  for (const [at, { writer, number }] of items.entries()) {
    if (writer !== undefined && number !== undefined) lasts.set(writer, { writer, last: number, seq: first + at });
  }
  return [...lasts.values()];
};

/** `next` is what the next entry would get: the answer to an append that brought nothing new. */
function rangeOf(items: readonly Item[], next: number): Range {
  const seqs = items.flatMap(({ seq }) => (seq === undefined ? [] : [seq]));
  return { firstSeq: seqs[0] ?? next, lastSeq: seqs.at(-1) ?? next - 1 };
}

/** Cuts what is appended into batches of bounded size, in order. */
export function batchesOf<Entry extends { readonly entry: Written }>(items: readonly Entry[]): Entry[][] {
  const batches: Entry[][] = [];
  let bytes = Infinity;
  for (const item of items) {
    bytes += item.entry.body.length;
    const batch = batches.at(-1);
    if (batch === undefined || batch.length >= MAX_ENTRIES || bytes > MAX_BYTES) {
      batches.push([item]);
      bytes = item.entry.body.length;
    } else batch.push(item);
  }
  return batches;
}
