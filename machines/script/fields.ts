import type { Language } from '../vocabulary/index.ts';
import { localTime, parseIsoDate } from './text/localTime.ts';
import { normalisePhone } from './text/phone.ts';
import { cleanValue } from './text/clean.ts';
import type { Question } from './types.ts';
import type { FieldValue } from './view.ts';

/** Answers of the script by field name, as the operator typed them: kept even when refused, so a reload loses nothing. */
export type Fields = Readonly<Record<string, FieldValue>>;

export type Checked = { readonly value: FieldValue } | { readonly problem: Problem };
/** Stable code, with the limit that was passed; `problemText` turns it into words. */
export interface Problem {
  readonly code:
    | 'required'
    | 'type'
    | 'tooShort'
    | 'tooLong'
    | 'name'
    | 'email'
    | 'phone'
    | 'date'
    | 'dateEarly'
    | 'dateLate'
    | 'number'
    | 'whole'
    | 'min'
    | 'max'
    | 'option'
    | 'atLeast';
  readonly limit?: string | number;
}

const bad = (code: Problem['code'], limit?: string | number): Checked => ({
  problem: limit === undefined ? { code } : { code, limit },
});

/** What day it is, for `today` in the limits of a date. */
export interface Today {
  readonly date: string;
}
export const todayOf = (now: number, timeZone: string): Today => ({ date: localTime(now, timeZone).date });

type Check<Type extends Question['type']> = (
  question: Extract<Question, { type: Type }>,
  raw: FieldValue,
  today: Today,
) => Checked;

const checkText: Check<'text'> = (question, raw) => {
  if (typeof raw !== 'string') return bad('type');
  const limit = question.maxLength ?? 500;
  const value = cleanValue(raw, limit + 1);
  if (Array.from(value).length > limit) return bad('tooLong', limit);
  if (value.length < (question.minLength ?? 1)) return bad('tooShort', question.minLength ?? 1);
  if (question.format === 'name' && !/^\p{L}[\p{L}\p{M}'’.\- ]*$/u.test(value)) return bad('name');
  if (question.format === 'email' && !/^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/u.test(value)) return bad('email');
  return { value };
};

const checkPhone: Check<'phone'> = (question, raw) => {
  const value = typeof raw === 'string' ? normalisePhone(raw, question.extensions ?? false) : undefined;
  return value === undefined ? bad('phone') : { value };
};

/** `2026-11-27`, `27.11.2026`, `27.11` (of this year). */
function readDate(raw: string, today: Today): string | undefined {
  const match = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?$/.exec(raw.trim());
  const iso = match
    ? `${match[3] ?? today.date.slice(0, 4)}-${(match[2] ?? '').padStart(2, '0')}-${(match[1] ?? '').padStart(2, '0')}`
    : raw.trim();
  return parseIsoDate(iso)?.date;
}

const checkDate: Check<'date'> = (question, raw, today) => {
  const value = typeof raw === 'string' ? readDate(raw, today) : undefined;
  if (value === undefined) return bad('date');
  const limitOf = (limit: string | undefined): string | undefined => (limit === 'today' ? today.date : limit);
  const earliest = limitOf(question.notBefore);
  const latest = limitOf(question.notAfter);
  if (earliest !== undefined && value < earliest) return bad('dateEarly', earliest);
  if (latest !== undefined && value > latest) return bad('dateLate', latest);
  return { value };
};

const checkNumber: Check<'number'> = (question, raw) => {
  const value = typeof raw === 'string' && raw.trim() !== '' ? Number(raw.trim().replace(',', '.')) : raw;
  if (typeof value !== 'number' || !Number.isFinite(value)) return bad('number');
  if (question.fraction !== true && !Number.isInteger(value)) return bad('whole');
  if (question.min !== undefined && value < question.min) return bad('min', question.min);
  if (question.max !== undefined && value > question.max) return bad('max', question.max);
  return { value };
};

const checkChoice: Check<'choice'> = (question, raw) =>
  typeof raw === 'string' && question.options.some((option) => option.value === raw) ? { value: raw } : bad('option');

const checkChecklist: Check<'checklist'> = (question, raw) => {
  if (typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean') return bad('type');
  const marked = question.options.map((option) => option.value).filter((value) => raw.includes(value));
  if (raw.some((value) => !marked.includes(value))) return bad('option');
  const atLeast = question.atLeast ?? (question.required ? 1 : 0);
  return marked.length < atLeast ? bad('atLeast', atLeast) : { value: marked };
};

/** One question's answer: normalised, or why it is refused. */
export function checkAnswer(question: Question, raw: FieldValue, today: Today): Checked {
  switch (question.type) {
    case 'text':
      return checkText(question, raw, today);
    case 'phone':
      return checkPhone(question, raw, today);
    case 'date':
      return checkDate(question, raw, today);
    case 'number':
      return checkNumber(question, raw, today);
    case 'choice':
      return checkChoice(question, raw, today);
    case 'checklist':
      return checkChecklist(question, raw, today);
  }
}

const WORDS: Readonly<Record<Problem['code'], Readonly<Record<Language, string>>>> = {
  required: { ru: 'Заполните это поле', en: 'Fill in this field' },
  type: { ru: 'Не тот вид ответа', en: 'Wrong kind of answer' },
  tooShort: { ru: 'Слишком коротко: нужно хотя бы # симв.', en: 'Too short: at least # characters' },
  tooLong: { ru: 'Слишком длинно: не больше # симв.', en: 'Too long: at most # characters' },
  name: { ru: 'В имени только буквы, дефис и пробелы', en: 'A name has letters, hyphens and spaces only' },
  email: { ru: 'Проверьте адрес почты', en: 'Check the e-mail address' },
  phone: { ru: 'Проверьте номер: нужен полный, с кодом', en: 'Check the number: it must be complete, with its code' },
  date: { ru: 'Нет такой даты; пишите 27.11.2026', en: 'No such date; write 27.11.2026' },
  dateEarly: { ru: 'Дата раньше, чем можно (#)', en: 'The date is before #' },
  dateLate: { ru: 'Дата позже, чем можно (#)', en: 'The date is after #' },
  number: { ru: 'Нужно число', en: 'A number is needed' },
  whole: { ru: 'Нужно целое число', en: 'A whole number is needed' },
  min: { ru: 'Не меньше #', en: 'At least #' },
  max: { ru: 'Не больше #', en: 'At most #' },
  option: { ru: 'Выберите из списка', en: 'Choose from the list' },
  atLeast: { ru: 'Отметьте хотя бы #', en: 'Mark at least #' },
};
export const problemText = (problem: Problem, language: Language): string =>
  WORDS[problem.code][language].replace('#', sayLimit(problem.limit));

const sayLimit = (limit: string | number | undefined): string => {
  const day = typeof limit === 'string' ? parseIsoDate(limit) : undefined;
  return day
    ? `${String(day.day).padStart(2, '0')}.${String(day.month).padStart(2, '0')}.${String(day.year)}`
    : String(limit ?? '');
};
