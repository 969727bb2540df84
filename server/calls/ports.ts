import type { CallEvent } from '../../machines/call/index.ts';
import type { Known } from '../../machines/script/index.ts';
import type {
  CallFact,
  CallId,
  ClientKind,
  DeviceId,
  Direction,
  InquiryId,
  Instant,
  Language,
  OperatorId,
  PromiseId,
  ScriptId,
} from '../../machines/vocabulary/index.ts';
import type { EarlierContact, InquiryView, TransferCountView } from '../contract/index.ts';
import type { LiveCall, ScriptWorld } from './liveCall.ts';

/** What the room of live calls needs of the others. Each is declared here and kept by another room. */

/** Who sits where (`server/people`). */
export interface Seats {
  operatorAt(device: DeviceId): OperatorId | undefined;
  /** A fact of a call at this operator's telephone; live and at replay. */
  onCallEvent(operatorId: OperatorId, event: CallEvent, mode: 'live' | 'replay'): void;
  /** The record of this call is closed: after-call work is over. */
  wrapUpClosed(operatorId: OperatorId, callId: CallId, at: Instant): void;
  /** This operator is the one to write the call up, if it is not known there already. */
  wrapUpOwed(operatorId: OperatorId, callId: CallId, at: Instant): void;
}

/** Inquiries (`server/inquiries`): records its own entries through the ledger. */
export interface InquiryBook {
  /** Opens one, or continues the one of the callback or of the earlier part of this conversation. */
  begin(request: { callId: CallId; direction: Direction; number: string; at: Instant; callbackId?: PromiseId }): {
    readonly inquiryId: InquiryId;
    readonly callNumber: number;
    readonly callbackId: PromiseId | null;
    /** To whom the promise was made. */
    readonly calledName?: string;
  };
  /** A completed transfer counts against the limit, by whatever means it was made. */
  transferred(
    inquiryId: InquiryId,
    fact: Extract<CallFact, { type: 'call.transferred' | 'call.transferRefused' }>,
  ): void;
  /** Found in this call. */
  merged(inquiryId: InquiryId, absorbed: InquiryId, at: Instant, callId: CallId): void;
  transfers(inquiryId: InquiryId): TransferCountView;
  /** What an answer in the script taught: name, topic, situation, profile, question. */
  learn(inquiryId: InquiryId, learned: Readonly<Record<string, string>>, at: Instant, callId: CallId): void;
  /** The call and its wrap-up are over. Satisfied or not closes the inquiry, unless a callback is still promised. */
  callClosed(
    inquiryId: InquiryId,
    callId: CallId,
    result: { readonly satisfied: boolean | null; readonly by: OperatorId | null },
    at: Instant,
  ): void;
  view(inquiryId: InquiryId, callId: CallId): InquiryView;
  earlier(inquiryId: InquiryId, callId: CallId): readonly EarlierContact[];
  known(inquiryId: InquiryId): {
    readonly name?: string;
    readonly inquiry: Known['inquiry'];
    readonly earlierCalls: number;
  };
}

/** Published scripts (`server/scripts`). */
export interface ScriptCatalogue extends ScriptWorld {
  /** The script for a call, by its own `appliesTo`. */
  choose(
    live: LiveCall,
    at: Instant,
  ): { readonly scriptId: ScriptId; readonly version: number; readonly language: Language } | undefined;
  current(scriptId: ScriptId): number | undefined;
}

/** Whether a number or a device belongs to a colleague (`server/knowledge`, staff directory). */
export interface Colleagues {
  kindOf(direction: Direction, number: string): ClientKind;
}

/** Deadlines of one owner: set anew each time its state changes. */
export interface DeadlineBook {
  arm(stream: string, due: readonly { readonly key: string; readonly at: Instant }[]): void;
}

/** Where a finished call goes for search and reports (`server/reports`). */
export interface CallArchive {
  finished(live: LiveCall): void;
  /** A closed call that the history does not have yet. */
  pending(callId: string): LiveCall | undefined;
}

/** What the rest of the product hears of a call, after the state has changed. Live mode only. */
export interface CallListener {
  onEffects(live: LiveCall, effects: ReturnType<LiveCall['apply']>, at: Instant): void;
  onClosed(live: LiveCall, at: Instant): void;
}
