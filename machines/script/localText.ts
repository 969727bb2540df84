import type { Language } from '../vocabulary/index.ts';
import type { KnownText } from './known.ts';

/** The text in that language, else in the script's first language, else in whichever there is. */
export function textIn(text: KnownText, language: Language, first: Language = 'ru'): string {
  if (typeof text === 'string') return text;
  return text[language] ?? text[first] ?? text.ru ?? text.en ?? '';
}
