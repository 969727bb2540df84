import type { Instant, Milliseconds } from '../../machines/vocabulary/index.ts';
import type { JournalEntry, StoredEntry } from '../storage/port.ts';

/** Where entries become durable. `memory`: storage is away, entries wait in memory and in the spill file. */
export interface DurableLog {
  /** Resolves with the position of the last entry when all are durable, in the order of the calls. */
  append(entries: readonly JournalEntry[]): Promise<{ lastSeq: number }>;
  readonly state: 'ok' | 'memory';
  /** How long the oldest entry waits that is not durable yet; 0 when all are. */
  readonly behindMs: Milliseconds;
  /** Called on each change of `state`; returns what ends the watch. */
  onState(watch: (state: 'ok' | 'memory') => void): () => void;
}

/** A room whose state is made of journal entries. */
export interface Room {
  /** Streams of this room are named `<prefix>/<id>`. */
  readonly prefix: string;
  /**
   * Applies one entry to the state in memory. The same code runs live and at replay, so it must depend on nothing but
   * the entry and the states that entries made. In live mode it may record further entries (`ledger.record`).
   */
  apply(entry: JournalEntry, mode: 'live' | 'replay'): void;
  /** The state of one stream as JSON; `undefined` when it is closed and nothing need be kept for a restart. */
  snapshot(id: string): unknown;
  restore(id: string, state: unknown): void;
  /** After the replay, before the first live entry: arms deadlines, counts. */
  replayed?(): void;
}

/** Draws what changed. `prepare` is called while the state is that of the batch; what it returns runs once durable. */
export interface Publisher {
  prepare(touched: ReadonlySet<string>): (() => void) | undefined;
}

/**
 * The one way in which anything changes: record (apply in memory), append, and only then show. An input (a batch of
 * facts, a command, a passed deadline) records its entries and flushes once; the entries of one input are appended
 * together. Batches are shown in the order of the journal.
 */
export class Ledger {
  readonly #log: DurableLog;
  readonly #rooms = new Map<string, Room>();
  readonly #publishers: Publisher[] = [];
  #pending: JournalEntry[] = [];
  #touched = new Set<string>();
  #shown: Promise<unknown> = Promise.resolve();
  /** Streams changed since the last checkpoint. */
  #dirty = new Set<string>();
  #lastDurable: Promise<{ lastSeq: number }> = Promise.resolve({ lastSeq: 0 });
  /** Batches on their way to the disk. Not a promise that all would wait for: it would keep each of them for ever. */
  readonly #unsaved = new Set<(saved: boolean) => void>();

  constructor(log: DurableLog) {
    this.#log = log;
    log.onState((state) => {
      if (state === 'memory') for (const settle of this.#unsaved) settle(false);
      this.touch('storage');
      void this.flush();
    });
  }

  get storage(): 'ok' | 'memory' {
    return this.#log.state;
  }
  addRoom(room: Room): void {
    this.#rooms.set(room.prefix, room);
  }
  addPublisher(publisher: Publisher): void {
    this.#publishers.push(publisher);
  }

  /** Marks something that screens draw: `operator/<id>`, `call/<id>`, `callback/<id>`, `link`, `storage`. */
  touch(key: string): void {
    this.#touched.add(key);
  }

  /** Applies an entry and queues it for the next flush. */
  record(stream: string, kind: string, at: Instant, body: unknown): void {
    const entry: JournalEntry = { stream, kind, at, body };
    this.#pending.push(entry);
    this.#dirty.add(stream);
    this.#room(stream)?.apply(entry, 'live');
  }

  /**
   * Appends what was recorded and shows it once durable. Resolves with `saved` true when it is on disk, or false when
   * storage is away and it waits in memory. Never rejects: an entry that was applied is never forgotten.
   */
  flush(): Promise<{ saved: boolean }> {
    const entries = this.#pending;
    const touched = this.#touched;
    this.#pending = [];
    this.#touched = new Set();
    const show = this.#publishers.flatMap((publisher) => publisher.prepare(touched) ?? []);
    const durable = entries.length === 0 ? Promise.resolve(true) : this.#append(entries);
    const outcome = this.#shown
      .then(() => durable)
      .then((saved) => {
        for (const draw of show) draw();
        return { saved };
      });
    this.#shown = outcome;
    return outcome;
  }

  /** True when all are on disk, false as soon as they wait in memory. */
  #append(entries: readonly JournalEntry[]): Promise<boolean> {
    const durable = this.#log.append(entries);
    this.#lastDurable = durable;
    return new Promise((resolve) => {
      const settle = (saved: boolean): void => {
        this.#unsaved.delete(settle);
        resolve(saved);
      };
      this.#unsaved.add(settle);
      durable.then(
        () => settle(true),
        () => settle(false),
      );
      if (this.#log.state === 'memory') settle(false);
    });
  }

  /** Feeds stored entries through the rooms at start. */
  replay(entries: readonly StoredEntry[]): void {
    for (const entry of entries) {
      this.#dirty.add(entry.stream);
      this.#room(entry.stream)?.apply(entry, 'replay');
    }
    const last = entries.at(-1);
    if (last) this.#lastDurable = Promise.resolve({ lastSeq: last.seq });
  }
  restore(stream: string, state: unknown): void {
    this.#room(stream)?.restore(idOf(stream), state);
  }

  /**
   * The states that changed since the last call, as they are now, with the position in the journal that they stand
   * for. Everything recorded must have been flushed.
   */
  takeDirty(): { states: ReadonlyMap<string, unknown>; durable: Promise<number> } {
    const streams = this.#dirty;
    this.#dirty = new Set();
    const states = new Map<string, unknown>();
    for (const stream of streams) states.set(stream, this.#room(stream)?.snapshot(idOf(stream)));
    return { states, durable: this.#lastDurable.then(({ lastSeq }) => lastSeq) };
  }
  /** A state changed without an entry of its own (by another stream's entry). */
  markDirty(stream: string): void {
    this.#dirty.add(stream);
  }
  dirtyAgain(streams: Iterable<string>): void {
    for (const stream of streams) this.#dirty.add(stream);
  }

  endReplay(): void {
    for (const room of this.#rooms.values()) room.replayed?.();
  }

  #room(stream: string): Room | undefined {
    return this.#rooms.get(stream.slice(0, stream.indexOf('/')));
  }
}

const idOf = (stream: string): string => stream.slice(stream.indexOf('/') + 1);
