import type { Connection, Model } from 'mongoose';
import { translated } from './errors.ts';
import { type LyingNote, noteModel } from './models.ts';

const NOTE = 'restoredInto';
const RESTORED = /-restored-(\d+)$/;

/**
 * MongoDB has no step that changes all collections at one moment. So a backup is restored into a database beside the one
 * that the address names, and then one note in that one, written at a stroke, says that the other has taken its place.
 */
export class Successor {
  readonly #notes: Model<LyingNote>;
  readonly #own: string;

  /** `named` leads to the database of the address. */
  constructor(named: Connection) {
    this.#notes = noteModel(named, 'notes');
    this.#own = named.name;
  }
  /** The database to work with now. */
  async current(): Promise<string> {
    const note = await translated(() => this.#notes.findById(NOTE).lean<LyingNote>().exec());
    return note?.value ?? this.#own;
  }
  /** Where the next restore goes. */
  async next(): Promise<string> {
    const before = Number(RESTORED.exec(await this.current())?.[1] ?? 0);
    return `${this.#own}-restored-${before + 1}`;
  }
  async set(database: string): Promise<void> {
    await translated(() => this.#notes.updateOne({ _id: NOTE }, { $set: { value: database } }, { upsert: true }));
  }
}
