import type { Language } from '../../vocabulary/index.ts';
import { durationMs } from '../duration.ts';
import type { Condition, Script, Step } from '../types.ts';
import type { StepKind } from '../view.ts';
import type { Finding, StepFault } from './finding.ts';
import { greetingFaults } from './greetings.ts';
import { noneHolds } from './possible.ts';
import type { Fields } from './possible.ts';
import { localTexts } from './texts.ts';
import type { Said } from '../localText.ts';

/** Whether each step can do its work: there is something to say, something to press, and no moment without either. */
export function checkCraft(script: Script, fields: Fields): Finding[] {
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

function sayFaults(script: Script, step: Step, fields: Fields): StepFault[] {
  if (step.say === undefined) {
    return SPEAKING.has(step.kind) && step.kind !== 'farewell'
      ? [
          [
            'say.missing',
            ['kind'],
            { ru: 'На этом шаге нечего сказать', en: 'There is nothing to say on this step' },
            {
              ru: 'Добавьте формулировку или сделайте шаг заметкой',
              en: 'Add a wording, or make the step a note',
              yaml: 'Добавьте say или сделайте шаг видом note',
            },
          ],
        ]
      : [];
  }
  if (!Array.isArray(step.say)) return [];
  const faults: StepFault[] = [];
  const rules = step.say as readonly unknown[];
  if (isRule(rules[0]) && rules[0]['otherwise'] === true) {
    faults.push([
      'say.otherwiseFirst',
      ['say', 0, 'otherwise'],
      {
        ru: 'Формулировка «если ни одна выше не подошла» стоит первой: выше ничего нет',
        en: 'The wording for “when none above fits” stands first: there is none above it',
      },
      { ru: 'Поставьте эту формулировку последней', en: 'Put this wording last' },
    ]);
  }
  const languages = script.languages.filter((language) => !rules.some((one) => isFor(one, language)));
  for (const [index, one] of rules.entries()) {
    const language = isRule(one) ? one['language'] : undefined;
    if (language === undefined || script.languages.includes(language as Language)) continue;
    faults.push([
      'say.language',
      ['say', index, 'language'],
      {
        ru: 'На этом языке сценарий не говорит: формулировку не услышит никто',
        en: 'The script does not speak this language: nobody will hear the wording',
      },
      {
        ru: 'Добавьте язык сценарию или уберите формулировку',
        en: 'Add the language to the script, or remove the wording',
        yaml: 'Добавьте язык в languages или уберите формулировку',
      },
    ]);
  }
  if (languages.length > 0 || canBeSilent(rules, fields)) {
    faults.push([
      'say.mayBeSilent',
      ['say'],
      {
        ru: 'У всех формулировок есть условие: может не подойти ни одна',
        en: 'Every wording has a condition: it may be that none fits',
      },
      {
        ru: 'Добавьте формулировку и отметьте «если ни одна выше не подошла»',
        en: 'Add a wording and mark “when none above fits”',
        yaml: 'Добавьте формулировку с otherwise: true',
      },
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

function choiceFaults(step: Step): StepFault[] {
  const faults: StepFault[] = [];
  const choices = step.choices ?? [];
  const always = choices.filter((choice) => choice.shown === undefined).length;
  if (always > 9)
    faults.push([
      'choice.tooMany',
      ['choices'],
      { ru: 'Кнопок больше девяти: цифр не хватит', en: 'More than nine buttons: there are not enough digits' },
      {
        ru: 'Разделите шаг или показывайте лишние кнопки по условию',
        en: 'Divide the step, or show some of the buttons on a condition',
        yaml: 'Разделите шаг или покажите лишнее по условию (shown)',
      },
    ]);
  for (const [index, choice] of choices.entries()) {
    if (choice.when && choice.whyNot === undefined) {
      faults.push([
        'choice.noWhy',
        ['choices', index, 'when'],
        { ru: 'Кнопка бывает серой, а почему, не сказано', en: 'The button can be grey, and nothing says why' },
        {
          ru: 'Напишите, почему нельзя и что можно вместо этого',
          en: 'Write why not, and what instead',
          yaml: 'Добавьте whyNot: почему нельзя и что можно вместо',
        },
        'warning',
      ]);
    }
    if (choice.whyNot !== undefined && !choice.when) {
      faults.push([
        'choice.whyAlone',
        ['choices', index, 'whyNot'],
        {
          ru: 'Объяснение, почему кнопка серая, никогда не покажется: она работает всегда',
          en: 'An explanation of why the button is grey will never be shown: it always works',
        },
        {
          ru: 'Добавьте условие, когда она работает, или сотрите объяснение',
          en: 'Add a condition under which it works, or clear the explanation',
          yaml: 'Добавьте when или уберите whyNot',
        },
        'warning',
      ]);
    }
  }
  return faults;
}

function limitFaults(script: Script, step: Step): StepFault[] {
  if (!step.limit) return [];
  if (durationMs(step.limit.after) === 0)
    return [
      [
        'limit.zero',
        ['limit', 'after'],
        { ru: 'Предел времени равен нулю', en: 'The time limit is zero' },
        { ru: 'Укажите время больше нуля', en: 'Give a time above zero' },
      ],
    ];
  const leads = step.limit.to ?? step.limit.remind ?? step.on?.timeUp ?? script.on?.timeUp;
  return leads === undefined
    ? [
        [
          'limit.idle',
          ['limit'],
          { ru: 'Время выйдет, и ничего не произойдёт', en: 'The time will be up, and nothing happens' },
          {
            ru: 'Напишите, что напомнить, или выберите шаг',
            en: 'Write what to remind of, or choose a step',
            yaml: 'Добавьте remind или to',
          },
        ],
      ]
    : [];
}

/** All choices carry conditions, and there are answers under which none of them holds. */
function stuckFaults(step: Step, fields: Fields): StepFault[] {
  const choices = step.choices ?? [];
  const conditions = choices.map((choice) => [choice.when, choice.shown].filter((one) => one !== undefined));
  if (choices.length === 0 || step.outcome !== undefined || conditions.some((list) => list.length === 0)) return [];
  if (noneHolds(conditions, fields) !== true) return [];
  return [
    [
      'step.mayStick',
      ['choices'],
      { ru: 'Бывает, что ни одна кнопка не работает', en: 'It can be that no button works' },
      { ru: 'Добавьте кнопку без условия', en: 'Add a button without a condition', yaml: 'Добавьте выбор без условия' },
      'warning',
    ],
  ];
}

const LANGUAGE: Readonly<Record<Language, Said>> = {
  ru: { ru: 'по-русски', en: 'Russian' },
  en: { ru: 'по-английски', en: 'English' },
};

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
        message: {
          ru: `Нет текста: ${missing.map((each) => LANGUAGE[each].ru).join(', ')}`,
          en: `No text in: ${missing.map((each) => LANGUAGE[each].en).join(', ')}`,
        },
        suggestion: {
          ru: 'Выберите этот язык вверху формы и заполните',
          en: 'Choose that language above the form and fill it in',
          yaml: 'Запишите { ru: …, en: … }',
        },
      },
    ];
  });
}
