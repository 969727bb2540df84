import { z } from 'zod';
import { bothLanguages } from '../knowledge/issueWords.ts';

/** A calendar day as it is written in the data: `2026-11-04`. */
const day = z.preprocess(
  (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value),
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, bothLanguages('день пишется так: 2026-11-04', 'a day is written as 2026-11-04')),
);
/** `9:00-13:00` → minutes from midnight. */
const span = z
  .string()
  .regex(
    /^([01]?\d|2[0-4]):[0-5]\d-([01]?\d|2[0-4]):[0-5]\d$/,
    bothLanguages('отрезок пишется так: 9:00-13:00', 'a stretch is written as 9:00-13:00'),
  )
  .transform((text) => {
    const [from = 0, to = 0] = text.split('-').map((clock) => {
      const [hours = 0, minutes = 0] = clock.split(':').map(Number);
      return hours * 60 + minutes;
    });
    return { from, to };
  })
  .refine(
    ({ from, to }) => from < to && to <= 24 * 60,
    bothLanguages('конец отрезка раньше начала', 'the stretch ends before it begins'),
  );
export type MinuteSpan = z.output<typeof span>;

const spans = z
  .array(span)
  .min(1)
  .refine(
    (list) => list.every((one, i) => i === 0 || list[i - 1]!.to <= one.from),
    bothLanguages('отрезки идут не по порядку', 'the stretches are not in order'),
  );

/** The production calendar of one country and year: `scripts-library/calendars/ru-2026.yaml`. */
export const yearSchema = z
  .strictObject({
    year: z.int(),
    country: z.string(),
    official: z.boolean(),
    source: z.string().min(1),
    holidays: z.array(z.strictObject({ day, name: z.string().min(1) })),
    /** A day off moves: `to` is off, `from` becomes a working day unless it is a holiday itself. */
    moved: z.array(z.strictObject({ from: day, to: day, official: z.boolean(), by: z.string().min(1) })),
    shortened: z.array(day),
  })
  .refine(
    ({ year, holidays, moved, shortened }) =>
      [...holidays.map((one) => one.day), ...moved.flatMap(({ from, to }) => [from, to]), ...shortened].every((one) =>
        one.startsWith(`${year}-`),
      ),
    bothLanguages('все дни должны быть в году календаря', 'all days must lie in the year of the calendar'),
  );
export type YearData = z.output<typeof yearSchema>;

export const WEEKDAYS = ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'] as const;

/** The organisation's week and terms: `scripts-library/calendars/working-week.yaml`. */
export const weekSchema = z.strictObject({
  week: z.partialRecord(z.enum(WEEKDAYS), spans),
  shortenedByMinutes: z.int().min(0).max(480),
  schedule: z.strictObject({ ru: z.string().min(1), en: z.string().min(1) }),
  terms: z.strictObject({
    callbackHours: z.number().positive(),
    callbackLatestHours: z.number().positive(),
    socialHours: z.number().positive(),
    forwardingDays: z.int().positive(),
    appealDays: z.int().positive(),
  }),
  clientHours: span,
});
export type WeekData = z.output<typeof weekSchema>;

const timeZone = z.string().refine(
  (zone) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
    } catch {
      return false;
    }
  },
  bothLanguages('нет такого часового пояса', 'there is no such time zone'),
);

/** Zones of clients by the beginnings of their numbers: `scripts-library/calendars/number-zones.yaml`. */
export const zonesSchema = z.strictObject({
  zones: z.record(
    timeZone,
    z
      .array(
        z
          .string()
          .regex(
            /^\+\d{1,14}$/,
            bothLanguages('начало номера пишется так: +7401', 'the beginning of a number is written as +7401'),
          ),
      )
      .min(1),
  ),
});
export type ZonesData = z.output<typeof zonesSchema>;

export interface CalendarData {
  readonly timeZone: string;
  readonly week: WeekData;
  readonly years: readonly YearData[];
  readonly numberZones: ZonesData;
}
