import { ABOUT } from '../about.ts';
import { OPERATORS } from '../conditions.ts';
import { FITTING } from '../fitting.ts';
import { parseIsoDate } from '../text/localTime.ts';
import type { Condition, Operators } from '../types.ts';
import { VARIABLES } from '../variables.ts';
import type { ValueType } from '../variables.ts';
import type { FieldKind } from './fields.ts';
import type { Advice } from './finding.ts';
import { coded, fieldLabels, nearest, possibleValues } from './names.ts';
import type { Fault, Names } from './names.ts';
import { saidOf, type Said } from '../localText.ts';

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
    return [
      [
        path,
        [
          'condition.empty',
          { ru: 'Условие ничего не сравнивает', en: 'The condition compares nothing' },
          { ru: 'Выберите сравнение', en: 'Choose a comparison', yaml: 'Добавьте сравнение: is, in, filled, gt…' },
        ],
      ],
    ];
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
        {
          ru: `Условие смотрит на ответ, которого в сценарии никто не спрашивает: ${coded(condition.field)}`,
          en: `The condition looks at an answer that nothing in the script asks for: ${coded(condition.field)}`,
        },
        nearest(condition.field, fieldLabels(names)),
      ]
    );
  }
  const { type, values } = VARIABLES[condition.known];
  const named = values && new Map(values.map((value) => [value, saidOf(value)]));
  return { label: ABOUT[condition.known], type, required: false, ...(named ? { values: named } : {}) };
}

export const TYPE_WORDS: Readonly<Record<ValueType, Said>> = {
  text: { ru: 'текст', en: 'text' },
  number: { ru: 'число', en: 'a number' },
  boolean: { ru: 'да или нет', en: 'yes or no' },
  list: { ru: 'список отметок', en: 'a checklist' },
  date: { ru: 'дата', en: 'a date' },
};

function operatorFaults(operator: keyof Operators, operands: Operators, { label, type, values }: FieldKind): Fault[] {
  if (!FITTING[operator].includes(type)) {
    const fitting = OPERATORS.filter((one) => FITTING[one].includes(type)).join(', ');
    const advice: Advice = {
      ru: 'Выберите другое сравнение',
      en: 'Choose another comparison',
      yaml: `Сравнение ${operator} сюда не подходит. Подходят: ${fitting}`,
    };
    return [
      [
        'condition.operator',
        {
          ru: `Такое сравнение не подходит: здесь ${TYPE_WORDS[type].ru}`,
          en: `This comparison does not fit: here is ${TYPE_WORDS[type].en}`,
        },
        advice,
      ],
    ];
  }
  if (operator === 'filled') return [];
  const operand = operands[operator];
  const list = Array.isArray(operand) ? operand : [operand];
  return list.flatMap((one): Fault[] => {
    if (!fits(one, type))
      return [
        [
          'condition.operand',
          {
            ru: `Сравнивают: ${TYPE_WORDS[type].ru} и «${String(one)}», так не бывает`,
            en: `${TYPE_WORDS[type].en} is compared with “${String(one)}”: that never holds`,
          },
          { ru: `Нужно значение вида: ${TYPE_WORDS[type].ru}`, en: `Wanted: ${TYPE_WORDS[type].en}` },
        ],
      ];
    const isListed = operator !== 'includes' || type === 'list';
    if (isListed && values && !values.has(String(one)))
      return [
        [
          'condition.unknownValue',
          {
            ru: `«${label.ru}»: такого значения не бывает, ${coded(String(one))}`,
            en: `“${label.en}”: there is no such value, ${coded(String(one))}`,
          },
          possibleValues(values),
        ],
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
