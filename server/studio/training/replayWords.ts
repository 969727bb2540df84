import type { StepView } from '../../../machines/script/view.ts';
import type { Frame } from './run.ts';

/** What can be done on a step, by the ids of its buttons and questions. */
export const labelsOf = ({ choices, side = [], fields }: StepView): Readonly<Record<string, string>> =>
  Object.fromEntries([...fields, ...choices, ...side].map(({ id, label }) => [id, label]));

const FACTS: Readonly<Record<string, string>> = {
  answered: 'клиент ответил',
  held: 'клиент на удержании',
  resumed: 'вернулись на линию',
  consultStarted: 'началась консультация',
  consultReturned: 'вернулись с консультации',
  transferred: 'звонок переведён',
  transferRefused: 'перевод не удался',
  limitReached: 'переводы исчерпаны',
  clientHungUp: 'клиент положил трубку',
  operatorChanged: 'сменился оператор',
  holdNamed: 'назван срок удержания',
  holdOverdue: 'срок удержания вышел',
  callbackPromised: 'обещан обратный звонок',
};

/** What happened at a frame; `before`: where the trainee stood then. */
export function wordsOf({ event, refused }: Frame, before: Frame | undefined): string {
  if (!event) return 'начало разговора';
  const named = (id: string): string => before?.labels?.[id] ?? id;
  const words = ((): string => {
    switch (event.type) {
      case 'choose':
        return `выбор: «${named(event.choiceId)}»`;
      case 'answer':
        return `${named(event.fieldId)}: ${told(event.value)}`;
      case 'fact':
        return FACTS[event.name] ?? event.name;
      case 'back':
        return 'назад';
      case 'restart':
        return 'сначала';
      case 'language':
        return 'смена языка';
      case 'timeUp':
        return 'вышло время шага';
    }
  })();
  return refused === undefined ? words : `${words} (не принято)`;
}
const told = (value: unknown): string => {
  if (value === null) return 'стёрто';
  return Array.isArray(value) ? value.join(', ') : `«${typeof value === 'string' ? value : JSON.stringify(value)}»`;
};
