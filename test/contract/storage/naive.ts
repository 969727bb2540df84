import type { Aggregation, ColumnValue, Condition, Query } from '../../../server/storage/port.ts';

/** The slow and obvious meaning of a query: what the engines are compared with. */
export type NaiveRow = Readonly<Record<string, ColumnValue>>;

const compareText = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
/** Nulls first; text by bytes. */
export function compareValues(a: ColumnValue, b: ColumnValue): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return Number(a) - Number(b);
}

function meets(value: ColumnValue, condition: Condition): boolean {
  if (condition === null || typeof condition !== 'object') return value === condition;
  if ('in' in condition) return condition.in.includes(value);
  if (value === null) return false;
  if ('prefix' in condition) return typeof value === 'string' && value.startsWith(condition.prefix);
  const { gte, lt } = condition;
  return (gte === undefined || compareValues(value, gte) >= 0) && (lt === undefined || compareValues(value, lt) < 0);
}
export const naiveFilter = <Row extends NaiveRow>(rows: readonly Row[], where: Query['where'] = {}): Row[] =>
  rows.filter((row) => Object.entries(where).every(([column, condition]) => meets(row[column] ?? null, condition)));

export const naiveOrder = <Row extends NaiveRow>(rows: readonly Row[], column: string, descending: boolean): Row[] =>
  [...rows].sort((a, b) => {
    const order =
      compareValues(a[column] ?? null, b[column] ?? null) || compareValues(a['id'] ?? null, b['id'] ?? null);
    return descending ? -order : order;
  });

function groupValue(row: NaiveRow, by: Aggregation['groupBy'][number]): ColumnValue {
  if (typeof by === 'string') return row[by] ?? null;
  const value = row[by.column];
  if (typeof value !== 'number') return null;
  const offset = by.offsetMs ?? 0;
  return Math.floor((value - offset) / by.everyMs) * by.everyMs + offset;
}
function measured(rows: readonly NaiveRow[], { op, column }: Aggregation['measures'][string]): ColumnValue {
  if (column === undefined) return rows.length;
  const values = rows.map((row) => row[column] ?? null).filter((value) => value !== null);
  if (op === 'count') return values.length;
  if (op === 'sum') return values.reduce<number>((sum, value) => sum + Number(value), 0);
  const sorted = [...values].sort(compareValues);
  return (op === 'min' ? sorted[0] : sorted.at(-1)) ?? null;
}
export function naiveAggregate(all: readonly NaiveRow[], aggregation: Aggregation): Record<string, ColumnValue>[] {
  const names = aggregation.groupBy.map((by) => (typeof by === 'string' ? by : by.column));
  const groups = new Map<string, { keys: ColumnValue[]; rows: NaiveRow[] }>();
  if (names.length === 0) groups.set('[]', { keys: [], rows: [] });
  for (const row of naiveFilter(all, aggregation.where)) {
    const keys = aggregation.groupBy.map((by) => groupValue(row, by));
    const group = groups.get(JSON.stringify(keys)) ?? { keys, rows: [] };
    groups.set(JSON.stringify(keys), group);
    group.rows.push(row);
  }
  const byKeys = (a: { keys: ColumnValue[] }, b: { keys: ColumnValue[] }) =>
    a.keys.map((key, at) => compareValues(key, b.keys[at] ?? null)).find((order) => order !== 0) ?? 0;
  return [...groups.values()].sort(byKeys).map(({ keys, rows }) => ({
    ...Object.fromEntries(names.map((name, at) => [name, keys[at] ?? null])),
    ...Object.fromEntries(
      Object.entries(aggregation.measures).map(([name, measure]) => [name, measured(rows, measure)]),
    ),
  }));
}
