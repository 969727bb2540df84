import type { CallFact, CallId, DeviceId, Instant, OperatorId, Target } from '../vocabulary/index.ts';

/** One completed transfer, as it is shown in the history of an inquiry. */
export interface CountedTransfer {
  readonly at: Instant;
  readonly callId: CallId;
  readonly kind: 'blind' | 'attended';
  readonly fromDevice: DeviceId;
  readonly target: Target;
}
/** A supervisor allowed one transfer more, with a reason (on record). */
export interface TransferAllowance {
  readonly at: Instant;
  readonly by: OperatorId;
  readonly reason: string;
}
/** The transfers of one inquiry over all its calls (3.5.1). Plain JSON. */
export interface TransferTally {
  readonly transfers: readonly CountedTransfer[];
  readonly allowances: readonly TransferAllowance[];
  /** What the exchange's gate refused: shown to the supervisor, not counted. */
  readonly refusals: readonly { readonly at: Instant; readonly callId: CallId; readonly target: Target }[];
}

/** More transfers than allowed took place: attended ones are reported by the exchange only afterwards. */
export interface TransferViolation {
  readonly type: 'transfer.limitExceeded';
  readonly at: Instant;
  readonly callId: CallId;
  readonly kind: 'blind' | 'attended';
  readonly count: number;
  readonly limit: number;
  readonly extra: number;
}

export const emptyTally: TransferTally = { transfers: [], allowances: [], refusals: [] };

/** What is offered in place of a transfer, in this order. */
export const INSTEAD_OF_TRANSFER = ['callback', 'otherChannel', 'supervisor'] as const;
export type InsteadOfTransfer = (typeof INSTEAD_OF_TRANSFER)[number];

export interface TransferCount {
  readonly count: number;
  readonly limit: number;
  readonly extra: number;
}
export type MayTransfer =
  | { readonly ok: true; readonly left: number }
  | { readonly ok: false; readonly reason: 'transfer.limit'; readonly alternatives: readonly InsteadOfTransfer[] };

export const mayTransfer = ({ count, limit, extra }: TransferCount): MayTransfer => {
  const left = limit + extra - count;
  return left > 0 ? { ok: true, left } : { ok: false, reason: 'transfer.limit', alternatives: INSTEAD_OF_TRANSFER };
};

export const countOf = (tally: TransferTally, limit: number): TransferCount => ({
  count: tally.transfers.length,
  limit,
  extra: tally.allowances.length,
});

/** For the panel: `перевод 1 из 2`. */
export const transferCountView = (
  tally: TransferTally,
  limit: number,
): TransferCount & { readonly atLimit: boolean } => {
  const count = countOf(tally, limit);
  return { ...count, atLimit: !mayTransfer(count).ok };
};

type TransferFact = Extract<CallFact, { type: 'call.transferred' | 'call.transferRefused' }>;
const isKnown = (tally: TransferTally, fact: TransferFact): boolean =>
  (fact.type === 'call.transferred' ? tally.transfers : tally.refusals).some(
    (one) => one.at === fact.at && one.callId === fact.callId && one.target.number === fact.target.number,
  );

/**
 * One fact of a call of this inquiry. Only a completed transfer counts: a consultation that returns is none, nor is a
 * refused transfer. The same fact twice counts once, so a replay over a snapshot does no harm.
 */
export const countFact = (
  tally: TransferTally,
  fact: CallFact,
  limit: number,
): { readonly tally: TransferTally; readonly violation?: TransferViolation } => {
  if (fact.type !== 'call.transferred' && fact.type !== 'call.transferRefused') return { tally };
  if (isKnown(tally, fact)) return { tally };
  if (fact.type === 'call.transferRefused') {
    const refusal = { at: fact.at, callId: fact.callId, target: fact.target };
    return { tally: { ...tally, refusals: [...tally.refusals, refusal] } };
  }
  const { at, callId, kind, fromDevice, target } = fact;
  const next: TransferTally = { ...tally, transfers: [...tally.transfers, { at, callId, kind, fromDevice, target }] };
  const count = countOf(next, limit);
  if (count.count <= limit + count.extra) return { tally: next };
  return { tally: next, violation: { type: 'transfer.limitExceeded', at, callId, kind, ...count } };
};

/** In order of time; what both have is there once. */
const joined = <Item extends { readonly at: Instant }>(one: readonly Item[], other: readonly Item[]): readonly Item[] =>
  [...new Map([...one, ...other].map((item) => [JSON.stringify(item), item])).values()].sort((a, b) => a.at - b.at);

export const allowOneMore = (tally: TransferTally, allowance: TransferAllowance): TransferTally => ({
  ...tally,
  allowances: joined(tally.allowances, [allowance]),
});

/** Two inquiries become one when the operator links a repeat caller: what was counted in both is counted. */
export const joinTallies = (one: TransferTally, other: TransferTally): TransferTally => ({
  transfers: joined(one.transfers, other.transfers),
  allowances: joined(one.allowances, other.allowances),
  refusals: joined(one.refusals, other.refusals),
});
