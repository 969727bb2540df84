import type { CallFact, Instant, Milliseconds } from '../vocabulary/index.ts';
import { SECOND } from '../vocabulary/index.ts';
import type { HoldContext, HoldEnding, HoldEvent, HoldOutcome, HoldRecord, WaitReasons } from './holdTypes.ts';

/** The operator is reminded this long before the named time runs out. */
export const WARN_FIRST_MS: Milliseconds = 30 * SECOND;
export const WARN_LAST_MS: Milliseconds = 10 * SECOND;
/**
 * A telephone puts the client on hold for an instant before it sends a blind transfer (REFER), so a hold without a
 * promise is asked about only when it lasts.
 */
export const UNPROMISED_GRACE_MS: Milliseconds = 1_500;
/** A transfer by feature code holds the client while it is keyed in: five digits, three seconds for each at most. */
export const KEYING_GRACE_MS: Milliseconds = 15 * SECOND;

/** The operator keys in a transfer: until the last digit the client waits for nobody. */
export const isKeying = ({ forTransfer, consult, parked }: WaitReasons): boolean => forTransfer && !consult && !parked;

/** When a client who waits without a promise is asked about. */
export const askAt = ({ heldAt, wait }: Pick<HoldContext, 'heldAt' | 'wait'>): Instant =>
  (heldAt ?? 0) + (isKeying(wait) ? KEYING_GRACE_MS : UNPROMISED_GRACE_MS);

/** Another person or the same talks to the client again, by `returnedAt`; seen exactly unless `notBefore` is set. */
export const outcomeOfReturn = (
  context: HoldContext,
  returnedAt: Instant,
  notBefore: Instant | null,
): 'kept' | 'broken' | 'convertedToCallback' | 'unknown' => {
  const dueAt = context.dueAt ?? returnedAt;
  if (returnedAt > dueAt) return notBefore !== null && notBefore <= dueAt ? 'unknown' : 'broken';
  return context.callbackId === null ? 'kept' : 'convertedToCallback';
};

/** The conversation ended while the client waited. */
export const outcomeOfEnd = (
  context: HoldContext,
  event: Extract<CallFact, { type: 'call.ended' }>,
): 'broken' | 'clientLeft' | 'unknown' => {
  const dueAt = context.dueAt ?? event.at;
  const notBefore = notBeforeOf(context, event) ?? event.at;
  if (notBefore > dueAt) return 'broken';
  if (event.at > dueAt) return 'unknown';
  if (event.by === 'client') return 'clientLeft';
  return event.by === 'operator' ? 'broken' : 'unknown';
};

/**
 * After a lost link the first facts tell what became different while nobody looked, until `call.confirmed` closes the
 * gap: what they tell of happened somewhere between the loss and now.
 */
export const notBeforeOf = (context: HoldContext, event: HoldEvent): Instant | null =>
  (event.type === 'call.ended' ? event.notBefore : undefined) ?? context.unseenSince;

const ENDING_OF_HANGUP = {
  client: 'clientHungUp',
  operator: 'operatorHungUp',
  exchange: 'lineLost',
  unknown: 'lineLost',
} as const;

export const endingOf = (context: HoldContext, event: HoldEvent): HoldEnding => {
  if (context.heldAt === null) return 'notBegun';
  if (event.type === 'call.ended') return ENDING_OF_HANGUP[event.by];
  return context.handedOverAt !== null || event.type === 'call.transferred' ? 'handedOver' : 'returned';
};

/**
 * A confirmation says what the telephones do now: `talking` when somebody talks to the client, `onHold` when the client
 * waits. A telephone that consults says nothing new of a wait that goes on.
 */
export const seenIn = (event: HoldEvent): 'talking' | 'onHold' | 'nothing' => {
  if (event.type !== 'call.confirmed') return 'nothing';
  if (event.devices.some((one) => one.state === 'talking')) return 'talking';
  return event.devices.some((one) => one.state === 'onHold') ? 'onHold' : 'nothing';
};

const between = (from: Instant | null, to: Instant): Milliseconds => (from === null ? 0 : Math.max(0, to - from));

export const recordOf = (context: HoldContext, outcome: HoldOutcome): HoldRecord => {
  const endedAt = context.endedAt ?? context.namedAt ?? 0;
  return {
    promiseId: context.promiseId,
    callId: context.callId,
    by: context.by,
    outcome,
    ending: context.ending,
    namedAt: context.namedAt,
    promisedMs: context.promisedMs,
    heldAt: context.heldAt,
    dueAt: context.dueAt,
    endedAt,
    endedNotBefore: context.endedNotBefore,
    onHoldMs: between(context.heldAt, Math.min(context.handedOverAt ?? endedAt, endedAt)),
    waitedMs: between(context.heldAt, endedAt),
    lateMs: between(context.dueAt, endedAt),
    prolongs: context.prolongs,
    callbackId: context.callbackId,
    brief: context.promiseId === null && endedAt < askAt(context),
  };
};
