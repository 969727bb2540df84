import { callbackPromise, clientKnows, isAtRest, mayCall, mayGiveUp } from '../../machines/promises/index.ts';
import type { AttemptOutcome, CallbackContext, CallbackState } from '../../machines/promises/index.ts';
import { AppError } from '../../machines/vocabulary/index.ts';
import type { Instant, OperatorId, PromiseId } from '../../machines/vocabulary/index.ts';
import type { CallbacksRoom } from './callbacksRoom.ts';
import { readNumber } from './phoneNumber.ts';
import type { Dialler, PromisingCall } from './ports.ts';

/** Who acts. A supervisor may act on anybody's promise. */
export interface Actor {
  readonly id: OperatorId;
  readonly isSupervisor: boolean;
}
export interface HandedOver {
  readonly count: number;
  /** Those who got any. */
  readonly heirs: readonly OperatorId[];
}
export interface NewCallback {
  readonly promiseId: PromiseId;
  readonly number: string;
  readonly dueAt: Instant;
  readonly question: string;
  readonly clientName: string;
  /** The client's own time zone, when he told it; else it is taken from the number. */
  readonly clientZone?: string;
}

const refuse = (code: string, message: string, details: Record<string, string | number | boolean> = {}): AppError =>
  new AppError(code, message, { kind: 'user', details });

/**
 * What people do with promises to call back: each checks, then records. All refuse with an `AppError` of kind `user`
 * whose code begins with `callback.` or `number.`; the caller flushes the ledger.
 */
export class CallbackDesk {
  readonly #room: CallbacksRoom;
  readonly #dialler: Dialler;

  constructor(room: CallbacksRoom, dialler: Dialler) {
    this.#room = room;
    this.#dialler = dialler;
  }

  /** The term that the rule proposes to this client now, and the latest that may be named. */
  propose(call: PromisingCall, at: Instant, clientZone?: string): { dueAt: Instant; latestAt: Instant } {
    return this.#room.setup.calendar.deadline(ruleOf(call), at, clientZone);
  }

  create(call: PromisingCall, wanted: NewCallback, by: Actor, at: Instant): void {
    const { calendar, rules } = this.#room.setup;
    if (this.#room.get(wanted.promiseId) !== undefined) return;
    const read = readNumber(wanted.number, { country: rules.country, internal: call.clientKind === 'internal' });
    if (!read.ok) throw refuse(read.reason, 'this is not a telephone number');
    const rule = ruleOf(call);
    const { latestAt } = calendar.deadline(rule, at, wanted.clientZone ?? calendar.zoneOfNumber(read.number));
    this.#checkTerm(wanted.dueAt, latestAt, at);
    this.#room.create({
      promiseId: wanted.promiseId,
      inquiryId: call.inquiryId,
      callId: call.callId,
      clientKind: call.clientKind,
      number: read.number,
      ...(read.extension === undefined ? {} : { extension: read.extension }),
      clientName: wanted.clientName,
      question: wanted.question,
      createdAt: at,
      createdBy: by.id,
      owner: by.id,
      dueAt: wanted.dueAt,
      latestAt,
      rule,
      policy: rules.policy,
    });
  }
  #checkTerm(dueAt: Instant, latestAt: Instant, at: Instant): void {
    const { calendar, rules } = this.#room.setup;
    if (dueAt <= at) throw refuse('callback.past', 'this moment has passed');
    if (dueAt > latestAt) throw refuse('callback.tooLate', 'the rule asks for an earlier term', { latestAt });
    // The end of work itself is a good term: the call is made before it.
    const isWorked = calendar.isWorkingTime(dueAt) || calendar.isWorkingTime(dueAt - 1);
    if (!isWorked && !rules.allowOutsideHours) throw refuse('callback.outsideHours', 'nobody works at this moment');
  }

  /** An open promise. Throws `callback.closed`. */
  of(promiseId: string): CallbackState {
    return this.#live(promiseId);
  }

  /** Nobody's, or that of a colleague who is not at work; a supervisor takes anybody's. */
  take(promiseId: string, by: Actor, at: Instant): void {
    const { context } = this.#live(promiseId);
    const { owner } = context;
    if (owner === by.id) return;
    if (owner !== null && !by.isSupervisor && this.#room.setup.isAtWork(owner)) throw this.#notYours(owner);
    this.#room.record(context.promiseId, { type: 'callback.taken', at, by: by.id });
  }

  handOver(promiseId: string, to: OperatorId | null, reason: string, by: Actor, at: Instant): void {
    const { context } = this.#own(promiseId, by);
    if (context.owner === to) return;
    this.#mustBeOperator(to);
    // Only whoever called can say how it went.
    if (!by.isSupervisor) this.#mustBeIdle(promiseId);
    this.#room.record(context.promiseId, { type: 'callback.handedOver', at, by: by.id, to, reason });
  }
  /**
   * End of shift or absence: everything that this operator owns, the nearest term first to each of `to` in turn; to
   * nobody in particular when it is empty. The terms stay; of whom one has just called, one still says how it went.
   * Throws `people.unknown`.
   */
  handOverAll(from: OperatorId, to: readonly OperatorId[], reason: string, by: Actor, at: Instant): HandedOver {
    if (from !== by.id && !by.isSupervisor) throw refuse('callback.notYours', 'this is for a supervisor');
    to.forEach((heir) => this.#mustBeOperator(heir));
    const owned = this.#room.ownedBy(from).filter((state) => by.isSupervisor || isAtRest(state));
    for (const [turn, { context }] of owned.entries()) {
      const heir = to[turn % to.length] ?? null;
      this.handOver(context.promiseId, heir, reason, { ...by, isSupervisor: true }, at);
    }
    return { count: owned.length, heirs: to.slice(0, owned.length) };
  }
  #mustBeOperator(id: OperatorId | null): void {
    if (id !== null && !this.#room.setup.isOperator(id)) throw refuse('people.unknown', 'no operator has this id');
  }

  /** A new term, which the client must know of: a talk, a try since the last change, or the operator's word. */
  reschedule(
    promiseId: string,
    wanted: { readonly dueAt: Instant; readonly reason: string; readonly clientInformed: boolean },
    by: Actor,
    at: Instant,
  ): void {
    const { context } = this.#own(promiseId, by);
    const { calendar } = this.#room.setup;
    this.#checkTerm(
      wanted.dueAt,
      calendar.deadline(ruleOf(context), at, calendar.zoneOfNumber(context.number)).latestAt,
      at,
    );
    const event = { type: 'callback.rescheduled', at, by: by.id, ...wanted } as const;
    if (!clientKnows(context, event))
      throw refuse('callback.clientMustKnow', 'call the client first, or say that the client was told');
    this.#room.record(context.promiseId, event);
  }

  correctNumber(promiseId: string, raw: string, reason: string, by: Actor, at: Instant): void {
    const { context } = this.#own(promiseId, by);
    const internal = context.clientKind === 'internal';
    const read = readNumber(raw, { country: this.#room.setup.rules.country, internal });
    if (!read.ok) throw refuse(read.reason, 'this is not a telephone number');
    this.#mustBeIdle(promiseId);
    this.#room.record(context.promiseId, {
      type: 'callback.numberCorrected',
      at,
      by: by.id,
      number: read.number,
      ...(read.extension === undefined ? {} : { extension: read.extension }),
      reason,
    });
  }

  /** Told by hand, or the word on an answered call that it was not the client. */
  attempt(promiseId: string, outcome: AttemptOutcome, note: string, by: Actor, at: Instant): void {
    const state = this.#own(promiseId, by);
    const id = state.context.promiseId;
    const nextAttemptAt = this.#room.nextAttempt(id, at);
    const told = { at, by: by.id, outcome, note, nextAttemptAt };
    if (callbackPromise.hasTag(state, 'toConfirm')) this.#room.record(id, { type: 'callback.denied', ...told });
    else {
      this.#mustBeIdle(promiseId);
      this.#room.record(id, { type: 'callback.attempted', ...told });
    }
  }
  confirm(promiseId: string, by: Actor, at: Instant): void {
    const state = this.#own(promiseId, by);
    if (!callbackPromise.hasTag(state, 'toConfirm'))
      throw refuse('callback.notTalked', 'the client has not answered a call of this promise');
    this.#room.record(state.context.promiseId, { type: 'callback.confirmed', at, by: by.id });
  }
  cancel(promiseId: string, reason: string, by: Actor, at: Instant): void {
    const { context } = this.#own(promiseId, by);
    this.#mustBeIdle(promiseId);
    this.#room.record(context.promiseId, { type: 'callback.cancelled', at, by: by.id, reason });
  }
  giveUp(promiseId: string, reason: string, by: Actor, at: Instant): void {
    const { context } = this.#own(promiseId, by);
    this.#mustBeIdle(promiseId);
    if (!mayGiveUp(context)) {
      throw refuse('callback.tryAgain', 'attempts are left', { left: context.policy.maxAttempts - context.counted });
    }
    this.#room.record(context.promiseId, { type: 'callback.givenUp', at, by: by.id, reason });
  }

  /**
   * One key calls: the operator's telephone first, then the client. The command is on record before the exchange hears
   * it, so that a crash in between is seen (`callback.dialLost`). The promise of nobody, or of who is not at work,
   * becomes the caller's own.
   */
  async call(promiseId: string, by: Actor, at: Instant): Promise<void> {
    const { ledger, inquiries, clock } = this.#room.setup;
    await inquiries.load(this.#toCall(promiseId, by, at).inquiryId, at);
    // Somebody else may have pressed meanwhile.
    const context = this.#toCall(promiseId, by, at);
    this.take(promiseId, { ...by, isSupervisor: false }, at);
    const token = context.promiseId;
    this.#room.record(context.promiseId, { type: 'callback.dialled', at, by: by.id, token });
    await ledger.flush();
    try {
      await this.#dialler.dial({ operatorId: by.id, number: context.number, token });
    } catch (fault) {
      const reason = fault instanceof AppError ? fault.code : 'unexpected';
      this.#room.record(context.promiseId, { type: 'callback.dialFailed', at: clock.now(), token, reason });
      void ledger.flush();
      throw fault;
    }
  }

  /** May be called by this person now. */
  #toCall(promiseId: string, by: Actor, at: Instant): CallbackContext {
    const state = this.#live(promiseId);
    const { owner } = state.context;
    if (owner !== null && owner !== by.id && this.#room.setup.isAtWork(owner)) throw this.#notYours(owner);
    const may = mayCall(state, at);
    if (may.ok) return state.context;
    const details = 'nextAttemptAt' in may ? { nextAttemptAt: may.nextAttemptAt } : {};
    throw refuse(may.reason, 'a call is not due now', details);
  }

  #live(promiseId: string): CallbackState {
    const state = this.#room.get(promiseId);
    if (state === undefined || !callbackPromise.hasTag(state, 'live'))
      throw refuse('callback.closed', 'this promise is closed or unknown');
    return state;
  }
  /** One's own, nobody's, or anybody's for a supervisor. */
  #own(promiseId: string, by: Actor): CallbackState {
    const state = this.#live(promiseId);
    const { owner } = state.context;
    if (owner !== null && owner !== by.id && !by.isSupervisor) throw this.#notYours(owner);
    return state;
  }
  #mustBeIdle(promiseId: string): void {
    if (!isAtRest(this.#live(promiseId))) throw refuse('callback.calling', 'finish the call and say how it ended');
  }
  #notYours(owner: OperatorId): AppError {
    return refuse('callback.notYours', 'this promise is with a colleague', { name: this.#room.setup.nameOf(owner) });
  }
}

/** Colleagues are answered by the end of the working day (3.5.11). */
export const ruleOf = ({ clientKind }: Pick<PromisingCall, 'clientKind'>): 'callback' | 'internal' =>
  clientKind === 'internal' ? 'internal' : 'callback';
