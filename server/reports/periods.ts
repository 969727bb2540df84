import { Temporal } from 'temporal-polyfill';
import type { Instant, Language } from '../../machines/vocabulary/index.ts';
import type { ReportPeriod } from '../contract/index.ts';

const zoned = (at: Instant, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);

/**
 * What a period is compared with (VI): a calendar month with the month before, whole days with as many days before,
 * anything else with as much time before. A period that still runs is compared up to the same moment, or today's
 * morning would be measured against the whole of yesterday.
 */
export function periodBefore({ from, to }: ReportPeriod, timeZone: string, now: Instant): ReportPeriod {
  const start = zoned(from, timeZone);
  const end = zoned(to, timeZone);
  const isDay = (at: Temporal.ZonedDateTime): boolean => at.startOfDay().equals(at);
  if (!isDay(start) || !isDay(end)) return { from: from - (Math.min(to, now) - from), to: from };
  const months = start.day === 1 && end.day === 1 ? start.until(end, { largestUnit: 'months' }).months : 0;
  const step = months > 0 ? { months } : { days: start.until(end, { largestUnit: 'days' }).days };
  const before = start.subtract(step).epochMilliseconds;
  const runs = now >= from && now < to;
  const until = runs ? zoned(now, timeZone).subtract(step).epochMilliseconds : from;
  return { from: before, to: Math.min(Math.max(until, before + 1), from) };
}

/** `2026-11` of an instant. */
export const localMonth = (at: Instant, timeZone: string): string =>
  zoned(at, timeZone).toPlainDate().toPlainYearMonth().toString();

/** First instants of the `count` months that end with the one in which `at` lies, oldest first, and the next one's. */
export function lastMonths(at: Instant, count: number, timeZone: string): readonly Instant[] {
  const first = zoned(at, timeZone).with({ day: 1 }).startOfDay();
  return Array.from({ length: count + 1 }, (_, index) => first.add({ months: index - count + 1 }).epochMilliseconds);
}
/** First instants of the days of a period. */
export function daysOf({ from, to }: ReportPeriod, timeZone: string): readonly Instant[] {
  const days: Instant[] = [];
  for (let day = zoned(from, timeZone).startOfDay(); day.epochMilliseconds < to; day = day.add({ days: 1 }))
    days.push(day.epochMilliseconds);
  return days;
}
const FORTNIGHT_DAYS = 14;
/** The days that tell whether it gets better: those of the period; of one day, the fortnight that ends with it. */
export function trendPeriod(period: ReportPeriod, timeZone: string): ReportPeriod {
  const [day = period.from, ...more] = daysOf(period, timeZone);
  if (more.length > 0) return period;
  const from = zoned(day, timeZone).subtract({ days: FORTNIGHT_DAYS - 1 });
  return { from: from.epochMilliseconds, to: period.to };
}
/** First instants of `count` weeks (from Monday) that end with the one in which `at` lies, oldest first, and the next. */
export function lastWeeks(at: Instant, count: number, timeZone: string): readonly Instant[] {
  const day = zoned(at, timeZone).startOfDay();
  const monday = day.subtract({ days: day.dayOfWeek - 1 });
  return Array.from({ length: count + 1 }, (_, index) => monday.add({ weeks: index - count + 1 }).epochMilliseconds);
}
/** Where the hours of the zone's clock begin: not at whole hours of UTC everywhere. */
export const hourOffset = (at: Instant, timeZone: string): number =>
  zoned(at, timeZone).startOfDay().epochMilliseconds % 3_600_000;
export const localHour = (at: Instant, timeZone: string): number => zoned(at, timeZone).hour;
/** `23.11.2026`; in English, where that could be read two ways, `23 Nov 2026`. */
export const localDate = (at: Instant, timeZone: string, language: Language = 'ru'): string => {
  if (language === 'en')
    return new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short', year: 'numeric' }).format(at);
  const { day, month, year } = zoned(at, timeZone);
  return `${String(day).padStart(2, '0')}.${String(month).padStart(2, '0')}.${year}`;
};
/** `23.11.2026 14:05`. */
export const localStamp = (at: Instant, timeZone: string, language: Language = 'ru'): string => {
  const { hour, minute } = zoned(at, timeZone);
  return `${localDate(at, timeZone, language)} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
};
