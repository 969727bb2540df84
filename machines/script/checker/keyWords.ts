import type { Said } from '../localText.ts';

/** What the form calls a place of the file: by its last key, in some parts of a step by the part too. */
const WORDS: Readonly<Record<string, Said>> = {
  'choices/label': { ru: 'надпись на кнопке', en: 'words of the button' },
  'everywhere/label': { ru: 'название особой ситуации', en: 'name of the special situation' },
  'questions/label': { ru: 'вопрос', en: 'question' },
  'options/label': { ru: 'вариант ответа', en: 'option of an answer' },
  'limit/after': { ru: 'через сколько напомнить или перейти', en: 'after how long' },
  'limit/to': { ru: 'шаг, на который перейти по времени', en: 'step to go to when the time is up' },
  'call/step': { ru: 'шаг, на который уйти', en: 'step to go aside to' },
  'call/script': { ru: 'сценарий, в который уйти', en: 'script to go aside to' },
  'next/what': { ru: 'что будет дальше для клиента', en: 'what happens next for the client' },
  'next/by': { ru: 'к какому сроку', en: 'by when' },
  'next/who': { ru: 'кто отвечает', en: 'who answers for it' },
  'callback/rule': { ru: 'по какому правилу назвать срок', en: 'rule of the term' },
  title: { ru: 'название', en: 'title' },
  description: { ru: 'о чём сценарий', en: 'what the script is about' },
  languages: { ru: 'языки', en: 'languages' },
  clauses: { ru: 'пункты Порядка', en: 'clauses of the regulation' },
  appliesTo: { ru: 'для каких звонков', en: 'for which calls' },
  start: { ru: 'первый шаг', en: 'first step' },
  mainPath: { ru: 'этапы разговора', en: 'stages of the conversation' },
  steps: { ru: 'шаги', en: 'steps' },
  kind: { ru: 'вид шага', en: 'kind of step' },
  say: { ru: 'что сказать', en: 'what to say' },
  text: { ru: 'текст', en: 'text' },
  hints: { ru: 'подсказки', en: 'hints' },
  questions: { ru: 'вопросы клиенту', en: 'questions' },
  field: { ru: 'имя ответа', en: 'name of the answer' },
  type: { ru: 'вид ответа', en: 'kind of answer' },
  options: { ru: 'варианты ответа', en: 'options of the answer' },
  value: { ru: 'имя варианта', en: 'name of the option' },
  fills: { ru: 'что узнаём', en: 'what it tells' },
  choices: { ru: 'кнопки', en: 'buttons' },
  to: { ru: 'куда ведёт', en: 'where it leads' },
  call: { ru: 'куда уйти', en: 'where to go aside' },
  returnTo: { ru: 'куда вернуться', en: 'where to come back' },
  when: { ru: 'условие', en: 'condition' },
  shown: { ru: 'когда кнопка показана', en: 'when the button is shown' },
  whyNot: { ru: 'почему нельзя', en: 'why not' },
  effects: { ru: 'что делает кнопка', en: 'what the button does' },
  on: { ru: 'события линии', en: 'events of the line' },
  everywhere: { ru: 'особые ситуации', en: 'special situations' },
  limit: { ru: 'предел времени', en: 'time limit' },
  after: { ru: 'через сколько', en: 'after how long' },
  remind: { ru: 'что напомнить', en: 'what to remind of' },
  hold: { ru: 'сроки удержания', en: 'terms of the hold' },
  offer: { ru: 'сроки удержания', en: 'terms of the hold' },
  callback: { ru: 'обратный звонок', en: 'callback' },
  next: { ru: 'что будет дальше для клиента', en: 'what happens next for the client' },
  outcome: { ru: 'чем кончается разговор', en: 'how the conversation ends' },
  because: { ru: 'почему без прощания', en: 'why without a farewell' },
  contactPoints: { ru: 'точки контакта', en: 'contact points' },
  all: { ru: 'условия', en: 'conditions' },
  any: { ru: 'условия', en: 'conditions' },
  not: { ru: 'условие', en: 'condition' },
  ru: { ru: 'текст по-русски', en: 'text in Russian' },
  en: { ru: 'текст по-английски', en: 'text in English' },
};

/** Indexes say nothing to a person; a key that has no words stands for itself. */
export function keyWords(path: readonly (string | number)[]): Said {
  const keys = path.filter((part) => typeof part === 'string');
  const key = keys.at(-1);
  if (key === undefined) return { ru: 'весь текст', en: 'the whole text' };
  return WORDS[`${keys.at(-2) ?? ''}/${key}`] ?? WORDS[key] ?? { ru: `«${key}»`, en: `“${key}”` };
}
