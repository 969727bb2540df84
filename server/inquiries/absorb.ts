import { joinTallies } from '../../machines/transfers/index.ts';
import type { Inquiry, InquiryCallEntry } from './inquiry.ts';

export const withCall = (calls: readonly InquiryCallEntry[], call: InquiryCallEntry): readonly InquiryCallEntry[] =>
  calls.some((each) => each.callId === call.callId) ? calls : [...calls, call];
/** Where a client called, calls of the staff among themselves (a consultation) are none of his. */
const ofClient = (calls: readonly InquiryCallEntry[]): readonly InquiryCallEntry[] => {
  const clients = calls.filter(({ direction }) => direction !== 'internal');
  return clients.length > 0 ? clients : calls;
};
export const union = <T>(one: readonly T[], other: readonly T[]): readonly T[] => [...new Set([...one, ...other])];

/** One question of the two. */
export function absorb(into: Inquiry, other: Inquiry): Inquiry {
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
