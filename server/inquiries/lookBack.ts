import { DAY, numberForms } from '../../machines/vocabulary/index.ts';
import type { InquiryId, Instant } from '../../machines/vocabulary/index.ts';
import type { EarlierContact, InquiryBrief } from '../contract/index.ts';
import type { Collection } from '../storage/port.ts';
import type { Inquiry } from './inquiry.ts';

/** A call within so many days of the same number may continue the same question. */
export const PROPOSED_FOR_MS = 14 * DAY;
const CANDIDATES = 10;

interface Before {
  readonly earlier: readonly EarlierContact[];
  /** Of the same number, the last first. */
  readonly candidates: readonly InquiryBrief[];
}
const NOTHING: Before = { earlier: [], candidates: [] };

export interface LookBackSetup {
  readonly collection: Collection<Inquiry>;
  /** Those in memory: a client who was cut off calls again before the first call is written up. */
  inMemory(number: string): readonly Inquiry[];
  /** What was before, for the panel: newest first, at most ten. */
  earlierCalls(number: string): Promise<readonly EarlierContact[]>;
  /** The look into storage failed: nothing is proposed, the call goes on. */
  onFault(fault: unknown): void;
}

/** What is found in storage beside a live call: earlier contacts of the number, and inquiries that it may continue. */
export class LookBack {
  readonly #setup: LookBackSetup;
  readonly #found = new Map<InquiryId, Before>();

  constructor(setup: LookBackSetup) {
    this.#setup = setup;
  }

  async begin(inquiryId: InquiryId, number: string, at: Instant): Promise<void> {
    const [earlier, same] = await Promise.all([
      this.#setup.earlierCalls(number).catch((fault: unknown) => this.#none<EarlierContact>(fault)),
      this.#sameNumber(number, at).catch((fault: unknown) => this.#none<Inquiry>(fault)),
    ]);
    const present = this.#setup.inMemory(number);
    const ids = new Set(present.map(({ id }) => id));
    const candidates = [...present, ...same.filter(({ id }) => !ids.has(id))]
      .filter(({ id, mergedInto }) => id !== inquiryId && mergedInto === null)
      .map((inquiry) => briefOf(inquiry))
      .toSorted((a, b) => b.lastCallAt - a.lastCallAt);
    this.#found.set(inquiryId, { earlier, candidates });
  }
  async #sameNumber(number: string, at: Instant): Promise<readonly Inquiry[]> {
    const page = await this.#setup.collection.find({
      where: { number: { in: numberForms(number) }, lastCallAt: { gte: at - PROPOSED_FOR_MS, lt: at } },
      orderBy: { column: 'lastCallAt', descending: true },
      limit: CANDIDATES,
    });
    return page.items.map(({ document }) => document);
  }
  #none<T>(fault: unknown): readonly T[] {
    this.#setup.onFault(fault);
    return [];
  }

  earlier(inquiryId: InquiryId): readonly EarlierContact[] {
    return (this.#found.get(inquiryId) ?? NOTHING).earlier;
  }
  /** By number, and by topic once it is known: a question about something else is not the same inquiry. */
  proposed(
    inquiryId: InquiryId,
    topic: string | undefined,
    apart: readonly InquiryId[] = [],
  ): InquiryBrief | undefined {
    const candidates = (this.#found.get(inquiryId) ?? NOTHING).candidates.filter(({ id }) => !apart.includes(id));
    if (topic === undefined || topic === '') return candidates[0];
    return candidates.find((one) => one.topic === topic) ?? candidates.find((one) => one.topic === undefined);
  }
  forget(inquiryId: InquiryId): void {
    this.#found.delete(inquiryId);
  }
}

export const briefOf = (inquiry: Inquiry): InquiryBrief => ({
  id: inquiry.id,
  ...(inquiry.learned.topic ? { topic: inquiry.learned.topic } : {}),
  lastCallAt: inquiry.calls.at(-1)?.at ?? inquiry.openedAt,
});
