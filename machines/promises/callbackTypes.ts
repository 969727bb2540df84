import type {
  CallId,
  ClientKind,
  EndedBy,
  InquiryId,
  Instant,
  Milliseconds,
  OperatorId,
  PromiseId,
} from '../vocabulary/index.ts';
import type { TimeCame } from './holdTypes.ts';

/** Who is told at a set time before (negative offset) or after the promised term. */
export interface EscalationStep {
  readonly key: string;
  readonly offsetMs: Milliseconds;
  readonly to: 'owner' | 'everyone' | 'supervisor';
}
/** Rules of an installation, copied into each promise at its birth, so that a later change moves no promise. */
export interface CallbackPolicy {
  /** From this long before the term the promise is shown as `due`. */
  readonly dueSoonMs: Milliseconds;
  /** By offset, earliest first. */
  readonly escalations: readonly EscalationStep[];
  /** Attempts without the client before the promise may be given up. */
  readonly maxAttempts: number;
  /** Working time between two attempts; the calendar turns it into `nextAttemptAt`. */
  readonly spacingWorkingMs: Milliseconds;
}

export type AttemptOutcome = 'noAnswer' | 'busy' | 'wrongNumber';
export interface Attempt {
  readonly at: Instant;
  readonly by: OperatorId;
  /** `notCounted`: our side hung up or did not pick up, so the client was not bothered. */
  readonly outcome: AttemptOutcome | 'notCounted';
  /** The call that was seen on the line; absent for an attempt told by hand. */
  readonly callId?: CallId;
  readonly note: string;
}

interface Act {
  readonly at: Instant;
  readonly by: OperatorId;
}
export interface CallbackTaken extends Act {
  readonly type: 'callback.taken';
}
/** To another operator, or to nobody (`null`): end of shift, absence. */
export interface CallbackHandedOver extends Act {
  readonly type: 'callback.handedOver';
  readonly to: OperatorId | null;
  readonly reason: string;
}
/** A new term needs the client's knowledge: a talk with him, an attempt to reach him, or the operator's word. */
export interface CallbackRescheduled extends Act {
  readonly type: 'callback.rescheduled';
  readonly dueAt: Instant;
  readonly reason: string;
  readonly clientInformed: boolean;
}
export interface CallbackNumberCorrected extends Act {
  readonly type: 'callback.numberCorrected';
  readonly number: string;
  readonly extension?: string;
  readonly reason: string;
}
/** A command to call went out; `token` comes back in `call.started`. */
export interface CallbackDialled extends Act {
  readonly type: 'callback.dialled';
  readonly token: string;
}
export interface CallbackDialFailed {
  readonly type: 'callback.dialFailed';
  readonly at: Instant;
  readonly token: string;
  readonly reason: string;
}
/** Facts of the call with this promise's token. */
export interface LineStarted {
  readonly type: 'line.started';
  readonly at: Instant;
  readonly token: string;
  readonly callId: CallId;
}
export interface LineAnswered {
  readonly type: 'line.answered';
  readonly at: Instant;
  readonly callId: CallId;
}
export interface LineEnded {
  readonly type: 'line.ended';
  readonly at: Instant;
  readonly callId: CallId;
  readonly by: EndedBy;
  /** Q.850. */
  readonly cause: number;
  /** When the next attempt may be, by the calendar; null when there is no need. */
  readonly nextAttemptAt: Instant | null;
}
/** Told by hand: an attempt that the exchange did not show, or a correction of the last one. */
export interface CallbackAttempted extends Act {
  readonly type: 'callback.attempted';
  readonly outcome: AttemptOutcome;
  readonly note: string;
  readonly nextAttemptAt: Instant | null;
}
/** The operator confirms that the client himself was talked to. Counts only after `line.answered`. */
export interface CallbackConfirmed extends Act {
  readonly type: 'callback.confirmed';
}
/** Somebody or something answered, but not the client. */
export interface CallbackDenied extends Act {
  readonly type: 'callback.denied';
  readonly outcome: AttemptOutcome;
  readonly note: string;
  readonly nextAttemptAt: Instant | null;
}
export interface CallbackCancelled extends Act {
  readonly type: 'callback.cancelled';
  readonly reason: string;
}
/** The client cannot be reached: all attempts are used, or the number is wrong. */
export interface CallbackGivenUp extends Act {
  readonly type: 'callback.givenUp';
  readonly reason: string;
}

/** The question is that of another inquiry, or no longer. */
export interface CallbackMoved {
  readonly type: 'callback.moved';
  readonly at: Instant;
  readonly inquiryId: InquiryId;
}

export type CallbackEvent =
  | TimeCame
  | CallbackTaken
  | CallbackHandedOver
  | CallbackRescheduled
  | CallbackNumberCorrected
  | CallbackDialled
  | CallbackDialFailed
  | LineStarted
  | LineAnswered
  | LineEnded
  | CallbackAttempted
  | CallbackConfirmed
  | CallbackDenied
  | CallbackCancelled
  | CallbackGivenUp
  | CallbackMoved;

/**
 * `kept`: the client was talked to by the promised term. `keptLate`: after it. `broken`: closed without a talk after
 * the term, or with nothing tried by it. `unreachable`: tried by the rule in time, the client did not answer.
 * `cancelled`: closed before the term with a reason.
 */
export type CallbackOutcome = 'kept' | 'keptLate' | 'broken' | 'unreachable' | 'cancelled';

/** A promise as it is born. */
export interface CallbackInput {
  readonly promiseId: PromiseId;
  readonly inquiryId: InquiryId;
  /** E.164 when it is a public number, digits for an internal extension. */
  readonly number: string;
  /** What is asked for or keyed in once the number has answered: `доб. 123`; absent or empty when there is none. */
  readonly extension?: string;
  readonly clientName: string;
  readonly clientKind: ClientKind;
  readonly question: string;
  readonly createdAt: Instant;
  readonly createdBy: OperatorId;
  /** The call in which it was promised. */
  readonly callId: CallId | null;
  readonly owner: OperatorId | null;
  readonly dueAt: Instant;
  /** The latest term that the rule allowed at birth. */
  readonly latestAt: Instant;
  readonly rule: string;
  readonly policy: CallbackPolicy;
}

export interface CallbackLine {
  readonly token: string;
  readonly by: OperatorId;
  readonly dialledAt: Instant;
  readonly callId: CallId | null;
  readonly answeredAt: Instant | null;
  readonly endedAt: Instant | null;
}
/** One line of the promise's own history, for people. */
export interface CallbackNote {
  readonly at: Instant;
  readonly by: OperatorId | null;
  readonly what: CallbackEvent['type'] | 'callback.created';
  readonly text: string;
  /** New owner, new term or new number. */
  readonly to?: OperatorId | Instant | string | null;
}

/** Plain JSON. */
export interface CallbackContext extends CallbackInput {
  readonly firstDueAt: Instant;
  readonly reschedules: number;
  /** A term passed without a talk before it was rescheduled: a later talk is `keptLate` at best. */
  readonly missedTerm: boolean;
  readonly attempts: readonly Attempt[];
  /** Counted attempts since the last change of term or number. */
  readonly counted: number;
  readonly numberIsWrong: boolean;
  readonly nextAttemptAt: Instant | null;
  readonly line: CallbackLine | null;
  /** How many steps of `policy.escalations` are behind. */
  readonly escalated: number;
  readonly history: readonly CallbackNote[];
  readonly talkedAt: Instant | null;
  readonly closedAt: Instant | null;
}

export interface CallbackRecord {
  readonly promiseId: PromiseId;
  readonly inquiryId: InquiryId;
  readonly outcome: CallbackOutcome;
  readonly owner: OperatorId | null;
  readonly createdAt: Instant;
  readonly firstDueAt: Instant;
  readonly dueAt: Instant;
  readonly closedAt: Instant;
  /** When the client was really talked to; null when he never was. */
  readonly talkedAt: Instant | null;
  readonly lateMs: Milliseconds;
  readonly attempts: number;
  readonly reschedules: number;
}

export type CallbackEffect =
  | {
      readonly type: 'callback.escalated';
      readonly promiseId: PromiseId;
      readonly dueAt: Instant;
      readonly owner: OperatorId | null;
      readonly steps: readonly EscalationStep[];
    }
  /** The pause between attempts is over: try again. */
  | { readonly type: 'callback.attemptDue'; readonly promiseId: PromiseId; readonly owner: OperatorId | null }
  /** No call was seen after the command to call. */
  | { readonly type: 'callback.dialLost'; readonly promiseId: PromiseId; readonly by: OperatorId }
  /** The client answered and the call is over: ask the operator whether it was the client. `again`: still no word. */
  | {
      readonly type: 'callback.confirmWanted';
      readonly promiseId: PromiseId;
      readonly by: OperatorId;
      readonly again: boolean;
    }
  | { readonly type: 'callback.closed'; readonly record: CallbackRecord };
