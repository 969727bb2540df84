import { holds } from './conditions.ts';
import { checkAnswer, problemText } from './fields.ts';
import { STACK_LIMIT } from './model.ts';
import type { CompiledChoice, CompiledStep, Refusal } from './model.ts';
import { RETURN } from './moves.ts';
import { callbackDueAt, filled, holdNamed } from './read.ts';
import type { Reading } from './read.ts';
import { speak } from './speak.ts';
import type { Question } from './types.ts';

/** The questions that this step asks now. */
export const askedQuestions = (reading: Reading): readonly Question[] =>
  (reading.step?.questions ?? []).filter((question) => holds(question.when, reading.facts));

/** Why the present answer cannot stand; undefined when it can. `missing` also when a required answer is not there. */
export function problemOf(reading: Reading, question: Question): { text: string; missing: boolean } | undefined {
  const raw = Object.hasOwn(reading.fields, question.field) ? reading.fields[question.field] : undefined;
  const empty = raw === undefined || raw === '' || (typeof raw === 'object' && raw.length === 0);
  if (empty) {
    return question.required ? { text: problemText({ code: 'required' }, reading.language), missing: true } : undefined;
  }
  const checked = checkAnswer(question, raw, { date: reading.local.date });
  return 'problem' in checked ? { text: problemText(checked.problem, reading.language), missing: false } : undefined;
}

export const isShown = (reading: Reading, choice: CompiledChoice): boolean => holds(choice.choice.shown, reading.facts);

const WORDS = {
  condition: { ru: 'Сейчас это невозможно', en: 'Not possible now' },
  nested: { ru: 'Сначала вернитесь из вложенного сценария', en: 'First return from the side path' },
  noReturn: { ru: 'Возвращаться некуда: выберите другой ответ', en: 'There is nothing to return to: choose another' },
  hold: { ru: 'Сначала назовите клиенту время, через которое вернётесь', en: 'First name the time of your return' },
  number: { ru: 'Сначала запишите номер для связи', en: 'First note the number to call' },
  deadline: { ru: 'Сначала назовите срок, когда перезвоните', en: 'First name the term of the callback' },
  fields: { ru: 'Заполните или исправьте: ', en: 'Fill in or correct: ' },
} as const;

/**
 * Why the choice is off, or undefined when it can be made. The order is that of what helps most: the author's own
 * reason first, then what a promise needs (3.5.5-б, 3.5.5-г), then the answers that are missing.
 */
export function whyOff(reading: Reading, choice: CompiledChoice, step: CompiledStep): Refusal | undefined {
  const off = (message: string): Refusal => ({ code: 'script.choiceOff', message });
  const word = (key: keyof typeof WORDS): string => WORDS[key][reading.language];
  if (!isShown(reading, choice) || !holds(choice.when, reading.facts)) {
    return off(choice.choice.whyNot === undefined ? word('condition') : speak(reading, choice.choice.whyNot));
  }
  if (choice.push !== undefined && reading.stackDepth >= STACK_LIMIT) return off(word('nested'));
  if (choice.target === RETURN && reading.stackDepth === 0) return off(word('noReturn'));
  if (choice.effects.includes('hold.start') && !holdNamed(reading.known)) return off(word('hold'));
  if (choice.effects.includes('callback.promise') && reading.known.callback?.promised !== true) {
    if (!reading.facts.known('callback.number')) return off(word('number'));
    if (filled(reading, 'callback.dueAt') === undefined && callbackDueAt(reading) === undefined) {
      return off(word('deadline'));
    }
  }
  if (choice.choice.declined || !step.choices.includes(choice)) return undefined;
  return missingFields(reading);
}

function missingFields(reading: Reading): Refusal | undefined {
  const open = askedQuestions(reading).filter((question) => problemOf(reading, question) !== undefined);
  if (open.length === 0) return undefined;
  const labels = open.map((question) => speak(reading, question.label));
  return { code: 'script.fieldsMissing', message: `${WORDS.fields[reading.language]}${labels.join(', ')}` };
}
