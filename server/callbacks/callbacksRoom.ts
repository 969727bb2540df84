import {
  callbackDueInstants,
  callbackOutcome,
  callbackPromise,
  callbackViewOf,
  isAtRest,
} from '../../machines/promises/index.ts';
import type { CallbackContext, CallbackEvent, CallbackInput, CallbackState } from '../../machines/promises/index.ts';
import type {
  CallFact,
  CallId,
  Clock,
  InquiryId,
  Instant,
  OperatorId,
  PromiseId,
} from '../../machines/vocabulary/index.ts';
import type { CallbackView } from '../contract/index.ts';
import type { Ledger, Room } from '../ledger/ledger.ts';
import type { Collection, JournalEntry } from '../storage/port.ts';
import { documentOf } from './callbackDocument.ts';
import type { CallbackDocument } from './callbackDocument.ts';
import { clientOf, noticesOf } from './notices.ts';
import { humanNumber } from './phoneNumber.ts';
import type { CallbackCalendar, CallbackNotify, CallbackRules, DeadlineBook, InquiryLink } from './ports.ts';
import { SortedIndex, earliestOf } from './sortedIndex.ts';

export interface CallbacksSetup {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly deadlines: DeadlineBook;
  readonly calendar: CallbackCalendar;
  readonly inquiries: InquiryLink;
  readonly notify: CallbackNotify;
  readonly collection: Collection<CallbackDocument>;
  readonly rules: CallbackRules;
  nameOf(operatorId: OperatorId): string;
  /** Promises go to people who take calls and to nobody else. */
  isOperator(operatorId: OperatorId): boolean;
  /** On shift and at the screen. */
  isAtWork(operatorId: OperatorId): boolean;
  /** A closed promise could not be written and will be tried again. */
  onStorageFault(fault: unknown): void;
}

/** Entries of a promise's stream. */
type CallbackEntry =
  | { readonly kind: 'created'; readonly body: CallbackInput }
  | { readonly kind: 'event'; readonly body: CallbackEvent };

export const streamOf = (promiseId: PromiseId): string => `callback/${promiseId}`;
const STORE_AGAIN_MS = 5_000;
/** A panel shows at most so many; the rest is a search away. */
const SHOWN = 50;

/**
 * All promises to call back that are not kept yet, in memory; the closed ones are in the collection. Everything changes
 * by entries of the journal, so a promise made while storage is away waits with the other entries and is not lost.
 */
export class CallbacksRoom implements Room {
  readonly prefix = 'callback';
  readonly #setup: CallbacksSetup;
  readonly #states = new Map<PromiseId, CallbackState>();
  /** By nearest term: of each owner, and of nobody (`null`). */
  readonly #byOwner = new Map<OperatorId | null, SortedIndex>();
  readonly #all = new SortedIndex();
  /** Calls under way. */
  readonly #byCall = new Map<CallId, PromiseId>();

  constructor(setup: CallbacksSetup) {
    this.#setup = setup;
  }
  get setup(): CallbacksSetup {
    return this.#setup;
  }

  get size(): number {
    return this.#all.size;
  }
  get(promiseId: string): CallbackState | undefined {
    return this.#states.get(promiseId as PromiseId);
  }
  /** Nearest term first. */
  nearest(limit: number): readonly CallbackState[] {
    return this.#statesOf(earliestOf([this.#all.first(limit)], limit));
  }
  ownedBy(owner: OperatorId | null): readonly CallbackState[] {
    const index = this.#byOwner.get(owner);
    return index === undefined ? [] : this.#statesOf(earliestOf([index.first(index.size)], index.size));
  }
  view(state: CallbackState): CallbackView {
    return callbackViewOf(state, {
      saved: this.#setup.ledger.storage === 'ok',
      nameOf: (operatorId) => this.#setup.nameOf(operatorId),
      human: humanNumber,
    });
  }
  /** For a panel: one's own, nobody's, and what comes due of those who are not at work; nearest term first. */
  views(operatorId: OperatorId): readonly CallbackView[] {
    const soon = this.#setup.clock.now() + this.#setup.rules.policy.dueSoonMs;
    const isOurs = (owner: OperatorId | null): boolean => owner === operatorId || owner === null;
    // By owners, of whom there are few, however many promises are overdue.
    const lists = [...this.#byOwner].map(([owner, promises]) => {
      if (isOurs(owner)) return promises.first(SHOWN);
      return owner === null || this.#setup.isAtWork(owner) ? [] : promises.first(SHOWN).filter(({ at }) => at <= soon);
    });
    const shown: CallbackState[] = [];
    for (const state of this.#statesOf(earliestOf(lists, Infinity))) {
      if (isOurs(state.context.owner) || isAtRest(state)) shown.push(state);
      if (shown.length === SHOWN) break;
    }
    return shown.map((state) => this.view(state));
  }
  /** An open promise: its inquiry is what a call with this token continues. */
  callbackOf(promiseId: PromiseId): CallbackContext | undefined {
    const state = this.#states.get(promiseId);
    return state === undefined || callbackOutcome(state) !== undefined ? undefined : state.context;
  }

  create(input: CallbackInput): void {
    this.#setup.ledger.record(streamOf(input.promiseId), 'created', input.createdAt, input);
    this.#setup.inquiries.addCallback(input.inquiryId, input.promiseId, input.createdAt, input.callId);
  }
  record(promiseId: PromiseId, event: CallbackEvent): void {
    this.#setup.ledger.record(streamOf(promiseId), 'event', event.at, event);
  }

  /** What it is about turned out to be part of another inquiry, or one of its own again. */
  moveTo(promiseId: PromiseId, inquiryId: InquiryId, at: Instant): void {
    const open = this.callbackOf(promiseId);
    if (open && open.inquiryId !== inquiryId) this.record(promiseId, { type: 'callback.moved', at, inquiryId });
  }

  /** A fact of any call. Those of calls with a promise's token drive the promise; call it once per fact, before flush. */
  onCallFact(fact: CallFact): void {
    if (fact.type === 'call.started') return this.#onStarted(fact);
    const callId = fact.type === 'call.merged' ? fact.absorbed : fact.callId;
    const promiseId = this.#byCall.get(callId);
    if (promiseId === undefined) return;
    if (fact.type === 'call.answered') this.record(promiseId, { type: 'line.answered', at: fact.at, callId });
    // The operator's own telephone rang and was not lifted: the client has heard nothing of it.
    const isUnanswered = this.#states.get(promiseId)?.context.line?.answeredAt === null;
    if (fact.type === 'call.offerEnded' && isUnanswered) this.#onEnded(promiseId, callId, fact.at, 'operator', 0);
    if (fact.type === 'call.ended') this.#onEnded(promiseId, callId, fact.at, fact.by, fact.cause);
    // Put together with another conversation, as in a transfer: ours is over as a call of its own.
    if (fact.type === 'call.merged') this.#onEnded(promiseId, callId, fact.at, 'exchange', 0);
  }
  #onStarted({ at, callId, originateToken }: Extract<CallFact, { type: 'call.started' }>): void {
    const promiseId = originateToken as PromiseId | undefined;
    if (promiseId === undefined || !this.#states.has(promiseId)) return;
    this.record(promiseId, { type: 'line.started', at, token: promiseId, callId });
  }
  #onEnded(
    promiseId: PromiseId,
    callId: CallId,
    at: Instant,
    by: Extract<CallFact, { type: 'call.ended' }>['by'],
    cause: number,
  ): void {
    this.record(promiseId, {
      type: 'line.ended',
      at,
      callId,
      by,
      cause,
      nextAttemptAt: this.nextAttempt(promiseId, at),
    });
  }
  /** At an hour that is decent for the client, too. */
  nextAttempt(promiseId: PromiseId, at: Instant): Instant | null {
    const promise = this.#states.get(promiseId)?.context;
    if (promise === undefined || promise.counted + 1 >= promise.policy.maxAttempts) return null;
    const { calendar } = this.#setup;
    const zone = calendar.zoneOfNumber(promise.number);
    return calendar.nextAttemptAt(at, promise.dueAt, promise.policy.spacingWorkingMs, zone);
  }

  /** A deadline of a promise has come. */
  onDue(stream: string, at: Instant): void {
    const promiseId = stream.slice(this.prefix.length + 1) as PromiseId;
    if (!this.#states.has(promiseId)) return;
    this.record(promiseId, { type: 'time', at });
    void this.#setup.ledger.flush();
  }

  apply(entry: JournalEntry, mode: 'live' | 'replay'): void {
    const promiseId = entry.stream.slice(this.prefix.length + 1) as PromiseId;
    const typed = { kind: entry.kind, body: entry.body } as CallbackEntry;
    const before = this.#states.get(promiseId);
    if (typed.kind === 'created') {
      if (before === undefined) this.#settle(promiseId, callbackPromise.start(typed.body).state, undefined, mode);
      return;
    }
    if (before === undefined || callbackOutcome(before) !== undefined) return;
    const { state, effects } = callbackPromise.step(before, typed.body);
    this.#settle(promiseId, state, before, mode);
    if (mode === 'replay') return;
    if (callbackOutcome(state) !== undefined || state.context.dueAt !== before.context.dueAt)
      this.#setup.notify.forget(promiseId);
    const { owner, dueAt } = before.context;
    if (typed.body.type === 'callback.taken' && owner !== null)
      this.#setup.notify.taken(owner, typed.body.by, {
        at: entry.at,
        promiseId,
        dueAt,
        client: clientOf(state.context),
      });
    for (const effect of effects) {
      for (const notice of noticesOf(effect, state.context, entry.at)) this.#setup.notify.notify(notice);
    }
  }

  #settle(
    promiseId: PromiseId,
    state: CallbackState,
    before: CallbackState | undefined,
    mode: 'live' | 'replay',
  ): void {
    this.#states.set(promiseId, state);
    this.#reindex(promiseId, state, before);
    if (mode === 'replay') return;
    this.#setup.deadlines.arm(streamOf(promiseId), callbackDueInstants(state));
    if (callbackOutcome(state) !== undefined) void this.#store(promiseId, state);
  }

  #reindex(promiseId: PromiseId, state: CallbackState, before: CallbackState | undefined): void {
    const { owner, dueAt, line } = state.context;
    const isOpen = callbackOutcome(state) === undefined;
    const oldOwner = before?.context.owner;
    if (oldOwner !== undefined && (oldOwner !== owner || !isOpen)) this.#indexOf(oldOwner).remove(promiseId);
    if (isOpen) {
      this.#indexOf(owner).put(promiseId, dueAt);
      this.#all.put(promiseId, dueAt);
    } else {
      this.#all.remove(promiseId);
    }
    const oldCall = before?.context.line?.callId;
    const call = isOpen ? line?.callId : undefined;
    if (oldCall && oldCall !== call) this.#byCall.delete(oldCall);
    if (call) this.#byCall.set(call, promiseId);
    this.#touch(promiseId, owner);
    if (oldOwner !== undefined && oldOwner !== owner) this.#touch(promiseId, oldOwner);
  }
  #indexOf(owner: OperatorId | null): SortedIndex {
    let index = this.#byOwner.get(owner);
    if (index === undefined) this.#byOwner.set(owner, (index = new SortedIndex()));
    return index;
  }
  /** What nobody at work owns is on every panel. */
  #touch(promiseId: PromiseId, owner: OperatorId | null): void {
    const { ledger } = this.#setup;
    ledger.touch(streamOf(promiseId));
    if (owner !== null) ledger.touch(`operator/${owner}`);
    if (owner === null || !this.#setup.isAtWork(owner)) ledger.touch('callbacks');
  }

  /** Writes a closed promise into the collection; until it is there, it stays in the checkpoint. */
  async #store(promiseId: PromiseId, state: CallbackState): Promise<void> {
    const { collection, clock, ledger } = this.#setup;
    const document = documentOf(state);
    if (document === undefined) return;
    try {
      await collection.put(promiseId, document);
    } catch (fault) {
      this.#setup.onStorageFault(fault);
      clock.setTimer(clock.now() + STORE_AGAIN_MS, () => void this.#store(promiseId, state));
      return;
    }
    this.#states.delete(promiseId);
    ledger.markDirty(streamOf(promiseId));
  }

  snapshot(id: string): CallbackState | undefined {
    return this.#states.get(id as PromiseId);
  }
  restore(id: string, state: unknown): void {
    const promiseId = id as PromiseId;
    const readable = callbackPromise.readable(state as CallbackState);
    this.#states.set(promiseId, readable);
    this.#reindex(promiseId, readable, undefined);
  }
  /** After the replay: deadlines at their original instants; closed promises go on to the collection. */
  replayed(): void {
    for (const [promiseId, state] of this.#states) {
      if (callbackOutcome(state) !== undefined) void this.#store(promiseId, state);
      else this.#setup.deadlines.arm(streamOf(promiseId), callbackDueInstants(state));
    }
  }

  #statesOf(ids: readonly string[]): readonly CallbackState[] {
    return ids.flatMap((id) => this.#states.get(id as PromiseId) ?? []);
  }
}
