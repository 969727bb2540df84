/** Months by their first letters, as people write them: `3 мар 2019`, `3 марта`. */
const MONTHS = ['янв', 'фев', 'мар', 'апр', 'ма[йя]', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'];
const NEAR: Readonly<Record<string, number>> = { сегодня: 0, завтра: 1, вчера: -1, позавчера: -2, послезавтра: 2 };

const two = (n: number): string => String(n).padStart(2, '0');

function iso(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? `${year}-${two(month)}-${two(day)}` : undefined;
}

/** Two figures of a year: a child's birth more often than a grandmother's. */
const fullYear = (year: number, today: string): number => {
  if (year > 99) return year;
  const century = Math.floor(Number(today.slice(0, 4)) / 100) * 100;
  return century + year > Number(today.slice(0, 4)) + 10 ? century - 100 + year : century + year;
};

/**
 * Reads a date as an operator types it: `12.03.2019`, `12 3 19`, `12032019`, `3 марта 2019`, `завтра`, `2019-03-12`.
 * `today` is `YYYY-MM-DD` at the site; a date without a year is this year's. Gives `YYYY-MM-DD`, or undefined.
 */
export function parseDate(text: string, today: string): string | undefined {
  const clean = text
    .trim()
    .toLowerCase()
    .replace(/\s*г(ода|\.)?$/, '');
  const near = NEAR[clean];
  if (near !== undefined) return new Date(Date.parse(today) + near * 86_400_000).toISOString().slice(0, 10);
  const year = Number(today.slice(0, 4));
  const asIso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(clean);
  if (asIso) return iso(Number(asIso[1]), Number(asIso[2]), Number(asIso[3]));
  const figures =
    /^(\d{1,2})[\s./-]+(\d{1,2})(?:[\s./-]+(\d{4}|\d{2}))?$/.exec(clean) ?? /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(clean);
  if (figures) {
    return iso(
      figures[3] === undefined ? year : fullYear(Number(figures[3]), today),
      Number(figures[2]),
      Number(figures[1]),
    );
  }
  const words = /^(\d{1,2})\s+([а-я]{3,})\.?(?:\s+(\d{4}|\d{2}))?$/.exec(clean);
  if (!words) return undefined;
  const month = MONTHS.findIndex((start) => new RegExp(`^${start}`).test(words[2]!)) + 1;
  if (month === 0) return undefined;
  return iso(words[3] === undefined ? year : fullYear(Number(words[3]), today), month, Number(words[1]));
}

/** `2019-03-12` → `12.03.2019`. Anything else is given back as it is. */
export const showDate = (value: string): string => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  return parts ? `${parts[3]}.${parts[2]}.${parts[1]}` : value;
};
