import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../machines/vocabulary/index.ts';

/** The day that was asked for last, by time zone: nearly all questions are about today, and the calendar is slow. */
const lastAsked = new Map<string, { readonly from: Instant; readonly to: Instant }>();

/** The first instant of the day in which `at` lies, in a time zone. */
export function startOfLocalDay(at: Instant, timeZone: string): Instant {
  const known = lastAsked.get(timeZone);
  if (known !== undefined && at >= known.from && at < known.to) return known.from;
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).startOfDay();
  const from = day.epochMilliseconds;
  lastAsked.set(timeZone, { from, to: day.add({ days: 1 }).startOfDay().epochMilliseconds });
  return from;
}

/** `2026-11-24`: the day of an instant in a time zone. */
export const localDay = (at: Instant, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** The last millisecond of a day such as `2026-11-24`. */
export const endOfLocalDay = (day: string, timeZone: string): Instant =>
  Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds - 1;

/** Weekday from 1 (Monday) and minutes from midnight. */
export const localMoment = (at: Instant, timeZone: string): { weekday: number; minute: number } => {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return { weekday: local.dayOfWeek, minute: local.hour * 60 + local.minute };
};
