import { CONTACT_PARTS, DEADLINE_RULES } from '../names.ts';
import { parseTemplate, variablesOf } from '../text/template.ts';
import type { Condition, Operators, Script } from '../types.ts';
import { OPERATORS } from '../conditions.ts';
import { VARIABLES, isVariable } from '../variables.ts';
import type { ValueType } from '../variables.ts';
import { parseIsoDate } from '../text/localTime.ts';
import type { FieldKind } from './fields.ts';
import type { Finding } from './finding.ts';
import { conditionsOf, setsOf, textsOf } from './texts.ts';
import type { TextAt } from './texts.ts';

/** What texts and conditions may refer to. */
export interface Names {
  readonly fields: ReadonlyMap<string, FieldKind>;
  /** The directory of contact points, when it is known: which parts each has. */
  readonly contactPoints?: ContactParts;
}

/** Contact point → its parts that are filled in: `{ site: ['title', 'url'] }`. */
export type ContactParts = Readonly<Record<string, readonly string[]>>;

type Fault = readonly [code: string, message: string, suggestion: string, severity?: Finding['severity']];

/** Every variable is defined and stands where it can; every condition can be true and can be false. */
export function checkMeaning(script: Script, names: Names): Finding[] {
  const texts = textsOf(script).flatMap((text) =>
    textFaults(text, names).map((fault) => finding(script, text.stepId, text.path, fault)),
  );
  const conditions = conditionsOf(script).flatMap(({ condition, path, stepId }) =>
    conditionFaults(condition, path, names).map(([at, fault]) => finding(script, stepId, at, fault)),
  );
  return [
    ...texts,
    ...conditions,
    ...setFaults(script, names),
    ...claimFaults(script),
    ...contactFaults(script, names),
  ];
}

const finding = (
  script: Script,
  stepId: string | undefined,
  path: readonly (string | number)[],
  [code, message, suggestion, severity = 'error']: Fault,
): Finding => ({
  severity,
  code,
  scriptId: script.id,
  ...(stepId === undefined ? {} : { stepId }),
  path,
  message,
  suggestion,
});

function textFaults(at: TextAt, names: Names): Fault[] {
  const template = parseTemplate(at.text);
  const syntax = template.faults.map((fault): Fault => [
    'text.syntax',
    fault,
    'Проверьте скобки: {подстановка}, [часть, которая может пропасть]',
  ]);
  return [...syntax, ...variablesOf(template).flatMap((variable) => variableFaults(at, variable, names))];
}

function variableFaults(
  at: TextAt,
  variable: { name: string; optional: boolean; forms: readonly string[] },
  names: Names,
): Fault[] {
  const { name, optional, forms } = variable;
  const [family = '', first = '', second = ''] = name.split('.');
  const written = `{${name}}`;
  const kind = ((): { type: ValueType; maybe: boolean } | Fault => {
    if (isVariable(name)) {
      const { type, use, maybe = false } = VARIABLES[name];
      return use === 'condition'
        ? ['text.unsayable', `${written} можно проверить в условии, но не произнести`, 'Уберите из текста']
        : { type, maybe };
    }
    if (family === 'field') {
      const field = names.fields.get(first);
      return field
        ? { type: field.type, maybe: !field.required }
        : [
            'text.unknownField',
            `Поля «${first}» в сценарии никто не спрашивает`,
            nearest(first, [...names.fields.keys()], 'field.'),
          ];
    }
    if (family === 'deadline') {
      return DEADLINE_RULES.includes(first as never)
        ? { type: 'text', maybe: true }
        : ['text.unknownVariable', `Правила срока «${first}» нет`, `Можно: ${DEADLINE_RULES.join(', ')}`];
    }
    if (family === 'contact') return contactKind(first, second, names);
    return ['text.unknownVariable', `Подстановки ${written} нет`, nearest(name, Object.keys(VARIABLES), '')];
  })();
  if (Array.isArray(kind)) return [kind as Fault];
  const { type, maybe } = kind as { type: ValueType; maybe: boolean };
  const faults: Fault[] = [];
  if (forms.length > 0 && type !== 'number')
    faults.push(['text.forms', `${written} — не число, формы слова ни к чему`, 'Уберите формы после |']);
  const needed = at.language === 'ru' ? 3 : 2;
  if (forms.length > 0 && forms.length !== needed) {
    faults.push([
      'text.formCount',
      `Форм слова должно быть ${String(needed)}`,
      at.language === 'ru'
        ? 'Например: {transfers.left|перевод|перевода|переводов}'
        : 'For example {transfers.left|transfer|transfers}',
    ]);
  }
  const isSpoken = at.use === 'say' || at.use === 'next';
  if (isSpoken && maybe && !optional && !isAssured(at, name)) {
    faults.push([
      'text.mayBeEmpty',
      `${written} может быть неизвестно: оператор увидит «…»`,
      `Возьмите в скобки: [${written}, ], или поставьте условие filled: true`,
      'warning',
    ]);
  }
  return faults;
}

/** The step itself, or the condition of the wording, sees to it that the value is there. */
function isAssured({ step, when }: TextAt, name: string): boolean {
  if (name === 'hold.term' && step?.kind === 'hold') return true;
  if (name.startsWith('callback.') && step?.kind === 'callback') return true;
  return when !== undefined && assures(when, name);
}
function assures(condition: Condition, name: string): boolean {
  if ('all' in condition) return condition.all.some((one) => assures(one, name));
  if ('any' in condition) return condition.any.every((one) => assures(one, name));
  if ('not' in condition) return false;
  const tested = 'field' in condition ? `field.${condition.field}` : condition.known;
  const positive =
    condition.filled === true ||
    condition.is !== undefined ||
    condition.in !== undefined ||
    condition.gt !== undefined ||
    condition.gte !== undefined ||
    condition.includes !== undefined;
  return tested === name && positive;
}

function contactKind(id: string, part: string, names: Names): { type: ValueType; maybe: boolean } | Fault {
  if (!CONTACT_PARTS.includes(part as never)) {
    return ['text.unknownVariable', `У точки контакта нет части «${part}»`, `Можно: ${CONTACT_PARTS.join(', ')}`];
  }
  const { contactPoints } = names;
  if (!contactPoints) return { type: 'text', maybe: true };
  const parts = Object.hasOwn(contactPoints, id) ? contactPoints[id] : undefined;
  return parts ? { type: 'text', maybe: !parts.includes(part) } : unknownContact(id, contactPoints);
}

const unknownContact = (id: string, contactPoints: ContactParts): Fault => [
  'contact.unknown',
  `Точки контакта «${id}» нет в справочнике`,
  nearest(id, Object.keys(contactPoints), ''),
];

function contactFaults(script: Script, { contactPoints }: Names): Finding[] {
  if (!contactPoints) return [];
  return script.steps.flatMap((step, index) =>
    (step.contactPoints ?? []).flatMap((id, place) =>
      Object.hasOwn(contactPoints, id)
        ? []
        : [finding(script, step.id, ['steps', index, 'contactPoints', place], unknownContact(id, contactPoints))],
    ),
  );
}

function nearest(wanted: string, names: readonly string[], prefix: string): string {
  const near = names.filter(
    (name) =>
      name.toLowerCase().includes(wanted.toLowerCase().slice(0, 4)) ||
      wanted.toLowerCase().includes(name.toLowerCase().slice(-5)),
  );
  return near.length > 0
    ? `Может быть: ${near
        .slice(0, 4)
        .map((name) => `{${prefix}${name}}`)
        .join(', ')}?`
    : 'Проверьте имя';
}

/** What a choice or a reaction writes into a field must be something that the field can hold. */
function setFaults(script: Script, names: Names): Finding[] {
  return setsOf(script).flatMap(({ field, value, path, stepId }): Finding[] => {
    const kind = names.fields.get(field);
    if (!kind || kind.type === 'boolean') return [];
    const isOption = kind.values === undefined || kind.values.includes(String(value));
    if (fits(value, kind.type) && isOption) return [];
    const advice = kind.values
      ? `Можно: ${kind.values.slice(0, 12).join(', ')}`
      : `Нужно значение вида: ${TYPE_WORDS[kind.type]}`;
    return [
      finding(script, stepId, path, ['set.badValue', `В поле «${field}» нельзя записать «${String(value)}»`, advice]),
    ];
  });
}

/** A script is chosen before anybody answered anything. */
function claimFaults(script: Script): Finding[] {
  const when = script.appliesTo?.when;
  return when && readsField(when)
    ? [
        finding(
          script,
          undefined,
          ['appliesTo', 'when'],
          [
            'appliesTo.field',
            'Сценарий выбирается до разговора: ответов ещё нет, условие не выполнится',
            'Проверяйте known: что известно о звонке',
          ],
        ),
      ]
    : [];
}
function readsField(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(readsField);
  if ('any' in condition) return condition.any.some(readsField);
  return 'not' in condition ? readsField(condition.not) : 'field' in condition;
}

type Located = readonly [path: readonly (string | number)[], fault: Fault];

function conditionFaults(condition: Condition, path: readonly (string | number)[], names: Names): Located[] {
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
const TYPE_WORDS: Readonly<Record<ValueType, string>> = {
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

function fits(operand: unknown, type: ValueType): boolean {
  if (type === 'date')
    return operand === 'today' || (typeof operand === 'string' && parseIsoDate(operand) !== undefined);
  if (type === 'list' || type === 'text') return typeof operand === 'string';
  return typeof operand === type;
}
