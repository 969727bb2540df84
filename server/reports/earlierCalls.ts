import { as, type InquiryId } from '../../machines/vocabulary/index.ts';
import type { EarlierContact } from '../contract/index.ts';
import type { Collection } from '../storage/port.ts';
import type { CallHistoryDocument } from './callHistory.ts';

const SHOWN = 10;

/** Earlier calls of one number, newest first, in words for the panel's side. */
export class EarlierCalls {
  readonly #history: Collection<CallHistoryDocument>;

  constructor(history: Collection<CallHistoryDocument>) {
    this.#history = history;
  }
  async of(number: string): Promise<readonly EarlierContact[]> {
    const page = await this.#history.find({
      where: { number },
      orderBy: { column: 'startedAt', descending: true },
      limit: SHOWN,
    });
    return page.items.map(({ document: { facts, inquiryId, wrapUp } }) => ({
      at: facts.startedAt,
      summary: [facts.topic, wrapUp.note].filter(Boolean).join(': '),
      inquiryId: as<InquiryId>(inquiryId ?? ''),
      ...(facts.satisfied === null
        ? {}
        : { outcome: facts.satisfied ? ('satisfied' as const) : ('unsatisfied' as const) }),
    }));
  }
}
