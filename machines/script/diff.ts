import { textIn } from './localText.ts';
import type { Choice, LocalText, Question, Script, Step } from './types.ts';

/** One difference of two versions. `words` in Russian, for a person who never saw the file. */
export interface ScriptChange {
  /** Stable: `step.added`, `step.say`, `choice.removed`… */
  readonly code: string;
  /** The step's id in the newer version, or in the older one for what was removed. */
  readonly stepId?: string;
  readonly words: string;
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
const stepName = (step: Step): string => `шаг ${quoted(step.title)}`;
const ofStep = (step: Step): string => `шага ${quoted(step.title)}`;
const added = (step: Step): ScriptChange => ({
  code: 'step.added',
  stepId: step.id,
  words: `добавлен ${stepName(step)}`,
  after: step,
});
const removed = (step: Step): ScriptChange => ({
  code: 'step.removed',
  stepId: step.id,
  words: `удалён ${stepName(step)}`,
  before: step,
});

const HEAD: readonly (readonly [key: keyof Script, words: string])[] = [
  ['title', 'изменено название сценария'],
  ['description', 'изменено описание сценария'],
  ['languages', 'изменены языки сценария'],
  ['clauses', 'изменены пункты Порядка'],
  ['appliesTo', 'изменено, для каких звонков сценарий'],
  ['start', 'изменён первый шаг'],
  ['mainPath', 'изменены этапы разговора'],
  ['on', 'изменены реакции сценария на события линии'],
  ['tags', 'изменены метки сценария'],
];
const headChanges = (a: Script, b: Script): ScriptChange[] =>
  HEAD.flatMap(([key, words]) =>
    same(a[key], b[key]) ? [] : [{ code: `script.${key}`, words, before: a[key], after: b[key] }],
  );

const STEP: readonly (readonly [key: keyof Step, words: string])[] = [
  ['title', 'изменено название'],
  ['kind', 'изменён вид'],
  ['say', 'изменён текст'],
  ['hints', 'изменены подсказки'],
  ['on', 'изменены реакции на события линии'],
  ['limit', 'изменён предел времени'],
  ['hold', 'изменены сроки удержания'],
  ['callback', 'изменено правило обратного звонка'],
  ['contactPoints', 'изменены точки контакта'],
  ['topic', 'изменена тема базы знаний'],
  ['next', 'изменено, что будет дальше для клиента,'],
  ['outcome', 'изменён исход'],
  ['because', 'изменена причина окончания'],
  ['disposition', 'изменён предлагаемый итог звонка'],
  ['tags', 'изменены метки'],
];

function stepChanges(before: Step, after: Step, scripts: { readonly a: Script; readonly b: Script }): ScriptChange[] {
  const stepId = after.id;
  const parts = STEP.flatMap(([key, words]): ScriptChange[] =>
    same(before[key], after[key])
      ? []
      : [
          {
            code: `step.${key}`,
            stepId,
            words:
              key === 'title'
                ? `${words} шага: было ${quoted(before.title)}, стало ${quoted(after.title)}`
                : `${words} ${ofStep(after)}`,
            before: before[key],
            after: after[key],
          },
        ],
  );
  const questions = listChanges(before.questions ?? [], after.questions ?? [], wordsOfQuestions(after));
  const choices = listChanges(before.choices ?? [], after.choices ?? [], wordsOfChoices(after, scripts));
  return [...parts, ...[...questions, ...choices].map((change) => ({ ...change, stepId }))];
}

/** How changes of one kind of list are told. */
interface ListWords<Item> {
  readonly code: string;
  nameOf(item: Item): string;
  added(item: Item): string;
  removed(item: Item): string;
  changed(before: Item, after: Item): string;
  moved: string;
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
  const where = `в шаге ${quoted(step.title)}`;
  return {
    code: 'question',
    nameOf: ({ field }) => field,
    added: ({ label }) => `добавлен вопрос ${quoted(label)} ${where}`,
    removed: ({ label }) => `удалён вопрос ${quoted(label)} ${where}`,
    changed: (_, { label }) => `изменён вопрос ${quoted(label)} ${where}`,
    moved: `изменён порядок вопросов ${where}`,
  };
}
function wordsOfChoices(step: Step, { a, b }: { readonly a: Script; readonly b: Script }): ListWords<Choice> {
  const from = quoted(step.title);
  return {
    code: 'choice',
    nameOf: ({ id }) => id,
    added: (choice) => `добавлен переход ${quoted(choice.label)} из шага ${from} ${targetOf(choice, b)}`.trim(),
    removed: (choice) => `удалён переход ${quoted(choice.label)} из шага ${from} ${targetOf(choice, a)}`.trim(),
    changed: (was, choice) =>
      targetOf(was, a) === targetOf(choice, b)
        ? `изменён переход ${quoted(choice.label)} из шага ${from}`
        : `переход ${quoted(choice.label)} из шага ${from} теперь ведёт ${targetOf(choice, b)}, раньше вёл ${targetOf(was, a)}`,
    moved: `изменён порядок выборов в шаге ${from}`,
  };
}
const WORDS_OF_SIDE: ListWords<Choice> = {
  code: 'everywhere',
  nameOf: ({ id }) => id,
  added: ({ label }) => `добавлена особая ситуация ${quoted(label)}`,
  removed: ({ label }) => `удалена особая ситуация ${quoted(label)}`,
  changed: (_, { label }) => `изменена особая ситуация ${quoted(label)}`,
  moved: 'изменён порядок особых ситуаций',
};

/** Where a button leads, in words of this version. */
function targetOf({ to, call }: Choice, script: Script): string {
  if (call?.script !== undefined) return `во вложенный сценарий «${call.script}»`;
  const id = call?.step ?? to;
  if (id === undefined || id === 'stay') return 'никуда: разговор остаётся на шаге';
  if (id === 'return') return 'туда, откуда пришли';
  const step = script.steps.find((each) => each.id === id);
  return step ? `в шаг ${quoted(step.title)}` : `в шаг «${id}»`;
}

/** Steps that both have stand in another order: told once, the reader sees the page. */
function orderChange(a: Script, b: Script): ScriptChange[] {
  const both = (script: Script, other: Script): string[] => {
    const ids = new Set(other.steps.map(({ id }) => id));
    return script.steps.map(({ id }) => id).filter((id) => ids.has(id));
  };
  const [before, after] = [both(a, b), both(b, a)];
  return same(before, after) ? [] : [{ code: 'steps.moved', words: 'изменён порядок шагов', before, after }];
}

/** Equal as data, whatever the order of keys. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => same(left[key], right[key]));
}
