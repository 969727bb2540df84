import { as, numberForms, type InquiryId } from '../../machines/vocabulary/index.ts';
import type { EarlierContact } from '../contract/index.ts';
import type { Collection } from '../storage/port.ts';
import type { CallFigures, CallHistoryDocument } from './callHistory.ts';

const SHOWN = 10;

/** What people call a topic or a result by its code. */
export interface EarlierNames {
  topic(code: string): string;
  disposition(code: string): string;
}

/** Earlier calls of one number, newest first, in words for the panel's side. */
export class EarlierCalls {
  readonly #history: Collection<CallHistoryDocument>;
  readonly #names: EarlierNames;

  constructor(history: Collection<CallHistoryDocument>, names: EarlierNames) {
    this.#history = history;
    this.#names = names;
  }
  async of(number: string): Promise<readonly EarlierContact[]> {
    const page = await this.#history.find({
      where: { number: { in: numberForms(number) } },
      orderBy: { column: 'startedAt', descending: true },
      limit: SHOWN,
    });
    return page.items.map(({ document: { facts, inquiryId, wrapUp } }) => ({
      at: facts.startedAt,
      summary: this.#summary(facts, wrapUp.note),
      inquiryId: as<InquiryId>(inquiryId ?? ''),
      ...(facts.satisfied === null
        ? {}
        : { outcome: facts.satisfied ? ('satisfied' as const) : ('unsatisfied' as const) }),
    }));
  }
  #summary({ topic, disposition }: CallFigures, note: string): string {
    const about = [topic ? this.#names.topic(topic) : '', note].filter(Boolean).join(': ');
    return about || (disposition ? this.#names.disposition(disposition) : '');
  }
}
