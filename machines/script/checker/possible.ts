import { holds } from '../conditions.ts';
import type { Condition } from '../types.ts';
import { VARIABLES } from '../variables.ts';
import type { FieldValue } from '../view.ts';
import type { FieldKind } from './fields.ts';

export type Fields = ReadonlyMap<string, FieldKind>;

/**
 * Whether, for some of the values that the conditions name, no group of them holds whole; undefined when there are too
 * many combinations to try, which is left to the path tests.
 */
export function noneHolds(groups: readonly (readonly Condition[])[], fields: Fields): boolean | undefined {
  const subjects = subjectsOf(groups.flat(), fields);
  const total = [...subjects.values()].reduce((product, values) => product * values.length, 1);
  if (total > 4096) return undefined;
  for (let number = 0; number < total; number += 1) {
    const values = assignment(subjects, number);
    const facts = {
      field: (name: string) => values.get(`field ${name}`),
      known: (name: string) => values.get(`known ${name}`),
      today: '2026-01-01',
    };
    if (!groups.some((list) => list.every((one) => holds(one, facts)))) return true;
  }
  return false;
}

function subjectsOf(conditions: readonly Condition[], fields: Fields): Map<string, (FieldValue | undefined)[]> {
  const subjects = new Map<string, (FieldValue | undefined)[]>();
  const look = (condition: Condition): void => {
    if ('all' in condition) return condition.all.forEach(look);
    if ('any' in condition) return condition.any.forEach(look);
    if ('not' in condition) return look(condition.not);
    const name = 'field' in condition ? `field ${condition.field}` : `known ${condition.known}`;
    const given = givenValues(condition, fields);
    if (given) return void subjects.set(name, given);
    subjects.set(name, [...new Set([...(subjects.get(name) ?? [undefined]), ...namedValues(condition)])]);
  };
  conditions.forEach(look);
  return subjects;
}

type Test = Extract<Condition, { field: string } | { known: string }>;

/** All that a thing can be, when it is always something of a closed list. */
function givenValues(condition: Test, fields: Fields): FieldValue[] | undefined {
  if ('field' in condition) {
    const kind = fields.get(condition.field);
    return kind?.required && kind.values && kind.type === 'text' ? [...kind.values.keys()] : undefined;
  }
  const { type, values, maybe } = VARIABLES[condition.known];
  if (maybe) return undefined;
  return type === 'boolean' ? [true, false] : values && [...values];
}

function namedValues(condition: Test): FieldValue[] {
  const named: FieldValue[] = [condition.is, condition.isNot, condition.in, condition.notIn, condition.includes]
    .flat()
    .filter((operand) => operand !== undefined);
  for (const operand of [condition.gt, condition.gte, condition.lt, condition.lte]) {
    if (typeof operand === 'number') named.push(operand - 1, operand, operand + 1);
    else if (operand !== undefined) named.push('2026-01-01', operand === 'today' ? '2026-06-01' : operand);
  }
  return condition.filled === undefined ? named : [...named, 'есть'];
}

function assignment(
  subjects: Map<string, (FieldValue | undefined)[]>,
  number: number,
): Map<string, FieldValue | undefined> {
  let rest = number;
  return new Map(
    [...subjects].map(([name, values]) => {
      const value = values[rest % values.length];
      rest = Math.floor(rest / values.length);
      return [name, value];
    }),
  );
}
