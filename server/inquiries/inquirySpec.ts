import { z } from 'zod';
import type { CollectionSpec } from '../storage/port.ts';
import { repeatCallsOf, type Inquiry } from './inquiry.ts';

const loose = z.looseObject({
  id: z.string(),
  number: z.string(),
  openedAt: z.number(),
  calls: z.array(z.looseObject({})),
});

/** Inquiries at rest: found by number, topic and time. */
export const inquirySpec: CollectionSpec<Inquiry> = {
  name: 'inquiries',
  version: 1,
  columns: {
    number: { type: 'text', of: (inquiry) => inquiry.number },
    openedAt: { type: 'instant', of: (inquiry) => inquiry.openedAt },
    lastCallAt: { type: 'instant', of: (inquiry) => inquiry.calls.at(-1)?.at ?? inquiry.openedAt },
    topic: { type: 'text', of: (inquiry) => inquiry.learned.topic ?? null },
    open: { type: 'boolean', of: (inquiry) => inquiry.closed === null && inquiry.mergedInto === null },
    satisfied: { type: 'boolean', of: (inquiry) => inquiry.closed?.satisfied ?? null },
    callCount: { type: 'integer', of: (inquiry) => inquiry.calls.length },
    repeatCalls: { type: 'integer', of: repeatCallsOf },
    transferCount: { type: 'integer', of: (inquiry) => inquiry.tally.transfers.length },
  },
  indexes: [{ columns: ['number', 'lastCallAt'] }, { columns: ['openedAt'] }, { columns: ['topic', 'openedAt'] }],
  check: (document) => loose.parse(document) as unknown as Inquiry,
};
