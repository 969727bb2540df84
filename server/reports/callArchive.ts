import type { Clock, Milliseconds } from '../../machines/vocabulary/index.ts';
import type { LiveCall } from '../calls/liveCall.ts';
import type { CallArchive } from '../calls/ports.ts';
import type { Log } from '../log.ts';
import type { Collection, Storage } from '../storage/port.ts';
import { callHistorySpec, historyOf, type CallHistoryDocument, type CallNames } from './callHistory.ts';

const BATCH = 200;
const RETRY_MS: Milliseconds = 1_000;

/**
 * Writes closed calls into the history, behind the calls. Until a call is there, its live state stays in the
 * checkpoint (`pending`), so that a crash in between loses nothing; writing it twice gives the same document.
 */
export class HistoryArchive implements CallArchive {
  readonly collection: Collection<CallHistoryDocument>;
  readonly #names: CallNames;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #pending = new Map<string, LiveCall>();
  readonly #onArchived: (callId: string, document: CallHistoryDocument) => void;
  #running: Promise<void> | undefined;
  /** Batches and whoever needs quiet between them, one after the other. */
  #turns: Promise<unknown> = Promise.resolve();

  private constructor(
    collection: Collection<CallHistoryDocument>,
    names: CallNames,
    clock: Clock,
    log: Log,
    onArchived: (callId: string, document: CallHistoryDocument) => void,
  ) {
    this.collection = collection;
    this.#names = names;
    this.#clock = clock;
    this.#log = log;
    this.#onArchived = onArchived;
  }
  static async open(
    storage: Storage,
    setup: {
      names: CallNames;
      clock: Clock;
      log: Log;
      onArchived: (callId: string, document: CallHistoryDocument) => void;
    },
  ): Promise<HistoryArchive> {
    const { names, clock, log, onArchived } = setup;
    return new HistoryArchive(await storage.collection(callHistorySpec), names, clock, log, onArchived);
  }

  pending(callId: string): LiveCall | undefined {
    return this.#pending.get(callId);
  }
  finished(live: LiveCall): void {
    this.#pending.set(live.callId, live);
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined;
    });
  }
  /** Resolves when nothing is pending. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /**
   * Runs between two batches, so that what the task reads of the history is what `onArchived` was told of, no call more
   * and none less: for whoever counts anew and then goes on by adding.
   */
  between<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#turns.then(task);
    this.#turns = turn.catch(() => undefined);
    return turn;
  }

  async #drain(): Promise<void> {
    // The turn that closed the call may still be adding to it.
    await Promise.resolve();
    while (this.#pending.size > 0) {
      const batch = [...this.#pending.entries()].slice(0, BATCH);
      try {
        await this.between(() => this.#write(batch));
      } catch (fault) {
        this.#log.warn({ err: fault, waiting: this.#pending.size }, 'the call history cannot be written; trying again');
        await this.#pause();
      }
    }
  }
  async #write(batch: readonly (readonly [string, LiveCall])[]): Promise<void> {
    const documents = batch.map(([id, live]) => ({ id, document: historyOf(live, this.#names) }));
    await this.collection.putAll(documents);
    for (const { id, document } of documents) {
      this.#pending.delete(id);
      this.#onArchived(id, document);
    }
  }
  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.setTimer(this.#clock.now() + RETRY_MS, resolve);
    });
  }
}
