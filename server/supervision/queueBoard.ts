import type { ExchangeFact, Instant, Milliseconds } from '../../machines/vocabulary/index.ts';
import type { LiveCall } from '../calls/liveCall.ts';
import type { BoardSettings, OperatorState, QueueRow, QueueThresholds } from '../contract/index.ts';
import type { CallFigures } from '../reports/callHistory.ts';
import { NO_COUNTS, aht, asa, counted, serviceLevel, type QueueCounts } from './queueStats.ts';

export interface QueueNow {
  /** Of those who serve this queue. */
  readonly states: readonly OperatorState[];
  /** 0 to 1; absent when nobody was there. */
  readonly occupancy: number | undefined;
  readonly isToday: (call: { readonly startedAt: Instant }) => boolean;
}
interface Answered {
  readonly queue: string;
  readonly startedAt: Instant;
  readonly queueWaitMs: Milliseconds;
}

const JUST_ANSWERED = { answered: true, abandoned: false, talkMs: 0, onHoldMs: 0, wrapUpMs: 0 };

/** Live figures of each queue today: what waits now, what was counted, who is there. */
export class QueueBoard {
  readonly #counts = new Map<string, QueueCounts>();
  readonly #waiting = new Map<string, Map<string, Instant>>();
  /** Calls in hand: their waiting is over and counts at once, their talk when it is. */
  readonly #answered = new Map<string, Answered>();
  readonly #members = new Map<string, Set<string>>();
  /** The same by telephone: the board asks of hundreds at once. */
  readonly #queuesOf = new Map<string, Set<string>>();
  readonly #asterisk = new Map<string, NonNullable<QueueRow['asterisk']>>();
  readonly #titles: Readonly<Record<string, string>>;

  constructor(titles: Readonly<Record<string, string>>) {
    this.#titles = titles;
    for (const queue of Object.keys(titles)) this.#counts.set(queue, NO_COUNTS);
  }
  queues(): Iterable<string> {
    return this.#counts.keys();
  }
  queuesOf(device: string | undefined): readonly string[] {
    return [...(this.#queuesOf.get(device ?? '') ?? [])];
  }

  /** Returns the queue whose row changed. */
  onCall(live: LiveCall): string | undefined {
    const { queue, queueEnteredAt } = live.record;
    if (!queue || queueEnteredAt === undefined) return undefined;
    const waits =
      live.record.answeredAt === undefined &&
      !live.record.ended &&
      (live.phase === 'queued' || live.phase === 'ringing' || live.phase === 'arriving');
    const waiting = this.#waitingIn(queue);
    const before = waiting.has(live.callId);
    if (waits) waiting.set(live.callId, queueEnteredAt);
    else waiting.delete(live.callId);
    return this.#answers(live, queue, queueEnteredAt) || before !== waits ? queue : undefined;
  }
  /** Whether this is news. */
  #answers({ callId, phase, record }: LiveCall, queue: string, enteredAt: Instant): boolean {
    const { answeredAt, startedAt, queueWaitMs } = record;
    if (answeredAt === undefined || phase === 'closed') return false;
    const before = this.#answered.get(callId);
    const waited = queueWaitMs ?? answeredAt - enteredAt;
    if (before?.queue === queue && before.queueWaitMs === waited) return false;
    this.#answered.set(callId, { queue, startedAt, queueWaitMs: waited });
    return true;
  }
  #waitingIn(queue: string): Map<string, Instant> {
    let waiting = this.#waiting.get(queue);
    if (!waiting) this.#waiting.set(queue, (waiting = new Map()));
    if (!this.#counts.has(queue)) this.#counts.set(queue, NO_COUNTS);
    return waiting;
  }
  /** An ended queue call is counted once, by the thresholds of its queue, or not at all; returns its queue. */
  onEnded(callId: string, figures: CallFigures, thresholds: QueueThresholds | undefined): string | undefined {
    const { queue } = figures;
    this.#answered.delete(callId);
    if (!queue || !thresholds) return undefined;
    this.#counts.set(queue, counted(this.#counts.get(queue) ?? NO_COUNTS, figures, thresholds));
    return queue;
  }
  /** A start or another definition: today's counts as the history has them; none at the beginning of a day. */
  recount(counts: ReadonlyMap<string, QueueCounts>): void {
    for (const queue of this.#counts.keys()) this.#counts.set(queue, NO_COUNTS);
    for (const [queue, each] of counts) this.#counts.set(queue, each);
  }

  /** Returns the queues whose rows changed. */
  onExchangeFact(fact: ExchangeFact): readonly string[] {
    if (fact.type === 'queue.memberChanged') {
      belongs(this.#members, fact.queue, fact.device, fact.present);
      belongs(this.#queuesOf, fact.device, fact.queue, fact.present);
      this.#waitingIn(fact.queue);
      return [fact.queue];
    }
    if (fact.type !== 'queue.figures') return [];
    this.#waitingIn(fact.queue);
    const { waiting, completed, abandoned, serviceLevelPercent, at } = fact;
    this.#asterisk.set(fact.queue, { waiting, completed, abandoned, serviceLevel: serviceLevelPercent / 100, at });
    return [fact.queue];
  }

  row(queue: string, settings: BoardSettings, { states, occupancy, isToday }: QueueNow): QueueRow {
    const ended = this.#counts.get(queue) ?? NO_COUNTS;
    const thresholds = settings.thresholds[queue] ?? settings.default;
    const counts = [...this.#answered.values()]
      .filter((call) => call.queue === queue && isToday(call))
      .reduce((sums, { queueWaitMs }) => counted(sums, { ...JUST_ANSWERED, queueWaitMs }, thresholds), ended);
    const waiting = this.#waiting.get(queue);
    const level = serviceLevel(counts, settings.formula);
    const asaMs = asa(counts);
    const ahtMs = aht(ended);
    const asterisk = this.#asterisk.get(queue);
    return {
      key: queue,
      title: this.#titles[queue] ?? queue,
      waiting: waiting?.size ?? 0,
      ...(waiting && waiting.size > 0 ? { longestWaitSince: Math.min(...waiting.values()) } : {}),
      offered: counts.offered,
      answered: counts.answered,
      abandoned: counts.abandoned,
      ...(level === undefined ? {} : { serviceLevel: level }),
      ...(asaMs === undefined ? {} : { asaMs }),
      ...(ahtMs === undefined ? {} : { ahtMs }),
      ...(occupancy === undefined ? {} : { occupancy }),
      ready: states.filter((state) => state === 'ready').length,
      busy: states.filter((state) => state === 'onCall' || state === 'ringing' || state === 'wrapUp').length,
      paused: states.filter((state) => state === 'paused').length,
      ...(asterisk ? { asterisk } : {}),
    };
  }
  membersOf(queue: string): ReadonlySet<string> {
    return this.#members.get(queue) ?? new Set();
  }
}

function belongs(sets: Map<string, Set<string>>, to: string, what: string, present: boolean): void {
  const set = sets.get(to) ?? new Set();
  if (present) set.add(what);
  else set.delete(what);
  sets.set(to, set);
}
