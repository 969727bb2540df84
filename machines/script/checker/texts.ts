import type { Language } from '../../vocabulary/index.ts';
import type { Choice, Condition, LocalText, Question, Script, Step } from '../types.ts';

/** One text of a script in one language, with its place. */
export interface TextAt {
  readonly text: string;
  readonly language: Language;
  readonly use: 'say' | 'hint' | 'label' | 'title' | 'whyNot' | 'next' | 'because' | 'remind';
  readonly path: readonly (string | number)[];
  readonly stepId?: string;
  /** Condition under which it is used. */
  readonly when?: Condition;
  readonly step?: Step;
}
/** One text with all its languages. */
export interface LocalAt extends Omit<TextAt, 'text' | 'language'> {
  readonly local: LocalText;
}

type Path = readonly (string | number)[];

const isRule = (one: unknown): one is { text: LocalText; when?: Condition } =>
  typeof one === 'object' && one !== null && 'text' in one;

/** `say` or `hints`: a bare text or a list of texts and rules. */
function listed(written: Step['say'] | Step['hints'], at: Path): { local: LocalText; path: Path; when?: Condition }[] {
  if (written === undefined) return [];
  const list = (Array.isArray(written) ? written : [written]) as readonly (
    | LocalText
    | { text: LocalText; when?: Condition }
  )[];
  return list.map((one, index) => {
    const path = Array.isArray(written) ? [...at, index] : at;
    if (!isRule(one)) return { local: one, path };
    return { local: one.text, path: [...path, 'text'], ...(one.when === undefined ? {} : { when: one.when }) };
  });
}

function choiceTexts(choice: Choice, at: Path): Omit<LocalAt, 'stepId' | 'step'>[] {
  const label = { local: choice.label, use: 'label' as const, path: [...at, 'label'] };
  return choice.whyNot === undefined
    ? [label]
    : [label, { local: choice.whyNot, use: 'whyNot', path: [...at, 'whyNot'] }];
}

function questionTexts(question: Question, at: Path): Omit<LocalAt, 'stepId' | 'step'>[] {
  const options = 'options' in question ? question.options : [];
  return [
    { local: question.label, use: 'label', path: [...at, 'label'] },
    ...options.map((option, index) => ({
      local: option.label,
      use: 'label' as const,
      path: [...at, 'options', index, 'label'],
    })),
  ];
}

function stepTexts(step: Step, at: Path): LocalAt[] {
  const { next, because, limit } = step;
  const part = (local: LocalText | undefined, use: TextAt['use'], path: Path) =>
    local === undefined ? [] : [{ local, use, path: [...at, ...path] }];
  const texts: Omit<LocalAt, 'stepId' | 'step'>[] = [
    ...part(step.title, 'title', ['title']),
    ...listed(step.say, [...at, 'say']).map((one) => ({ ...one, use: 'say' as const })),
    ...listed(step.hints, [...at, 'hints']).map((one) => ({ ...one, use: 'hint' as const })),
    ...(step.questions ?? []).flatMap((question, index) => questionTexts(question, [...at, 'questions', index])),
    ...(step.choices ?? []).flatMap((choice, index) => choiceTexts(choice, [...at, 'choices', index])),
    ...part(limit?.remind, 'remind', ['limit', 'remind']),
    ...part(next?.what, 'next', ['next', 'what']),
    ...part(next?.by, 'next', ['next', 'by']),
    ...part(next?.who, 'next', ['next', 'who']),
    ...part(because, 'because', ['because']),
  ];
  return texts.map((one) => ({ ...one, stepId: step.id, step }));
}

/** Every text of the script that is ever shown or said. */
export function localTexts(script: Script): LocalAt[] {
  return [
    { local: script.title, use: 'title', path: ['title'] },
    ...(script.everywhere ?? []).flatMap((choice, index) => choiceTexts(choice, ['everywhere', index])),
    ...script.steps.flatMap((step, index) => stepTexts(step, ['steps', index])),
  ];
}

/** The same by language: a bare text is in the script's first. */
export const textsOf = (script: Script): TextAt[] =>
  localTexts(script).flatMap(({ local, ...rest }) => byLanguage(local, script.languages[0] ?? 'ru', rest));

function byLanguage(local: LocalText, first: Language, rest: Omit<TextAt, 'text' | 'language'>): TextAt[] {
  if (typeof local === 'string') return [{ ...rest, text: local, language: first }];
  return (['ru', 'en'] as const).flatMap((language) => {
    const text = local[language];
    return text === undefined ? [] : [{ ...rest, text, language, path: [...rest.path, language] }];
  });
}

/** What a step says aloud. */
export const spokenTexts = (step: Step, first: Language = 'ru'): TextAt[] =>
  stepTexts(step, [])
    .filter(({ use }) => use === 'say')
    .flatMap(({ local, ...rest }) => byLanguage(local, first, rest));

/** Every condition of the script with its place. */
export function conditionsOf(script: Script): { condition: Condition; path: Path; stepId?: string }[] {
  const found: { condition: Condition; path: Path; stepId?: string }[] = [];
  const look = (value: unknown, path: Path, stepId: string | undefined): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      if (key === 'when' || key === 'shown') {
        found.push({ condition: inner as Condition, path: at, ...(stepId === undefined ? {} : { stepId }) });
      } else look(inner, at, stepId);
    }
  };
  const { steps, ...rest } = script;
  look(rest, [], undefined);
  for (const [index, step] of steps.entries()) look(step, ['steps', index], step.id);
  return found;
}

/** Every value that a choice or a reaction writes into a field, with its place. */
export function setsOf(
  script: Script,
): { field: string; value: string | number | boolean; path: Path; stepId?: string }[] {
  const found: ReturnType<typeof setsOf> = [];
  const look = (value: unknown, path: Path, stepId: string | undefined): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      if (key !== 'set') look(inner, at, stepId);
      else {
        for (const [field, written] of Object.entries(inner as Record<string, string | number | boolean>)) {
          found.push({ field, value: written, path: [...at, field], ...(stepId === undefined ? {} : { stepId }) });
        }
      }
    }
  };
  const { steps, ...rest } = script;
  look(rest, [], undefined);
  for (const [index, step] of steps.entries()) look(step, ['steps', index], step.id);
  return found;
}
