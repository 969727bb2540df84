import type { CallId, Clock, InquiryId, Milliseconds } from '../../machines/vocabulary/index.ts';
import type { LiveCall } from '../calls/liveCall.ts';
import type { CallArchive } from '../calls/ports.ts';
import { callNumberOf, type Inquiry } from '../inquiries/inquiry.ts';
import type { Log } from '../log.ts';
import { isMistake } from '../storage/faults.ts';
import type { Collection, Storage } from '../storage/port.ts';
import { callHistorySpec, historyOf, type CallHistoryDocument, type CallNames } from './callHistory.ts';

const BATCH = 200;
const RETRY_MS: Milliseconds = 1_000;

/**
 * `isNew`: the history did not have the call when this server began. One that it had, written just before a crash, comes
 * once more with the replay; whoever counts has counted it with the rest of the history.
 */
type OnArchived = (callId: string, document: CallHistoryDocument, isNew: boolean) => void;
interface Pending {
  readonly live: LiveCall;
  /** Absent: nobody has looked yet. */
  isNew?: boolean;
  /** No storage takes it: the next start tries again. */
  refused?: true;
}
type Batch = readonly (readonly [string, Pending])[];

/**
 * Writes closed calls into the history, behind the calls. Until a call is there, its live state stays in the
 * checkpoint (`pending`), so that a crash in between loses nothing; writing it twice gives the same document.
 */
export class HistoryArchive implements CallArchive {
  readonly collection: Collection<CallHistoryDocument>;
  readonly #names: CallNames;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #pending = new Map<string, Pending>();
  readonly #onArchived: OnArchived;
  #replaying = true;
  #running: Promise<void> | undefined;
  /** Batches and whoever needs quiet between them, one after the other. */
  #turns: Promise<unknown> = Promise.resolve();

  private constructor(
    collection: Collection<CallHistoryDocument>,
    names: CallNames,
    clock: Clock,
    log: Log,
    onArchived: OnArchived,
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
      onArchived: OnArchived;
    },
  ): Promise<HistoryArchive> {
    const { names, clock, log, onArchived } = setup;
    return new HistoryArchive(await storage.collection(callHistorySpec), names, clock, log, onArchived);
  }

  pending(callId: string): LiveCall | undefined {
    return this.#pending.get(callId)?.live;
  }
  /** All that finished before is on record twice perhaps; what finishes from now on is new. */
  replayed(): void {
    this.#replaying = false;
  }
  finished(live: LiveCall): void {
    this.#pending.set(live.callId, this.#replaying ? { live } : { live, isNew: true });
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined;
    });
  }
  /** Resolves when nothing is pending that can be written. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Calls that were written as another inquiry's are this one's. */
  async move(inquiry: Inquiry, from: InquiryId): Promise<void> {
    await this.settled();
    const over = inquiry.calls.filter(({ callId }) => !inquiry.live.includes(callId));
    for (const { callId } of over) await this.between(() => this.#move(callId, inquiry, from));
  }
  async #move(callId: CallId, inquiry: Inquiry, from: InquiryId): Promise<void> {
    const document = (await this.collection.get(callId))?.document;
    if (document?.inquiryId !== from) return;
    const callNumber = callNumberOf(inquiry, callId);
    const facts = { ...document.facts, repeat: callNumber > 1 };
    const moved = { ...document, inquiryId: inquiry.id, callNumber, facts };
    await this.collection.put(callId, moved);
    this.#onArchived(callId, moved, false);
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
    for (let batch = this.#next(); batch.length > 0; batch = this.#next()) {
      try {
        await this.#put(batch);
      } catch (fault) {
        this.#log.warn({ err: fault, waiting: this.#pending.size }, 'the call history cannot be written; trying again');
        await this.#pause();
      }
    }
  }
  #next(): Batch {
    return [...this.#pending].filter(([, { refused }]) => !refused).slice(0, BATCH);
  }
  /** A call that cannot be written must not keep the others waiting: each is tried alone, the bad one told and kept. */
  async #put(batch: Batch): Promise<void> {
    try {
      await this.between(() => this.#write(batch));
    } catch (fault) {
      if (!isMistake(fault)) throw fault;
      const left = batch.filter(([id]) => this.#pending.has(id));
      if (batch.length > 1) for (const each of left) await this.#put([each]);
      else {
        this.#log.error(
          { err: fault, callId: batch[0]?.[0] },
          'a call was refused by the history and is kept beside it',
        );
        for (const [, pending] of left) pending.refused = true;
      }
    }
  }
  async #write(batch: Batch): Promise<void> {
    // Looked at once: a write whose outcome stays unknown may have put it there.
    const unseen = batch.filter(([, { isNew }]) => isNew === undefined);
    await Promise.all(
      unseen.map(async ([id, pending]) => (pending.isNew = (await this.collection.get(id)) === undefined)),
    );
    const documents = batch.map(([id, { live }]) => ({ id, document: historyOf(live, this.#names) }));
    await this.collection.putAll(documents);
    for (const [at, { id, document }] of documents.entries()) {
      this.#pending.delete(id);
      this.#onArchived(id, document, batch[at]?.[1].isNew !== false);
    }
  }
  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.setTimer(this.#clock.now() + RETRY_MS, resolve);
    });
  }
}
