import type { Collection, CollectionSpec, Journal, JournalEntry, Storage } from '../../../server/storage/port.ts';

/** One way to be wrong that looks right at a glance, and the rule that must notice it. */
export interface Breakage {
  readonly name: string;
  readonly rule: string;
  readonly spec?: <T>(spec: CollectionSpec<T>) => CollectionSpec<T>;
  readonly collection?: <T>(all: Collection<T>) => Partial<Collection<T>>;
  readonly journal?: (journal: Journal) => Partial<Journal>;
  readonly storage?: (storage: Storage) => Partial<Storage>;
}

const identity = (old: unknown): unknown => old;
const manySteps = Object.fromEntries(Array.from({ length: 100 }, (_, step) => [step, identity]));
/** Changes every text, or number, inside a plain value. */
function mapped<T>(value: T, change: (leaf: unknown) => unknown): T {
  if (Array.isArray(value)) return value.map((each: unknown) => mapped(each, change)) as T;
  if (typeof value !== 'object' || value === null) return change(value) as T;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapped(each, change)])) as T;
}
const changing = (change: (leaf: unknown) => unknown): Pick<Breakage, 'collection' | 'journal'> => ({
  collection: (all) => ({
    put: (id, document) => all.put(id, mapped(document, change)),
    putAll: (list) => all.putAll(list.map(({ id, document }) => ({ id, document: mapped(document, change) }))),
    insert: (id, document) => all.insert(id, mapped(document, change)),
  }),
  journal: (journal) => ({
    append: (entries, origin) => journal.append(mapped(entries, change), origin),
  }),
});
const isText = (leaf: unknown): leaf is string => typeof leaf === 'string';

export const breakages: readonly Breakage[] = [
  {
    name: 'insert writes over what is there',
    rule: 'STORE-01',
    collection: (all) => ({ insert: (id, document) => all.put(id, document).then(() => 'ok') }),
  },
  {
    name: 'unique indexes are plain ones',
    rule: 'STORE-01',
    spec: (spec) => ({ ...spec, indexes: spec.indexes.map(({ columns }) => ({ columns })) }),
  },
  {
    name: 'null counts as a key',
    rule: 'STORE-01',
    spec: (spec) => {
      const key = spec.columns['key'];
      return key ? { ...spec, columns: { ...spec.columns, key: { ...key, of: (d) => key.of(d) ?? 'null' } } } : spec;
    },
  },
  {
    name: 'replace reads the revision by itself',
    rule: 'STORE-02',
    collection: (all) => ({
      replace: async (id, document) => all.replace(id, document, (await all.get(id))?.revision ?? 0),
    }),
  },
  {
    name: 'entries of one append change places',
    rule: 'STORE-03',
    journal: (journal) => ({ append: (entries, origin) => journal.append(entries.toReversed(), origin) }),
  },
  {
    name: 'a page of the journal begins one entry late',
    rule: 'STORE-03',
    journal: (journal) => ({
      readAfter: async (after, limit) => (await journal.readAfter(after, limit + 1)).slice(after === 0 ? 0 : 1),
    }),
  },
  {
    name: 'an append is confirmed before it is made',
    rule: 'STORE-03',
    journal: (journal) => {
      let late: Promise<unknown> = Promise.resolve();
      return {
        append: async (entries: readonly JournalEntry[]) => {
          const lastSeq = await journal.lastSeq();
          late = late.then(() => journal.append(entries)).catch(() => undefined);
          return { firstSeq: lastSeq + 1, lastSeq: lastSeq + entries.length };
        },
      };
    },
  },
  {
    name: 'origins are left out',
    rule: 'STORE-04',
    journal: (journal) => ({ append: (entries) => journal.append(entries) }),
  },
  {
    name: 'pages are counted by rows, not by place',
    rule: 'STORE-05',
    collection: (all) => ({
      async find(query) {
        const from = Number(query.cursor ?? 0);
        const limit = query.limit ?? 100;
        const { cursor: _cursor, ...rest } = query;
        const { items, next } = await all.find({ ...rest, limit: from + limit });
        return { items: items.slice(from), ...(next === undefined ? {} : { next: String(from + limit) }) };
      },
    }),
  },
  {
    name: 'ties break a page',
    rule: 'STORE-05',
    collection: (all) => ({
      async find(query) {
        const page = await all.find(query);
        const column = query.orderBy?.column;
        if (page.next === undefined || column === undefined || column === 'id') return page;
        const value = (page.items.at(-1)?.document as Record<string, unknown> | undefined)?.[column];
        const more = await all.find({ ...query, cursor: page.next, limit: 1 });
        const tie = (more.items[0]?.document as Record<string, unknown> | undefined)?.[column];
        // Goes on after the value, not after the row.
        return value === tie && more.next !== undefined ? { items: page.items, next: more.next } : page;
      },
    }),
  },
  {
    name: 'long texts are cut',
    rule: 'STORE-06',
    ...changing((leaf) => (isText(leaf) ? leaf.slice(0, 65_536) : leaf)),
  },
  {
    name: 'letters outside the basic plane are lost',
    rule: 'STORE-07',
    ...changing((leaf) => (isText(leaf) ? leaf.replace(/[\u{10000}-\u{10FFFF}]/gu, '?') : leaf)),
  },
  {
    name: 'instants are kept to the second',
    rule: 'STORE-08',
    ...changing((leaf) => (typeof leaf === 'number' && leaf > 1e9 ? Math.floor(leaf / 1_000) * 1_000 : leaf)),
  },
  {
    name: 'one write in fifty is forgotten',
    rule: 'STORE-09',
    collection: (all) => {
      let count = 0;
      return { put: (id, document) => (++count % 50 === 0 ? Promise.resolve() : all.put(id, document)) };
    },
  },
  {
    name: 'counting a column counts nulls',
    rule: 'STORE-10',
    collection: (all) => ({
      async aggregate(aggregation) {
        const measures = Object.entries(aggregation.measures).map(([name, measure]) => [
          name,
          measure.op === 'count' ? { op: 'count' as const } : measure,
        ]);
        return all.aggregate({ ...aggregation, measures: Object.fromEntries(measures) });
      },
    }),
  },
  {
    name: 'a cut goes to the nearest width instead of the one below',
    rule: 'STORE-10',
    collection: (all) => ({
      async aggregate(aggregation) {
        const groupBy = aggregation.groupBy.map((by) =>
          typeof by === 'string' ? by : { ...by, offsetMs: (by.offsetMs ?? 0) - Math.floor(by.everyMs / 2) },
        );
        return all.aggregate({ ...aggregation, groupBy });
      },
    }),
  },
  {
    name: 'upper bounds belong to the range',
    rule: 'STORE-11',
    collection: (all) => ({
      async find(query) {
        const where = Object.entries(query.where ?? {}).map(([column, condition]) => {
          const range = typeof condition === 'object' && condition !== null && 'lt' in condition;
          return [
            column,
            range && typeof condition.lt === 'number' ? { ...condition, lt: condition.lt + 1 } : condition,
          ];
        });
        return all.find({ ...query, where: Object.fromEntries(where) });
      },
    }),
  },
  {
    name: 'migrations change the number only',
    rule: 'STORE-13',
    spec: (spec) => ({ ...spec, migrate: manySteps, check: (document) => document as ReturnType<typeof spec.check> }),
  },
  {
    name: 'a newer schema is taken for ours',
    rule: 'STORE-14',
    spec: (spec) => ({ ...spec, version: 99, migrate: manySteps }),
  },
  {
    name: 'a backup says that it is made',
    rule: 'STORE-15',
    storage: () => ({
      backup: async (_target, onProgress) => {
        onProgress?.(1, 1);
      },
    }),
  },
  {
    name: 'reading everything leaves out the last of each page',
    rule: 'STORE-16',
    storage: ({ raw }) => ({
      raw: overlaid(raw, { read: async (...args) => (await raw.read(...args)).toSpliced(250, 1) }),
    }),
  },
  {
    name: 'mistakes are swallowed',
    rule: 'STORE-17',
    collection: (all) => ({ put: (id, document) => all.put(id, document).catch(() => undefined) }),
  },
  {
    name: 'erasing knows no bound',
    rule: 'STORE-18',
    collection: (all) => ({ deleteWhere: (where) => all.deleteWhere(where, 10_000) }),
  },
  {
    name: 'of many deletions only the first is carried out',
    rule: 'STORE-02',
    collection: (all) => ({ deleteAll: async (ids) => Number(await all.delete(ids[0] ?? '')) }),
  },
  {
    name: 'erased streams are only said to be erased',
    rule: 'STORE-18',
    journal: () => ({ eraseStreams: async (streams) => streams.length }),
  },
  {
    name: 'a second declaration wins',
    rule: 'STORE-19',
    storage: (storage) => ({
      collection: (spec) => storage.collection(spec).catch(() => storage.collection({ ...spec, name: 'another' })),
    }),
  },
];

/** The object with some methods in the place of its own; the others keep their `this`. */
function overlaid<T extends object>(inner: T, over: Partial<T>): T {
  return new Proxy(inner, {
    get(target, key) {
      if (Object.hasOwn(over, key)) return Reflect.get(over, key) as unknown;
      const value = Reflect.get(target, key, target) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** The storage as the breakage makes it; without one, a wrapper that changes nothing. */
export function broken(
  storage: Storage,
  { spec, collection, journal, storage: whole }: Omit<Breakage, 'name' | 'rule'>,
): Storage {
  const over: Partial<Storage> = {
    journal: overlaid(storage.journal, journal?.(storage.journal) ?? {}),
    async collection<T>(given: CollectionSpec<T>) {
      const all = await storage.collection(spec?.(given) ?? given);
      return overlaid(all, collection?.(all) ?? {});
    },
    ...whole?.(storage),
  };
  return overlaid(storage, over);
}
