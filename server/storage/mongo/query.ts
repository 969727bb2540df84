import type { PipelineStage, QueryFilter } from 'mongoose';
import type { ColumnValue } from '../port.ts';
import type { Group, Grouping, Measure, Order, Page, Place, Term } from '../query.ts';
import type { Lying } from './models.ts';

type Filter = QueryFilter<Lying>;

export const pathOf = (column: string): string => (column === 'id' ? '_id' : `columns.${column}`);

function termFilter(term: Term): Filter {
  const path = pathOf(term.column);
  switch (term.test) {
    case 'null':
      return { [path]: { $eq: null } };
    case 'never':
      return { [path]: { $in: [] } };
    case 'in':
      return { [path]: { $in: term.orNull ? [...term.values, null] : term.values } };
    case 'eq':
      return { [path]: { $eq: term.value } };
    case 'gte':
      return { [path]: { $gte: term.value } };
    case 'lt':
      return { [path]: { $lt: term.value } };
  }
}
const allOf = (filters: readonly Filter[]): Filter => (filters.length === 0 ? {} : { $and: [...filters] });
export const whereFilter = (terms: readonly Term[]): Filter => allOf(terms.map(termFilter));

/** Rows behind the place: null stands before every value, so it has its own branch where it matters. */
function beyond({ column, descending }: Order, { value, id }: Place): Filter {
  const past = descending ? '$lt' : '$gt';
  const path = pathOf(column);
  if (column === 'id') return { _id: { [past]: id } };
  const ties: Filter = { [path]: { $eq: value }, _id: { [past]: id } };
  if (value === null) return descending ? ties : { $or: [ties, { [path]: { $ne: null } }] };
  const values: Filter = { [path]: { [past]: value } };
  return { $or: descending ? [ties, values, { [path]: { $eq: null } }] : [ties, values] };
}

export function pageFilter({ terms, order, after }: Page): Filter {
  const where = terms.map(termFilter);
  return allOf(after === undefined ? where : [...where, beyond(order, after)]);
}
export function pageSort({ column, descending }: Order): Record<string, 1 | -1> {
  const direction = descending ? -1 : 1;
  return column === 'id' ? { _id: direction } : { [pathOf(column)]: direction, _id: direction };
}

function groupKey({ name, cut }: Group): unknown {
  const field = `$${pathOf(name)}`;
  if (cut === undefined) return field;
  const remainder = { $mod: [{ $subtract: [field, cut.offsetMs] }, cut.everyMs] };
  // Twice the remainder: that of an instant before the offset is negative.
  return { $subtract: [field, { $mod: [{ $add: [remainder, cut.everyMs] }, cut.everyMs] }] };
}
function accumulator({ op, column }: Measure): Record<string, unknown> {
  if (column === undefined) return { $sum: 1 };
  const field = `$${pathOf(column)}`;
  if (op === 'count') return { $sum: { $cond: [{ $gt: [field, null] }, 1, 0] } };
  return { [`$${op}`]: field };
}

/** Groups `g0…`, measures `m0…`: names of columns never become field names of the pipeline. */
export function groupingPipeline({ terms, groups, measures }: Grouping): PipelineStage[] {
  const keys = groups.map((group, at) => [`g${at}`, groupKey(group)] as const);
  const sums = measures.map((measure, at) => [`m${at}`, accumulator(measure)] as const);
  const sort = keys.map(([key]) => [`_id.${key}`, 1] as const);
  const stage = { _id: keys.length === 0 ? null : Object.fromEntries(keys), ...Object.fromEntries(sums) };
  return [
    { $match: whereFilter(terms) },
    { $group: stage },
    ...(sort.length === 0 ? [] : [{ $sort: Object.fromEntries(sort) }]),
  ];
}
export type Grouped = { _id: Record<string, ColumnValue> | null } & Record<string, unknown>;

export function groupedRow({ groups, measures }: Grouping, row: Grouped | undefined): ColumnValue[] {
  const keys = groups.map((_, at) => row?._id?.[`g${at}`] ?? null);
  const sums = measures.map(({ op }, at) => {
    const value = (row?.[`m${at}`] ?? null) as ColumnValue;
    return op === 'count' || op === 'sum' ? (value ?? 0) : value;
  });
  return [...keys, ...sums];
}
