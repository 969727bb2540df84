import { describe, expect, it } from 'vitest';
import { as, type InquiryId } from '../../machines/vocabulary/index.ts';
import { InMemory } from '../../server/inquiries/inMemory.ts';
import type { Inquiry } from '../../server/inquiries/inquiry.ts';

const inquiry = (id: string, number: string): Inquiry => ({ id: as<InquiryId>(id), number }) as Inquiry;

describe('inquiries in memory', () => {
  it('[INQ-06] are found by the number however it is written, and by nothing that it was before', () => {
    const all = new InMemory();
    all.set(inquiry('a', '+79001234567'));
    all.set(inquiry('b', '89001234567'));
    all.set(inquiry('c', '+79007654321'));
    expect(new Set(all.ofNumber('+79001234567').map(({ id }) => id))).toEqual(new Set(['a', 'b']));
    all.set(inquiry('a', '+79007654321'));
    expect(all.ofNumber('89001234567')).toMatchObject([{ id: 'b' }]);
    all.delete(as<InquiryId>('b'));
    expect(all.ofNumber('+79001234567')).toEqual([]);
    expect([...all.all()].map(({ id }) => id).toSorted()).toEqual(['a', 'c']);
  });
});
