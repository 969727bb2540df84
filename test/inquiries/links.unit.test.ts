import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { as, type CallId, type InquiryId, type OperatorId, type PromiseId } from '../../machines/vocabulary/index.ts';
import { applyInquiry } from '../../server/inquiries/applyInquiry.ts';
import type { Inquiry, InquiryEntry } from '../../server/inquiries/inquiry.ts';
import { Linking } from '../../server/inquiries/linking.ts';
import { linkOf, withoutLinks } from '../../server/inquiries/links.ts';

const LIMIT = 2;
const COUNT = 4;
const id = (index: number): InquiryId => as<InquiryId>(`q-${index}`);
const call = (index: number): CallId => as<CallId>(`c-${index}`);
const by = as<OperatorId>('anna');

interface Logged {
  readonly of: InquiryId;
  readonly at: number;
  readonly entry: InquiryEntry;
}
type Book = Map<InquiryId, Inquiry>;
const record = (book: Book, { of, at, entry }: Logged): void => {
  book.set(of, applyInquiry(book.get(of), of, entry, at, LIMIT).inquiry);
};

/** Inquiries with one live call each, linked and unlinked; beside them the same without any link. */
class Office {
  readonly book: Book = new Map();
  readonly alone: Book = new Map();
  readonly log: Logged[] = [];
  readonly #of = new Map<CallId, InquiryId>();
  readonly #linking = new Linking({
    get: (inquiryId) => this.#now(inquiryId),
    record: (of, at, entry) => this.#record({ of, at, entry }),
    moveCall: (callId, inquiryId) => void this.#of.set(callId, inquiryId),
    moveCallback: () => undefined,
    moveClosed: () => Promise.resolve(),
    onStorageFault: () => undefined,
    lookBack: () => undefined,
  });
  at = 1_000;

  constructor() {
    for (let index = 0; index < COUNT; index += 1) {
      const body = { callId: call(index), at: this.at, direction: 'inbound', number: '+79065550101' } as const;
      this.#of.set(call(index), id(index));
      this.happens(index, { kind: 'call', body });
      this.at += 1_000;
    }
  }
  #now(inquiryId: InquiryId): Inquiry | undefined {
    const found = this.book.get(inquiryId);
    return found?.mergedInto ? this.#now(found.mergedInto) : found;
  }
  #record(logged: Logged): void {
    this.log.push(logged);
    record(this.book, logged);
  }
  /** In the call of this inquiry. */
  happens(index: number, entry: InquiryEntry): void {
    this.#record({ of: this.of(index), at: this.at, entry });
    record(this.alone, { of: id(index), at: this.at, entry });
  }
  of(index: number): InquiryId {
    return this.#of.get(call(index)) ?? id(index);
  }
  get(index: number): Inquiry {
    return this.book.get(this.of(index))!;
  }
  #live(index: number) {
    return { callId: call(index), rest: { inquiryId: this.of(index) } };
  }
  link(index: number, into: number): void {
    this.#linking.link(id(into), this.#live(index), this.at);
  }
  /** A colleague was asked in a call of another conversation, which then became one with the client's. */
  consult(index: number, second: CallId): void {
    const of = as<InquiryId>(`q-${second}`);
    const body = { callId: second, at: this.at, direction: 'internal', number: '102' } as const;
    this.#record({ of, at: this.at, entry: { kind: 'call', body } });
    this.#linking.merge(this.of(index), of, this.at, call(index));
  }
  undo(index: number): void {
    this.#linking.unlink(this.#live(index), this.at);
  }
  /** The last link of all that is one question with this call. */
  undoLast(index: number): boolean {
    const [last] = (this.get(index).linked?.parts ?? []).toSorted((a, b) => b.at - a.at);
    if (last) this.undo(Number(last.callId.slice(2)));
    return last !== undefined;
  }
  undoAll(): void {
    for (let index = 0; index < COUNT; index += 1) while (this.undoLast(index)) continue;
  }
}

const entryOf = (kind: string, index: number, step: number, at: number): InquiryEntry => {
  const callId = call(index);
  const text = `${kind} ${step}`;
  if (kind === 'learned' || kind === 'learnedMissing')
    return { kind, body: { callId, ...(step % 2 === 0 ? { topic: text } : { question: text }) } };
  if (kind === 'allowance') return { kind, body: { callId, at, by, reason: text } };
  if (kind === 'callback') return { kind, body: { callId, promiseId: as<PromiseId>(`p-${index}`) } };
  if (kind === 'closed') return { kind, body: { callId, satisfied: step % 2 === 0, by } };
  const target = { number: `10${step}` };
  return { kind: 'transfer', body: { ...TRANSFERRED, at, callId, target } as never };
};
const TRANSFERRED = { type: 'call.transferred', exchangeId: 'main', kind: 'blind', fromDevice: 'PJSIP/101' };
/** The call that keeps the promise of an inquiry. */
const back = (index: number, step: number, at: number): InquiryEntry => ({
  kind: 'call',
  body: {
    ...{ callId: as<CallId>(`b-${index}-${step}`), at, direction: 'outbound', number: '+79065550101' },
    callbackId: as<PromiseId>(`p-${index}`),
  },
});

const index = fc.nat(COUNT - 1);
const KINDS = ['learned', 'learnedMissing', 'allowance', 'callback', 'closed', 'transfer'] as const;
interface Step {
  readonly what: (typeof KINDS)[number] | 'back' | 'link' | 'undo';
  readonly index: number;
  readonly into: number;
}
const what = fc.oneof(fc.constantFrom(...KINDS), fc.constantFrom('back', 'link', 'link', 'undo'));
const steps: fc.Arbitrary<Step[]> = fc.array(fc.record({ what, index, into: index }), {
  maxLength: 40,
});
const walk = (taken: readonly Step[]): Office => {
  const office = new Office();
  for (const [step, { what: kind, index: of, into }] of taken.entries()) {
    office.at += 1_000;
    if (kind === 'link') office.link(of, into);
    else if (kind === 'undo') office.undoLast(of);
    else if (kind === 'back') {
      if (office.alone.get(id(of))?.callbacks.length === 1) office.happens(of, back(of, step, office.at));
    } else office.happens(of, entryOf(kind, of, step, office.at));
  }
  return office;
};
const bare = ({ apart: _apart, ...inquiry }: Inquiry): Omit<Inquiry, 'apart'> => inquiry;

describe('links that can be undone', () => {
  it('[INQ-15] whatever was linked and undone in between, each is in the end as if nobody had linked any', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const office = walk(taken);
        office.undoAll();
        for (let of = 0; of < COUNT; of += 1) expect(bare(office.book.get(id(of))!)).toEqual(office.alone.get(id(of)));
      }),
      { numRuns: 400 },
    );
  });

  it('[INQ-16] the journal gives the same, each entry once or twice, over snapshots of any moment', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.boolean()), (taken, chance) => {
        const office = walk(taken);
        const replayed: Book = new Map();
        const yes = (): boolean => chance.next().value === true;
        for (const logged of office.log) {
          record(replayed, JSON.parse(JSON.stringify(logged)) as Logged);
          if (yes()) record(replayed, logged);
          if (yes()) replayed.set(logged.of, JSON.parse(JSON.stringify(replayed.get(logged.of))) as Inquiry);
        }
        expect([...replayed]).toEqual([...office.book]);
      }),
      { numRuns: 200 },
    );
  });

  it('[INQ-17] what is written up stays linked; what was linked to it can still be taken out', () => {
    const office = new Office();
    office.link(2, 1);
    office.link(1, 0);
    office.happens(1, { kind: 'closed', body: { callId: call(1), satisfied: true, by } });
    office.happens(1, { kind: 'callEnded', body: { callId: call(1) } });
    expect(office.get(1).calls).toHaveLength(3);
    expect(linkOf(office.get(1), call(1))).toBeUndefined();
    office.at += 1_000;
    office.undo(2);
    expect(office.of(2)).toBe(id(2));
    expect(bare(office.get(2))).toEqual(office.alone.get(id(2)));
    expect(office.book.get(id(0))).toMatchObject({
      calls: [{ callId: call(0) }, { callId: call(1) }],
      live: [call(0)],
      closed: { satisfied: true },
    });
    expect(office.book.get(id(0))).not.toHaveProperty('linked');
    expect(office.book.get(id(1))).toMatchObject({ mergedInto: id(0) });
  });

  it('[INQ-22] a link of a call that is taken out itself stays, for nobody could undo it', () => {
    const office = new Office();
    office.link(0, 3);
    office.at += 1_000;
    office.link(0, 1);
    office.link(3, 2);
    office.undo(0);
    expect([office.of(0), office.of(3), office.of(1)]).toEqual([id(3), id(3), id(2)]);
    expect(office.get(2)).toMatchObject({ live: [call(2), call(1)] });
    expect(office.get(2)).not.toHaveProperty('linked');
    office.undo(0);
    expect([office.of(0), office.of(3)]).toEqual([id(0), id(3)]);
  });

  it('[INQ-18] a result that was before the link is none of both together, and the own one again without it', () => {
    const office = new Office();
    office.happens(0, { kind: 'closed', body: { callId: call(0), satisfied: true, by } });
    office.at += 1_000;
    office.link(1, 0);
    expect(office.get(0).closed).toBeNull();
    office.undo(1);
    expect(office.get(0).closed).toMatchObject({ satisfied: true });
    // Written up while linked: from then on that result is out of date for good.
    office.link(2, 0);
    office.link(3, 0);
    office.happens(2, { kind: 'callEnded', body: { callId: call(2) } });
    office.undo(3);
    expect(office.get(0).closed).toBeNull();
  });

  it('[INQ-19] what a release wrote that knew no undoing is read on, and cannot be undone', () => {
    const office = new Office();
    const [kept, other] = [office.get(0), office.get(1)];
    const absorbed = applyInquiry(kept, kept.id, { kind: 'absorbed', body: other }, office.at, LIMIT).inquiry;
    expect(absorbed).toMatchObject({ calls: [{ callId: call(0) }, { callId: call(1) }], live: [call(0), call(1)] });
    expect(linkOf(absorbed, call(1))).toBeUndefined();
    expect(withoutLinks(absorbed)).toEqual(absorbed);
    // Entries that name no call are of the whole's own.
    office.link(1, 0);
    const old = { kind: 'learned', body: { topic: 'camp' } } as const;
    const { inquiry } = applyInquiry(office.get(0), id(0), old, office.at, LIMIT);
    expect([inquiry.learned, inquiry.linked?.own.learned]).toEqual([{ topic: 'camp' }, { topic: 'camp' }]);
  });

  it('[INQ-20] the consultation of a linked call is of that call', () => {
    const office = new Office();
    office.link(1, 0);
    const second = as<CallId>('c-second');
    office.consult(1, second);
    expect(office.get(0).live).toEqual([call(0), call(1), second]);
    office.undo(1);
    expect(office.get(0)).toEqual(office.alone.get(id(0)));
    expect(office.get(1)).toMatchObject({ calls: [{ callId: call(1) }], live: [call(1), second] });
  });
});
