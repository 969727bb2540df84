import type { CallId, DeviceId, ExchangeId, Linkedid, QueueName } from './ids.ts';
import type { Instant, Milliseconds } from './time.ts';

/**
 * Facts: what happened on the line, in the past tense, told by the exchange and believed by everything else.
 * They are plain JSON, kept raw in the journal, so that any figure can be recomputed from them.
 * The room `server/telephony` makes them from AMI events of Asterisk 18 to 22; nothing else may.
 * A fact names a device, never a person: who sat at the device then is known to `server/people`.
 */
interface FactBase {
  /** When the exchange said it (server clock at the arrival of the event's last byte). */
  readonly at: Instant;
  readonly exchangeId: ExchangeId;
}
interface CallFactBase extends FactBase {
  readonly callId: CallId;
}

export type Direction = 'inbound' | 'outbound' | 'internal';
export type EndedBy = 'client' | 'operator' | 'exchange' | 'unknown';
export type DeviceState = 'free' | 'inUse' | 'busy' | 'ringing' | 'onHold' | 'unavailable' | 'unknown';

/** The outside party, or in an internal call the colleague who called. */
export interface Party {
  /** As the exchange gave it: digits, perhaps with a leading `+`; empty when withheld. */
  readonly number: string;
  /** Caller name in UTF-8, empty when none. Text of a stranger: never markup, never trusted. */
  readonly name: string;
}

/** What a transfer, consultation or dialled call was aimed at. `device` is set when the target is known as one. */
export interface Target {
  readonly number: string;
  readonly device?: DeviceId;
}

/** A conversation begins: its first channel is up or dialling. `dialled` is the number or extension called. */
export interface CallStarted extends CallFactBase {
  readonly type: 'call.started';
  readonly direction: Direction;
  readonly linkedid: Linkedid;
  readonly client: Party;
  readonly dialled: string;
  /** Outbound and internal calls: the telephone that dialled. */
  readonly device?: DeviceId;
  /** Outbound by our command: the token that the command put in, so that a callback finds its call. */
  readonly originateToken?: string;
}
export interface QueueEntered extends CallFactBase {
  readonly type: 'call.queueEntered';
  readonly queue: QueueName;
  readonly position: number;
}
export interface QueueLeft extends CallFactBase {
  readonly type: 'call.queueLeft';
  readonly queue: QueueName;
  readonly reason: 'answered' | 'abandoned' | 'other';
  readonly queueWaitMs: Milliseconds;
}
/** A telephone rings with this call. */
export interface Offered extends CallFactBase {
  readonly type: 'call.offered';
  readonly device: DeviceId;
  readonly queue?: QueueName;
}
/** It stopped ringing unanswered (ring no answer and its kin). */
export interface OfferEnded extends CallFactBase {
  readonly type: 'call.offerEnded';
  readonly device: DeviceId;
  readonly reason: 'noAnswer' | 'busy' | 'rejected' | 'answeredElsewhere' | 'cancelled';
}
/** The telephone and the client (or colleague) talk. For an outbound call: the client answered. */
export interface Answered extends CallFactBase {
  readonly type: 'call.answered';
  readonly device: DeviceId;
}
/** A party pressed hold. Held by the operator is what a hold promise is about. */
export interface Held extends CallFactBase {
  readonly type: 'call.held';
  readonly by: 'operator' | 'client';
  readonly device?: DeviceId;
  /** Nobody pressed hold: the exchange holds, while a transfer is keyed in or until its own consultation is dialled. */
  readonly forTransfer?: true;
}
export interface Resumed extends CallFactBase {
  readonly type: 'call.resumed';
  readonly by: 'operator' | 'client';
  readonly device?: DeviceId;
}
/** The operator calls a third party while the client waits. No transfer yet. */
export interface ConsultStarted extends CallFactBase {
  readonly type: 'call.consultStarted';
  readonly device: DeviceId;
  readonly target: Target;
}
export interface ConsultEnded extends CallFactBase {
  readonly type: 'call.consultEnded';
  readonly device: DeviceId;
  readonly outcome: 'returned' | 'failed' | 'transferred';
}
/** A completed transfer to other staff: the only thing that the limit of 3.5.1 counts. */
export interface Transferred extends CallFactBase {
  readonly type: 'call.transferred';
  readonly kind: 'blind' | 'attended';
  readonly fromDevice: DeviceId;
  readonly target: Target;
}
/** The exchange's transfer gate refused a transfer beyond the limit; the client went back to `fromDevice`. */
export interface TransferRefused extends CallFactBase {
  readonly type: 'call.transferRefused';
  readonly fromDevice: DeviceId;
  readonly target: Target;
  /** Transfers counted by the gate when it refused. */
  readonly count: number;
}
/** A telephone left the conversation while it goes on (after a transfer, or the client waits). */
export interface OperatorLeft extends CallFactBase {
  readonly type: 'call.operatorLeft';
  readonly device: DeviceId;
}
export interface Parked extends CallFactBase {
  readonly type: 'call.parked';
  readonly space: string;
}
export interface Unparked extends CallFactBase {
  readonly type: 'call.unparked';
  readonly device?: DeviceId;
}
/** Two conversations became one (an attended transfer completes): `absorbed` lives on in `callId`. */
export interface Merged extends CallFactBase {
  readonly type: 'call.merged';
  readonly absorbed: CallId;
}
/** The conversation is over. `cause` is the Q.850 code of the client's channel, 0 when unknown. */
export interface Ended extends CallFactBase {
  readonly type: 'call.ended';
  readonly by: EndedBy;
  readonly cause: number;
  readonly causeText: string;
  /** Found ended after a lost link: it ended somewhere between this instant and `at`. */
  readonly notBefore?: Instant;
}
/** A supervisor's telephone began to listen to `device`, or stopped. */
export interface Listening extends CallFactBase {
  readonly type: 'call.listening';
  readonly phase: 'started' | 'stopped';
  readonly mode: 'listen' | 'whisper' | 'join';
  readonly supervisorDevice: DeviceId;
  readonly device: DeviceId;
}
export interface Recorded extends CallFactBase {
  readonly type: 'call.recorded';
  /** File name as MixMonitor gave it. */
  readonly file: string;
}
export interface SurveyAnswered extends CallFactBase {
  readonly type: 'call.surveyAnswered';
  readonly question: string;
  readonly digit: string;
}
/** `consulting`: talks to a colleague, or calls one, while the client waits. */
export type ConfirmedState = 'ringing' | 'talking' | 'onHold' | 'consulting';
/** After a lost link the exchange said that this call is still there, with these telephones in it. */
export interface Confirmed extends CallFactBase {
  readonly type: 'call.confirmed';
  readonly devices: readonly { readonly device: DeviceId; readonly state: ConfirmedState }[];
}

export interface DeviceStateChanged extends FactBase {
  readonly type: 'device.stateChanged';
  readonly device: DeviceId;
  readonly state: DeviceState;
}
export interface MemberPaused extends FactBase {
  readonly type: 'queue.memberPaused';
  readonly queue: QueueName;
  readonly device: DeviceId;
  readonly paused: boolean;
  readonly reason: string;
}
export interface MemberChanged extends FactBase {
  readonly type: 'queue.memberChanged';
  readonly queue: QueueName;
  readonly device: DeviceId;
  readonly present: boolean;
}
/** Asterisk's own figures of a queue, for comparison with ours. */
export interface QueueFigures extends FactBase {
  readonly type: 'queue.figures';
  readonly queue: QueueName;
  readonly waiting: number;
  readonly completed: number;
  readonly abandoned: number;
  readonly holdTimeMs: Milliseconds;
  readonly talkTimeMs: Milliseconds;
  readonly serviceLevelMs: Milliseconds;
  readonly serviceLevelPercent: number;
}
/** The link to the exchange is gone: nothing below is known from here on until `link.restored`. */
export interface LinkLost extends FactBase {
  readonly type: 'link.lost';
  readonly reason: string;
}
/** The link is back and the resync is complete: every call was confirmed or ended before this fact. */
export interface LinkRestored extends FactBase {
  readonly type: 'link.restored';
  /** The exchange itself was restarted meanwhile. */
  readonly exchangeRestarted: boolean;
}

export type CallFact =
  | CallStarted
  | QueueEntered
  | QueueLeft
  | Offered
  | OfferEnded
  | Answered
  | Held
  | Resumed
  | ConsultStarted
  | ConsultEnded
  | Transferred
  | TransferRefused
  | OperatorLeft
  | Parked
  | Unparked
  | Merged
  | Ended
  | Listening
  | Recorded
  | SurveyAnswered
  | Confirmed;
export type ExchangeFact = DeviceStateChanged | MemberPaused | MemberChanged | QueueFigures | LinkLost | LinkRestored;
export type Fact = CallFact | ExchangeFact;
export type FactType = Fact['type'];

export const isCallFact = (fact: Fact): fact is CallFact => 'callId' in fact;
