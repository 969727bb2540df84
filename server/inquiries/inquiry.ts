import type { TransferAllowance, TransferTally } from '../../machines/transfers/index.ts';
import type {
  CallFact,
  CallId,
  Direction,
  InquiryId,
  Instant,
  OperatorId,
  PromiseId,
} from '../../machines/vocabulary/index.ts';

/** What the operator learned of the client and the question; names of the script format's `fills`. */
export type Learned = Readonly<Partial<Record<'name' | 'topic' | 'situation' | 'profile' | 'question', string>>>;
export interface InquiryCallEntry {
  readonly callId: CallId;
  readonly at: Instant;
  readonly direction: Direction;
}

/** One question of one client over all its calls, transfers and callbacks (обращение). JSON. */
export interface Inquiry {
  readonly id: InquiryId;
  readonly number: string;
  readonly openedAt: Instant;
  readonly learned: Learned;
  readonly calls: readonly InquiryCallEntry[];
  /** Calls of it that go on now; it stays in memory while there are any. */
  readonly live: readonly CallId[];
  readonly tally: TransferTally;
  readonly callbacks: readonly PromiseId[];
  readonly closed: { readonly at: Instant; readonly satisfied: boolean; readonly by: OperatorId | null } | null;
  /** The operator found that it is the same question as this one. */
  readonly mergedInto: InquiryId | null;
  /** While what people linked to it can still be taken out again; the fields above are of all of it together. */
  readonly linked?: {
    /** What it is without them, and has become since. */
    readonly own: Inquiry;
    readonly parts: readonly LinkedPart[];
  };
  /** It was linked to these by mistake. */
  readonly apart?: readonly InquiryId[];
}
/** An inquiry that a person linked to another, for as long as the call in which that was done is not written up. */
export interface LinkedPart {
  readonly callId: CallId;
  readonly at: Instant;
  /** The one it was linked to: `own`, or another part. */
  readonly into: InquiryId;
  /** What it was, and has become since; nothing is linked to it but by parts of its own. */
  readonly was: Inquiry;
}

/** The call in which it came about, where there is one: it goes with that call when a link is undone. */
interface InCall {
  readonly callId?: CallId;
}
/** Entries of an inquiry's stream. */
export type InquiryEntry =
  | {
      readonly kind: 'call';
      /** `callbackId`: the promise that it keeps. */
      readonly body: InquiryCallEntry & { readonly number: string; readonly callbackId?: PromiseId };
    }
  | { readonly kind: 'callEnded'; readonly body: { readonly callId: CallId } }
  | {
      readonly kind: 'transfer';
      readonly body: Extract<CallFact, { type: 'call.transferred' | 'call.transferRefused' }>;
    }
  | { readonly kind: 'allowance'; readonly body: TransferAllowance & InCall }
  | { readonly kind: 'learned'; readonly body: Learned & InCall }
  /** It stays out where something is known already. */
  | { readonly kind: 'learnedMissing'; readonly body: Learned & InCall }
  | { readonly kind: 'callback'; readonly body: { readonly promiseId: PromiseId } & InCall }
  /** It was in the collection alone and a call or a person continues it: its state, so that a replay has it too. */
  | { readonly kind: 'restored'; readonly body: Inquiry }
  /** What another inquiry had, when the two turn out to be one. */
  | { readonly kind: 'absorbed'; readonly body: Inquiry & InCall }
  /** The same found by a person in this call, which can be undone. */
  | { readonly kind: 'linked'; readonly body: { readonly callId: CallId; readonly other: Inquiry } }
  /** It was a mistake: what was linked under this name is out again. */
  | { readonly kind: 'unlinked'; readonly body: { readonly inquiryId: InquiryId } }
  | { readonly kind: 'merged'; readonly body: { readonly into: InquiryId } }
  | {
      readonly kind: 'closed';
      readonly body: { readonly satisfied: boolean; readonly by: OperatorId | null } & InCall;
    };

const BEGINNINGS: ReadonlySet<InquiryEntry['kind']> = new Set(['call', 'restored', 'absorbed']);
/** An inquiry that is not in memory is begun or brought back by these alone: others would make an empty one of it. */
export const begins = ({ kind }: InquiryEntry): boolean => BEGINNINGS.has(kind);

/** Calls of the client about the same question after the first (3.1.4). Our own calls to him are none. */
export const repeatCallsOf = (inquiry: Inquiry): number =>
  Math.max(0, inquiry.calls.filter(({ direction }) => direction !== 'outbound').length - 1);

/** Which call of the inquiry this is, from 1; calls of the staff among themselves do not count. */
export const callNumberOf = (inquiry: Inquiry, callId: CallId): number =>
  Math.max(1, inquiry.calls.findIndex((call) => call.callId === callId) + 1);
