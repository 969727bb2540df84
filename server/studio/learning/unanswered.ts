import { z } from 'zod';
import { DAY, type Instant } from '../../../machines/vocabulary/index.ts';
import type { UnansweredItem } from '../../contract/index.ts';
import type { CallHistoryDocument } from '../../reports/callHistory.ts';
import type { Collection, CollectionSpec, Storage } from '../../storage/port.ts';

type Item = Omit<UnansweredItem, 'itemId' | 'stepTitle' | 'became' | 'byName' | 'times'> & {
  readonly became: string | null;
  readonly byName: string | null;
};
const schema = z.looseObject({ scriptId: z.string(), stepId: z.string(), said: z.string(), at: z.number() });
const spec: CollectionSpec<Item> = {
  name: 'unanswered',
  version: 1,
  columns: {
    at: { type: 'instant', of: ({ at }) => at },
    state: { type: 'text', of: ({ state }) => state },
    scriptId: { type: 'text', of: ({ scriptId }) => scriptId },
  },
  indexes: [{ columns: ['at'] }, { columns: ['state', 'at'] }, { columns: ['scriptId', 'at'] }],
  check: (document) => schema.parse(document) as unknown as Item,
};

/** The step itself, whichever script brought the call to it, and the words said there, however they were typed. */
const sameOf = ({ scriptId, stepId, said }: Pick<Item, 'scriptId' | 'stepId' | 'said'>): string => {
  const words = said
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return `${stepId.includes('/') ? stepId : `${scriptId}/${stepId}`} ${words}`;
};

/** The inbox of «нет нужного ответа»: what callers said where the script had nothing for them. */
export class Unanswered {
  readonly #items: Collection<Item>;
  readonly #history: Collection<CallHistoryDocument>;

  private constructor(items: Collection<Item>, history: Collection<CallHistoryDocument>) {
    this.#items = items;
    this.#history = history;
  }
  static async open(storage: Storage, history: Collection<CallHistoryDocument>): Promise<Unanswered> {
    return new Unanswered(await storage.collection(spec), history);
  }

  /** From a closed call; a second time changes nothing. */
  async take(callId: string, call: CallHistoryDocument): Promise<void> {
    for (const [index, { stepId, said, at }] of call.unanswered.entries()) {
      const script = call.scripts.findLast(({ openedAt }) => openedAt <= at) ?? call.scripts[0];
      if (!script) continue;
      const { scriptId, version } = script;
      const item = { scriptId, version, stepId, said, at, callId, state: 'open' as const, became: null, byName: null };
      await this.#items.insert(`${callId}#${String(index)}`, item);
    }
  }
  /** What a crash kept from the inbox: of the calls since a day before its newest item, those with something for it. */
  async catchUp(now: Instant): Promise<void> {
    const newest = await this.#items.find({ orderBy: { column: 'at', descending: true }, limit: 1 });
    const since = Math.min(newest.items[0]?.document.at ?? 0, now) - DAY;
    let cursor: string | undefined;
    do {
      const page = await this.#history.find({
        where: { unanswered: { gte: 1 }, startedAt: { gte: since } },
        // By the column that leads to these few among all calls of the history.
        orderBy: { column: 'unanswered' },
        limit: 500,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const { id, document } of page.items) await this.take(id, document);
      cursor = page.next;
    } while (cursor !== undefined);
  }

  /** Newest first; what was said several times on one step, with the same fate, comes once. */
  async list(filter: {
    readonly state: 'open' | 'all';
    readonly scriptId?: string | undefined;
  }): Promise<(Item & { itemId: string; times: number })[]> {
    const page = await this.#items.find({
      where: {
        ...(filter.state === 'open' ? { state: 'open' } : {}),
        ...(filter.scriptId === undefined ? {} : { scriptId: filter.scriptId }),
      },
      orderBy: { column: 'at', descending: true },
      limit: 500,
    });
    const found = new Map<string, Item & { itemId: string; times: number }>();
    for (const { id, document } of page.items) {
      const key = `${sameOf(document)} ${document.state} ${document.became ?? ''}`;
      const known = found.get(key);
      found.set(key, known ? { ...known, times: known.times + 1 } : { ...document, itemId: id, times: 1 });
    }
    return [...found.values()];
  }
  async get(itemId: string): Promise<Item | undefined> {
    return (await this.#items.get(itemId))?.document;
  }
  /** With everything alike that is open. False when somebody settled it just now. */
  async settle(itemId: string, outcome: Pick<Item, 'state' | 'became' | 'byName'>): Promise<boolean> {
    const item = await this.get(itemId);
    if (!item || !(await this.#settleOne(itemId, outcome))) return false;
    const page = await this.#items.find({ where: { state: 'open' }, limit: 500 });
    for (const { id, document } of page.items)
      if (sameOf(document) === sameOf(item)) await this.#settleOne(id, outcome);
    return true;
  }
  async #settleOne(itemId: string, outcome: Pick<Item, 'state' | 'became' | 'byName'>): Promise<boolean> {
    const stored = await this.#items.get(itemId);
    if (!stored || stored.document.state !== 'open') return false;
    return (await this.#items.replace(itemId, { ...stored.document, ...outcome }, stored.revision)) === 'ok';
  }
}
