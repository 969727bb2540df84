import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Aggregation, Collection, Query, Stored } from '../../../../server/storage/port.ts';
import { type Case, type Thing, things } from '../harness.ts';
import { naiveAggregate, naiveFilter, naiveOrder, type NaiveRow } from '../naive.ts';

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

async function pages(all: Collection<Thing>, query: Query, between?: () => Promise<void>): Promise<Stored<Thing>[]> {
  const seen: Stored<Thing>[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await all.find(cursor === undefined ? query : { ...query, cursor });
    seen.push(...page.items);
    if (page.next === undefined) return seen;
    cursor = page.next;
    await between?.();
  }
}

const column = {
  at: fc.option(fc.integer({ min: -9, max: 9 })),
  kind: fc.option(fc.constantFrom('', 'a', 'ab', 'б', '😀', 'a\u{10FFFF}', '\uFFFD', 'аб', 'бабушка', 'бабушкин')),
  size: fc.option(fc.integer({ min: -3, max: 3 })),
  share: fc.option(fc.integer({ min: -8, max: 8 }).map((eighths) => eighths / 8)),
  open: fc.option(fc.boolean()),
};
const anyRows = fc.array(fc.record(column), { maxLength: 30, size: 'max' });
const conditions = {
  at: fc.oneof(
    fc.record({ gte: fc.integer({ min: -9, max: 0 }), lt: fc.integer({ min: 0, max: 9 }) }),
    fc.record({ lt: fc.integer({ min: -9, max: 9 }) }),
    column.at,
  ),
  kind: fc.oneof(
    column.kind,
    fc.constantFrom('', 'a', 'б', '😀', 'бабушк', 'бабушки').map((prefix) => ({ prefix })),
    fc.array(column.kind, { maxLength: 3 }).map((values) => ({ in: values })),
    fc.constantFrom('a', 'б', '😀').map((gte) => ({ gte })),
  ),
  size: fc.oneof(
    column.size,
    fc.array(column.size, { maxLength: 3 }).map((values) => ({ in: values })),
  ),
  open: fc.oneof(column.open, fc.constant({ in: [true, null] })),
};
/** One condition more often than several, so that most queries find something. */
const anyWhere = fc.oneof(
  fc.record({ at: conditions.at }),
  fc.record({ kind: conditions.kind }),
  fc.record({ size: conditions.size }),
  fc.record({ open: conditions.open }),
  fc.record(conditions, { requiredKeys: [] }),
);
const anyGroups = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom('kind', 'size', 'open'),
    fc.record({
      column: fc.constant('at'),
      everyMs: fc.integer({ min: 1, max: 20 }),
      offsetMs: fc.integer({ min: -9, max: 9 }),
    }),
  ),
  { selector: (by) => (typeof by === 'string' ? by : by.column), maxLength: 3 },
);
const MEASURES: Aggregation['measures'] = {
  rows: { op: 'count' },
  withShare: { op: 'count', column: 'share' },
  withOpen: { op: 'count', column: 'open' },
  total: { op: 'sum', column: 'share' },
  least: { op: 'min', column: 'share' },
  most: { op: 'max', column: 'share' },
};

/** Puts rows of one round beside the others: `key` holds the round, so that no table need be emptied. */
async function placed(all: Collection<Thing>, rows: readonly Thing[]): Promise<NaiveRow[]> {
  await all.deleteWhere({}, 10_000);
  const documents = rows.map((document, at) => ({ id: `r${at}`, document }));
  await all.putAll(documents);
  return documents.map(({ id, document }) => ({ id, ...document }) as unknown as NaiveRow);
}

export const queryCases: readonly Case[] = [
  {
    title: '[STORE-05] pages show every row once, in both directions, with ties and nulls',
    async run({ storage }) {
      const all = await storage.collection(things);
      await fc.assert(
        fc.asyncProperty(
          anyRows,
          fc.constantFrom('id', 'at', 'kind', 'size', 'share'),
          fc.boolean(),
          fc.integer({ min: 1, max: 7 }),
          async (documents, by, descending, limit) => {
            const rows = await placed(all, documents);
            const seen = await pages(all, { orderBy: { column: by, descending }, limit });
            expect(seen.map(({ id }) => id)).toEqual(naiveOrder(rows, by, descending).map(({ id }) => id));
          },
        ),
        { numRuns: 30 },
      );
    },
  },
  {
    title: '[STORE-05] paging while rows arrive and go: what was there all along is seen once, nothing twice',
    async run({ storage, beside }) {
      const all = await storage.collection(things);
      const other = await (await beside()).collection(things);
      await all.putAll(range(100).map((n) => ({ id: `old${n}`, document: { at: n - (n % 3) } })));
      let round = 0;
      const seen = await pages(all, { orderBy: { column: 'at', descending: true }, limit: 9 }, async () => {
        round += 1;
        await other.insert(`new${round}`, { at: 200 - round });
        await other.insert(`tie${round}`, { at: 99 - round * 9 });
        await other.delete(`old${round}`);
      });
      const ids = seen.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const stayed = range(100)
        .filter((n) => n === 0 || n > round)
        .map((n) => `old${n}`);
      expect(stayed.every((id) => ids.includes(id))).toBe(true);
      expect(ids.filter((id) => id.startsWith('new'))).toEqual([]);
    },
  },
  {
    title: '[STORE-05] a cursor of another order is refused',
    async run({ storage }) {
      const all = await storage.collection(things);
      await all.putAll(range(5).map((at) => ({ id: `t${at}`, document: { at } })));
      const { next } = await all.find({ orderBy: { column: 'at' }, limit: 2 });
      const wrong = all.find({ orderBy: { column: 'at', descending: true }, limit: 2, cursor: next! });
      await expect(wrong).rejects.toMatchObject({ code: 'storage.badQuery' });
    },
  },
  {
    title: '[STORE-11] conditions mean what the slow reading of them says',
    async run({ storage }) {
      const all = await storage.collection(things);
      const rounds = fc.tuple(anyRows, fc.array(anyWhere, { minLength: 1, maxLength: 6 }));
      await fc.assert(
        fc.asyncProperty(rounds, async ([documents, wheres]) => {
          const rows = await placed(all, documents);
          for (const where of wheres) {
            const wanted = naiveOrder(naiveFilter(rows, where), 'id', false).map(({ id }) => id);
            const { items } = await all.find({ where });
            expect(items.map(({ id }) => id)).toEqual(wanted);
            expect(await all.count(where)).toBe(wanted.length);
            const paged = await pages(all, { where, orderBy: { column: 'at', descending: true }, limit: 10 });
            expect(paged.map(({ id }) => id)).toEqual(
              naiveOrder(naiveFilter(rows, where), 'at', true).map(({ id }) => id),
            );
          }
        }),
        { numRuns: 25 },
      );
      const many = { size: { in: range(1_000) } };
      await all.put('many', { size: 7, at: 999 });
      expect(await all.count({ ...many, at: 999 })).toBe(1);
    },
  },
  {
    title: '[STORE-10] aggregation equals the naive recomputation',
    async run({ storage }) {
      const all = await storage.collection(things);
      const rounds = fc.tuple(
        anyRows,
        fc.array(fc.tuple(fc.oneof(fc.constant({}), anyWhere), anyGroups), { minLength: 2, maxLength: 5 }),
      );
      await fc.assert(
        fc.asyncProperty(rounds, async ([documents, asked]) => {
          const rows = await placed(all, documents);
          for (const [where, groupBy] of asked) {
            const aggregation = { where, groupBy, measures: MEASURES };
            expect(await all.aggregate(aggregation)).toEqual(naiveAggregate(rows, aggregation));
          }
        }),
        { numRuns: 25 },
      );
    },
  },
];
