import { isPlain, type Plain } from '../texts.ts';

/**
 * A condition as the form shows it: groups of comparisons, nested as deep as one likes. Every condition of the format
 * can be read so, and what is written means the same; a form that nobody touched writes nothing.
 */
export const OPERATORS = [
  'is',
  'isNot',
  'in',
  'notIn',
  'gt',
  'gte',
  'lt',
  'lte',
  'includes',
  'filled',
  'unfilled',
] as const;
export type Operator = (typeof OPERATORS)[number];
/** Compares with several values at once. */
export const isList = (operator: Operator): boolean => operator === 'in' || operator === 'notIn';
export const JOINS = ['all', 'any', 'none', 'notAll'] as const;
export type Join = (typeof JOINS)[number];

/** One line: a subject (`field:name` or `known:name`), a comparison, a value as the format keeps it. */
export interface Test {
  readonly subject: string;
  readonly operator: Operator;
  readonly value: unknown;
}
export interface Group {
  readonly join: Join;
  readonly items: readonly Item[];
}
export type Item = Test | Group;
export const isGroup = (item: Item): item is Group => 'join' in item;

/** The whole condition; a group without items holds always. */
export function groupOf(condition: unknown): Group {
  if (condition === undefined) return { join: 'all', items: [] };
  const item = itemOf(condition);
  return isGroup(item) ? item : { join: 'all', items: [item] };
}

function itemOf(condition: unknown): Item {
  if (!isPlain(condition)) return { join: 'all', items: [] };
  const { all, any, not, field, known, ...tests } = condition;
  if (Array.isArray(all)) return { join: 'all', items: all.map(itemOf) };
  if (Array.isArray(any)) return { join: 'any', items: any.map(itemOf) };
  if (not !== undefined) return denied(itemOf(not));
  const subject = typeof field === 'string' ? `field:${field}` : `known:${String(known)}`;
  const rows = Object.entries(tests).map(([name, value]) => testOf(subject, name, value));
  const [only = { subject, operator: 'is' as const, value: '' }, ...more] = rows;
  return more.length === 0 ? only : { join: 'all', items: rows };
}
function testOf(subject: string, name: string, value: unknown): Test {
  if (name === 'filled') return { subject, operator: value === false ? 'unfilled' : 'filled', value: true };
  return { subject, operator: OPERATORS.find((each) => each === name) ?? 'is', value };
}
function denied(item: Item): Group {
  if (isGroup(item) && item.join === 'any') return { join: 'none', items: item.items };
  if (isGroup(item) && item.join === 'all') return { join: 'notAll', items: item.items };
  return { join: 'none', items: [item] };
}

/** Back into the format; undefined when nothing is compared. */
export function conditionOf(group: Group): unknown {
  const [only, ...more] = group.items;
  if (!only) return undefined;
  return more.length === 0 && (group.join === 'all' || group.join === 'any') ? written(only) : written(group);
}

function written(item: Item): Plain {
  if (!isGroup(item)) {
    const { subject, operator, value } = item;
    const [kind = 'field', name = ''] = subject.split(':');
    const test =
      operator === 'filled' || operator === 'unfilled' ? { filled: operator === 'filled' } : { [operator]: value };
    return { [kind]: name, ...test };
  }
  const items = item.items.filter((each) => !isGroup(each) || each.items.length > 0).map(written);
  if (item.join === 'all' || item.join === 'any') return { [item.join]: items };
  if (item.join === 'notAll') return { not: { all: items } };
  return { not: items.length === 1 ? items[0] : { any: items } };
}

/** What a condition says, word by word: the names and values of a language, and of this script. */
export interface ConditionWords {
  /** Of an operator, a joint, `yes`, `no`. */
  word(key: string): string;
  subject(subject: string): string;
  value(subject: string, value: unknown): string;
}

/** As a sentence; '' when it always holds. */
export function conditionWords(condition: unknown, words: ConditionWords): string {
  const group = groupOf(condition);
  return group.items.length === 0 ? '' : groupWords(group, words);
}
function groupWords({ join, items }: Group, words: ConditionWords): string {
  const said = items.map((item) => {
    if (!isGroup(item)) return testWords(item, words);
    const inner = groupWords(item, words);
    return item.items.length > 1 && (item.join === 'all' || item.join === 'any') ? `(${inner})` : inner;
  });
  if (join === 'all' || join === 'any') return said.join(` ${words.word(join)} `);
  if (join === 'none' && said.length === 1) return `${words.word('not')} (${said[0] ?? ''})`;
  return `${words.word(join)} (${said.join('; ')})`;
}
function testWords({ subject, operator, value }: Test, words: ConditionWords): string {
  if (operator === 'is' && typeof value === 'boolean')
    return `${words.subject(subject)}: ${words.value(subject, value)}`;
  const told = `${words.subject(subject)} ${words.word(operator)}`;
  return operator === 'filled' || operator === 'unfilled' ? told : `${told} ${words.value(subject, value)}`;
}
