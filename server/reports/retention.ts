import { rm } from 'node:fs/promises';
import { Temporal } from 'temporal-polyfill';
import type { Clock, Instant } from '../../machines/vocabulary/index.ts';
import type { CallbackDocument } from '../callbacks/callbackDocument.ts';
import type { Inquiry } from '../inquiries/inquiry.ts';
import type { Log } from '../log.ts';
import type { Collection, Condition, Journal } from '../storage/port.ts';
import type { CallHistoryDocument } from './callHistory.ts';
import { erasedCall, erasedCallback, erasedInquiry } from './erased.ts';

export interface RetentionSetup {
  readonly clock: Clock;
  readonly log: Log;
  readonly timeZone: string;
  /** Personal data of what ended longer ago goes; 0: kept for ever. */
  readonly retentionDays: number;
  readonly journal: Pick<Journal, 'eraseStreams'>;
  readonly calls: Collection<CallHistoryDocument>;
  readonly inquiries: Collection<Inquiry>;
  readonly callbacks: Collection<CallbackDocument>;
  /** The file of a recording, when it lies where recordings lie. */
  recordingFile(name: string): Promise<string | undefined>;
  /** Called when something was erased. */
  onErased(counts: Erased, at: Instant): void;
}
export interface Erased {
  readonly calls: number;
  readonly inquiries: number;
  readonly callbacks: number;
}
const BATCH = 200;
/** At night, when nobody waits for the disk. */
const AT_HOUR = 3;
const AT_MINUTE = 30;

/**
 * Erases personal data by rule, once a day. The journal goes first and the mark in the document last, so that a crash in
 * between only repeats; figures of old days stay as they were.
 */
export class Retention {
  readonly #setup: RetentionSetup;
  #cancel: () => void = () => undefined;

  constructor(setup: RetentionSetup) {
    this.#setup = setup;
  }
  start(): void {
    if (this.#setup.retentionDays === 0) return;
    this.#cancel = this.#setup.clock.setTimer(this.#nextNight(), () => {
      this.start();
      this.run().catch((fault: unknown) =>
        this.#setup.log.warn({ err: fault }, 'personal data could not be erased; tried again tomorrow'),
      );
    });
  }
  stop(): void {
    this.#cancel();
  }
  #nextNight(): Instant {
    const { clock, timeZone } = this.#setup;
    const now = Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO(timeZone);
    const tonight = now.startOfDay().with({ hour: AT_HOUR, minute: AT_MINUTE });
    return (tonight.epochMilliseconds > now.epochMilliseconds ? tonight : tonight.add({ days: 1 })).epochMilliseconds;
  }

  async run(): Promise<Erased> {
    const { clock, retentionDays, log } = this.#setup;
    const now = clock.now();
    const before = now - retentionDays * 86_400_000;
    const erased: Erased = {
      calls: await this.#calls(before, now),
      inquiries: await this.#documents(this.#setup.inquiries, 'inquiry', 'lastCallAt', before, erasedInquiry),
      callbacks: await this.#documents(this.#setup.callbacks, 'callback', 'closedAt', before, erasedCallback),
    };
    log.info({ ...erased, before }, 'personal data past its term was erased');
    if (erased.calls + erased.inquiries + erased.callbacks > 0) this.#setup.onErased(erased, now);
    return erased;
  }

  async #calls(before: Instant, now: Instant): Promise<number> {
    const { calls, journal } = this.#setup;
    return this.#each(calls, { startedAt: { lt: before }, erased: false }, async (found) => {
      await journal.eraseStreams(found.map(({ id }) => `call/${id}`));
      for (const { document } of found) await this.#removeRecordings(document.record.recordings);
      await calls.putAll(found.map(({ id, document }) => ({ id, document: erasedCall(document, now) })));
    });
  }
  async #documents<T>(
    collection: Collection<T>,
    prefix: string,
    column: string,
    before: Instant,
    erase: (document: T) => T,
  ): Promise<number> {
    const where = { [column]: { gte: 1, lt: before }, number: { gte: '0' } };
    // `+7…` sorts before digits: both beginnings are asked for.
    const plus = { [column]: { gte: 1, lt: before }, number: { prefix: '+' } };
    const run = (condition: Record<string, Condition>): Promise<number> =>
      this.#each(collection, condition, async (found) => {
        await this.#setup.journal.eraseStreams(found.map(({ id }) => `${prefix}/${id}`));
        await collection.putAll(found.map(({ id, document }) => ({ id, document: erase(document) })));
      });
    return (await run(where)) + (await run(plus));
  }
  /** What was erased no longer meets the condition, so the first page is always the next. */
  async #each<T>(
    collection: Collection<T>,
    where: Record<string, Condition>,
    handle: (found: readonly { readonly id: string; readonly document: T }[]) => Promise<void>,
  ): Promise<number> {
    let count = 0;
    for (;;) {
      const { items } = await collection.find({ where, limit: BATCH });
      if (items.length === 0) return count;
      await handle(items);
      count += items.length;
    }
  }
  async #removeRecordings(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const file = await this.#setup.recordingFile(name);
      if (file !== undefined) await rm(file, { force: true });
    }
  }
}
