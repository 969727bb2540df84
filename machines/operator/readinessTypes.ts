import type {
  CallFact,
  CallId,
  DeviceId,
  ExchangeFact,
  Instant,
  Milliseconds,
  OperatorId,
} from '../vocabulary/index.ts';

/** Rules of an installation or a queue's team. */
export interface ReadinessPolicy {
  /** Wrap-up ends by itself after this; `null`: only by the operator. 0: no wrap-up. */
  readonly wrapUpMs: Milliseconds | null;
  /** So many calls left ringing in a row pause the operator, who seems to be away; `null`: never. */
  readonly pauseAfterMissed: number | null;
}
export const DEFAULT_READINESS_POLICY: ReadinessPolicy = { wrapUpMs: 120_000, pauseAfterMissed: 2 };

export interface SignedIn {
  readonly type: 'operator.signedIn';
  readonly at: Instant;
  readonly device: DeviceId | null;
}
export interface SignedOut {
  readonly type: 'operator.signedOut';
  readonly at: Instant;
}
export interface DeviceChosen {
  readonly type: 'operator.deviceChosen';
  readonly at: Instant;
  readonly device: DeviceId;
}
export interface WentReady {
  readonly type: 'operator.ready';
  readonly at: Instant;
}
/** By the operator, or by a supervisor. */
export interface WentPaused {
  readonly type: 'operator.paused';
  readonly at: Instant;
  readonly reason: string;
}
/** No screen of the operator has been open for a while: nobody would see a call's script. */
export interface PanelLost {
  readonly type: 'operator.panelLost';
  readonly at: Instant;
}
export interface PanelBack {
  readonly type: 'operator.panelBack';
  readonly at: Instant;
}
/** The operator is done with the record of the call; entries written before `callId` was kept mean the one in hand. */
export interface WrapUpClosed {
  readonly type: 'operator.wrapUpClosed';
  readonly at: Instant;
  readonly callId?: CallId;
}
/** The record of a call is this operator's, though the telephone was not in its last talk: it had come back in vain. */
export interface WrapUpOwed {
  readonly type: 'operator.wrapUpOwed';
  readonly at: Instant;
  readonly callId: CallId;
}
export interface ReadinessTime {
  readonly type: 'time';
  readonly at: Instant;
}
/** Facts go in as they are; those of other telephones change nothing. */
export type ReadinessEvent =
  | SignedIn
  | SignedOut
  | DeviceChosen
  | WentReady
  | WentPaused
  | PanelLost
  | PanelBack
  | WrapUpClosed
  | WrapUpOwed
  | ReadinessTime
  | CallFact
  | ExchangeFact;

/** What the operator's telephone does with one call. `dialling`: the operator called out, nobody answered yet. */
export type CallAtDevice = 'ringing' | 'dialling' | 'talking';

/** Plain JSON. */
export interface ReadinessContext {
  readonly operatorId: OperatorId;
  readonly device: DeviceId | null;
  readonly policy: ReadinessPolicy;
  readonly calls: Readonly<Record<CallId, CallAtDevice>>;
  readonly pauseReason: string;
  /** Calls left ringing in a row. */
  readonly missed: number;
  /** `earlier`: calls that ended before another talk came in between, the newest last; they are written up after it. */
  readonly wrapUp: {
    readonly callId: CallId;
    readonly startedAt: Instant;
    readonly until: Instant | null;
    readonly earlier?: readonly CallId[];
  } | null;
  /** Since when the telephone is out of reach by its own state. */
  readonly deviceLostAt: Instant | null;
  /** Since when no screen of this person is open; of a state stored before there was such a thing it is not there. */
  readonly panelLostAt?: Instant | null;
  /** What the exchange was told last, so that it is told once. */
  readonly told: { readonly paused: boolean; readonly reason: string; readonly device: DeviceId } | null;
  /** Reasons given with the last pauses: their echoes come late, after other words, and are not news. */
  readonly saidReasons: readonly string[];
  /** Since when the shown state holds. */
  readonly since: Instant;
}

export type ReadinessEffect =
  /** Tell the exchange: queues do or do not ring this telephone. `reason` comes back in `queue.memberPaused`. */
  | {
      readonly type: 'operator.pauseMember';
      readonly device: DeviceId;
      readonly paused: boolean;
      readonly reason: string;
    }
  | { readonly type: 'operator.missedCalls'; readonly operatorId: OperatorId; readonly missed: number }
  | { readonly type: 'operator.panelLost'; readonly operatorId: OperatorId }
  | { readonly type: 'operator.deviceLost'; readonly operatorId: OperatorId; readonly device: DeviceId }
  | { readonly type: 'operator.wrapUpEnded'; readonly operatorId: OperatorId; readonly callId: CallId };

/** What is wrong with an operator who should take calls; the codes are those of the effects that told of it. */
export interface ReadinessTrouble {
  readonly code: 'missedCalls' | 'panelLost' | 'deviceLost';
  readonly since: Instant;
}

/** Reasons of pauses that the machine itself sets; screens turn them into words. */
export const PAUSE_REASONS = {
  notReadyYet: 'notReadyYet',
  missedCalls: 'missedCalls',
  panelLost: 'panelLost',
  wrapUp: 'wrapUp',
  offline: 'offline',
};
