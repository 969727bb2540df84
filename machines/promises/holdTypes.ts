import type {
  CallFact,
  CallId,
  DeviceId,
  Instant,
  LinkLost,
  Milliseconds,
  OperatorId,
  PromiseId,
} from '../vocabulary/index.ts';

/** The operator named a time to the client (3.5.5-б). The promise runs only from the real hold on. */
export interface HoldNamed {
  readonly type: 'hold.named';
  readonly at: Instant;
  readonly promiseId: PromiseId;
  readonly promisedMs: Milliseconds;
  readonly by: OperatorId;
}
/** The client did not agree to wait, or the operator changed his mind before the hold. */
export interface HoldWithdrawn {
  readonly type: 'hold.withdrawn';
  readonly at: Instant;
}
/** More time is wanted while the client waits. `promiseId` is for the promise that follows the return to the line. */
export interface HoldExtended {
  readonly type: 'hold.extended';
  readonly at: Instant;
  readonly promiseId: PromiseId;
  readonly promisedMs: Milliseconds;
  readonly by: OperatorId;
}
/** A callback was promised instead; the client still has to be told, so the hold ends at the return only. */
export interface HoldConverted {
  readonly type: 'hold.converted';
  readonly at: Instant;
  readonly callbackId: PromiseId;
}
/** An instant of `holdDueInstants` has come. Early, late or repeated ones do no harm. */
export interface TimeCame {
  readonly type: 'time';
  readonly at: Instant;
}
/**
 * All events of a hold. Facts go in as they are, every call fact may be passed. `link.lost` says that nothing is known
 * from its `at` on: after a restart of the product pass one with the instant of the last journal entry.
 */
export type HoldEvent = HoldNamed | HoldWithdrawn | HoldExtended | HoldConverted | TimeCame | LinkLost | CallFact;

/**
 * How a promise of a hold ended.
 * `kept`: a person talked to the client again by the named time. `broken`: not so, or the operator hung up on a waiting
 * client. `clientLeft`: the client hung up within the named time. `convertedToCallback`: returned in time with a
 * callback instead of the answer. `replaced` and `withdrawn`: named, but never begun. `unknown`: the line was out of
 * sight at the deciding moment. `noPromise`: the client waited and nobody named a time.
 */
export type HoldOutcome =
  | 'kept'
  | 'broken'
  | 'clientLeft'
  | 'convertedToCallback'
  | 'replaced'
  | 'withdrawn'
  | 'unknown'
  | 'noPromise';
/** What ended the waiting. `handedOver`: a transfer connected the client to another person. */
export type HoldEnding =
  | 'returned'
  | 'handedOver'
  | 'clientHungUp'
  | 'operatorHungUp'
  | 'lineLost'
  | 'notBegun'
  | 'open';

/** Why the client waits: the hold key, a consultation run by the exchange, a parking place; one or several. */
export interface WaitReasons {
  readonly heldBy: DeviceId | null;
  readonly held: boolean;
  /** Held by the exchange for a transfer: nobody pressed the hold key. */
  readonly forTransfer: boolean;
  readonly consult: boolean;
  readonly parked: boolean;
}

/** Plain JSON, with `null` for what is not known yet. */
export interface HoldContext {
  readonly callId: CallId;
  readonly promiseId: PromiseId | null;
  readonly by: OperatorId | null;
  readonly promisedMs: Milliseconds | null;
  readonly namedAt: Instant | null;
  /** The promise that this one prolongs: the line to say begins with an apology. */
  readonly prolongs: PromiseId | null;
  readonly heldAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly wait: WaitReasons;
  readonly extension: {
    readonly promiseId: PromiseId;
    readonly promisedMs: Milliseconds;
    readonly by: OperatorId;
  } | null;
  readonly callbackId: PromiseId | null;
  /** Blind transfer while waiting: from here on the client listens to ringing, not to hold. */
  readonly handedOverAt: Instant | null;
  /** Nothing was seen of the line since. */
  readonly unseenSince: Instant | null;
  readonly endedAt: Instant | null;
  /** The end lies between this and `endedAt`. */
  readonly endedNotBefore: Instant | null;
  readonly ending: HoldEnding;
}

/** One finished waiting of the client, for the call's record and all figures. */
export interface HoldRecord {
  readonly promiseId: PromiseId | null;
  readonly callId: CallId;
  readonly by: OperatorId | null;
  readonly outcome: HoldOutcome;
  readonly ending: HoldEnding;
  readonly namedAt: Instant | null;
  readonly promisedMs: Milliseconds | null;
  readonly heldAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly endedAt: Instant;
  readonly endedNotBefore: Instant | null;
  /** Hold only: ends at a blind transfer, when ringing begins. 0 when it never began. */
  readonly onHoldMs: Milliseconds;
  /** The whole waiting for a person: what the promise is measured by. */
  readonly waitedMs: Milliseconds;
  /** How far past the named time, 0 when in time. */
  readonly lateMs: Milliseconds;
  readonly prolongs: PromiseId | null;
  readonly callbackId: PromiseId | null;
  /** Over before anybody was to be asked for a time: the client was being transferred. Absent in older records. */
  readonly brief?: boolean;
}

/** What the machines want done. */
export type HoldEffect =
  | { readonly type: 'hold.started'; readonly promiseId: PromiseId; readonly heldAt: Instant; readonly dueAt: Instant }
  | {
      readonly type: 'hold.warned';
      readonly promiseId: PromiseId;
      readonly secondsLeft: 30 | 10 | 0;
      readonly dueAt: Instant;
    }
  /** The client waits and nobody named a time: ask the operator for it. */
  | { readonly type: 'hold.unpromised'; readonly heldAt: Instant; readonly during: 'hold' | 'consultation' | 'parking' }
  /** More time was asked for: first return to the line and apologise. */
  | { readonly type: 'hold.returnFirst'; readonly promiseId: PromiseId }
  | { readonly type: 'hold.ended'; readonly record: HoldRecord };
