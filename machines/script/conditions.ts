import { parseIsoDate } from './text/localTime.ts';
import type { Condition, Operators } from './types.ts';
import type { FieldValue } from './view.ts';

/** Where conditions read: an answer that passed its check, or a thing known of the call; undefined when there is none. */
export interface Facts {
  field(name: string): FieldValue | undefined;
  known(name: string): FieldValue | undefined;
  /** `2026-11-26`, for the operand `today`. */
  readonly today: string;
}

type Scalar = string | number | boolean;
type Operand = Scalar | readonly Scalar[];
type Test = (value: FieldValue | undefined, operand: Operand, today: string) => boolean;

const isList = <T>(value: T | readonly T[] | undefined): value is readonly T[] => Array.isArray(value);
const equals = (value: FieldValue | undefined, operand: Operand): boolean =>
  isList<unknown>(value) ? value.length === 1 && value[0] === operand : value !== undefined && value === operand;
const oneOf = (value: FieldValue | undefined, operand: Operand): boolean =>
  isList<Scalar>(operand) && operand.some((one) => equals(value, one));

/**
 * Order exists between two numbers and between two calendar days, and nowhere else: a comparison of other kinds is
 * false, never an error. The checker tells the author that it can never hold.
 */
function order(value: FieldValue | undefined, operand: Operand, today: string): number {
  if (typeof value === 'number' && typeof operand === 'number') return Math.sign(value - operand);
  if (typeof value !== 'string' || typeof operand !== 'string') return Number.NaN;
  const day = operand === 'today' ? today : operand;
  if (!parseIsoDate(value) || !parseIsoDate(day)) return Number.NaN;
  if (value === day) return 0;
  return value < day ? -1 : 1;
}

const isFilled = (value: FieldValue | undefined): boolean => {
  if (value === undefined) return false;
  return typeof value === 'string' || isList<unknown>(value) ? value.length > 0 : true;
};

const includes = (value: FieldValue | undefined, operand: Operand): boolean => {
  if (isList<unknown>(value)) return value.some((one) => one === operand);
  if (typeof value !== 'string' || typeof operand !== 'string' || operand === '') return false;
  return foldCase(value).includes(foldCase(operand));
};
const foldCase = (text: string): string => text.toLocaleLowerCase('ru').replaceAll('ё', 'е');

/** Every operator over every type of value; `test/script` holds the full table. */
export const TESTS: Readonly<Record<keyof Operators, Test>> = {
  is: equals,
  isNot: (value, operand) => !equals(value, operand),
  in: oneOf,
  notIn: (value, operand) => !oneOf(value, operand),
  gt: (value, operand, today) => order(value, operand, today) > 0,
  gte: (value, operand, today) => order(value, operand, today) >= 0,
  lt: (value, operand, today) => order(value, operand, today) < 0,
  lte: (value, operand, today) => order(value, operand, today) <= 0,
  filled: (value, operand) => isFilled(value) === operand,
  includes,
};

export const OPERATORS = Object.keys(TESTS) as (keyof Operators)[];

/** True when the condition holds. An absent condition always holds. */
export function holds(condition: Condition | undefined, facts: Facts): boolean {
  if (condition === undefined) return true;
  if ('all' in condition) return condition.all.every((one) => holds(one, facts));
  if ('any' in condition) return condition.any.some((one) => holds(one, facts));
  if ('not' in condition) return !holds(condition.not, facts);
  const value = 'field' in condition ? facts.field(condition.field) : facts.known(condition.known);
  return OPERATORS.every((name) => {
    const operand = condition[name];
    return operand === undefined || TESTS[name](value, operand, facts.today);
  });
}
