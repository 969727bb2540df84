import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock, Instant, Milliseconds } from '../../machines/vocabulary/index.ts';
import { AppError } from '../../machines/vocabulary/index.ts';
import { Backlog, backlogFiles } from './backlog.ts';
import { refuseHalfCopy } from './copyNote.ts';
import { isMistake, storageFault } from './faults.ts';
import type { JournalEntry, Storage } from './port.ts';
import { recoverBacklog } from './recoverBacklog.ts';
import { Spill } from './spill.ts';
import { type Batch, WriteQueue } from './writeQueue.ts';

/** What the writer tells of itself; the same shape as pino's, so that the server's log fits. */
export interface WriterLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
export interface JournalOptions {
  /** DATA_DIR; the backlog lies in `backlog/` in it. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: WriterLog;
  /** The storage counts as away when it has not answered for this long. */
  readonly slowAfterMs?: Milliseconds;
  /** Entries kept in memory; what is over lies in the backlog files alone. */
  readonly maxInMemory?: number;
  /** Bound of the backlog files. */
  readonly maxSpillBytes?: number;
}
export type WriterState = 'ok' | 'memory';
export interface WriterStats {
  readonly state: WriterState;
  /** Entries not yet confirmed, and how many of them are on the disk as backlog. */
  readonly waiting: number;
  readonly spilled: number;
  readonly spilledBytes: number;
  /** Since when the storage is away, and why. */
  readonly since?: Instant;
  readonly fault?: string;
}

const RETRY_FIRST_MS = 250;
const RETRY_MAX_MS = 1_000;

/**
 * Drains what earlier runs left in `backlog/`, then opens the writer. The server starts from the journal, so nothing may
 * be missing there: when the storage does not take the backlog, this rejects with the storage's fault; when a copy into
 * it was cut off, with `storage.copyUnfinished`.
 */
export async function openJournal(storage: Storage, options: JournalOptions): Promise<JournalWriter> {
  await refuseHalfCopy(storage);
  const folder = join(options.folder, 'backlog');
  const files = await backlogFiles(folder);
  await recoverBacklog(storage, files, options.log);
  return new JournalWriter(storage, options, new Backlog(folder, randomUUID(), (files.at(-1)?.order ?? 0) + 1));
}

/**
 * The one way into the journal. An append resolves when its entries are durable in the storage, never before: that and
 * nothing else is "confirmed". While the storage is away (state `memory`) calls go on: entries wait in order, each is
 * put into a backlog file on the local disk at once, and goes into the storage when it is back, or at the next start,
 * once, whatever was cut off when.
 */
export class JournalWriter {
  readonly #storage: Storage;
  readonly #clock: Clock;
  readonly #log: WriterLog;
  readonly #slowAfterMs: Milliseconds;
  readonly #queue: WriteQueue;
  readonly #spill: Spill;
  readonly #writer: string;
  readonly #watches = new Set<(state: WriterState) => void>();
  #away: { readonly since: Instant; readonly fault: string } | undefined;
  #running: Promise<void> | undefined;
  #wake: () => void = () => undefined;
  #closing = false;

  constructor(storage: Storage, options: JournalOptions, backlog: Backlog) {
    this.#storage = storage;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#slowAfterMs = options.slowAfterMs ?? 1_000;
    this.#writer = backlog.writer;
    this.#queue = new WriteQueue(options.maxInMemory ?? 20_000);
    this.#spill = new Spill(backlog, this.#queue, options.maxSpillBytes ?? 1024 ** 3, (fault) =>
      this.#log.error({ err: fault }, 'the backlog cannot be written: unconfirmed entries are in memory alone'),
    );
  }

  get state(): WriterState {
    return this.#away === undefined ? 'ok' : 'memory';
  }
  /** How long the oldest entry waits that is not durable yet; 0 when all are. */
  get behindMs(): Milliseconds {
    const now = this.#clock.now();
    return now - (this.#queue.since ?? now);
  }
  stats(): WriterStats {
    const { entries: waiting, spilled } = this.#queue;
    return { state: this.state, waiting, spilled, spilledBytes: this.#spill.bytes, ...this.#away };
  }
  /** Called at each change of `state`; returns what ends the watch. */
  onState(watch: (state: WriterState) => void): () => void {
    this.#watches.add(watch);
    return () => this.#watches.delete(watch);
  }

  /**
   * Resolves with the position of the last of these entries when all are durable in the storage, in the order of calls.
   * @throws `storage.backlogFull` when storage is away and neither memory nor disk has room, or what is wrong with the
   *   entries themselves; never because the storage is away.
   */
  async append(entries: readonly JournalEntry[]): Promise<{ lastSeq: number }> {
    if (this.#closing) throw storageFault('storage.unavailable', 'the journal is closed');
    if (this.#queue.full) {
      await Promise.resolve();
      throw storageFault('storage.backlogFull', `storage is away and ${this.#queue.entries} entries wait already`);
    }
    const confirmed = this.#queue.add(entries, this.#clock.now());
    if (this.#away !== undefined) void this.#spill.run();
    this.#running ??= this.#run();
    return confirmed;
  }

  async #run(): Promise<void> {
    // One turn later: what is appended in the same turn goes together.
    await Promise.resolve();
    let retryMs = RETRY_FIRST_MS;
    for (;;) {
      try {
        // What memory did not keep comes from the backlog, which may be away as well.
        const group = await this.#queue.group((from, limit) => this.#spill.read(from, limit));
        if (group.length === 0) break;
        await this.#write(group);
        retryMs = RETRY_FIRST_MS;
      } catch (error) {
        if (this.#closing) break;
        await this.#wait(retryMs);
        retryMs = Math.min(RETRY_MAX_MS, retryMs * 2);
        this.#log.warn({ err: error, ...this.stats() }, 'the storage is away; trying again');
      }
    }
    this.#running = undefined;
  }

  async #write(group: readonly Batch[]): Promise<void> {
    const first = group[0]?.first ?? 0;
    const entries = group.flatMap((batch) => batch.entries ?? []);
    const stop = this.#clock.setTimer(this.#clock.now() + this.#slowAfterMs, () => this.#goAway('storage.slow'));
    try {
      const { lastSeq } = await this.#storage.journal.append(entries, { writer: this.#writer, first });
      this.#queue.confirm(group, lastSeq);
    } catch (error) {
      if (isMistake(error)) return this.#refuse(group, error);
      this.#goAway(error instanceof AppError ? error.code : 'storage.unavailable');
      throw error;
    } finally {
      stop();
    }
    await this.#spill.release();
    // Back when all that was put on the disk is confirmed; what came since is on its way.
    if (this.#queue.spilled === 0) this.#comeBack();
  }
  /** Entries that no storage can take must not keep the others waiting: each batch is tried alone, the bad one told. */
  async #refuse(group: readonly Batch[], error: unknown): Promise<void> {
    if (group.length === 1) {
      this.#log.error({ err: error }, 'a journal entry was refused');
      this.#queue.refuse(group, error as Error);
      return;
    }
    for (const batch of group) await this.#write([batch]);
  }

  #goAway(fault: string): void {
    const before = this.state;
    this.#away = { since: this.#away?.since ?? this.#clock.now(), fault };
    void this.#spill.run();
    if (before === 'ok') this.#tell();
  }
  #comeBack(): void {
    if (this.#away === undefined) return;
    this.#log.info({ since: this.#away.since }, 'the storage is back and has everything');
    this.#away = undefined;
    this.#tell();
  }
  #tell(): void {
    for (const watch of this.#watches) watch(this.state);
  }

  #wait(ms: Milliseconds): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.#clock.setTimer(this.#clock.now() + ms, resolve);
      this.#wake = () => {
        stop();
        resolve();
      };
    });
  }

  /** Confirms what waits; when the storage is away, leaves it in the backlog for the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#wake();
    await Promise.race([this.#running, this.#spilledWhole()]);
    await this.#spill.close();
    if (this.#queue.entries > this.#queue.spilled) {
      this.#log.error({ lost: this.#queue.entries - this.#queue.spilled }, 'unconfirmed entries could not be kept');
    }
  }
  /** Resolves when the storage is away and everything that waits is on the disk. */
  async #spilledWhole(): Promise<void> {
    while (this.#away === undefined) await new Promise<void>((resolve) => this.onState(() => resolve()));
    await this.#spill.run();
  }
}
