import type { Operators, Question } from './types.ts';
import type { ValueType } from './variables.ts';

/** Which comparisons mean anything for which kind of value. */
export const FITTING: Readonly<Record<keyof Operators, readonly ValueType[]>> = {
  is: ['text', 'number', 'boolean', 'date'],
  isNot: ['text', 'number', 'boolean', 'date'],
  in: ['text', 'number', 'date'],
  notIn: ['text', 'number', 'date'],
  gt: ['number', 'date'],
  gte: ['number', 'date'],
  lt: ['number', 'date'],
  lte: ['number', 'date'],
  filled: ['text', 'number', 'boolean', 'list', 'date'],
  includes: ['list', 'text'],
};

/** What kind of value an answer is. */
export const ANSWER_TYPES: Readonly<Record<Question['type'], ValueType>> = {
  text: 'text',
  phone: 'text',
  date: 'date',
  number: 'number',
  choice: 'text',
  checklist: 'list',
};
