import { KNOWN_NAMES, VARIABLES, type KnownName } from '../../../../machines/script/variables.ts';
import { isPlain, type Plain } from '../texts.ts';

/** Conditions in words, and back into the format. What the rows cannot hold is told in words and stays as it is. */
export const OPERATORS = ['is', 'isNot', 'in', 'notIn', 'gt', 'gte', 'lt', 'lte', 'filled', 'includes'] as const;
export type Operator = (typeof OPERATORS)[number];

/** One line of the form: a subject, a comparison, a value as typed. */
export interface Row {
  /** `field:name` or `known:name`. */
  readonly subject: string;
  readonly operator: Operator;
  readonly value: unknown;
}
export interface Rows {
  readonly join: 'all' | 'any';
  readonly rows: readonly Row[];
}

const rowOf = (value: unknown): Row | undefined => {
  if (!isPlain(value)) return undefined;
  const { field, known, ...tests } = value;
  const [only, ...more] = Object.entries(tests);
  const operator = OPERATORS.find((each) => each === only?.[0]);
  if (!only || more.length > 0 || !operator) return undefined;
  if (typeof field === 'string') return { subject: `field:${field}`, operator, value: only[1] };
  return typeof known === 'string' ? { subject: `known:${known}`, operator, value: only[1] } : undefined;
};

/** The condition as rows; undefined when it is nested deeper than rows can show. */
export function rowsOf(condition: unknown): Rows | undefined {
  if (condition === undefined) return { join: 'all', rows: [] };
  const single = rowOf(condition);
  if (single) return { join: 'all', rows: [single] };
  if (!isPlain(condition)) return undefined;
  const join = Array.isArray(condition['all']) ? 'all' : 'any';
  const list: unknown = condition[join];
  if (!Array.isArray(list)) return undefined;
  const rows = list.map(rowOf);
  return rows.every((row) => row !== undefined) ? { join, rows } : undefined;
}

export function conditionOf({ join, rows }: Rows): unknown {
  const written = rows.map(({ subject, operator, value }): Plain => {
    const [kind = 'field', name = ''] = subject.split(':');
    return { [kind]: name, [operator]: value };
  });
  if (written.length === 0) return undefined;
  return written.length === 1 ? written[0] : { [join]: written };
}

/** What was typed as a value of this operator: numbers and yes/no as such, lists by comma. */
export function valueOf(operator: Operator, typed: string): unknown {
  const scalar = (text: string): unknown => {
    const plain = text.trim();
    if (plain === 'true' || plain === 'false') return plain === 'true';
    return plain !== '' && /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : plain;
  };
  if (operator === 'filled') return typed !== 'false';
  if (operator === 'in' || operator === 'notIn') return typed.split(',').map(scalar);
  return scalar(typed);
}
export function typedOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

interface FieldWords {
  readonly label: string;
  readonly options: ReadonlyMap<string, string>;
}
export const subjects = (fields: ReadonlyMap<string, FieldWords>): readonly { value: string; label: string }[] => [
  ...[...fields].map(([field, { label }]) => ({ value: `field:${field}`, label: `«${label}»` })),
  ...KNOWN_NAMES.map((name) => ({ value: `known:${name}`, label: VARIABLES[name].about })),
];

/** `words(key)`: the language's word for an operator or a joint. */
export function conditionWords(
  condition: unknown,
  fields: ReadonlyMap<string, FieldWords>,
  words: (key: string) => string,
): string {
  if (!isPlain(condition)) return '';
  const inner = (each: unknown): string => conditionWords(each, fields, words);
  for (const join of ['all', 'any'] as const) {
    const list: unknown = condition[join];
    if (Array.isArray(list))
      return list.map((each) => (rowOf(each) ? inner(each) : `(${inner(each)})`)).join(` ${words(join)} `);
  }
  if ('not' in condition) return `${words('not')} (${inner(condition['not'])})`;
  const { field, known, ...tests } = condition;
  const asked = typeof field === 'string' ? fields.get(field) : undefined;
  const name = typeof field === 'string' ? `«${asked?.label ?? field}»` : aboutKnown(String(known));
  return Object.entries(tests)
    .map(([operator, value]) =>
      operator === 'filled'
        ? `${name} ${words(value === false ? 'unfilled' : 'filled')}`
        : `${name} ${words(operator)} ${spoken(value, words, asked?.options)}`,
    )
    .join(` ${words('all')} `);
}
const aboutKnown = (name: string): string => {
  const known = KNOWN_NAMES.find((each): each is KnownName => each === name);
  return known ? VARIABLES[known].about : name;
};
const spoken = (value: unknown, words: (key: string) => string, options?: ReadonlyMap<string, string>): string => {
  if (Array.isArray(value)) return value.map((each) => spoken(each, words, options)).join(', ');
  if (value === true) return words('yes');
  if (value === false) return words('no');
  const typed = typedOf(value);
  const label = options?.get(typed);
  return label === undefined ? typed : `«${label}»`;
};
