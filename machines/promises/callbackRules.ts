import type { Instant, Milliseconds } from '../vocabulary/index.ts';
import { HOUR, MINUTE } from '../vocabulary/index.ts';
import type {
  Attempt,
  CallbackContext,
  CallbackEvent,
  CallbackInput,
  CallbackOutcome,
  CallbackPolicy,
  CallbackRecord,
  EscalationStep,
  LineEnded,
} from './callbackTypes.ts';

export const DEFAULT_CALLBACK_POLICY: CallbackPolicy = {
  dueSoonMs: 30 * MINUTE,
  escalations: [
    { key: 'dueSoon', offsetMs: -30 * MINUTE, to: 'owner' },
    { key: 'dueNow', offsetMs: -10 * MINUTE, to: 'supervisor' },
    { key: 'overdue', offsetMs: 0, to: 'everyone' },
    { key: 'overdueSupervisor', offsetMs: 15 * MINUTE, to: 'supervisor' },
    { key: 'overdueLong', offsetMs: HOUR, to: 'supervisor' },
  ],
  maxAttempts: 3,
  spacingWorkingMs: 30 * MINUTE,
};

/** A command to call after which no call is seen for so long is taken for lost. */
export const DIAL_GIVE_UP_MS: Milliseconds = 90_000;
/** The operator's word on an answered call is asked for again after this. */
export const CONFIRM_AGAIN_MS: Milliseconds = 15 * MINUTE;

/** Index of the first step of escalation that lies after `at`. */
const firstAhead = (input: Pick<CallbackInput, 'dueAt' | 'policy'>, at: Instant): number => {
  const index = input.policy.escalations.findIndex((step) => input.dueAt + step.offsetMs > at);
  return index === -1 ? input.policy.escalations.length : index;
};

export const newCallback = (input: CallbackInput): CallbackContext => ({
  ...input,
  firstDueAt: input.dueAt,
  reschedules: 0,
  missedTerm: false,
  attempts: [],
  counted: 0,
  numberIsWrong: false,
  nextAttemptAt: null,
  line: null,
  escalated: firstAhead(input, input.createdAt),
  history: [{ at: input.createdAt, by: input.createdBy, what: 'callback.created', text: input.question }],
  talkedAt: null,
  closedAt: null,
});

/** Steps whose time has come and that were not told yet. */
export const escalationsAt = (context: CallbackContext, at: Instant): readonly EscalationStep[] =>
  context.policy.escalations.slice(context.escalated).filter((step) => context.dueAt + step.offsetMs <= at);

export const nextEscalationAt = (context: CallbackContext): Instant | undefined => {
  const step = context.policy.escalations[context.escalated];
  return step === undefined ? undefined : context.dueAt + step.offsetMs;
};

/** The client was on the line in time, so the term is not missed while the operator's word is awaited. */
export const answeredInTime = ({ line, dueAt }: CallbackContext): boolean =>
  line?.answeredAt !== undefined && line.answeredAt !== null && line.answeredAt <= dueAt;

/** Q.850: 17 user busy; 1 unallocated, 22 number changed, 28 invalid format; all else is no answer. */
const OUTCOME_OF_CAUSE: Readonly<Record<number, Attempt['outcome']>> = {
  1: 'wrongNumber',
  17: 'busy',
  22: 'wrongNumber',
  28: 'wrongNumber',
};
export const outcomeOfLine = (event: LineEnded): Attempt['outcome'] =>
  OUTCOME_OF_CAUSE[event.cause] ?? (event.by === 'operator' ? 'notCounted' : 'noAnswer');

export const withAttempt = (
  context: CallbackContext,
  attempt: Attempt,
  nextAttemptAt: Instant | null,
): Partial<CallbackContext> => ({
  attempts: [...context.attempts, attempt],
  counted: context.counted + (attempt.outcome === 'notCounted' ? 0 : 1),
  numberIsWrong: context.numberIsWrong || attempt.outcome === 'wrongNumber',
  nextAttemptAt: attempt.outcome === 'notCounted' ? context.nextAttemptAt : nextAttemptAt,
  line: null,
});

export const rescheduled = (context: CallbackContext, dueAt: Instant, at: Instant): Partial<CallbackContext> => ({
  dueAt,
  reschedules: context.reschedules + 1,
  missedTerm: context.missedTerm || (at > context.dueAt && !answeredInTime(context)),
  counted: 0,
  nextAttemptAt: null,
  escalated: firstAhead({ dueAt, policy: context.policy }, at),
});

/** Whether the client can know of a new term: the operator's word, a call with him, or a try since the last change. */
export const clientKnows = (context: CallbackContext, event: CallbackEvent): boolean =>
  event.type === 'callback.rescheduled' &&
  event.dueAt > event.at &&
  event.reason.trim() !== '' &&
  (event.clientInformed || context.counted > 0 || (context.line?.answeredAt ?? null) !== null);

export const triedInTime = (context: CallbackContext): boolean =>
  context.attempts.some((attempt) => attempt.outcome !== 'notCounted' && attempt.at <= context.dueAt);
export const mayGiveUp = (context: CallbackContext): boolean =>
  context.numberIsWrong || context.counted >= context.policy.maxAttempts;

export const recordOfCallback = (context: CallbackContext, outcome: CallbackOutcome): CallbackRecord => {
  const closedAt = context.closedAt ?? context.createdAt;
  return {
    promiseId: context.promiseId,
    inquiryId: context.inquiryId,
    outcome,
    owner: context.owner,
    createdAt: context.createdAt,
    firstDueAt: context.firstDueAt,
    dueAt: context.dueAt,
    closedAt,
    talkedAt: context.talkedAt,
    lateMs: Math.max(0, (context.talkedAt ?? closedAt) - context.dueAt),
    attempts: context.attempts.length,
    reschedules: context.reschedules,
  };
};
