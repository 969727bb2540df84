import type { Language } from '../../vocabulary/index.ts';
import { durationMs } from '../duration.ts';
import { holds } from '../conditions.ts';
import { parseTemplate, variablesOf } from '../text/template.ts';
import type { Condition, Script, Step } from '../types.ts';
import type { FieldValue, StepKind } from '../view.ts';
import { VARIABLES } from '../variables.ts';
import type { FieldKind } from './fields.ts';
import type { Finding } from './finding.ts';
import { localTexts, spokenTexts } from './texts.ts';

type Fields = ReadonlyMap<string, FieldKind>;
type Path = readonly (string | number)[];
type Fault = readonly [code: string, at: Path, message: string, suggestion: string, severity?: Finding['severity']];

/** Whether each step can do its work: there is something to say, something to press, and no moment without either. */
export function checkCraft(script: Script, fields: ReadonlyMap<string, FieldKind>): Finding[] {
  const perStep = script.steps.flatMap((step, index) =>
    [
      ...sayFaults(script, step, fields),
      ...choiceFaults(step),
      ...limitFaults(script, step),
      ...stuckFaults(step, fields),
    ].map(([code, at, message, suggestion, severity = 'error']): Finding => ({
      severity,
      code,
      scriptId: script.id,
      stepId: step.id,
      path: ['steps', index, ...at],
      message,
      suggestion,
    })),
  );
  return [...perStep, ...untranslated(script), ...greetingFaults(script)];
}

/** Kinds at which a client hears something. */
const SPEAKING: ReadonlySet<StepKind> = new Set([
  'greeting',
  'identity',
  'purpose',
  'rephrase',
  'answer',
  'hold',
  'callback',
  'transfer',
  'otherChannel',
  'refusal',
  'farewell',
]);

function sayFaults(script: Script, step: Step, fields: Fields): Fault[] {
  if (step.say === undefined) {
    return SPEAKING.has(step.kind) && step.kind !== 'farewell'
      ? [['say.missing', ['kind'], 'На этом шаге нечего сказать', 'Добавьте say или сделайте шаг видом note']]
      : [];
  }
  if (!Array.isArray(step.say)) return [];
  const faults: Fault[] = [];
  const rules = step.say as readonly unknown[];
  if (isRule(rules[0]) && rules[0]['otherwise'] === true) {
    faults.push([
      'say.otherwiseFirst',
      ['say', 0, 'otherwise'],
      'otherwise стоит первым: выше нет того, что могло бы не подойти',
      'Поставьте эту формулировку последней',
    ]);
  }
  const languages = script.languages.filter((language) => !rules.some((one) => isFor(one, language)));
  for (const [index, one] of rules.entries()) {
    const language = isRule(one) ? one['language'] : undefined;
    if (language === undefined || script.languages.includes(language as Language)) continue;
    faults.push([
      'say.language',
      ['say', index, 'language'],
      'На этом языке сценарий не говорит: формулировку не услышит никто',
      'Добавьте язык в languages или уберите формулировку',
    ]);
  }
  if (languages.length > 0 || canBeSilent(rules, fields)) {
    faults.push([
      'say.mayBeSilent',
      ['say'],
      'У всех формулировок есть условие: может не подойти ни одна',
      'Добавьте формулировку с otherwise: true',
      'warning',
    ]);
  }
  return faults;
}

const isRule = (one: unknown): one is Record<string, unknown> =>
  typeof one === 'object' && one !== null && 'text' in one;
const isFor = (one: unknown, language: string): boolean => !isRule(one) || (one['language'] ?? language) === language;

/** Every wording hangs on a condition, and there are answers under which none of them holds. */
function canBeSilent(rules: readonly unknown[], fields: Fields): boolean {
  const isFree = (one: unknown): boolean =>
    !isRule(one) || one['otherwise'] === true || !['when', 'dayPart', 'clientKind'].some((key) => key in one);
  if (rules.some(isFree)) return false;
  const kinds = new Set(rules.map((one) => (isRule(one) ? one['clientKind'] : undefined)));
  if (kinds.has('external') && kinds.has('internal')) return false;
  const dayParts = new Set(
    rules.flatMap((one) => (isRule(one) ? ((one['dayPart'] as string[] | undefined) ?? []) : [])),
  );
  if (dayParts.size === 4) return false;
  const groups = rules.flatMap((one) =>
    isRule(one) && !('dayPart' in one) && !('clientKind' in one) ? [[one['when'] as Condition]] : [],
  );
  return groups.length === 0 || noneHolds(groups, fields) === true;
}

function choiceFaults(step: Step): Fault[] {
  const faults: Fault[] = [];
  const choices = step.choices ?? [];
  const always = choices.filter((choice) => choice.shown === undefined).length;
  if (always > 9)
    faults.push([
      'choice.tooMany',
      ['choices'],
      'Кнопок больше девяти: цифр не хватит',
      'Разделите шаг или покажите лишнее по условию (shown)',
    ]);
  for (const [index, choice] of choices.entries()) {
    if (choice.when && choice.whyNot === undefined) {
      faults.push([
        'choice.noWhy',
        ['choices', index, 'when'],
        'Кнопка бывает серой, а почему, не сказано',
        'Добавьте whyNot: почему нельзя и что можно вместо',
        'warning',
      ]);
    }
    if (choice.whyNot !== undefined && !choice.when) {
      faults.push([
        'choice.whyAlone',
        ['choices', index, 'whyNot'],
        'whyNot без условия when никогда не покажется',
        'Добавьте when или уберите whyNot',
        'warning',
      ]);
    }
  }
  return faults;
}

function limitFaults(script: Script, step: Step): Fault[] {
  if (!step.limit) return [];
  if (durationMs(step.limit.after) === 0)
    return [['limit.zero', ['limit', 'after'], 'Предел времени равен нулю', 'Укажите время больше нуля']];
  const leads = step.limit.to ?? step.limit.remind ?? step.on?.timeUp ?? script.on?.timeUp;
  return leads === undefined
    ? [['limit.idle', ['limit'], 'Время выйдет, и ничего не произойдёт', 'Добавьте remind или to']]
    : [];
}

/** All choices carry conditions, and there are answers under which none of them holds. */
function stuckFaults(step: Step, fields: Fields): Fault[] {
  const choices = step.choices ?? [];
  const conditions = choices.map((choice) => [choice.when, choice.shown].filter((one) => one !== undefined));
  if (choices.length === 0 || step.outcome !== undefined || conditions.some((list) => list.length === 0)) return [];
  if (noneHolds(conditions, fields) !== true) return [];
  return [
    ['step.mayStick', ['choices'], 'Бывает, что ни одна кнопка не работает', 'Добавьте выбор без условия', 'warning'],
  ];
}

/**
 * Whether, for some of the values that the conditions name, no group of them holds whole; undefined when there are too
 * many combinations to try, which is left to the path tests.
 */
function noneHolds(groups: readonly (readonly Condition[])[], fields: Fields): boolean | undefined {
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
    return kind?.required && kind.values && kind.type === 'text' ? [...kind.values] : undefined;
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

/** A script that promises a language says everything in it. */
function untranslated(script: Script): Finding[] {
  if (script.languages.length < 2) return [];
  return localTexts(script).flatMap(({ local, path, stepId }): Finding[] => {
    const isWords = typeof local === 'string' && /\p{L}/u.test(local.replace(/\{[^}]*\}/g, ''));
    const missing =
      typeof local === 'string'
        ? isWords
          ? script.languages.slice(1)
          : []
        : script.languages.filter((language) => local[language] === undefined);
    if (missing.length === 0) return [];
    return [
      {
        severity: 'warning',
        code: 'text.untranslated',
        scriptId: script.id,
        ...(stepId === undefined ? {} : { stepId }),
        path,
        message: `Нет текста на языке: ${missing.join(', ')}`,
        suggestion: 'Запишите { ru: …, en: … }',
      },
    ];
  });
}

/** What the greeting must name, by the clauses that the script says it keeps. */
const GREETINGS: Readonly<Record<string, readonly (readonly [variable: readonly string[], words: string])[]>> = {
  '3.5.5': [
    [['greeting'], 'приветствие по времени суток: {greeting}'],
    [['operator.name', 'operator.fullName'], 'имя оператора: {operator.name}'],
  ],
  '3.5.6': [
    [['greeting'], 'приветствие по времени суток: {greeting}'],
    [['operator.name', 'operator.fullName'], 'имя оператора: {operator.name}'],
    [['organization'], 'орган власти: {organization}'],
  ],
  '3.8.8': [
    [['operator.fullName'], 'фамилию, имя и отчество: {operator.fullName}'],
    [['operator.position'], 'должность: {operator.position}'],
    [['operator.unit'], 'подразделение: {operator.unit}'],
  ],
};

function greetingFaults(script: Script): Finding[] {
  const index = script.steps.findIndex((step) => step.id === script.start);
  const step = script.steps[index];
  if (!script.appliesTo || step?.kind !== 'greeting') return [];
  const said = new Set(
    spokenTexts(step).flatMap(({ text }) => variablesOf(parseTemplate(text)).map(({ name }) => name)),
  );
  return (script.clauses ?? []).flatMap((clause) =>
    (GREETINGS[clause] ?? []).flatMap(([variables, words]): Finding[] =>
      variables.some((name) => said.has(name))
        ? []
        : [
            {
              severity: 'error',
              code: 'greeting.incomplete',
              scriptId: script.id,
              stepId: step.id,
              path: ['steps', index, 'say'],
              message: `Приветствие не называет ${words} (п. ${clause})`,
              suggestion: 'Добавьте в текст приветствия',
            },
          ],
    ),
  );
}

/** Two scripts that claim the same calls with the same right: which is chosen would hang on their names. */
export function checkRivals(scripts: readonly Script[]): Finding[] {
  const claims = new Map<string, string>();
  return scripts.flatMap((script): Finding[] => {
    if (!script.appliesTo) return [];
    const { priority = 0, ...rest } = script.appliesTo;
    const claim = JSON.stringify([priority, Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))]);
    const rival = claims.get(claim);
    claims.set(claim, rival ?? script.id);
    if (rival === undefined) return [];
    return [
      {
        severity: 'warning',
        code: 'script.rival',
        scriptId: script.id,
        path: ['appliesTo'],
        message: `Для тех же звонков есть сценарий «${rival}», и он ничем не хуже`,
        suggestion: 'Дайте одному из них больший priority или уточните appliesTo',
      },
    ];
  });
}
