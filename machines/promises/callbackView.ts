import type { InquiryId, Instant, OperatorId, PromiseId } from '../vocabulary/index.ts';
import { callbackPromise } from './callbackPromise.ts';
import type { CallbackState } from './callbackPromise.ts';
import { CONFIRM_AGAIN_MS, DIAL_GIVE_UP_MS, answeredInTime, mayGiveUp, nextEscalationAt } from './callbackRules.ts';
import type { CallbackOutcome } from './callbackTypes.ts';
import type { DueInstant } from './holdBook.ts';

/** How it was closed; undefined while it lives. The final states of the machine bear the names of the outcomes. */
export const callbackOutcome = (state: CallbackState): CallbackOutcome | undefined =>
  typeof state.value === 'string' ? (state.value as CallbackOutcome) : undefined;

/** Nobody calls, and no word is awaited of whoever called. */
export const isAtRest = (state: CallbackState): boolean =>
  !callbackPromise.hasTag(state, 'calling') && !callbackPromise.hasTag(state, 'toConfirm');

/**
 * The instants at which this promise wants a `time` event, with keys stable within the promise. What is no longer
 * listed is to be cancelled.
 */
export const callbackDueInstants = (state: CallbackState): readonly DueInstant[] => {
  if (callbackOutcome(state) !== undefined) return [];
  const { context } = state;
  const has = (tag: string): boolean => callbackPromise.hasTag(state, tag);
  const due: DueInstant[] = [];
  if (!answeredInTime(context)) {
    if (!has('due') && !has('overdue')) due.push({ key: 'callback.due', at: context.dueAt - context.policy.dueSoonMs });
    if (!has('overdue')) due.push({ key: 'callback.overdue', at: context.dueAt });
    const escalation = nextEscalationAt(context);
    if (escalation !== undefined) due.push({ key: 'callback.escalation', at: escalation });
  }
  const idle = isAtRest(state);
  if (idle && context.nextAttemptAt !== null) due.push({ key: 'callback.attempt', at: context.nextAttemptAt });
  const { line } = context;
  if (line !== null && has('calling') && line.callId === null) {
    due.push({ key: 'callback.dial', at: line.dialledAt + DIAL_GIVE_UP_MS });
  }
  if (line !== null && line.endedAt !== null && !has('askedAgain') && !idle) {
    due.push({ key: 'callback.confirm', at: line.endedAt + CONFIRM_AGAIN_MS });
  }
  return due;
};

export type MayCall =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'callback.closed' | 'callback.calling' | 'callback.wrongNumber' | 'callback.noAttemptsLeft';
    }
  | { readonly ok: false; readonly reason: 'callback.tooSoon'; readonly nextAttemptAt: Instant };

/** By the rules for the number and spacing of attempts, so that a client is not bothered. */
export const mayCall = (state: CallbackState, at: Instant): MayCall => {
  const { context } = state;
  if (callbackOutcome(state) !== undefined) return { ok: false, reason: 'callback.closed' };
  if (!isAtRest(state)) return { ok: false, reason: 'callback.calling' };
  if (context.numberIsWrong) return { ok: false, reason: 'callback.wrongNumber' };
  if (mayGiveUp(context)) return { ok: false, reason: 'callback.noAttemptsLeft' };
  const { nextAttemptAt } = context;
  return nextAttemptAt !== null && at < nextAttemptAt
    ? { ok: false, reason: 'callback.tooSoon', nextAttemptAt }
    : { ok: true };
};

/** One promise as screens show it. */
export interface CallbackView {
  readonly promiseId: PromiseId;
  readonly clientName: string;
  readonly number: string;
  /** Asked for or keyed in once the number has answered. */
  readonly extension?: string;
  readonly question: string;
  readonly dueAt: Instant;
  readonly owner?: { readonly id: OperatorId; readonly name: string };
  readonly attempts: number;
  readonly nextAttemptAt?: Instant;
  readonly state: 'open' | 'due' | 'overdue' | 'calling';
  readonly inquiryId: InquiryId;
  /** On disk. Until then the screen says so. */
  readonly saved: boolean;
  /** The client's side answered then: ask the operator whether it was the client (`callback.confirm` or `attempt`). */
  readonly talkedAt?: Instant;
}

const STATES = ['calling', 'overdue', 'due'] as const;
export const callbackViewOf = (
  state: CallbackState,
  words: {
    readonly saved: boolean;
    readonly nameOf: (operator: OperatorId) => string;
    readonly human: (number: string) => string;
  },
): CallbackView => {
  const { context } = state;
  const { owner, nextAttemptAt, line } = context;
  return {
    promiseId: context.promiseId,
    clientName: context.clientName,
    number: words.human(context.number),
    ...(context.extension ? { extension: context.extension } : {}),
    question: context.question,
    dueAt: context.dueAt,
    ...(owner === null ? {} : { owner: { id: owner, name: words.nameOf(owner) } }),
    attempts: context.attempts.length,
    ...(nextAttemptAt === null ? {} : { nextAttemptAt }),
    state: STATES.find((tag) => callbackPromise.hasTag(state, tag)) ?? 'open',
    inquiryId: context.inquiryId,
    saved: words.saved,
    ...(line === null || line.answeredAt === null ? {} : { talkedAt: line.answeredAt }),
  };
};
