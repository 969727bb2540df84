import { as, numberForms, type InquiryId, type Instant } from '../../machines/vocabulary/index.ts';
import type { EarlierContact } from '../contract/index.ts';
import type { Collection } from '../storage/port.ts';
import type { CallFigures, CallHistoryDocument } from './callHistory.ts';

const SHOWN = 10;

/** What people call a topic or a result by its code. */
export interface EarlierNames {
  topic(code: string): string;
  disposition(code: string): string;
}
/** Promises to call back that were given in talks of these inquiries (`server/callbacks`). */
export type PromisesOf = (inquiryIds: readonly InquiryId[]) => Promise<
  readonly {
    readonly inquiryId: InquiryId;
    readonly createdAt: Instant;
    readonly outcome: NonNullable<EarlierContact['outcome']>;
  }[]
>;

/** Earlier calls of one number, newest first, in words for the panel's side. */
export class EarlierCalls {
  readonly #history: Collection<CallHistoryDocument>;
  readonly #names: EarlierNames;
  readonly #promisesOf: PromisesOf;

  constructor(history: Collection<CallHistoryDocument>, names: EarlierNames, promisesOf: PromisesOf) {
    this.#history = history;
    this.#names = names;
    this.#promisesOf = promisesOf;
  }
  async of(number: string): Promise<readonly EarlierContact[]> {
    const page = await this.#history.find({
      // Every call has an instant: said so, the storage does not look for those that have none.
      where: { number: { in: numberForms(number) }, startedAt: { gte: 0 } },
      orderBy: { column: 'startedAt', descending: true },
      limit: SHOWN,
    });
    const ids = page.items.flatMap(({ document: { inquiryId } }) => inquiryId ?? []).map((id) => as<InquiryId>(id));
    const promises = await this.#promisesOf([...new Set(ids)]);
    return page.items.map(({ document: { facts, inquiryId, wrapUp } }) => {
      const until = facts.endedAt + facts.wrapUpMs;
      const promise = promises.find(
        (one) => one.inquiryId === inquiryId && one.createdAt >= facts.startedAt && one.createdAt <= until,
      );
      const outcome = promise?.outcome ?? ended(facts);
      return {
        at: facts.startedAt,
        summary: this.#summary(facts, wrapUp.note),
        inquiryId: as<InquiryId>(inquiryId ?? ''),
        ...(outcome === undefined ? {} : { outcome }),
      };
    });
  }
  #summary({ topic, disposition }: CallFigures, note: string): string {
    const about = [topic ? this.#names.topic(topic) : '', note].filter(Boolean).join(': ');
    return about || (disposition ? this.#names.disposition(disposition) : '');
  }
}

const ended = ({ satisfied }: CallFigures): 'satisfied' | 'unsatisfied' | undefined => {
  if (satisfied === null) return undefined;
  return satisfied ? 'satisfied' : 'unsatisfied';
};
