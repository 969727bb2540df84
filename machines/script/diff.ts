import { textIn, type Said } from './localText.ts';
import type { Choice, LocalText, Question, Script, Step } from './types.ts';

/** One difference of two versions, in words for a person who never saw the file. */
export interface ScriptChange {
  /** Stable: `step.added`, `step.say`, `choice.removed`… */
  readonly code: string;
  /** The step's id in the newer version, or in the older one for what was removed. */
  readonly stepId?: string;
  readonly words: Said;
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * What was done to get from `a` to `b`: first the script as a whole, then its steps in the order of `b`, then what is
 * gone. Pure; equal scripts give nothing.
 */
export function diffScripts(a: Script, b: Script): ScriptChange[] {
  const before = new Map(a.steps.map((step) => [step.id, step]));
  const after = new Map(b.steps.map((step) => [step.id, step]));
  return [
    ...headChanges(a, b),
    ...listChanges(a.everywhere ?? [], b.everywhere ?? [], WORDS_OF_SIDE),
    ...b.steps.flatMap((step) => {
      const old = before.get(step.id);
      return old ? stepChanges(old, step, { a, b }) : [added(step)];
    }),
    ...a.steps.filter(({ id }) => !after.has(id)).map(removed),
    ...orderChange(a, b),
  ];
}

const quoted = (text: LocalText): string => `«${textIn(text, 'ru') || textIn(text, 'en')}»`;
const added = (step: Step): ScriptChange => ({
  code: 'step.added',
  stepId: step.id,
  words: { ru: `добавлен шаг ${quoted(step.title)}`, en: `the step ${quoted(step.title)} was added` },
  after: step,
});
const removed = (step: Step): ScriptChange => ({
  code: 'step.removed',
  stepId: step.id,
  words: { ru: `удалён шаг ${quoted(step.title)}`, en: `the step ${quoted(step.title)} was deleted` },
  before: step,
});

const HEAD: readonly (readonly [key: keyof Script, ru: string, en: string])[] = [
  ['title', 'изменено название сценария', 'the title of the script was changed'],
  ['description', 'изменено описание сценария', 'the description of the script was changed'],
  ['languages', 'изменены языки сценария', 'the languages of the script were changed'],
  ['clauses', 'изменены пункты Порядка', 'the clauses of the regulation were changed'],
  ['appliesTo', 'изменено, для каких звонков сценарий', 'the calls that the script is for were changed'],
  ['start', 'изменён первый шаг', 'the first step was changed'],
  ['mainPath', 'изменены этапы разговора', 'the stages of the conversation were changed'],
  ['on', 'изменены реакции сценария на события линии', 'the reactions of the script to the line were changed'],
  ['tags', 'изменены метки сценария', 'the tags of the script were changed'],
];
const headChanges = (a: Script, b: Script): ScriptChange[] =>
  HEAD.flatMap(([key, ru, en]) =>
    same(a[key], b[key]) ? [] : [{ code: `script.${key}`, words: { ru, en }, before: a[key], after: b[key] }],
  );

const STEP: readonly (readonly [key: keyof Step, ru: string, en: string])[] = [
  ['title', 'изменено название', 'the title'],
  ['kind', 'изменён вид', 'the kind'],
  ['say', 'изменён текст', 'the text'],
  ['trial', 'изменена вторая формулировка', 'the second wording'],
  ['hints', 'изменены подсказки', 'the hints'],
  ['on', 'изменены реакции на события линии', 'the reactions to the line'],
  ['limit', 'изменён предел времени', 'the time limit'],
  ['hold', 'изменены сроки удержания', 'the terms of the hold'],
  ['callback', 'изменено правило обратного звонка', 'the rule of the callback'],
  ['contactPoints', 'изменены точки контакта', 'the contact points'],
  ['topic', 'изменена тема базы знаний', 'the topic of the knowledge base'],
  ['next', 'изменено, что будет дальше для клиента,', 'what happens next for the client'],
  ['outcome', 'изменён исход', 'the end'],
  ['because', 'изменена причина окончания', 'the reason of the end'],
  ['disposition', 'изменён предлагаемый итог звонка', 'the outcome of the call offered'],
  ['tags', 'изменены метки', 'the tags'],
];

/** A second wording comes and goes; what it means is that a comparison begins or ends. */
function trialChange(before: Step, after: Step): Said {
  const title = quoted(after.title);
  if (before.trial === undefined)
    return {
      ru: `начато испытание второй формулировки шага ${title}`,
      en: `a trial of a second wording of the step ${title} began`,
    };
  if (after.trial === undefined)
    return {
      ru: `закончено испытание формулировок шага ${title}`,
      en: `the trial of wordings of the step ${title} ended`,
    };
  return {
    ru: `изменена вторая формулировка шага ${title}`,
    en: `the second wording of the step ${title} changed`,
  };
}

function stepChanges(before: Step, after: Step, scripts: { readonly a: Script; readonly b: Script }): ScriptChange[] {
  const stepId = after.id;
  const parts = STEP.flatMap(([key, ru, en]): ScriptChange[] =>
    same(before[key], after[key])
      ? []
      : [
          {
            code: `step.${key}`,
            stepId,
            words:
              key === 'title'
                ? retitled(before.title, after.title)
                : key === 'trial'
                  ? trialChange(before, after)
                  : { ru: `${ru} шага ${quoted(after.title)}`, en: `${en} of the step ${quoted(after.title)} changed` },
            before: before[key],
            after: after[key],
          },
        ],
  );
  const questions = listChanges(before.questions ?? [], after.questions ?? [], wordsOfQuestions(after));
  const choices = listChanges(before.choices ?? [], after.choices ?? [], wordsOfChoices(after, scripts));
  return [...parts, ...[...questions, ...choices].map((change) => ({ ...change, stepId }))];
}

const retitled = (before: LocalText, after: LocalText): Said => ({
  ru: `изменено название шага: было ${quoted(before)}, стало ${quoted(after)}`,
  en: `a step was renamed: it was ${quoted(before)}, it is ${quoted(after)}`,
});

/** How changes of one kind of list are told. */
interface ListWords<Item> {
  readonly code: string;
  nameOf(item: Item): string;
  added(item: Item): Said;
  removed(item: Item): Said;
  changed(before: Item, after: Item): Said;
  moved: Said;
}
function listChanges<Item>(before: readonly Item[], after: readonly Item[], told: ListWords<Item>): ScriptChange[] {
  const old = new Map(before.map((item) => [told.nameOf(item), item]));
  const now = new Map(after.map((item) => [told.nameOf(item), item]));
  const changes = after.flatMap((item): ScriptChange[] => {
    const was = old.get(told.nameOf(item));
    if (was === undefined) return [{ code: `${told.code}.added`, words: told.added(item), after: item }];
    if (same(was, item)) return [];
    return [{ code: `${told.code}.changed`, words: told.changed(was, item), before: was, after: item }];
  });
  const gone = before
    .filter((item) => !now.has(told.nameOf(item)))
    .map((item): ScriptChange => ({ code: `${told.code}.removed`, words: told.removed(item), before: item }));
  const order = (items: readonly Item[], others: ReadonlyMap<string, Item>): string[] =>
    items.map((item) => told.nameOf(item)).filter((name) => others.has(name));
  const isMoved = !same(order(before, now), order(after, old));
  return [...changes, ...gone, ...(isMoved ? [{ code: `${told.code}.moved`, words: told.moved }] : [])];
}

function wordsOfQuestions(step: Step): ListWords<Question> {
  const title = quoted(step.title);
  const told = (label: LocalText, ru: string, en: string): Said => ({
    ru: `${ru} вопрос ${quoted(label)} в шаге ${title}`,
    en: `the question ${quoted(label)} of the step ${title} was ${en}`,
  });
  return {
    code: 'question',
    nameOf: ({ field }) => field,
    added: ({ label }) => told(label, 'добавлен', 'added'),
    removed: ({ label }) => told(label, 'удалён', 'deleted'),
    changed: (_, { label }) => told(label, 'изменён', 'changed'),
    moved: {
      ru: `изменён порядок вопросов в шаге ${title}`,
      en: `the order of questions in the step ${title} changed`,
    },
  };
}
function wordsOfChoices(step: Step, { a, b }: { readonly a: Script; readonly b: Script }): ListWords<Choice> {
  const from = quoted(step.title);
  const told = (ru: string, en: string, choice: Choice, script: Script): Said => {
    const to = targetOf(choice, script);
    return {
      ru: `${ru} переход ${quoted(choice.label)} из шага ${from} ${to.ru}`,
      en: `the way ${quoted(choice.label)} from the step ${from} ${to.en} was ${en}`,
    };
  };
  return {
    code: 'choice',
    nameOf: ({ id }) => id,
    added: (choice) => told('добавлен', 'added', choice, b),
    removed: (choice) => told('удалён', 'deleted', choice, a),
    changed(was, choice) {
      const [before, after] = [targetOf(was, a), targetOf(choice, b)];
      const label = quoted(choice.label);
      return before.ru === after.ru
        ? { ru: `изменён переход ${label} из шага ${from}`, en: `the way ${label} from the step ${from} was changed` }
        : {
            ru: `переход ${label} из шага ${from} теперь ведёт ${after.ru}, раньше вёл ${before.ru}`,
            en: `the way ${label} from the step ${from} now leads ${after.en}, before ${before.en}`,
          };
    },
    moved: { ru: `изменён порядок выборов в шаге ${from}`, en: `the order of choices in the step ${from} changed` },
  };
}
const ofSide = (label: LocalText, ru: string, en: string): Said => ({
  ru: `${ru} особая ситуация ${quoted(label)}`,
  en: `the special situation ${quoted(label)} was ${en}`,
});
const WORDS_OF_SIDE: ListWords<Choice> = {
  code: 'everywhere',
  nameOf: ({ id }) => id,
  added: ({ label }) => ofSide(label, 'добавлена', 'added'),
  removed: ({ label }) => ofSide(label, 'удалена', 'deleted'),
  changed: (_, { label }) => ofSide(label, 'изменена', 'changed'),
  moved: { ru: 'изменён порядок особых ситуаций', en: 'the order of special situations changed' },
};

/** Where a button leads, in words of this version. */
function targetOf({ to, call }: Choice, script: Script): Said {
  if (call?.script !== undefined)
    return { ru: `во вложенный сценарий «${call.script}»`, en: `into the nested script «${call.script}»` };
  const id = call?.step ?? to;
  if (id === undefined || id === 'stay')
    return { ru: 'никуда: разговор остаётся на шаге', en: 'nowhere: the conversation stays on the step' };
  if (id === 'return') return { ru: 'туда, откуда пришли', en: 'to where one came from' };
  const step = script.steps.find((each) => each.id === id);
  const title = step ? quoted(step.title) : `«${id}»`;
  return { ru: `в шаг ${title}`, en: `to the step ${title}` };
}

/** Steps that both have stand in another order: told once, the reader sees the page. */
function orderChange(a: Script, b: Script): ScriptChange[] {
  const both = (script: Script, other: Script): string[] => {
    const ids = new Set(other.steps.map(({ id }) => id));
    return script.steps.map(({ id }) => id).filter((id) => ids.has(id));
  };
  const [before, after] = [both(a, b), both(b, a)];
  return same(before, after)
    ? []
    : [
        {
          code: 'steps.moved',
          words: { ru: 'изменён порядок шагов', en: 'the order of steps changed' },
          before,
          after,
        },
      ];
}

/** Equal as data, whatever the order of keys. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => same(left[key], right[key]));
}
