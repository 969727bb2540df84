import { describe, expect, it } from 'vitest';
import { callHistorySpec } from '../../server/reports/callHistory.ts';
import { indexNames, indexSql, pageParts } from '../../server/storage/embedded/sql.ts';
import type { CatalogueEntry } from '../../server/storage/port.ts';
import type { Page } from '../../server/storage/query.ts';

const page = (descending: boolean, value?: number): Page => ({
  terms: [
    { column: 'disposition', test: 'eq', value: 'rare' },
    { column: 'startedAt', test: 'gte', value: 100 },
    { column: 'startedAt', test: 'lt', value: 900 },
  ],
  order: { column: 'startedAt', descending },
  limit: 50,
  ...(value === undefined ? {} : { after: { value, id: 'call-1' } }),
});
const bounds = (asked: Page): unknown[] =>
  pageParts(asked)
    .at(asked.order.descending ? 0 : -1)
    ?.args.slice(1) ?? [];

describe('pages of the embedded engine', () => {
  it('[STORE-25] a later page begins its walk at its place: the bound that the place implies is not given too', () => {
    expect(bounds(page(true))).toEqual([100, 900]);
    expect(bounds(page(true, 500))).toEqual([100, 500, 'call-1']);
    expect(bounds(page(false, 500))).toEqual([900, 500, 'call-1']);
  });
  it('[STORE-25] a place outside of what is asked for does not widen it', () => {
    expect(bounds(page(true, 950))).toEqual([100, 900, 950, 'call-1']);
    expect(bounds(page(false, 50))).toEqual([100, 900, 50, 'call-1']);
  });
  it('[STORE-25] an index is made anew when what it carries changes', () => {
    const entry = (carries: readonly string[]): CatalogueEntry => ({
      name: 'calls',
      shapes: [],
      indexes: [{ columns: ['startedAt'], unique: false, carries }],
      packed: false,
      migrating: false,
    });
    expect(indexNames(entry(['queue']))).not.toEqual(indexNames(entry(['queue', 'topic'])));
    expect(indexSql(entry(['queue', 'topic']))[0]).toContain('("startedAt", "queue", "topic")');
  });
  it('[STORE-25] every filter of the lists of calls is judged by the index of their order, or has its own', () => {
    const carried = new Set(callHistorySpec.indexes.find(({ columns }) => columns[0] === 'startedAt')?.carries);
    const leading = new Set(callHistorySpec.indexes.map(({ columns }) => columns[0]));
    const filters = ['operatorId', 'unit', 'queue', 'topic', 'scriptId', 'direction', 'number', 'clientName'];
    const outcomes = ['disposition', 'answered', 'abandoned', 'satisfied', 'holdsBroken', 'transferCount', 'repeat'];
    const bare = [...filters, ...outcomes].filter((column) => !carried.has(column) && !leading.has(column));
    expect(bare).toEqual([]);
  });
});
