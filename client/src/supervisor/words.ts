import { inPercent } from '../shared/i18n/percent.ts';

/** `+79065550101` and `79065550101` → `+7 906 555-01-01`, which is never torn; names and short numbers as they are. */
export const phone = (text: string): string => {
  const digits = /^\+?7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(text);
  return digits ? `+7\u00a0${digits[1]}\u00a0${digits[2]}-${digits[3]}-${digits[4]}` : text;
};

/** `Воронцова Анна Петровна` → `Воронцова А. П.` */
export const shortName = (name: string): string => {
  const [surname = '', ...rest] = name.split(' ');
  return [surname, ...rest.map((part) => `${part.charAt(0)}.`)].join(' ');
};

export const percent = (share: number | undefined): string =>
  share === undefined ? '—' : inPercent(Math.round(share * 100));
