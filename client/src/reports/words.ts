import type { Figures } from '../../../server/contract/reports.ts';
import { inPercent, isEnglish } from '../shared/i18n/percent.ts';

/** `+79065550101` → `+7 906 555-01-01`. */
export const phone = (text: string): string => {
  const digits = /^(?:\+?7|8)(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(text);
  return digits ? `+7 ${digits[1]} ${digits[2]}-${digits[3]}-${digits[4]}` : text;
};
/** `3:05`, `1:02:09`: a length of time in tables. */
export function length(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
const withMark = (digits: string): string => (isEnglish() ? digits : digits.replace('.', ','));
const whole = { ru: new Intl.NumberFormat('ru-RU'), en: new Intl.NumberFormat('en-GB') };
export const count = (value: number): string => whole[isEnglish() ? 'en' : 'ru'].format(value);
export const percent = (value: number): string =>
  inPercent(withMark((value * 100).toFixed(value > 0.995 || value < 0.005 ? 0 : 1)));
export const decimal = (value: number): string => withMark(value.toFixed(2));
/** Of a review, out of 100. */
export const score = (value: number | null): string =>
  value === null ? '—' : withMark(String(Math.round(value * 10) / 10));

export type FigureName = Exclude<keyof Figures, 'survey'>;
export type FigureKind = 'count' | 'share' | 'ms';
/** What a figure is and which way is better; neither for what is only a volume. */
export const FIGURES: Readonly<
  Partial<Record<FigureName, { kind: FigureKind; better?: 'more' | 'less'; formula?: string }>>
> = {
  calls: { kind: 'count' },
  handled: { kind: 'count' },
  abandonedShare: { kind: 'share', better: 'less', formula: 'abandoned' },
  serviceLevel: { kind: 'share', better: 'more' },
  asaMs: { kind: 'ms', better: 'less', formula: 'asa' },
  ahtMs: { kind: 'ms', formula: 'aht' },
  promisesKept: { kind: 'share', better: 'more', formula: 'promises' },
  repeatShare: { kind: 'share', better: 'less', formula: 'repeat' },
  transferShare: { kind: 'share', better: 'less', formula: 'transfers' },
  satisfaction: { kind: 'share', better: 'more', formula: 'satisfaction' },
};
export function shown(value: number | undefined, kind: FigureKind): string {
  if (value === undefined) return '—';
  return kind === 'share' ? percent(value) : kind === 'ms' ? length(value) : count(value);
}
/** Worse by more than a twentieth of what it was: worth a colour. */
export function isWorse(
  now: number | undefined,
  before: number | undefined,
  better: 'more' | 'less' | undefined,
): boolean {
  if (now === undefined || before === undefined || better === undefined) return false;
  const change = better === 'more' ? before - now : now - before;
  return change > Math.abs(before) * 0.05 && change > 0;
}

/** Whose call it was at the end: nobody's, or somebody's who is no operator, such as a colleague it was handed to. */
export const withoutOperator = ({ answered }: { readonly answered: boolean }): 'unanswered' | 'noOperator' =>
  answered ? 'noOperator' : 'unanswered';

/** `Воронцова Анна Петровна` → `Воронцова А. П.` */
export const shortName = (name: string): string => {
  const [surname = '', ...rest] = name.split(' ');
  return [surname, ...rest.map((part) => `${part.charAt(0)}.`)].join(' ');
};
