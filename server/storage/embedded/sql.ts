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
  const values = { ...where, sql: `${where.sql} AND ${column} IS NOT NULL` };
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
/** So many first letters of a number or a name leave few rows. */
const LONG_PREFIX = 6;
/**
 * The index that leads to the few rows of a long beginning. SQLite cannot know how few they are: left to itself it walks
 * through all rows in the order of the page, a second for a million, until it has enough.
 */
export function leadingIndex({ terms, order }: Page, entry: CatalogueEntry): string | undefined {
  const led = terms.find(
    ({ column, ...term }) =>
      column !== order.column &&
      term.test === 'gte' &&
      typeof term.value === 'string' &&
      term.value.length >= LONG_PREFIX &&
      entry.indexes.some(({ columns }) => columns[0] === column),
  );
  return led && indexNames(entry)[entry.indexes.findIndex(({ columns }) => columns[0] === led.column)];
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
/** Index names are global in SQLite. */
export const indexNames = (entry: CatalogueEntry): string[] =>
  entry.indexes.map((index) => `i_${entry.name}_${indexName(index)}`);

export const indexSql = (entry: CatalogueEntry): string[] =>
  entry.indexes.map((index, at) => {
    const name = quoted(indexNames(entry)[at] ?? '');
    const columns = index.columns.map(quoted).join(', ');
    return `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX IF NOT EXISTS ${name} ON ${rowsTable(entry.name)} (${columns})`;
  });
