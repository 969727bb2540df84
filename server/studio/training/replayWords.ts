import type { Said } from '../../../machines/script/localText.ts';
import type { ReactionFact } from '../../../machines/script/types.ts';
import type { StepView } from '../../../machines/script/view.ts';
import { FACT_WORDS } from '../../scripts/factWords.ts';
import type { Frame } from './run.ts';

/** What can be done on a step, by the ids of its buttons and questions. */
export const labelsOf = ({ choices, side = [], fields }: StepView): Readonly<Record<string, string>> =>
  Object.fromEntries([...fields, ...choices, ...side].map(({ id, label }) => [id, label]));

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
        return event.name in FACT_WORDS ? FACT_WORDS[event.name as ReactionFact] : same(event.name);
      case 'back':
        return { ru: 'назад', en: 'back' };
      case 'restart':
        return { ru: 'сначала', en: 'from the beginning' };
      case 'language':
        return { ru: 'смена языка', en: 'another language' };
      case 'timeUp':
        return FACT_WORDS.timeUp;
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
