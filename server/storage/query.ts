import { columnValue } from './encode.ts';
import { storageFault } from './faults.ts';
import type { Aggregation, ColumnType, ColumnValue, Condition, Query } from './port.ts';

/** The types of what can be asked for: the declared columns and `id`. */
export type Columns = Readonly<Record<string, ColumnType>>;

/** One condition in a form that both engines compile alike. */
export type Term =
  | { readonly column: string; readonly test: 'null' | 'never' }
  | { readonly column: string; readonly test: 'eq' | 'gte' | 'lt'; readonly value: ColumnValue }
  | { readonly column: string; readonly test: 'in'; readonly values: readonly ColumnValue[]; readonly orNull: boolean };

const bad = (message: string) => storageFault('storage.badQuery', message);

export function typeOf(columns: Columns, column: string): ColumnType {
  const type = column === 'id' ? 'text' : Object.hasOwn(columns, column) ? columns[column] : undefined;
  if (type === undefined) throw bad(`no column ${column}`);
  return type;
}

/** The first text that no longer begins with the prefix, by code points, which is also the order of UTF-8 bytes. */
function afterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix);
  while (points.length > 0) {
    const last = points.pop()?.codePointAt(0) ?? 0;
    if (last < 0x10ffff) return points.join('') + String.fromCodePoint(last === 0xd7ff ? 0xe000 : last + 1);
  }
  return undefined;
}

function termsOf(column: string, type: ColumnType, condition: Condition): Term[] {
  const checked = (value: ColumnValue) => columnValue(column, type, value);
  if (condition === null) return [{ column, test: 'null' }];
  if (typeof condition !== 'object') return [{ column, test: 'eq', value: checked(condition) }];
  if ('in' in condition) {
    const values = condition.in.filter((value) => value !== null).map(checked);
    const orNull = condition.in.includes(null);
    if (values.length === 0) return [{ column, test: orNull ? 'null' : 'never' }];
    return [{ column, test: 'in', values, orNull }];
  }
  if ('prefix' in condition) {
    const prefix = String(checked(condition.prefix));
    const end = afterPrefix(prefix);
    const from: Term = { column, test: 'gte', value: prefix };
    return end === undefined ? [from] : [from, { column, test: 'lt', value: end }];
  }
  const terms: Term[] = [];
  if (condition.gte !== undefined) terms.push({ column, test: 'gte', value: checked(condition.gte) });
  if (condition.lt !== undefined) terms.push({ column, test: 'lt', value: checked(condition.lt) });
  if (terms.length === 0) throw bad(`an empty condition on ${column}`);
  return terms;
}

/** @throws `storage.badQuery` for an unknown column, `storage.badDocument` for a value of another type. */
export const whereTerms = (columns: Columns, where: Query['where'] = {}): Term[] =>
  Object.entries(where).flatMap(([column, condition]) => termsOf(column, typeOf(columns, column), condition));

export interface Order {
  readonly column: string;
  readonly descending: boolean;
}
/** After which row the page begins: the value of the order column and the id. */
export interface Place {
  readonly value: ColumnValue;
  readonly id: string;
}
export interface Page {
  readonly terms: readonly Term[];
  readonly order: Order;
  readonly after?: Place;
  readonly limit: number;
}
const MAX_PAGE = 10_000;

export function pageOf(columns: Columns, query: Query): Page {
  const order = { column: query.orderBy?.column ?? 'id', descending: query.orderBy?.descending ?? false };
  const type = typeOf(columns, order.column);
  const limit = query.limit ?? 100;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) throw bad(`limit must be 1 to ${MAX_PAGE}`);
  const terms = whereTerms(columns, query.where);
  if (query.cursor === undefined) return { terms, order, limit };
  return { terms, order, limit, after: placeOf(order, type, query.cursor) };
}

export const cursorOf = (order: Order, place: Place): string =>
  Buffer.from(JSON.stringify([order.column, order.descending, place.value, place.id])).toString('base64url');

function placeOf(order: Order, type: ColumnType, cursor: string): Place {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (cause) {
    throw storageFault('storage.badQuery', 'the cursor is not one of ours', { cause });
  }
  if (!Array.isArray(parts) || parts.length !== 4) throw bad('the cursor is not one of ours');
  const [column, descending, value, id] = parts as unknown[];
  if (column !== order.column || descending !== order.descending || typeof id !== 'string') {
    throw bad('the cursor belongs to another order');
  }
  return { value: columnValue(order.column, type, value as ColumnValue), id };
}

export interface Group {
  readonly name: string;
  readonly type: ColumnType;
  readonly cut?: { readonly everyMs: number; readonly offsetMs: number };
}
export interface Measure {
  readonly name: string;
  readonly op: 'count' | 'sum' | 'min' | 'max';
  readonly column?: string;
  readonly type: ColumnType;
}
export interface Grouping {
  readonly terms: readonly Term[];
  readonly groups: readonly Group[];
  readonly measures: readonly Measure[];
}

function groupOf(columns: Columns, by: Aggregation['groupBy'][number]): Group {
  if (typeof by === 'string') return { name: by, type: typeOf(columns, by) };
  const type = typeOf(columns, by.column);
  if (type !== 'instant' && type !== 'integer') throw bad(`${by.column} cannot be cut into widths`);
  if (!Number.isSafeInteger(by.everyMs) || by.everyMs < 1) throw bad('everyMs must be a whole number above 0');
  const offsetMs = by.offsetMs ?? 0;
  if (!Number.isSafeInteger(offsetMs)) throw bad('offsetMs must be a whole number');
  return { name: by.column, type, cut: { everyMs: by.everyMs, offsetMs } };
}

function measureOf(columns: Columns, name: string, measure: Aggregation['measures'][string]): Measure {
  const { op, column } = measure;
  if (column === undefined) {
    if (op !== 'count') throw bad(`${op} wants a column`);
    return { name, op, type: 'integer' };
  }
  const type = typeOf(columns, column);
  if (op === 'sum' && (type === 'text' || type === 'boolean')) throw bad(`no sum of ${type} ${column}`);
  if ((op === 'min' || op === 'max') && type === 'boolean') throw bad(`no ${op} of boolean ${column}`);
  return { name, op, column, type: op === 'count' ? 'integer' : type };
}

export function groupingOf(columns: Columns, aggregation: Aggregation): Grouping {
  const groups = aggregation.groupBy.map((by) => groupOf(columns, by));
  const measures = Object.entries(aggregation.measures).map(([name, measure]) => measureOf(columns, name, measure));
  const names = [...groups, ...measures].map(({ name }) => name);
  if (new Set(names).size < names.length) throw bad('a name is used twice in one aggregation');
  return { terms: whereTerms(columns, aggregation.where), groups, measures };
}
