import { AppError, type Instant, type Milliseconds } from '../../machines/vocabulary/index.ts';
import type { Faults } from '../faults.ts';
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
   * the entry and the states that entries made. In live mode it may record further entries (`ledger.record`). When it
   * throws, the entry stays in the journal and does nothing, now and at every replay.
   */
  apply(entry: JournalEntry, mode: 'live' | 'replay'): void;
  /** The state of one stream as JSON; `undefined` when it is closed and nothing need be kept for a restart. */
  snapshot(id: string): unknown;
  /** Throws when this release cannot read the state: the stream is then made anew from its entries. */
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
 * together. Batches are shown in the order of the journal. An entry that cannot be applied and a view that cannot be
 * drawn are faults of ours that hit nothing but themselves.
 */
export class Ledger {
  readonly #log: DurableLog;
  readonly #faults: Faults;
  readonly #rooms = new Map<string, Room>();
  readonly #publishers: Publisher[] = [];
  #pending: JournalEntry[] = [];
  /** Why an entry of the pending ones could not be applied. */
  #fault: unknown;
  #touched = new Set<string>();
  #shown: Promise<unknown> = Promise.resolve();
  /** Streams changed since the last checkpoint. */
  #dirty = new Set<string>();
  #lastDurable: Promise<{ lastSeq: number }> = Promise.resolve({ lastSeq: 0 });
  /** Batches on their way to the disk. Not a promise that all would wait for: it would keep each of them for ever. */
  readonly #unsaved = new Set<(saved: boolean) => void>();

  constructor(log: DurableLog, faults: Faults) {
    this.#log = log;
    this.#faults = faults;
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

  /** Applies an entry and queues it for the next flush. Never throws: of a fault `flush` tells. */
  record(stream: string, kind: string, at: Instant, body: unknown): void {
    const entry: JournalEntry = { stream, kind, at, body };
    this.#pending.push(entry);
    this.#apply(entry, 'live');
  }
  #apply(entry: JournalEntry, mode: 'live' | 'replay'): void {
    this.#dirty.add(entry.stream);
    try {
      this.#room(entry.stream)?.apply(entry, mode);
    } catch (fault) {
      this.#faults.tell(fault, 'entry', { stream: entry.stream, kind: entry.kind });
      if (mode === 'live') this.#fault ??= fault;
    }
  }

  /**
   * Appends what was recorded and shows it once durable. Resolves with `saved` true when it is on disk, or false when
   * storage is away and it waits in memory. Rejects after that with `ledger.fault` when one of the entries could not be
   * applied, so that whoever asked for it is told; a caller who does not wait need not care. Nothing is ever forgotten.
   */
  flush(): Promise<{ saved: boolean }> {
    const entries = this.#pending;
    const touched = this.#touched;
    const fault = this.#fault;
    this.#pending = [];
    this.#touched = new Set();
    this.#fault = undefined;
    const view = (act: () => (() => void) | undefined | void) => this.#faults.contain('view', {}, act);
    const show = this.#publishers.flatMap((publisher) => view(() => publisher.prepare(touched)) ?? []);
    const durable = entries.length === 0 ? Promise.resolve(true) : this.#append(entries);
    const shown = this.#shown
      .then(() => durable)
      .then((saved) => {
        for (const draw of show) view(draw);
        return { saved };
      });
    this.#shown = shown;
    if (fault === undefined) return shown;
    const told = shown.then(() => {
      throw new AppError('ledger.fault', 'an entry could not be applied', { kind: 'unexpected', cause: fault });
    });
    told.catch(() => undefined);
    return told;
  }
  /** Everything recorded is flushed and shown; of faults the log has told. */
  async settled(): Promise<void> {
    await this.flush().catch(() => undefined);
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
    for (const entry of entries) this.#apply(entry, 'replay');
  }
  /** False when this release cannot read the state. */
  restore(stream: string, state: unknown): boolean {
    const restored = this.#faults.contain('snapshot', { stream }, () => {
      this.#room(stream)?.restore(idOf(stream), state);
      return true;
    });
    return restored === true;
  }

  /**
   * The states that changed since the last call, as they are now, with the position in the journal that they stand
   * for; `undefined` as soon as the storage is away, for nobody knows how long. Everything recorded must have been flushed.
   */
  takeDirty(): { states: ReadonlyMap<string, unknown>; durable: Promise<number | undefined> } {
    const states = new Map<string, unknown>();
    for (const stream of this.#dirty) states.set(stream, this.#room(stream)?.snapshot(idOf(stream)));
    this.#dirty = new Set();
    return { states, durable: this.#durableSeq() };
  }
  #durableSeq(): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        this.#unsaved.delete(settle);
        resolve(undefined);
      };
      this.#unsaved.add(settle);
      this.#lastDurable.then(({ lastSeq }) => resolve(lastSeq), reject).finally(settle);
      if (this.#log.state === 'memory') settle();
    });
  }
  /** A state changed without an entry of its own (by another stream's entry). */
  markDirty(stream: string): void {
    this.#dirty.add(stream);
  }
  dirtyAgain(streams: Iterable<string>): void {
    for (const stream of streams) this.#dirty.add(stream);
  }

  /** `lastSeq`: where the journal ends. States stand for that position until something is appended. */
  endReplay(lastSeq: number): void {
    this.#lastDurable = Promise.resolve({ lastSeq });
    for (const room of this.#rooms.values())
      this.#faults.contain('snapshot', { room: room.prefix }, () => room.replayed?.());
  }

  #room(stream: string): Room | undefined {
    return this.#rooms.get(stream.slice(0, stream.indexOf('/')));
  }
}

const idOf = (stream: string): string => stream.slice(stream.indexOf('/') + 1);
