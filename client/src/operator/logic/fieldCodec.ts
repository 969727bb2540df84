import type { FieldValue, FieldView } from '../../../../machines/script/view.ts';
import { parseDate, showDate } from './dates.ts';
import { formatPhone, tidyPhone } from './phone.ts';

/** Between what a person types and what the script keeps. */
export interface FieldCodec {
  readonly inputMode: 'text' | 'tel' | 'numeric' | 'decimal';
  /** The kept value as people write it. */
  show(value: FieldValue | undefined): string;
  /** Rewrites a finished text properly; what is not understood stays as typed. */
  tidy(typed: string): string;
  /** What to send. What is not understood goes as typed, and the script says what is wrong with it. */
  read(typed: string): FieldValue;
}

const plain = (value: FieldValue | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** `today` gives the site's date as `YYYY-MM-DD`, for dates without a year and for "завтра". */
export function codecOf(type: FieldView['type'], today: () => string): FieldCodec {
  switch (type) {
    case 'phone':
      return {
        inputMode: 'tel',
        show: (value) => formatPhone(plain(value)),
        tidy: tidyPhone,
        read: (typed) => typed.trim(),
      };
    case 'date':
      return {
        inputMode: 'text',
        show: (value) => showDate(plain(value)),
        tidy: (typed) => showDate(parseDate(typed, today()) ?? typed),
        read: (typed) => parseDate(typed, today()) ?? typed.trim(),
      };
    case 'number':
      return {
        inputMode: 'decimal',
        show: (value) => plain(value).replace('.', ','),
        tidy: (typed) => typed.trim(),
        read(typed) {
          const number = Number(typed.trim().replace(/\s/g, '').replace(',', '.'));
          return Number.isFinite(number) ? number : typed.trim();
        },
      };
    case 'text':
    case 'choice':
    case 'checklist':
      return { inputMode: 'text', show: plain, tidy: (typed) => typed, read: (typed) => typed.trim() };
  }
}
