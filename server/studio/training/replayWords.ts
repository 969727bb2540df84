import type { Said } from '../../../machines/script/localText.ts';
import type { StepView } from '../../../machines/script/view.ts';
import type { Frame } from './run.ts';

/** What can be done on a step, by the ids of its buttons and questions. */
export const labelsOf = ({ choices, side = [], fields }: StepView): Readonly<Record<string, string>> =>
  Object.fromEntries([...fields, ...choices, ...side].map(({ id, label }) => [id, label]));

const FACTS: Readonly<Record<string, Said>> = {
  answered: { ru: 'клиент ответил', en: 'the client answered' },
  held: { ru: 'клиент на удержании', en: 'the client is on hold' },
  resumed: { ru: 'вернулись на линию', en: 'came back to the line' },
  consultStarted: { ru: 'началась консультация', en: 'a consultation began' },
  consultReturned: { ru: 'вернулись с консультации', en: 'came back from the consultation' },
  transferred: { ru: 'звонок переведён', en: 'the call was transferred' },
  transferRefused: { ru: 'перевод не удался', en: 'the transfer failed' },
  limitReached: { ru: 'переводы исчерпаны', en: 'no transfers are left' },
  clientHungUp: { ru: 'клиент положил трубку', en: 'the client hung up' },
  callEnded: { ru: 'звонок закончил не клиент', en: 'the call ended, not by the client' },
  operatorChanged: { ru: 'сменился оператор', en: 'the operator changed' },
  holdNamed: { ru: 'назван срок удержания', en: 'a time of the hold was named' },
  holdOverdue: { ru: 'срок удержания вышел', en: 'the time of the hold is over' },
  callbackPromised: { ru: 'обещан обратный звонок', en: 'a callback was promised' },
};
const same = (text: string): Said => ({ ru: text, en: text });

/** What happened at a frame; `before`: where the trainee stood then. */
export function saidAt({ event, refused }: Frame, before: Frame | undefined): Said {
  if (!event) return { ru: 'начало разговора', en: 'the call begins' };
  const named = (id: string): string => before?.labels?.[id] ?? id;
  const said = ((): Said => {
    switch (event.type) {
      case 'choose':
        return { ru: `выбор: «${named(event.choiceId)}»`, en: `chosen: “${named(event.choiceId)}”` };
      case 'answer':
        return answered(named(event.fieldId), event.value);
      case 'fact':
        return FACTS[event.name] ?? same(event.name);
      case 'back':
        return { ru: 'назад', en: 'back' };
      case 'restart':
        return { ru: 'сначала', en: 'from the beginning' };
      case 'language':
        return { ru: 'смена языка', en: 'another language' };
      case 'timeUp':
        return { ru: 'вышло время шага', en: 'the time of the step is over' };
    }
  })();
  return refused === undefined ? said : { ru: `${said.ru} (не принято)`, en: `${said.en} (not accepted)` };
}
function answered(field: string, value: unknown): Said {
  if (value === null) return { ru: `${field}: стёрто`, en: `${field}: erased` };
  if (Array.isArray(value)) return same(`${field}: ${value.join(', ')}`);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { ru: `${field}: «${text}»`, en: `${field}: “${text}”` };
}
