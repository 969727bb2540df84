import {
  countFact,
  allowOneMore,
  emptyTally,
  joinTallies,
  type TransferAllowance,
  type TransferTally,
  type TransferViolation,
} from '../../machines/transfers/index.ts';
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
}

/** Entries of an inquiry's stream. */
export type InquiryEntry =
  | { readonly kind: 'call'; readonly body: InquiryCallEntry & { readonly number: string } }
  | { readonly kind: 'callEnded'; readonly body: { readonly callId: CallId } }
  | {
      readonly kind: 'transfer';
      readonly body: Extract<CallFact, { type: 'call.transferred' | 'call.transferRefused' }>;
    }
  | { readonly kind: 'allowance'; readonly body: TransferAllowance }
  | { readonly kind: 'learned'; readonly body: Learned }
  | { readonly kind: 'callback'; readonly body: { readonly promiseId: PromiseId } }
  /** It was in the collection alone and a call or a person continues it: its state, so that a replay has it too. */
  | { readonly kind: 'restored'; readonly body: Inquiry }
  /** What another inquiry had, when the two turn out to be one. */
  | { readonly kind: 'absorbed'; readonly body: Inquiry }
  | { readonly kind: 'merged'; readonly body: { readonly into: InquiryId } }
  | { readonly kind: 'closed'; readonly body: { readonly satisfied: boolean; readonly by: OperatorId | null } };

export interface AppliedInquiry {
  readonly inquiry: Inquiry;
  readonly violation?: TransferViolation;
}

const opened = (id: InquiryId, at: Instant): Inquiry => ({
  id,
  number: '',
  openedAt: at,
  learned: {},
  calls: [],
  live: [],
  tally: emptyTally,
  callbacks: [],
  closed: null,
  mergedInto: null,
});
const withCall = (calls: readonly InquiryCallEntry[], call: InquiryCallEntry): readonly InquiryCallEntry[] =>
  calls.some((each) => each.callId === call.callId) ? calls : [...calls, call];
/** Where a client called, calls of the staff among themselves (a consultation) are none of his. */
const ofClient = (calls: readonly InquiryCallEntry[]): readonly InquiryCallEntry[] => {
  const clients = calls.filter(({ direction }) => direction !== 'internal');
  return clients.length > 0 ? clients : calls;
};
const union = <T>(one: readonly T[], other: readonly T[]): readonly T[] => [...new Set([...one, ...other])];

const BEGINNINGS: ReadonlySet<InquiryEntry['kind']> = new Set(['call', 'restored', 'absorbed']);
/** An inquiry that is not in memory is begun or brought back by these alone: others would make an empty one of it. */
export const begins = ({ kind }: InquiryEntry): boolean => BEGINNINGS.has(kind);

/** Applies one entry; repeating an entry changes nothing. A new call reopens a closed inquiry. */
export function applyInquiry(
  before: Inquiry | undefined,
  id: InquiryId,
  entry: InquiryEntry,
  at: Instant,
  limit: number,
): AppliedInquiry {
  const inquiry = before ?? opened(id, at);
  switch (entry.kind) {
    case 'call': {
      const { number, ...call } = entry.body;
      const calls = withCall(inquiry.calls, call);
      const live = union(inquiry.live, [call.callId]);
      return { inquiry: { ...inquiry, number: inquiry.number || number, calls, live, closed: null } };
    }
    case 'callEnded':
      return { inquiry: { ...inquiry, live: inquiry.live.filter((callId) => callId !== entry.body.callId) } };
    case 'transfer': {
      const { tally, violation } = countFact(inquiry.tally, entry.body, limit);
      return { inquiry: { ...inquiry, tally }, ...(violation ? { violation } : {}) };
    }
    case 'allowance':
      return { inquiry: { ...inquiry, tally: allowOneMore(inquiry.tally, entry.body) } };
    case 'learned':
      return { inquiry: { ...inquiry, learned: { ...inquiry.learned, ...entry.body } } };
    case 'callback':
      return { inquiry: { ...inquiry, callbacks: union(inquiry.callbacks, [entry.body.promiseId]) } };
    case 'restored':
      return { inquiry: entry.body };
    case 'absorbed':
      return { inquiry: absorb(inquiry, entry.body) };
    case 'merged':
      return { inquiry: { ...inquiry, live: [], mergedInto: entry.body.into } };
    case 'closed':
      return { inquiry: { ...inquiry, closed: { at, ...entry.body } } };
  }
}

function absorb(into: Inquiry, other: Inquiry): Inquiry {
  // What storage had of the same inquiry was before what memory has.
  const [first, second] = other.id === into.id ? [other, into] : [into, other];
  return {
    ...into,
    openedAt: Math.min(into.openedAt, other.openedAt),
    number: into.number || other.number,
    // What was learned last is what is true now.
    learned:
      other.openedAt > into.openedAt ? { ...into.learned, ...other.learned } : { ...other.learned, ...into.learned },
    calls: ofClient(second.calls.reduce(withCall, first.calls)).toSorted((a, b) => a.at - b.at),
    live: union(into.live, other.live),
    tally: joinTallies(into.tally, other.tally),
    callbacks: union(into.callbacks, other.callbacks),
    closed: null,
  };
}

/** Calls of the client about the same question after the first (3.1.4). Our own calls to him are none. */
export const repeatCallsOf = (inquiry: Inquiry): number =>
  Math.max(0, inquiry.calls.filter(({ direction }) => direction !== 'outbound').length - 1);

/** Which call of the inquiry this is, from 1; calls of the staff among themselves do not count. */
export const callNumberOf = (inquiry: Inquiry, callId: CallId): number =>
  Math.max(1, inquiry.calls.findIndex((call) => call.callId === callId) + 1);
