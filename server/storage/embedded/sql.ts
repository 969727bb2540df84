import type { ColumnType, ColumnValue, CatalogueEntry } from '../port.ts';
import type { Group, Grouping, Measure, Order, Page, Place, Term } from '../query.ts';
import { indexName } from '../declare.ts';
import type { GroupOp, SqlValue } from './protocol.ts';

/** SQL text with its values. Names were checked when the collection was declared; values are always bound. */
export interface Sql {
  readonly sql: string;
  readonly args: SqlValue[];
}
/** More values than this travel as one JSON text: SQLite bounds the number of parameters. */
const MANY = 200;

export const quoted = (name: string): string => `"${name}"`;
export const toSql = (value: ColumnValue): SqlValue => (typeof value === 'boolean' ? Number(value) : value);
export const fromSql = (type: ColumnType, value: SqlValue): ColumnValue =>
  type === 'boolean' && value !== null ? value !== 0 : value;

export const rowsTable = (name: string): string => quoted(`c_${name}`);
export const bodiesTable = (name: string): string => quoted(`b_${name}`);

function termSql(term: Term): Sql {
  const column = quoted(term.column);
  switch (term.test) {
    case 'null':
      return { sql: `${column} IS NULL`, args: [] };
    case 'never':
      return { sql: '0', args: [] };
    case 'in':
      return inSql(column, term.values.map(toSql), term.orNull);
    case 'eq':
      return { sql: `${column} = ?`, args: [toSql(term.value)] };
    case 'gte':
      return { sql: `${column} >= ?`, args: [toSql(term.value)] };
    case 'lt':
      return { sql: `${column} < ?`, args: [toSql(term.value)] };
  }
}
function inSql(column: string, values: SqlValue[], orNull: boolean): Sql {
  const list: Sql =
    values.length > MANY
      ? { sql: `${column} IN (SELECT value FROM json_each(?))`, args: [JSON.stringify(values)] }
      : { sql: `${column} IN (${values.map(() => '?').join(',')})`, args: values };
  return orNull ? { sql: `(${list.sql} OR ${column} IS NULL)`, args: list.args } : list;
}

const allOf = (parts: readonly Sql[]): Sql => ({
  sql: parts.length === 0 ? '1' : parts.map(({ sql }) => sql).join(' AND '),
  args: parts.flatMap(({ args }) => args),
});
export const whereSql = (terms: readonly Term[]): Sql => allOf(terms.map(termSql));

/**
 * A page in one or two parts, in their order: rows with a value and rows with null are apart, so that each part is one
 * range of an index.
 */
export function pageParts(page: Page): Sql[] {
  const { order, after } = page;
  const where = whereSql(page.terms);
  if (order.column === 'id') return [ordered(where, order, after && beyond(['id'], order, [after.id]))];
  const column = quoted(order.column);
  const nulls = { ...where, sql: `${where.sql} AND ${column} IS NULL` };
  const onward = whereSql(page.terms.filter((term) => !isBeforePlace(term, page)));
  const values = { ...onward, sql: `${onward.sql} AND ${column} IS NOT NULL` };
  // A bound of the column itself leaves the nulls out already.
  if (page.terms.some((term) => term.column === order.column && (term.test === 'gte' || term.test === 'lt')))
    return partAfter(values, false, order, after);
  const parts: [typeof nulls, boolean][] = order.descending
    ? [
        [values, false],
        [nulls, true],
      ]
    : [
        [nulls, true],
        [values, false],
      ];
  return parts.flatMap(([part, isNull]) => partAfter(part, isNull, order, after));
}
/**
 * A bound that the place implies: SQLite takes one bound for its walk through the index, and given both it took this one
 * and walked again through all pages before.
 */
function isBeforePlace(term: Term, { order, after }: Page): boolean {
  if (term.column !== order.column || typeof after?.value !== 'number' || !('value' in term)) return false;
  if (typeof term.value !== 'number') return false;
  return order.descending
    ? term.test === 'lt' && after.value < term.value
    : term.test === 'gte' && after.value >= term.value;
}
function partAfter(part: Sql, isNull: boolean, order: Order, after: Place | undefined): Sql[] {
  if (after === undefined) return [ordered(part, order, undefined)];
  if ((after.value === null) === isNull) {
    return isNull
      ? [ordered(part, order, beyond(['id'], order, [after.id]))]
      : [ordered(part, order, beyond([order.column, 'id'], order, [toSql(after.value), after.id]))];
  }
  // The other part is wholly before the place or wholly behind it.
  const behind = order.descending === isNull;
  return behind ? [ordered(part, order, undefined)] : [];
}
/** So many first letters of a number or a name leave few rows, most often. */
const LONG_PREFIX = 6;
/** With more rows than this, walking in the order of the page finds enough of them sooner. */
export const FEW = 10_000;
export interface Lead {
  readonly index: string;
  /** Counts the rows that the index leads to, at most `FEW`. */
  readonly count: Sql;
}
/**
 * The index that leads to the few rows of a long beginning. SQLite cannot know how few they are: left to itself it walks
 * through all rows in the order of the page, a second for a million, until it has enough.
 */
export function leadingIndex({ terms, order }: Page, entry: CatalogueEntry): Lead | undefined {
  const led = terms.find(
    ({ column, ...term }) =>
      column !== order.column &&
      term.test === 'gte' &&
      typeof term.value === 'string' &&
      term.value.length >= LONG_PREFIX &&
      entry.indexes.some(({ columns }) => columns[0] === column),
  );
  const index = led && indexNames(entry)[entry.indexes.findIndex(({ columns }) => columns[0] === led.column)];
  if (led === undefined || index === undefined) return undefined;
  const { sql, args } = whereSql(terms.filter(({ column }) => column === led.column));
  const rows = `SELECT 1 FROM ${rowsTable(entry.name)} INDEXED BY ${quoted(index)} WHERE ${sql} LIMIT ${FEW}`;
  return { index, count: { sql: `SELECT COUNT(*) FROM (${rows})`, args } };
}
const beyond = (columns: string[], order: Order, values: SqlValue[]): Sql => ({
  sql: `(${columns.map(quoted).join(', ')}) ${order.descending ? '<' : '>'} (${columns.map(() => '?').join(', ')})`,
  args: values,
});
function ordered(where: Sql, order: Order, place: Sql | undefined): Sql {
  const direction = order.descending ? ' DESC' : '';
  const all = place === undefined ? where : allOf([where, place]);
  const by = order.column === 'id' ? `id${direction}` : `${quoted(order.column)}${direction}, id${direction}`;
  return { sql: `${all.sql} ORDER BY ${by}`, args: all.args };
}

function groupSql({ name, cut }: Group): string {
  const column = quoted(name);
  if (cut === undefined) return column;
  const { everyMs, offsetMs } = cut;
  // Twice the remainder: that of an instant before the offset is negative.
  return `${column} - (((${column} - ${offsetMs}) % ${everyMs} + ${everyMs}) % ${everyMs})`;
}
function measureSql({ op, column }: Measure): string {
  if (column === undefined) return 'COUNT(*)';
  const name = quoted(column);
  if (op === 'sum') return `COALESCE(SUM(${name}), 0)`;
  return `${op.toUpperCase()}(${name})`;
}
/** The grouping for the thread that runs it in pieces, see grouping.ts. */
export function groupingOp(entry: CatalogueEntry, { terms, groups, measures }: Grouping): GroupOp {
  const leading = new Set(entry.indexes.map(({ columns }) => columns[0]));
  const sqlOf = ({ sql, args }: Sql) => ({ sql, args });
  return {
    op: 'group',
    table: rowsTable(entry.name),
    where: sqlOf(whereSql(terms)),
    indexed: sqlOf(whereSql(terms.filter(({ column }) => leading.has(column)))),
    keys: groups.map(groupSql),
    measures: measures.map((measure) => ({ sql: measureSql(measure), merge: MERGES[measure.op] })),
  };
}
const MERGES = { count: 'sum', sum: 'sum', min: 'min', max: 'max' } as const;

/**
 * Statements that make the table: the columns in narrow rows, the body apart, so that reports never read it. Rows lie in
 * the order in which they were first written, which is nearly that of time.
 */
export function tableSql(entry: CatalogueEntry): string[] {
  const columns = Object.keys(entry.shapes.at(-1)?.columns ?? {}).map((name) => `, ${quoted(name)}`);
  return [
    `CREATE TABLE IF NOT EXISTS ${rowsTable(entry.name)} (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ` +
      `revision INTEGER NOT NULL, shape INTEGER NOT NULL${columns.join('')})`,
    `CREATE TABLE IF NOT EXISTS ${bodiesTable(entry.name)} (n INTEGER PRIMARY KEY, body NOT NULL)`,
  ];
}
/** Index names are global in SQLite; an index is made anew when what it carries changes. */
export const indexNames = (entry: CatalogueEntry): string[] =>
  entry.indexes.map((index) => ['i', entry.name, indexName(index), ...(index.carries ?? [])].join('_'));

export const indexSql = (entry: CatalogueEntry): string[] =>
  entry.indexes.map((index, at) => {
    const name = quoted(indexNames(entry)[at] ?? '');
    const columns = [...index.columns, ...(index.carries ?? [])].map(quoted).join(', ');
    return `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX IF NOT EXISTS ${name} ON ${rowsTable(entry.name)} (${columns})`;
  });
