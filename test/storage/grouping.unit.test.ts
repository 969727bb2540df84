import Database from 'libsql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grouped } from '../../server/storage/embedded/grouping.ts';
import type { SqlValue } from '../../server/storage/embedded/protocol.ts';
import { Statements } from '../../server/storage/embedded/statements.ts';
import type { Aggregation, Collection } from '../../server/storage/port.ts';
import { naiveAggregate, type NaiveRow } from '../contract/storage/naive.ts';
import { type Thing, things } from '../contract/storage/harness.ts';
import { type TempStorage, tempStorage } from '../support/tempStorage.ts';

const COUNT = 60_000;
const KINDS = ['', 'a', 'я', '😀', '\uFFFD', null];
/** Enough rows for several pieces, in an order that is not that of any column. */
const rows = Array.from({ length: COUNT }, (_, at): Thing & { id: string } => {
  const mixed = (at * 48_271) % 2_147_483_647;
  return {
    id: `r${at}`,
    at: mixed % 1_000_000,
    kind: KINDS[mixed % 6] ?? null,
    size: mixed % 7 === 0 ? null : mixed % 100,
    share: (mixed % 64) / 8 - 4,
    open: [true, false, null][mixed % 3] ?? null,
  };
});

let temp: TempStorage;
let all: Collection<Thing>;
beforeAll(async () => {
  temp = await tempStorage();
  all = await temp.storage.collection(things);
  for (let from = 0; from < COUNT; from += 5_000) {
    await all.putAll(rows.slice(from, from + 5_000).map(({ id, ...document }) => ({ id, document })));
  }
});
afterAll(() => temp.remove());

const measures: Aggregation['measures'] = {
  rows: { op: 'count' },
  sizes: { op: 'count', column: 'size' },
  total: { op: 'sum', column: 'share' },
  least: { op: 'min', column: 'size' },
  most: { op: 'max', column: 'at' },
  first: { op: 'min', column: 'kind' },
  last: { op: 'max', column: 'kind' },
};
const asked: readonly [name: string, aggregation: Omit<Aggregation, 'measures'>][] = [
  ['all of it', { groupBy: ['kind', 'open'] }],
  ['nothing to group by', { groupBy: [] }],
  ['a dense range', { where: { at: { gte: 100_000, lt: 900_000 } }, groupBy: ['open', 'kind'] }],
  ['a sparse range', { where: { at: { gte: 5_000, lt: 9_000 } }, groupBy: ['kind'] }],
  ['a condition without an index', { where: { size: 5 }, groupBy: ['kind'] }],
  ['nothing found', { where: { at: 1_000_000 }, groupBy: ['kind'] }],
  [
    'widths of time',
    { where: { kind: { in: ['a', null] } }, groupBy: [{ column: 'at', everyMs: 70_001, offsetMs: 17 }] },
  ],
];

test.for(asked)('[STORE-10] an aggregation in pieces equals the naive one: %s', async ([, aggregation]) => {
  const wanted = naiveAggregate(rows as unknown as NaiveRow[], { ...aggregation, measures });
  expect(await all.aggregate({ ...aggregation, measures })).toEqual(wanted);
});

test('[STORE-27] a few rows of many are led to by what they must meet, never by an index of all in the order of the keys', () => {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY, at INTEGER, kind TEXT)');
  db.exec('CREATE INDEX t_at ON t (at); CREATE INDEX t_kind_at ON t (kind, at)');
  const where = { sql: 'at >= ?', args: [5] };
  const plans: string[] = [];
  const watched = new (class extends Statements {
    override rows(sql: string, args: readonly (SqlValue | Buffer)[] = []) {
      plans.push(...super.rows(`EXPLAIN QUERY PLAN ${sql}`, args).map((row) => String(row.at(-1))));
      return super.rows(sql, args);
    }
  })(db);
  const measures = [{ sql: 'COUNT(*)', merge: 'sum' as const }];
  grouped(watched, { op: 'group', table: 't', where, indexed: where, keys: ['"kind"'], measures });
  expect(plans.filter((plan) => plan.startsWith('SCAN'))).toEqual([]);
  db.close();
});
