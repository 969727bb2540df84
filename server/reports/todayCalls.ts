import type { CallId, Clock, Instant, OperatorId } from '../../machines/vocabulary/index.ts';
import type { TodayCall } from '../contract/index.ts';
import type { Collection } from '../storage/port.ts';
import type { CallFigures, CallHistoryDocument } from './callHistory.ts';

const SHOWN = 50;
const NOTHING = { handled: 0, talkMs: 0 };

/** Today's calls of each operator, newest first, kept ready for the panel. */
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
    return this.#byOperator.get(operatorId) ?? [];
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
  add(callId: string, { facts, record }: CallHistoryDocument): void {
    if (!facts.operatorId || !this.has(facts)) return;
    const call: TodayCall = {
      callId: callId as CallId,
      at: facts.startedAt,
      direction: record.direction,
      number: facts.number,
      ...(facts.clientName ? { name: facts.clientName } : {}),
      ...(facts.topic ? { topic: facts.topic } : {}),
      talkMs: facts.talkMs,
      ...(facts.disposition ? { disposition: facts.disposition } : {}),
    };
    const sums = this.#sums.get(facts.operatorId) ?? NOTHING;
    this.#sums.set(facts.operatorId, { handled: sums.handled + 1, talkMs: sums.talkMs + facts.talkMs });
    const others = (this.#byOperator.get(facts.operatorId) ?? []).filter((each) => each.callId !== callId);
    this.#byOperator.set(facts.operatorId, [call, ...others].slice(0, SHOWN));
  }
  /** Figures of all calls that began today. */
  async figures(history: Collection<CallHistoryDocument>): Promise<readonly CallFigures[]> {
    const figures: CallFigures[] = [];
    await this.#each(history, (_id, { facts }) => figures.push(facts));
    return figures;
  }
  #turnDay(): void {
    const since = this.#startOfDay(this.#clock.now());
    if (since === this.#since) return;
    this.#since = since;
    this.#byOperator.clear();
    this.#sums.clear();
  }
  /** After a start: what the history already has of today. */
  async load(history: Collection<CallHistoryDocument>): Promise<void> {
    await this.#each(history, (id, document) => this.add(id, document));
  }
  async #each(
    history: Collection<CallHistoryDocument>,
    visit: (id: string, document: CallHistoryDocument) => void,
  ): Promise<void> {
    this.#turnDay();
    let cursor: string | undefined;
    do {
      const page = await history.find({
        where: { startedAt: { gte: this.#since } },
        orderBy: { column: 'startedAt' },
        limit: 500,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const { id, document } of page.items) visit(id, document);
      cursor = page.next;
    } while (cursor !== undefined);
  }
}
