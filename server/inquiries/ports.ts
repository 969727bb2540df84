import type { TransferViolation } from '../../machines/transfers/index.ts';
import type {
  CallFact,
  CallId,
  Clock,
  InquiryId,
  Instant,
  OperatorId,
  PromiseId,
} from '../../machines/vocabulary/index.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Collection } from '../storage/port.ts';
import type { Inquiry } from './inquiry.ts';
import type { LookBackSetup } from './lookBack.ts';

/** An open promise to call back, as far as its inquiry asks. */
export interface OpenCallback {
  readonly inquiryId: InquiryId;
  readonly clientName: string;
  /** The call that keeps it, under way or awaiting the word that it was the client. */
  readonly line: { readonly callId: CallId | null } | null;
}

/** What the room of inquiries needs of the others. */
export interface InquiryRoomSetup {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly limit: number;
  readonly collection: Collection<Inquiry>;
  /** The open promise that an outgoing call keeps, with its inquiry. */
  callbackOf(promiseId: PromiseId): OpenCallback | undefined;
  /** Asked once after a restart: a crash may have lost the word that a call was closed. */
  isLiveCall(callId: CallId): boolean;
  /** Whose panels show this call. */
  watchersOf(callId: CallId): readonly OperatorId[];
  earlierCalls: LookBackSetup['earlierCalls'];
  onViolation(inquiryId: InquiryId, violation: TransferViolation): void;
  /** The exchange let a transfer through no more: the client is on the way back. */
  onRefused(inquiryId: InquiryId, fact: Extract<CallFact, { type: 'call.transferRefused' }>): void;
  /** The count changed: the exchange's own gate is told. */
  onCount(callIds: readonly CallId[], count: number, limit: number): void;
  /** A live call goes on as part of another inquiry. */
  moveCall(callId: CallId, inquiryId: InquiryId, at: Instant): void;
  /** So does an open promise. */
  moveCallback(promiseId: PromiseId, inquiryId: InquiryId, at: Instant): void;
  /** And what history has of it: calls and promises that were written under `from` meanwhile. */
  moveClosed(inquiry: Inquiry, from: InquiryId): Promise<void>;
  onStorageFault(fault: unknown): void;
}
