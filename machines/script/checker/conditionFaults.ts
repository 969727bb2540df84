import { OPERATORS } from '../conditions.ts';
import { parseIsoDate } from '../text/localTime.ts';
import type { Condition, Operators } from '../types.ts';
import { VARIABLES } from '../variables.ts';
import type { ValueType } from '../variables.ts';
import type { FieldKind } from './fields.ts';
import { nearest } from './names.ts';
import type { Fault, Names } from './names.ts';

type Located = readonly [path: readonly (string | number)[], fault: Fault];

/** What in a condition can never hold, or says nothing. */
export function conditionFaults(condition: Condition, path: readonly (string | number)[], names: Names): Located[] {
  if ('all' in condition)
    return condition.all.flatMap((one, index) => conditionFaults(one, [...path, 'all', index], names));
  if ('any' in condition)
    return condition.any.flatMap((one, index) => conditionFaults(one, [...path, 'any', index], names));
  if ('not' in condition) return conditionFaults(condition.not, [...path, 'not'], names);
  const subject = subjectOf(condition, names);
  if (!('type' in subject)) return [[[...path, 'field'], subject]];
  const used = OPERATORS.filter((operator) => condition[operator] !== undefined);
  if (used.length === 0)
    return [[path, ['condition.empty', 'Условие ничего не сравнивает', 'Добавьте сравнение: is, in, filled, gt…']]];
  return used.flatMap((operator) =>
    operatorFaults(operator, condition, subject).map((fault): Located => [[...path, operator], fault]),
  );
}

function subjectOf(
  condition: Extract<Condition, { field: string } | { known: string }>,
  names: Names,
): FieldKind | Fault {
  if ('field' in condition) {
    return (
      names.fields.get(condition.field) ?? [
        'condition.unknownField',
        `Поля «${condition.field}» в сценарии никто не спрашивает`,
        nearest(condition.field, [...names.fields.keys()], ''),
      ]
    );
  }
  const { type, values } = VARIABLES[condition.known];
  return { type, required: false, ...(values ? { values } : {}) };
}

/** Which operators mean anything for which kind of value. */
const FITTING: Readonly<Record<keyof Operators, readonly ValueType[]>> = {
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
export const TYPE_WORDS: Readonly<Record<ValueType, string>> = {
  text: 'текст',
  number: 'число',
  boolean: 'да или нет',
  list: 'список отметок',
  date: 'дата',
};

function operatorFaults(operator: keyof Operators, operands: Operators, { type, values }: FieldKind): Fault[] {
  if (!FITTING[operator].includes(type)) {
    const advice =
      type === 'list'
        ? 'Для списка: includes или filled'
        : `Подходит: ${OPERATORS.filter((one) => FITTING[one].includes(type)).join(', ')}`;
    return [['condition.operator', `Сравнение ${operator} не подходит: здесь ${TYPE_WORDS[type]}`, advice]];
  }
  if (operator === 'filled') return [];
  const operand = operands[operator];
  const list = Array.isArray(operand) ? operand : [operand];
  return list.flatMap((one): Fault[] => {
    if (!fits(one, type))
      return [
        [
          'condition.operand',
          `Сравнивают ${TYPE_WORDS[type]} и «${String(one)}»: так не бывает`,
          `Нужно значение вида: ${TYPE_WORDS[type]}`,
        ],
      ];
    const isListed = operator !== 'includes' || type === 'list';
    if (isListed && values && !values.includes(String(one)))
      return [
        ['condition.unknownValue', `Значения «${String(one)}» не бывает`, `Можно: ${values.slice(0, 12).join(', ')}`],
      ];
    return [];
  });
}

/** Whether a value of a script can be what such a field holds. */
export function fits(operand: unknown, type: ValueType): boolean {
  if (type === 'date')
    return operand === 'today' || (typeof operand === 'string' && parseIsoDate(operand) !== undefined);
  if (type === 'list' || type === 'text') return typeof operand === 'string';
  return typeof operand === type;
}
