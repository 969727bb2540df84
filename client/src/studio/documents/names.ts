import { anyText, str, textIn, type Plain, type TextLanguage } from '../texts.ts';

/** `2026-11-04` as people say it: «ср, 4 ноября 2026»; what is no day stays as it is. */
export function dayWords(day: string, language: TextLanguage): string {
  const at = Date.parse(`${day}T12:00:00Z`);
  if (Number.isNaN(at)) return day;
  const words = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'ru', {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(at);
  return words.replace(/\s?г\.$/, '');
}
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
/** A text of a document; days in it as people say them. */
export const spelled = (text: string, language: TextLanguage): string =>
  ISO_DAY.test(text) ? dayWords(text, language) : text;

/** What a record is called, in the language of the screen where it is written in both. */
export const nameOf = (record: Plain, language: TextLanguage): string =>
  textIn(record['label'], language) ||
  textIn(record['title'], language) ||
  anyText(record['label']) ||
  anyText(record['title']) ||
  str(record['fullName']) ||
  [spelled(str(record['day']) || str(record['from']), language), str(record['name']) || str(record['by'])]
    .filter(Boolean)
    .join(' · ') ||
  str(record['id']);
export const detailOf = (record: Plain): string =>
  [str(record['extension']), str(record['position']), str(record['unit'])].filter(Boolean).join(', ');
