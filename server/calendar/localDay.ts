import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../machines/vocabulary/index.ts';

/** The first instant of the day in which `at` lies, in a time zone. */
export const startOfLocalDay = (at: Instant, timeZone: string): Instant =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).startOfDay().epochMilliseconds;

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
