import type { Connection, Model } from 'mongoose';
import { toText, wellFormed } from '../encode.ts';
import type { Journal, JournalEntry, Origin, StoredEntry } from '../port.ts';
import { Appender, batchesOf, type Range, type Written } from './appender.ts';
import { translated } from './errors.ts';
import { journalModel, type LyingBatch, type LyingEntry } from './models.ts';
import { Origins } from './origins.ts';

const MOST_BATCHES_A_READ = 50;

const writtenOf = ({ stream, at, kind, body }: JournalEntry): Written => {
  return { stream: wellFormed(stream), at, kind: wellFormed(kind), body: toText(body, `a journal entry of ${stream}`) };
};
const storedOf = ({ seq, stream, at, kind, body }: LyingEntry): StoredEntry => {
  return { seq, stream, at, kind, body: JSON.parse(body) as unknown };
};

export class MongoJournal implements Journal {
  readonly origins: Origins;
  readonly #model: Model<LyingBatch>;
  readonly #appender: Appender;
  /** Entries in a batch, in the last read: one where calls are appended live, hundreds after a copy. */
  #perBatch = 1;

  constructor(connection: Connection) {
    this.#model = journalModel(connection);
    this.origins = new Origins(connection, this.#model);
    this.#appender = new Appender(this.#model, this.origins, () => this.#end());
  }

  async append(entries: readonly JournalEntry[], origin?: Origin): Promise<Range> {
    return this.#appender.append(entries.map(writtenOf), origin);
  }
  async fence(epoch: number, entry: JournalEntry): Promise<void> {
    this.#appender.bear(epoch);
    await this.#appender.append([writtenOf(entry)], undefined);
  }
  async readAfter(after: number, limit: number): Promise<StoredEntry[]> {
    return translated(async () => {
      const read: StoredEntry[] = [];
      // A batch's `_id` is its first seq: the one that begins before the place may go on behind it.
      const before = await this.#model
        .findOne({ _id: { $lte: after } }, { lastSeq: 1 })
        .sort({ _id: -1 })
        .lean<Pick<LyingBatch, '_id' | 'lastSeq'>>();
      let from = before !== null && before.lastSeq > after ? before._id : after + 1;
      while (read.length < limit) {
        const most = Math.min(Math.ceil((limit - read.length) / this.#perBatch), MOST_BATCHES_A_READ);
        const found = await this.#model
          .find({ _id: { $gte: from } })
          .sort({ _id: 1 })
          .limit(most)
          // In one answer, here and elsewhere: by itself the driver asks for the first 101, then for the rest.
          .batchSize(most)
          .lean<LyingBatch[]>();
        const last = found.at(-1);
        if (last === undefined) break;
        const entries = found.flatMap((batch) => batch.entries);
        read.push(...entries.filter(({ seq }) => seq > after).map(storedOf));
        this.#perBatch = Math.max(1, entries.length / found.length);
        from = last.lastSeq + 1;
      }
      return read.slice(0, limit);
    });
  }
  async readStream(stream: string): Promise<StoredEntry[]> {
    return translated(async () => {
      const found = await this.#model.find({ 'entries.stream': stream }).sort({ _id: 1 }).lean<LyingBatch[]>();
      return found.flatMap(({ entries }) => entries.filter((entry) => entry.stream === stream).map(storedOf));
    });
  }
  async lastSeq(): Promise<number> {
    return (await this.#end()).lastSeq;
  }
  /** Where the journal ends, and under which epoch. */
  async #end(): Promise<{ lastSeq: number; epoch: number }> {
    const last = await translated(() =>
      this.#model
        .findOne({}, { lastSeq: 1, epoch: 1 })
        .sort({ _id: -1 })
        .lean<Pick<LyingBatch, 'lastSeq' | 'epoch'>>()
        .exec(),
    );
    return { lastSeq: last?.lastSeq ?? 0, epoch: last?.epoch ?? 0 };
  }

  async eraseStreams(streams: readonly string[]): Promise<number> {
    return translated(async () => {
      const among = { $in: [...streams] };
      const found = await this.#model
        .find({ 'entries.stream': among }, { 'entries.stream': 1 })
        .lean<{ _id: number; entries: { stream: string }[] }[]>();
      if (found.length === 0) return 0;
      const ids = found.map(({ _id }) => _id);
      await this.#model.updateMany({ _id: { $in: ids } }, { $pull: { entries: { stream: among } } });
      // The last batch stays, emptied: the next seq is counted from it.
      const last = await this.lastSeq();
      await this.#model.deleteMany({ _id: { $in: ids }, lastSeq: { $lt: last }, entries: { $size: 0 } });
      const gone = new Set(streams);
      return found.flatMap(({ entries }) => entries).filter(({ stream }) => gone.has(stream)).length;
    });
  }

  async count(): Promise<number> {
    const pipeline = [{ $group: { _id: null, n: { $sum: { $size: '$entries' } } } }];
    const [all] = await translated(() => this.#model.aggregate<{ n: number }>(pipeline).exec());
    return all?.n ?? 0;
  }
  forget(): void {
    this.#appender.forget();
  }
  /** Entries that have their seq already, from another storage. */
  async write(stored: readonly StoredEntry[]): Promise<void> {
    this.#appender.forget();
    const items = stored.map((entry) => ({ seq: entry.seq, entry: writtenOf(entry) }));
    for (const batch of batchesOf(items)) {
      const entries = batch.map(({ seq, entry }) => ({ seq, ...entry }));
      const [first, last] = [entries[0]?.seq ?? 0, entries.at(-1)?.seq ?? 0];
      await translated(() => this.#model.create([{ _id: first, lastSeq: last, entries, origins: [] }]));
    }
  }
}
