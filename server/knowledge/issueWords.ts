import type { z } from 'zod';
import type { Said } from '../../machines/script/localText.ts';

/** What zod expected, for the people who edit the library and its documents. */
const TYPES: Readonly<Record<string, Said>> = {
  string: { ru: 'текст', en: 'a text' },
  number: { ru: 'число', en: 'a number' },
  boolean: { ru: 'да или нет (true или false)', en: 'yes or no (true or false)' },
  array: { ru: 'список', en: 'a list' },
  object: { ru: 'набор полей', en: 'a set of fields' },
  int: { ru: 'целое число', en: 'a whole number' },
  undefined: { ru: 'значение', en: 'a value' },
};
const typeWords = (type: string): Said => TYPES[type] ?? { ru: type, en: type };

/** One zod issue as a sentence. A schema's own message may hold both languages, see `bothLanguages`. */
export const issueWords = (issue: z.core.$ZodIssue): Said => {
  switch (issue.code) {
    case 'invalid_type': {
      const { ru, en } = typeWords(issue.expected);
      return issue.input === undefined
        ? { ru: `нужно указать ${ru}`, en: `${en} is wanted here` }
        : { ru: `здесь ожидается ${ru}`, en: `here ${en} is expected` };
    }
    case 'invalid_value': {
      const values = issue.values.join(', ');
      return { ru: `допустимо одно из: ${values}`, en: `it may be one of: ${values}` };
    }
    case 'unrecognized_keys': {
      const keys = issue.keys.join(', ');
      return { ru: `неизвестное поле: ${keys}`, en: `unknown field: ${keys}` };
    }
    case 'too_small':
      return issue.origin === 'string'
        ? { ru: 'текст пустой или слишком короткий', en: 'the text is empty or too short' }
        : { ru: `меньше допустимого (${issue.minimum})`, en: `less than allowed (${issue.minimum})` };
    case 'too_big':
      return { ru: `больше допустимого (${issue.maximum})`, en: `more than allowed (${issue.maximum})` };
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return split(issue.message);
    default:
      return { ru: 'значение не подходит', en: 'the value does not fit' };
  }
};
/** A message of a schema in both languages: zod has room for one string. */
export const bothLanguages = (ru: string, en: string): string => `${ru}${BETWEEN}${en}`;
const BETWEEN = '\u0000';
const split = (message: string): Said => {
  const [ru = message, en = ru] = message.split(BETWEEN);
  return { ru, en };
};
