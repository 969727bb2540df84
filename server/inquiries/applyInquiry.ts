import { allowOneMore, countFact, emptyTally, type TransferViolation } from '../../machines/transfers/index.ts';
import type { InquiryId, Instant } from '../../machines/vocabulary/index.ts';
import { union, withCall } from './absorb.ts';
import type { Inquiry, InquiryEntry } from './inquiry.ts';
import { inItsPart, link, settle, take, takeOut, withoutLinks } from './links.ts';

export interface AppliedInquiry {
  readonly inquiry: Inquiry;
  readonly violation?: TransferViolation;
}
/** Entries about two inquiries, or the whole of one. */
type OfWhole = Extract<InquiryEntry, { kind: 'restored' | 'absorbed' | 'linked' | 'unlinked' | 'merged' }>;

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
    case 'restored':
      return { inquiry: entry.body };
    case 'absorbed':
      return { inquiry: take(inquiry, entry.body, entry.body.callId) };
    case 'linked':
      return { inquiry: link(inquiry, entry.body.other, entry.body.callId, at) };
    case 'unlinked':
      return { inquiry: takeOut(inquiry, entry.body.inquiryId)?.kept ?? inquiry };
    case 'merged':
      return { inquiry: { ...withoutLinks(inquiry), live: [], mergedInto: entry.body.into } };
    default: {
      const applied = applyToOne(inquiry, entry, at, limit);
      const all = inItsPart(applied.inquiry, entry.body, (part) => applyToOne(part, entry, at, limit).inquiry);
      return { ...applied, inquiry: entry.kind === 'callEnded' ? settle(all, entry.body.callId) : all };
    }
  }
}

function applyToOne(
  inquiry: Inquiry,
  entry: Exclude<InquiryEntry, OfWhole>,
  at: Instant,
  limit: number,
): AppliedInquiry {
  switch (entry.kind) {
    case 'call': {
      const { number, callbackId: _, ...call } = entry.body;
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
    case 'allowance': {
      const { callId: _, ...allowance } = entry.body;
      return { inquiry: { ...inquiry, tally: allowOneMore(inquiry.tally, allowance) } };
    }
    case 'learned': {
      const { callId: _, ...learned } = entry.body;
      return { inquiry: { ...inquiry, learned: { ...inquiry.learned, ...learned } } };
    }
    case 'learnedMissing': {
      const { callId: _, ...learned } = entry.body;
      const known = Object.entries(inquiry.learned).filter(([, text]) => text !== '');
      return { inquiry: { ...inquiry, learned: { ...inquiry.learned, ...learned, ...Object.fromEntries(known) } } };
    }
    case 'callback':
      return { inquiry: { ...inquiry, callbacks: union(inquiry.callbacks, [entry.body.promiseId]) } };
    case 'closed': {
      const { callId: _, ...closed } = entry.body;
      return { inquiry: { ...inquiry, closed: { at, ...closed } } };
    }
  }
}
