import type { Connection, Model } from 'mongoose';
import { translated } from './errors.ts';
import { type LyingBatch, type LyingNote, noteModel } from './models.ts';

export interface Last {
  /** -1 when the journal has nothing of the writer. */
  readonly number: number;
  /** Not known of what came from another storage. */
  readonly seq?: number;
}

/**
 * How far each writer has come. It stands in the batches themselves, so that it is written with them or not at all; of
 * what came from another storage there is a note.
 */
export class Origins {
  readonly #batches: Model<LyingBatch>;
  readonly #notes: Model<LyingNote>;
  readonly #known = new Map<string, Last>();

  constructor(connection: Connection, batches: Model<LyingBatch>) {
    this.#batches = batches;
    this.#notes = noteModel(connection, 'origins');
  }
  /** What was in memory may be behind. */
  forget(): void {
    this.#known.clear();
  }
  note(writer: string, last: Last): void {
    this.#known.set(writer, last);
  }

  /** The writer's last entry in the journal. */
  async last(writer: string): Promise<Last> {
    const last = this.#known.get(writer) ?? (await this.#stored(writer));
    this.#known.set(writer, last);
    return last;
  }
  async #stored(writer: string): Promise<Last> {
    return translated(async () => {
      const [batch, note] = await Promise.all([
        this.#batches.findOne({ 'origins.writer': writer }, { origins: 1 }).sort({ _id: -1 }).lean<LyingBatch>(),
        this.#notes.findById(writer).lean<LyingNote>(),
      ]);
      const noted: Last = { number: Number(note?.value ?? -1) };
      const mine = batch?.origins.find((origin) => origin.writer === writer);
      return mine === undefined || mine.last < noted.number ? noted : { number: mine.last, seq: mine.seq };
    });
  }

  async all(): Promise<Record<string, number>> {
    return translated(async () => {
      const pipeline = [
        { $match: { 'origins.0': { $exists: true } } },
        { $unwind: '$origins' },
        { $group: { _id: '$origins.writer', last: { $max: '$origins.last' } } },
      ];
      const batches = await this.#batches.aggregate<{ _id: string; last: number }>(pipeline);
      const all = new Map(batches.map(({ _id, last }) => [_id, last]));
      for (const { _id, value } of await this.#notes.find().lean<LyingNote[]>()) {
        all.set(_id, Math.max(Number(value), all.get(_id) ?? -1));
      }
      return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
    });
  }
  async set(origins: Readonly<Record<string, number>>): Promise<void> {
    const writes = Object.entries(origins).map(([writer, last]) => {
      return { updateOne: { filter: { _id: writer }, update: { $set: { value: String(last) } }, upsert: true } };
    });
    if (writes.length > 0) await translated(() => this.#notes.bulkWrite(writes));
    this.forget();
  }
}
