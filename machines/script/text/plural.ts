import type { Language } from '../../vocabulary/index.ts';

/**
 * The form of a word that follows a number. Russian: one (1, 21), few (2–4, 22–24), many (0, 5–20, 11–14), and few for
 * fractions ("2,5 минуты"). English: one (1) and the last form given.
 */
export function pluralForm(count: number, forms: readonly string[], language: Language): string {
  const last = forms.at(-1) ?? '';
  const pick = (index: number): string => forms[index] ?? last;
  if (language === 'en') return Math.abs(count) === 1 ? pick(0) : pick(forms.length - 1);
  if (!Number.isInteger(count)) return pick(1);
  const tens = Math.abs(count) % 100;
  const ones = tens % 10;
  if (tens >= 11 && tens <= 14) return pick(2);
  if (ones === 1) return pick(0);
  return ones >= 2 && ones <= 4 ? pick(1) : pick(2);
}

/** "2,5" in Russian, "2.5" in English; thousands apart by a space that does not break. */
export function sayNumber(value: number, language: Language): string {
  const [whole = '', fraction] = String(value).split('.');
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0') : whole;
  return fraction === undefined ? grouped : `${grouped}${language === 'ru' ? ',' : '.'}${fraction}`;
}

export const counted = (count: number, forms: readonly string[], language: Language): string =>
  `${sayNumber(count, language)} ${pluralForm(count, forms, language)}`;
