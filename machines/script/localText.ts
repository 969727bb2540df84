import type { Language } from '../vocabulary/index.ts';
import type { KnownText } from './known.ts';

/** The text in that language, else in the script's first language, else in whichever there is. */
export function textIn(text: KnownText, language: Language, first: Language = 'ru'): string {
  if (typeof text === 'string') return text;
  return text[language] ?? text[first] ?? text.ru ?? text.en ?? '';
}

/** Words of the product itself about a script, in both languages of its screens. */
export interface Said {
  readonly ru: string;
  readonly en: string;
}
/** A text of a script in both languages of the screens; where one is missing the other stands for it. */
export const saidOf = (text: KnownText): Said => ({ ru: textIn(text, 'ru'), en: textIn(text, 'en') });
