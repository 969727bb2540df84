import type { CallId, Clock, Instant, OperatorId } from '../../machines/vocabulary/index.ts';
import type { CallSums, ServiceLevelFormula, TodayCall } from '../contract/index.ts';
import type { Collection } from '../storage/port.ts';
import type { CallFigures, CallHistoryDocument } from './callHistory.ts';
import { sumCalls, waitPasses, type QueueLimits } from './sumCalls.ts';

const SHOWN = 50;
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
  /** How many calls of today an operator handled, and how long he talked. */
  sums(operatorId: OperatorId): { handled: number; talkMs: number } {
    this.#turnDay();
    return this.#sums.get(operatorId) ?? NOTHING;
  }
  /** A call belongs to the day in which it began. */
  has({ startedAt }: Pick<CallFigures, 'startedAt'>): boolean {
    this.#turnDay();
    return startedAt >= this.#since;
  }
  add(callId: string, document: CallHistoryDocument): void {
    const { operatorId, talkMs } = document.facts;
    if (!operatorId || !this.has(document.facts)) return;
    const sums = this.#sums.get(operatorId) ?? NOTHING;
    this.#sums.set(operatorId, { handled: sums.handled + 1, talkMs: sums.talkMs + talkMs });
    const others = (this.#byOperator.get(operatorId) ?? []).filter((each) => each.callId !== callId);
    this.#byOperator.set(operatorId, [shown(callId, document), ...others].slice(0, SHOWN));
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
          newest.items.map(({ id, document }) => shown(id, document)),
        );
      }),
    );
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

const shown = (callId: string, { facts, record }: CallHistoryDocument): TodayCall => ({
  callId: callId as CallId,
  at: facts.startedAt,
  direction: record.direction,
  number: facts.number,
  ...(facts.clientName ? { name: facts.clientName } : {}),
  ...(facts.topic ? { topic: facts.topic } : {}),
  talkMs: facts.talkMs,
  ...(facts.disposition ? { disposition: facts.disposition } : {}),
});
