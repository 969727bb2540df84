import { AppError } from '../../machines/vocabulary/index.ts';
import type { Collection, CollectionSpec, Journal, JournalEntry, Origin, Storage } from '../../server/storage/port.ts';

/** How a storage can be: `vanishing` does what was asked and then breaks the link, so that nobody knows. */
export type StorageMood = 'well' | 'slow' | 'full' | 'readOnly' | 'gone' | 'vanishing';

const FAULTS = {
  full: 'storage.full',
  readOnly: 'storage.readOnly',
  gone: 'storage.unavailable',
  vanishing: 'storage.unavailable',
} as const;
const fault = (mood: keyof typeof FAULTS): AppError => new AppError(FAULTS[mood], `the storage is ${mood}`);

/** Wraps any storage. Its mood is set by the test, or changes by itself at random from a seed. */
export class FaultyStorage implements Storage {
  readonly engine;
  readonly journal: Journal;
  readonly raw;
  readonly #inner: Storage;
  #mood: StorageMood = 'well';
  #waiting: (() => void)[] = [];
  #nextMood: (() => StorageMood) | undefined;
  /** Writes that were asked for, and those refused. */
  readonly counts = { asked: 0, refused: 0 };

  constructor(inner: Storage) {
    this.#inner = inner;
    this.engine = inner.engine;
    this.raw = inner.raw;
    const { journal } = inner;
    this.journal = {
      append: (entries: readonly JournalEntry[], origin?: Origin) => this.#write(() => journal.append(entries, origin)),
      eraseStreams: (streams) => this.#write(() => journal.eraseStreams(streams)),
      readAfter: (after, limit) => this.#read(() => journal.readAfter(after, limit)),
      readStream: (stream) => this.#read(() => journal.readStream(stream)),
      lastSeq: () => this.#read(() => journal.lastSeq()),
    };
  }

  replaced(): Promise<boolean> {
    return this.#inner.replaced();
  }
  get mood(): StorageMood {
    return this.#mood;
  }
  /** Changes the mood; what a slow storage kept waiting goes on. */
  set mood(mood: StorageMood) {
    this.#mood = mood;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }
  /** From now on every write may meet another mood, the same ones for the same seed. */
  moody(seed: number, share = 0.3): void {
    let state = seed | 0;
    const random = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      return (state >>> 8) / 2 ** 24;
    };
    const moods = ['full', 'readOnly', 'gone', 'vanishing'] as const;
    this.#nextMood = () => (random() < share ? (moods[Math.floor(random() * moods.length)] ?? 'gone') : 'well');
  }
  calm(): void {
    this.#nextMood = undefined;
    this.mood = 'well';
  }

  async #write<Value>(run: () => Promise<Value>): Promise<Value> {
    this.counts.asked += 1;
    if (this.#nextMood !== undefined) this.#mood = this.#nextMood();
    while (this.#mood === 'slow') await new Promise<void>((go) => this.#waiting.push(go));
    const mood = this.#mood;
    if (mood === 'well') return run();
    this.counts.refused += 1;
    if (mood === 'vanishing') await run();
    throw fault(mood);
  }
  async #read<Value>(run: () => Promise<Value>): Promise<Value> {
    while (this.#mood === 'slow') await new Promise<void>((go) => this.#waiting.push(go));
    if (this.#mood === 'gone' || this.#mood === 'vanishing') throw fault(this.#mood);
    return run();
  }

  async collection<T>(spec: CollectionSpec<T>): Promise<Collection<T>> {
    const inner = await this.#inner.collection(spec);
    return {
      get: (id) => this.#read(() => inner.get(id)),
      find: (query) => this.#read(() => inner.find(query)),
      count: (where) => this.#read(() => inner.count(where)),
      aggregate: (aggregation) => this.#read(() => inner.aggregate(aggregation)),
      insert: (id, document) => this.#write(() => inner.insert(id, document)),
      replace: (id, document, revision) => this.#write(() => inner.replace(id, document, revision)),
      put: (id, document) => this.#write(() => inner.put(id, document)),
      putAll: (documents) => this.#write(() => inner.putAll(documents)),
      delete: (id) => this.#write(() => inner.delete(id)),
      deleteAll: (ids) => this.#write(() => inner.deleteAll(ids)),
      deleteWhere: (where, limit) => this.#write(() => inner.deleteWhere(where, limit)),
    };
  }
  ping(): Promise<void> {
    return this.#write(() => this.#inner.ping());
  }
  backup(target: string, onProgress?: (done: number, total: number) => void): Promise<void> {
    return this.#inner.backup(target, onProgress);
  }
  close(): Promise<void> {
    return this.#inner.close();
  }
}
