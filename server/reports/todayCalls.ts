import type { CallId, Clock, Instant, Milliseconds, OperatorId } from '../../machines/vocabulary/index.ts';
import type { CallSums, ServiceLevelFormula, TodayCall } from '../contract/index.ts';
import type { Collection } from '../storage/port.ts';
import type { CallFigures, CallHistoryDocument } from './callHistory.ts';
import { sumCalls, waitPasses, type QueueLimits } from './sumCalls.ts';

const SHOWN = 50;
/** Transferred calls are few; a page of them is read while the server starts. */
const PAGE = 200;
/** The formula that needs every limit: the one in use can be changed at any moment. */
const ALL_LIMITS: ServiceLevelFormula = 'answeredWithin/(offered-shortAbandoned)';
const NO_CALLS: readonly TodayCall[] = [];
const NOTHING = { handled: 0, talkMs: 0 };

/** Today's calls of each operator, newest first, kept ready for the panel: the same list until it changes. */
export class TodayCalls {
  readonly #clock: Clock;
  readonly #startOfDay: (at: Instant) => Instant;
  readonly #byOperator = new Map<string, readonly TodayCall[]>();
  readonly #sums = new Map<string, { handled: number; talkMs: number }>();
  #since: Instant;

  constructor(clock: Clock, startOfDay: (at: Instant) => Instant) {
    this.#clock = clock;
    this.#startOfDay = startOfDay;
    this.#since = startOfDay(clock.now());
  }
  of(operatorId: OperatorId): readonly TodayCall[] {
    this.#turnDay();
    return this.#byOperator.get(operatorId) ?? NO_CALLS;
  }
  /** In how many calls of today an operator talked, and how long: of a call that was handed on his part. */
  sums(operatorId: OperatorId): { handled: number; talkMs: number } {
    this.#turnDay();
    return this.#sums.get(operatorId) ?? NOTHING;
  }
  /** A call belongs to the day in which it began. */
  has({ startedAt }: Pick<CallFigures, 'startedAt'>): boolean {
    this.#turnDay();
    return startedAt >= this.#since;
  }
  /** Whose list it changes. `isNew`: not in the history that was loaded. */
  add(callId: string, document: CallHistoryDocument, isNew = true): readonly string[] {
    if (!this.has(document.facts)) return [];
    const talkers = talkersOf(document);
    this.#list(callId, document, talkers);
    if (isNew) for (const operatorId of talkers) this.#count(operatorId, 1, talkMsOf(document, operatorId));
    return talkers;
  }
  #count(operatorId: string, handled: number, talkMs: Milliseconds): void {
    const sums = this.#sums.get(operatorId) ?? NOTHING;
    this.#sums.set(operatorId, { handled: sums.handled + handled, talkMs: sums.talkMs + talkMs });
  }
  /** Puts the call into the list of each of these operators. */
  #list(callId: string, document: CallHistoryDocument, operators: Iterable<string>): void {
    for (const operatorId of operators) {
      const others = (this.#byOperator.get(operatorId) ?? []).filter((each) => each.callId !== callId);
      const all = [shown(callId, document, operatorId), ...others].toSorted((a, b) => b.at - a.at);
      this.#byOperator.set(operatorId, all.slice(0, SHOWN));
    }
  }
  #turnDay(): void {
    const since = this.#startOfDay(this.#clock.now());
    if (since === this.#since) return;
    this.#since = since;
    this.#byOperator.clear();
    this.#sums.clear();
  }
  /** After a start: what the history already has of today. The sums are made by the storage, only what is shown is read. */
  async load(history: Collection<CallHistoryDocument>): Promise<void> {
    const rows = await history.aggregate({
      where: this.#where(),
      groupBy: ['operatorId'],
      measures: { handled: { op: 'count' }, talkMs: { op: 'sum', column: 'talkMs' } },
    });
    await Promise.all(
      rows.map(async ({ operatorId, handled, talkMs }) => {
        if (typeof operatorId !== 'string') return;
        this.#sums.set(operatorId, { handled: Number(handled), talkMs: Number(talkMs) });
        const newest = await history.find({
          where: { ...this.#where(), operatorId },
          orderBy: { column: 'startedAt', descending: true },
          limit: SHOWN,
        });
        this.#byOperator.set(
          operatorId,
          newest.items.map(({ id, document }) => shown(id, document, operatorId)),
        );
      }),
    );
    await this.#loadHandedOn(history);
  }
  /** The columns know the last operator of a call; those who talked before stand in the call itself. */
  async #loadHandedOn(history: Collection<CallHistoryDocument>): Promise<void> {
    const where = { ...this.#where(), transferCount: { gte: 1 } };
    let cursor: string | undefined;
    do {
      const page = await history.find({
        where,
        orderBy: { column: 'startedAt', descending: true },
        limit: PAGE,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const { id, document } of page.items) {
        const { operatorId: last, talkMs } = document.facts;
        const talkers = talkersOf(document);
        this.#list(
          id,
          document,
          talkers.filter((each) => each !== last),
        );
        // The storage has added the whole talk up for the last one.
        for (const each of talkers)
          this.#count(each, each === last ? 0 : 1, talkMsOf(document, each) - (each === last ? talkMs : 0));
      }
      cursor = page.next;
    } while (cursor !== undefined);
  }
  /** Sums of today's calls by queue, made by the storage. */
  async byQueue(
    history: Collection<CallHistoryDocument>,
    limitsOf: (queue: string) => QueueLimits,
  ): Promise<ReadonlyMap<string, CallSums>> {
    const where = this.#where();
    const found = await history.aggregate({ where, groupBy: ['queue'], measures: { calls: { op: 'count' } } });
    const queues = found.flatMap(({ queue }) => (typeof queue === 'string' ? [queue] : []));
    const sums = await sumCalls(history, where, 'queue', waitPasses(queues, limitsOf, ALL_LIMITS));
    // Calls of no queue.
    sums.delete('');
    return sums;
  }
  #where(): { readonly startedAt: { readonly gte: Instant } } {
    this.#turnDay();
    return { startedAt: { gte: this.#since } };
  }
}

/** Everybody who spoke with the client, and whose call it was at the end, be it that nobody answered. */
const talkersOf = ({ record, facts }: CallHistoryDocument): readonly string[] => [
  ...new Set([
    ...record.segments.flatMap(({ operatorId, answeredAt }) =>
      operatorId === undefined || answeredAt === undefined ? [] : [operatorId],
    ),
    ...(facts.operatorId === null ? [] : [facts.operatorId]),
  ]),
];

/** Without the holds, as the figures of the whole call are; what was handed on to nobody is the whole. */
function talkMsOf(document: CallHistoryDocument, operatorId: string): number {
  const { record, facts } = document;
  if (record.transfers.length === 0 && talkersOf(document).length < 2) return facts.talkMs;
  const theirs = record.segments.filter((each) => each.operatorId === operatorId && each.answeredAt !== undefined);
  return theirs.reduce((sum, { answeredAt = 0, leftAt = facts.endedAt }) => {
    const held = record.holds.reduce(
      (ms, { heldAt, endedAt = leftAt }) => ms + Math.max(0, Math.min(endedAt, leftAt) - Math.max(heldAt, answeredAt)),
      0,
    );
    return sum + Math.max(0, leftAt - answeredAt - held);
  }, 0);
}

function shown(callId: string, document: CallHistoryDocument, operatorId: string): TodayCall {
  const { facts, record } = document;
  const isLast = facts.operatorId === operatorId;
  const handedTo = isLast ? undefined : record.transfers.findLast((each) => each.fromOperatorId === operatorId);
  return {
    callId: callId as CallId,
    at: facts.startedAt,
    direction: record.direction,
    number: facts.number,
    ...(facts.clientName ? { name: facts.clientName } : {}),
    ...(facts.topic ? { topic: facts.topic } : {}),
    talkMs: talkMsOf(document, operatorId),
    ...(handedTo ? { handedTo: handedTo.target.number } : {}),
    ...(isLast && facts.disposition ? { disposition: facts.disposition } : {}),
  };
}
