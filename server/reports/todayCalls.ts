import type { CallId, Clock, Instant, OperatorId } from '../../machines/vocabulary/index.ts';
import type { TodayCall } from '../contract/index.ts';
import type { Collection } from '../storage/port.ts';
import type { CallHistoryDocument } from './callHistory.ts';

const SHOWN = 50;

/** Today's calls of each operator, newest first, kept ready for the panel. */
export class TodayCalls {
  readonly #clock: Clock;
  readonly #startOfDay: (at: Instant) => Instant;
  readonly #byOperator = new Map<string, readonly TodayCall[]>();
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
  add(callId: string, { facts, record }: CallHistoryDocument): void {
    this.#turnDay();
    if (!facts.operatorId || facts.startedAt < this.#since) return;
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
    const others = (this.#byOperator.get(facts.operatorId) ?? []).filter((each) => each.callId !== callId);
    this.#byOperator.set(facts.operatorId, [call, ...others].slice(0, SHOWN));
  }
  #turnDay(): void {
    const since = this.#startOfDay(this.#clock.now());
    if (since === this.#since) return;
    this.#since = since;
    this.#byOperator.clear();
  }
  /** After a start: what the history already has of today. */
  async load(history: Collection<CallHistoryDocument>): Promise<void> {
    let cursor: string | undefined;
    do {
      const page = await history.find({
        where: { startedAt: { gte: this.#since } },
        orderBy: { column: 'startedAt' },
        limit: 500,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const { id, document } of page.items) this.add(id, document);
      cursor = page.next;
    } while (cursor !== undefined);
  }
}
