import { isLive, type CallEvent } from '../../machines/call/index.ts';
import { holdDueInstants } from '../../machines/promises/index.ts';
import type {
  CallId,
  ExchangeId,
  InquiryId,
  Instant,
  Milliseconds,
  OperatorId,
  PromiseId,
} from '../../machines/vocabulary/index.ts';
import type { Faults } from '../faults.ts';
import type { Ledger, Room } from '../ledger/ledger.ts';
import type { JournalEntry } from '../storage/port.ts';
import { LiveCall, type CallEffects, type CallEntry, type LiveCallState } from './liveCall.ts';
import type { CallArchive, CallListener, DeadlineBook, InquiryBook, ScriptCatalogue, Seats } from './ports.ts';

export interface CallsSetup {
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly seats: Seats;
  readonly inquiries: InquiryBook;
  readonly scripts: ScriptCatalogue;
  readonly deadlines: DeadlineBook;
  readonly archive: CallArchive;
  readonly wrapUpMs: Milliseconds;
  /** A telephone that rang was answered, or was not. */
  onOffer(live: LiveCall, event: Extract<CallEvent, { type: 'call.offerEnded' | 'call.answered' }>): void;
}

export const streamOf = (callId: CallId): string => `call/${callId}`;

/**
 * The live calls: all of them, and nothing of the closed ones. Every change is an entry; what follows from it (the
 * inquiry, the script of a call that rings for the first time, a counted transfer) is recorded in the same flush.
 */
export class CallsRoom implements Room {
  readonly prefix = 'call';
  readonly #setup: CallsSetup;
  readonly #calls = new Map<CallId, LiveCall>();
  readonly #byOperator = new Map<OperatorId, Set<LiveCall>>();
  /** What each call's panels were last, so that those who no longer see it are redrawn too. */
  readonly #watchers = new Map<CallId, readonly OperatorId[]>();
  readonly #listeners: CallListener[] = [];

  constructor(setup: CallsSetup) {
    this.#setup = setup;
  }
  addListener(listener: CallListener): void {
    this.#listeners.push(listener);
  }

  get size(): number {
    return this.#calls.size;
  }
  all(): Iterable<LiveCall> {
    return this.#calls.values();
  }
  get(callId: string): LiveCall | undefined {
    return this.#calls.get(callId as CallId);
  }
  ofOperator(operatorId: OperatorId): readonly LiveCall[] {
    return [...(this.#byOperator.get(operatorId) ?? [])];
  }

  record<Kind extends CallEntry['kind']>(
    callId: CallId,
    kind: Kind,
    at: Instant,
    body: Extract<CallEntry, { kind: Kind }>['body'],
  ): void {
    this.#setup.ledger.record(streamOf(callId), kind, at, body);
  }

  /** Nothing is known of these calls from `at` on, until the exchange confirms or ends them. */
  loseSight(at: Instant, exchangeId?: ExchangeId): void {
    for (const live of this.#calls.values()) {
      if (exchangeId !== undefined && live.record.exchangeId !== exchangeId) continue;
      if (isLive(live.snapshot)) this.record(live.callId, 'fact', at, { type: 'call.linkLost', at });
    }
  }

  apply(entry: JournalEntry, mode: 'live' | 'replay'): void {
    const callId = entry.stream.slice(this.prefix.length + 1) as CallId;
    const typed = { kind: entry.kind, body: entry.body } as CallEntry;
    const before = this.#calls.get(callId);
    if (typed.kind === 'fact' && typed.body.type === 'call.started') {
      if (before) return;
      const live = new LiveCall(typed.body);
      this.#calls.set(callId, live);
      this.#reindex(live);
      this.#tellSeats(live, typed.body, [], mode);
      if (mode === 'live') this.#begin(live, typed.body);
      return;
    }
    if (!before) return;
    const watchers = before.watchers();
    const effects = before.apply(typed, entry.at, this.#setup.scripts, this.#setup.faults);
    this.#reindex(before);
    if (typed.kind === 'fact') this.#tellSeats(before, typed.body, watchers, mode);
    if (mode === 'live') this.#follow(before, typed, effects, entry.at);
    if (before.phase === 'closed') this.#close(before, entry.at, mode);
  }

  #begin(live: LiveCall, event: Extract<CallEvent, { type: 'call.started' }>): void {
    const token = event.originateToken;
    const begun = this.#setup.inquiries.begin({
      callId: live.callId,
      direction: event.direction,
      number: event.client.number,
      at: event.at,
      ...(token === undefined ? {} : { callbackId: token as PromiseId }),
    });
    this.record(live.callId, 'inquiry', event.at, begun);
  }

  /** What follows from an entry, live: more entries, deadlines, and word to the listeners. */
  #follow(live: LiveCall, entry: CallEntry, effects: CallEffects, at: Instant): void {
    this.#apart(live, () => entry.kind === 'fact' && this.#followFact(live, entry.body, at));
    for (const listener of this.#listeners) this.#apart(live, () => listener.onEffects(live, effects, at));
    this.#apart(live, () => this.#arm(live));
  }
  /** What follows from one entry follows each by itself: a fault in one keeps none of the others from happening. */
  #apart(live: LiveCall, act: () => unknown): void {
    this.#setup.faults.contain('entry', { call: live.callId }, act);
  }

  #tellSeats(live: LiveCall, event: CallEvent, before: readonly OperatorId[], mode: 'live' | 'replay'): void {
    const concerned = new Set([...before, ...live.watchers()]);
    if ('operatorId' in event && event.operatorId) concerned.add(event.operatorId);
    if (live.record.startedBy) concerned.add(live.record.startedBy);
    for (const operatorId of concerned) this.#apart(live, () => this.#setup.seats.onCallEvent(operatorId, event, mode));
  }

  #followFact(live: LiveCall, event: CallEvent, at: Instant): void {
    const { inquiryId, script } = live.rest;
    const heard = event.type === 'call.offered' || event.type === 'call.answered' || event.type === 'call.started';
    if (heard && !script && live.watchers().length > 0) this.openScript(live, at);
    if ((event.type === 'call.transferred' || event.type === 'call.transferRefused') && inquiryId)
      this.#setup.inquiries.transferred(inquiryId, event);
    // Whoever handed the call on has nothing to write up: the record goes with the call.
    if (event.type === 'call.operatorLeft' && event.operatorId && isLive(live.snapshot))
      this.#setup.seats.wrapUpClosed(event.operatorId, live.callId, at);
    if (event.type === 'call.offerEnded' || event.type === 'call.answered') this.#setup.onOffer(live, event);
    if (event.type === 'call.merged') this.#absorb(live, event.absorbed, at);
    if (event.type === 'call.ended') this.#giveTimeBack(live.operatorId, live, at);
    if (event.type === 'call.ended' && live.phase === 'wrapUp' && live.operatorId)
      this.#setup.seats.wrapUpOwed(live.operatorId, live.callId, at);
    if (event.type === 'call.operatorLeft') this.#giveTimeBack(event.operatorId, live, at);
  }

  /** Nobody writes one call up while speaking on another. */
  #isOnAnother(live: LiveCall): boolean {
    const { operatorId } = live;
    if (!operatorId) return false;
    return this.ofOperator(operatorId).some((other) => other.phase !== 'wrapUp' && other.operatorId === operatorId);
  }
  #giveTimeBack(operatorId: OperatorId | undefined, ended: LiveCall, at: Instant): void {
    const talk = ended.record.segments.find((each) => each.operatorId === operatorId && each.answeredAt !== undefined);
    if (!operatorId || talk?.answeredAt === undefined) return;
    for (const other of this.ofOperator(operatorId)) {
      if (other === ended || other.phase !== 'wrapUp') continue;
      const before = Math.max(0, talk.answeredAt - other.wrapsUpSince);
      const spentMs = (other.rest.wrapUp.spentMs ?? 0) + before;
      this.record(other.callId, 'wrapUp', at, { runsFrom: at, spentMs });
    }
  }

  openScript(live: LiveCall, at: Instant): void {
    const chosen = this.#setup.faults.contain('script', { call: live.callId }, () =>
      this.#setup.scripts.choose(live, at),
    );
    if (chosen) this.record(live.callId, 'scriptOpened', at, chosen);
  }

  /** It turned out to be about the question of another inquiry. */
  moveTo(callId: CallId, inquiryId: InquiryId, at: Instant): void {
    const live = this.#calls.get(callId);
    if (!live) return;
    const { callNumber } = this.#setup.inquiries.view(inquiryId, callId);
    this.record(callId, 'inquiry', at, { inquiryId, callNumber, callbackId: live.rest.callbackId });
  }

  /** A consultation's own conversation goes into the client's: nothing of it is left open. */
  #absorb(into: LiveCall, absorbed: CallId, at: Instant): void {
    const other = this.#calls.get(absorbed);
    if (!other) return;
    const from = other.rest.inquiryId;
    if (from && into.rest.inquiryId) this.#setup.inquiries.merged(into.rest.inquiryId, from, at, into.callId);
    if (isLive(other.snapshot))
      this.record(absorbed, 'fact', at, {
        type: 'call.ended',
        callId: absorbed,
        exchangeId: other.record.exchangeId,
        at,
        by: 'exchange',
        cause: 0,
        causeText: 'merged',
      });
    if (this.#calls.has(absorbed)) this.record(absorbed, 'wrapUp', at, { closedBy: 'time' });
  }

  #arm(live: LiveCall): void {
    this.#setup.deadlines.arm(streamOf(live.callId), this.#due(live));
  }
  #due(live: LiveCall): readonly { key: string; at: Instant }[] {
    if (live.phase === 'closed') return [];
    if (live.phase === 'wrapUp')
      return this.#setup.wrapUpMs > 0 ? [{ key: 'wrapUp', at: live.wrapsUpSince + this.#setup.wrapUpMs }] : [];
    const { script, holds } = live.rest;
    return [
      ...holdDueInstants(holds),
      ...(script?.state.dueAt === undefined ? [] : [{ key: 'script', at: script.state.dueAt }]),
    ];
  }
  /** A deadline of a call has come. */
  onDue(stream: string, key: string, at: Instant): void {
    const live = this.#calls.get(stream.slice(this.prefix.length + 1) as CallId);
    if (!live) return;
    if (key === 'wrapUp' && this.#isOnAnother(live)) return;
    if (key === 'wrapUp') this.record(live.callId, 'wrapUp', at, { closedBy: 'time' });
    else if (key.startsWith('hold.')) this.record(live.callId, 'hold', at, { type: 'time', at });
    else this.record(live.callId, 'script', at, { type: 'timeUp', at });
    void this.#setup.ledger.flush();
  }

  #reindex(live: LiveCall): void {
    const { ledger } = this.#setup;
    const now = live.watchers();
    const before = this.#watchers.get(live.callId) ?? [];
    ledger.touch(streamOf(live.callId));
    for (const operatorId of before) {
      ledger.touch(`operator/${operatorId}`);
      if (!now.includes(operatorId)) this.#byOperator.get(operatorId)?.delete(live);
    }
    for (const operatorId of now) {
      ledger.touch(`operator/${operatorId}`);
      let theirs = this.#byOperator.get(operatorId);
      if (!theirs) this.#byOperator.set(operatorId, (theirs = new Set()));
      theirs.add(live);
    }
    this.#watchers.set(live.callId, now);
  }

  #close(live: LiveCall, at: Instant, mode: 'live' | 'replay'): void {
    this.#calls.delete(live.callId);
    this.#watchers.delete(live.callId);
    this.#setup.deadlines.arm(streamOf(live.callId), []);
    this.#setup.archive.finished(live);
    if (mode === 'replay') return;
    const { inquiryId, wrapUp } = live.rest;
    const last = live.operatorId;
    const result = { satisfied: wrapUp.satisfied, by: last ?? null };
    if (inquiryId) this.#setup.inquiries.callClosed(inquiryId, live.callId, result, at);
    if (last) this.#setup.seats.wrapUpClosed(last, live.callId, at);
    for (const listener of this.#listeners) this.#apart(live, () => listener.onClosed(live, at));
  }

  snapshot(id: string): LiveCallState | undefined {
    // A closed call stays in the checkpoint until the history has it.
    return (this.#calls.get(id as CallId) ?? this.#setup.archive.pending(id))?.state;
  }
  restore(id: string, state: unknown): void {
    const live = LiveCall.restore(state as LiveCallState);
    if (live.phase === 'closed') {
      this.#setup.archive.finished(live);
      return;
    }
    this.#calls.set(id as CallId, live);
    this.#reindex(live);
  }
  /** After the replay: a crash between the entries of one input may have left a call without its inquiry or script. */
  replayed(): void {
    for (const live of this.#calls.values()) {
      if (!live.rest.inquiryId) {
        const { client, direction, originateToken, startedAt } = live.record;
        const begun = this.#setup.inquiries.begin({
          callId: live.callId,
          direction,
          number: client.number,
          at: startedAt,
          ...(originateToken === undefined ? {} : { callbackId: originateToken as PromiseId }),
        });
        this.record(live.callId, 'inquiry', startedAt, begun);
      }
      if (!live.rest.script && live.watchers().length > 0) this.openScript(live, live.record.phaseSince);
      this.#apart(live, () => this.#arm(live));
    }
  }
}
