import { VARIABLES, isVariable } from '../variables.ts';
import { parseTemplate } from '../text/template.ts';
import type { TemplatePart } from '../text/template.ts';
import type { Script } from '../types.ts';
import type { Finding } from './finding.ts';
import { textsOf } from './texts.ts';
import type { TextAt } from './texts.ts';
import { OFFICIALESE } from './words/officialese.ts';
import { AGGRESSION, ARCHAISMS, INTERJECTIONS, JARGON, NEGATIONS, PLEONASMS, TERMS } from './words/speech.ts';
import { matches } from './words/match.ts';
import { wordsOf } from './words/stems.ts';
import { SENTENCE_RULES, TEXT_RULES } from './rules.ts';
import type { Sentence } from './sentence.ts';

const LISTS = [OFFICIALESE, JARGON, ARCHAISMS, INTERJECTIONS, AGGRESSION, NEGATIONS, PLEONASMS, TERMS];

/** [3.4.9, 3.5.2] What is said aloud, held against the requirements to speech. Advice, never an error. */
export function checkStyle(script: Script): Finding[] {
  return textsOf(script)
    .filter(({ use, language }) => use === 'say' && language === 'ru')
    .flatMap((text) => styleOf(text).map((one) => finding(script, text, one)));
}

/** Advice about one text, before it is known where the text stands. */
export type Remark = Pick<Finding, 'code' | 'message' | 'suggestion'>;

const finding = (script: Script, { path, stepId }: TextAt, advice: Remark): Finding => ({
  severity: 'warning',
  scriptId: script.id,
  ...(stepId === undefined ? {} : { stepId }),
  path,
  ...advice,
});

/** Advice by text: while one line is typed, the other lines of the script are not read again. */
const read = new Map<string, readonly Remark[]>();
const REMEMBERED = 5_000;

function styleOf({ text }: TextAt): readonly Remark[] {
  const known = read.get(text);
  if (known) return known;
  if (read.size >= REMEMBERED) read.clear();
  const advice = adviceOn(text);
  read.set(text, advice);
  return advice;
}

function adviceOn(text: string): Remark[] {
  const sounding = asItSounds(text);
  const sentences = sentencesOf(sounding).map((sentence): Sentence => {
    const ownText = withoutValues(sentence);
    return { text: sentence, words: wordsOf(sentence), own: wordsOf(ownText), ownText };
  });
  return [
    ...sentences.flatMap((sentence) => [...listed(sentence), ...SENTENCE_RULES.flatMap((rule) => rule(sentence))]),
    ...TEXT_RULES.flatMap((rule) => rule(sounding, text)),
  ];
}

const listed = ({ own }: Sentence): Remark[] =>
  LISTS.flatMap((list) =>
    matches(list, own).map(({ heard, instead }) => ({
      code: list.code,
      message: { ru: `«${heard}». ${list.reason.ru}`, en: `«${heard}». ${list.reason.en}` },
      suggestion: { ru: `Лучше: ${instead}`, en: `Better: ${instead}` },
    })),
  );

/** Variables take their example's place, so that lengths are those that will be heard; marked so that rules skip them. */
export function asItSounds(text: string): string {
  const write = (parts: readonly TemplatePart[]): string =>
    parts
      .map((part) => {
        if (part.kind === 'text') return part.text;
        if (part.kind === 'optional') return write(part.parts);
        return `${VALUE_MARK}${exampleOf(part.name)}${VALUE_MARK}`;
      })
      .join('');
  return write(parseTemplate(text).parts);
}
/** Stands around what a variable brings: not the author's words. */
export const VALUE_MARK = '\u2060';

function exampleOf(name: string): string {
  if (isVariable(name)) return VARIABLES[name].example ?? 'значение';
  const family = name.split('.')[0];
  return family === 'deadline' ? 'до пятницы, 27 ноября' : 'ответ клиента';
}

export const withoutValues = (sentence: string): string => sentence.replace(/\u2060[^\u2060]*\u2060/gu, ' ');
export const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?…])\s+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence));
