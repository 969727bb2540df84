import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { BusinessCalendar } from '../../server/calendar/businessCalendar.ts';
import type { CalendarData } from '../../server/calendar/calendarData.ts';
import { weekSchema } from '../../server/calendar/calendarData.ts';
import { Reference } from './reference.ts';
import { moscow, shippedCalendar, RAW_WEEK } from './moscow.ts';

let data: CalendarData;
let calendar: BusinessCalendar;
beforeAll(async () => {
  ({ data, calendar } = await shippedCalendar());
});

describe('against the slow, obvious reference', () => {
  /** Zones with and without daylight saving, with half-hour shifts and shifts at midnight. */
  const zone = fc.constantFrom(
    'Europe/Moscow',
    'Europe/Berlin',
    'America/New_York',
    'America/Santiago',
    'Africa/Cairo',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'UTC',
  );
  const MIN = 60_000;
  /** Thirty days before the end of the last year of which there is data: the reference knows no other holidays. */
  const instant = fc
    .integer({ min: Date.UTC(2025, 11, 20) / MIN, max: Date.UTC(2027, 10, 25) / MIN })
    .chain((minute) => fc.constantFrom(0, 1, 31_000, 59_999).map((rest) => minute * MIN + rest));
  /** Around the days on which the clocks change. */
  const nearShift = fc
    .constantFrom(
      '2026-03-29',
      '2026-10-25',
      '2026-03-08',
      '2026-11-01',
      '2026-04-05',
      '2026-09-06',
      '2026-04-24',
      '2026-10-29',
    )
    .chain((day) =>
      fc.integer({ min: -24 * 60, max: 36 * 60 }).map((minute) => Date.parse(`${day}T00:00:00Z`) + minute * MIN),
    );
  const anyInstant = fc.oneof(instant, nearShift);
  const clock = (minute: number): string => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
  /** One or two stretches a day between 6:00 and 22:00, on any days of the week but at least one. */
  const stretches = fc
    .tuple(
      fc.integer({ min: 360, max: 700 }),
      fc.integer({ min: 30, max: 200 }),
      fc.integer({ min: 0, max: 90 }),
      fc.integer({ min: 1, max: 200 }),
    )
    .map(([from, first, gap, second]) =>
      gap === 0
        ? [`${clock(from)}-${clock(from + first)}`]
        : [
            `${clock(from)}-${clock(from + first)}`,
            `${clock(from + first + gap)}-${clock(from + first + gap + second)}`,
          ],
    );
  const week = fc
    .record(
      { пн: stretches, вт: stretches, ср: stretches, чт: stretches, пт: stretches, сб: stretches, вс: stretches },
      { requiredKeys: ['ср', 'пт'] },
    )
    .chain((days) =>
      fc.integer({ min: 0, max: 120 }).map((shortenedByMinutes) =>
        weekSchema.parse({
          week: days,
          shortenedByMinutes,
          schedule: { ru: 'по будням', en: 'on weekdays' },
          terms: { callbackHours: 2, callbackLatestHours: 8, socialHours: 3, forwardingDays: 7, appealDays: 30 },
          clientHours: '9:00-21:00',
        }),
      ),
    );
  interface Parts {
    readonly fast: BusinessCalendar;
    readonly slow: Reference;
  }
  const check = (numRuns: number, body: (parts: Parts, at: number, ms: number) => void): void => {
    const years = data.years.map((year) => ({ ...year, official: true }));
    fc.assert(
      fc.property(week, zone, anyInstant, fc.integer({ min: 1, max: 6 * 60 * MIN }), (weekData, timeZone, at, ms) => {
        const made: CalendarData = { timeZone, week: weekData, years, numberZones: { zones: {} } };
        body({ fast: new BusinessCalendar(made), slow: new Reference(made) }, at, ms);
      }),
      { numRuns },
    );
  };

  it('[CAL-10] working time', () => {
    check(1_500, ({ fast, slow }, at) => expect(fast.isWorkingTime(at)).toBe(slow.isWorkingTime(at)));
  });
  it('[CAL-11] adding working time', () => {
    check(60, ({ fast, slow }, at, ms) => expect(fast.addWorkingMs(at, ms)).toBe(slow.addWorkingMs(at, ms)));
  });
  it('[CAL-12] working time between', () => {
    check(100, ({ fast, slow }, at, ms) =>
      expect(fast.workingMsBetween(at, at + ms * 4)).toBe(slow.workingMsBetween(at, at + ms * 4)),
    );
  });
  it('[3.5.11] [CAL-13] the end of the working day', () => {
    check(60, ({ fast, slow }, at) => expect(fast.endOfWorkingDay(at)).toBe(slow.endOfWorkingDay(at)));
  });
  it('[3.4.4] [CAL-14] the last day of an appeal', () => {
    check(60, ({ fast, slow }, at) => expect(fast.deadline('appeal', at).dueAt).toBe(slow.lastWorkingDayEnd(at, 30)));
  });
  it('[CAL-15] adding working time that is a decent hour for the client', () =>
    fc.assert(
      fc.property(
        anyInstant,
        fc.integer({ min: 1, max: 180 * MIN }),
        fc.constantFrom('Asia/Vladivostok', 'Europe/Kaliningrad', 'Asia/Yekaterinburg', 'Europe/Berlin'),
        (at, ms, there) => {
          const slow = new Reference(data);
          expect(calendar.addWorkingMs(at, ms, there)).toBe(
            slow.addWorkingMs(at, ms, { timeZone: there, from: 540, to: 1_260 }),
          );
        },
      ),
      { numRuns: 40 },
    ));

  it('[CAL-16] canary: a reference with other lunch hours disagrees', () => {
    const other = weekSchema.parse({
      ...JSON.parse(JSON.stringify(RAW_WEEK)),
      week: { ...RAW_WEEK.week, пн: ['9:00-12:00', '13:00-18:00'] },
    });
    const slow = new Reference({ ...data, week: other });
    const at = moscow('2026-11-23', '12:30');
    expect(slow.isWorkingTime(at)).not.toBe(calendar.isWorkingTime(at));
  });
});
