import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { BusinessCalendar } from '../../server/calendar/businessCalendar.ts';
import type { CalendarData } from '../../server/calendar/calendarData.ts';
import { weekSchema, yearSchema } from '../../server/calendar/calendarData.ts';
import { proposeDeadline } from '../../server/calendar/proposeDeadline.ts';
import { readCalendarData } from '../../server/calendar/loadCalendar.ts';
import { Reference } from './reference.ts';

const ZONE = 'Europe/Moscow';
/** Moscow is UTC+3 all the year. */
const moscow = (date: string, time: string): number => Date.parse(`${date}T${time}:00+03:00`);
const words = (at: number): string => new Date(at + 3 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

let data: CalendarData;
let calendar: BusinessCalendar;
beforeAll(async () => {
  data = await readCalendarData('scripts-library', ZONE);
  calendar = new BusinessCalendar(data);
});

describe('[2.6.1] working time', () => {
  it.each([
    ['2026-11-23', '08:59', false],
    ['2026-11-23', '09:00', true],
    ['2026-11-23', '13:00', false],
    ['2026-11-23', '14:00', true],
    ['2026-11-23', '17:59', true],
    ['2026-11-23', '18:00', false],
    ['2026-11-22', '12:00', false],
    ['2026-11-04', '12:00', false],
    ['2026-11-03', '16:59', true],
    ['2026-11-03', '17:00', false],
    ['2026-01-09', '12:00', false],
    ['2026-12-31', '12:00', false],
    ['2026-03-09', '12:00', false],
    ['2027-11-05', '12:00', false],
    ['2027-02-20', '12:00', false],
    ['2030-01-02', '12:00', false],
    ['2030-01-09', '12:00', true],
  ])('[2.6.1] %s %s in Moscow: %s', (date, time, expected) => {
    expect(calendar.isWorkingTime(moscow(date, time))).toBe(expected);
  });

  it('[2.6.1] outside working time it says when to call', () => {
    expect(calendar.hours(moscow('2026-11-23', '10:00'))).toEqual({
      working: true,
      schedule: 'по будням с 9:00 до 18:00, перерыв с 13:00 до 14:00',
    });
    const closed = calendar.hours(moscow('2026-12-30', '18:00'));
    expect(closed.working).toBe(false);
    expect(words(closed.nextOpenAt ?? 0)).toBe('2027-01-11 09:00');
    expect(words(calendar.hours(moscow('2026-11-23', '13:10')).nextOpenAt ?? 0)).toBe('2026-11-23 14:00');
  });

  it('[2.6.1] the production calendar of 2026 has 247 working days, as published', () => {
    let days = 0;
    for (let at = moscow('2026-01-01', '12:00'); at < moscow('2027-01-01', '00:00'); at += 86_400_000) {
      if (calendar.isWorkingDay(at)) days += 1;
    }
    expect(days).toBe(247);
  });

  it('[2.6.1] what is not decreed yet is marked, and only takes working days away', () => {
    expect(calendar.isOfficial(moscow('2026-05-05', '12:00'))).toBe(true);
    expect(calendar.isOfficial(moscow('2027-05-05', '12:00'))).toBe(false);
    const open = data.years.flatMap((year) => year.moved.filter(({ official }) => !official));
    expect(open.map(({ to }) => to)).toEqual(['2027-11-05', '2027-12-31', '2027-02-22']);
    for (const { to } of open) expect(calendar.isWorkingDay(moscow(to, '12:00'))).toBe(false);
  });
});

describe('terms of the regulation', () => {
  it.each([
    ['2026-11-23', '10:00', '2026-11-23 18:00'],
    ['2026-11-23', '07:00', '2026-11-23 18:00'],
    ['2026-11-23', '18:00', '2026-11-24 18:00'],
    ['2026-11-27', '18:30', '2026-11-30 18:00'],
    ['2026-11-03', '12:00', '2026-11-03 17:00'],
    ['2026-11-03', '17:00', '2026-11-05 18:00'],
    ['2026-12-30', '19:00', '2027-01-11 18:00'],
  ])('[3.5.11] an internal question of %s %s is answered by %s', (date, time, due) => {
    expect(words(calendar.deadline('internal', moscow(date, time)).dueAt)).toBe(due);
  });

  it.each([
    ['2026-11-23', '2026-12-23 18:00'],
    ['2026-10-06', '2026-11-05 18:00'],
    // The last day is the holiday of 4 November: the working day before it, which is shortened.
    ['2026-10-05', '2026-11-03 17:00'],
    // Saturday.
    ['2026-11-26', '2026-12-25 18:00'],
    // In the New Year holidays: back over eleven days off.
    ['2026-12-08', '2026-12-30 18:00'],
  ])('[3.4.4] a written appeal registered on %s is considered by %s, never after the 30th day', (date, due) => {
    expect(words(calendar.deadline('appeal', moscow(date, '11:00')).dueAt)).toBe(due);
  });

  it.each([
    ['3.4.5', '2026-11-23', '2026-11-30 18:00'],
    ['3.4.6', '2026-11-24', '2026-12-01 18:00'],
    ['3.4.5', '2026-10-28', '2026-11-03 17:00'],
    ['3.4.6', '2026-12-28', '2026-12-30 18:00'],
  ])('[%s] an appeal registered on %s is forwarded by %s', (_clause, date, due) => {
    expect(words(calendar.deadline('forwarding', moscow(date, '11:00')).dueAt)).toBe(due);
  });

  it('[3.4.5] registered after hours before a long holiday, the day itself is left', () => {
    expect(words(calendar.deadline('forwarding', moscow('2026-12-30', '18:30')).dueAt)).toBe('2026-12-30 23:59');
  });

  it('[3.3.2] a message in a social network is answered within three hours', () => {
    const at = moscow('2026-11-23', '16:40');
    expect(calendar.deadline('social', at).dueAt).toBe(at + 3 * 3_600_000);
  });

  it('[3.5.5-г] a callback is proposed in working hours and may be named up to the latest of the rule', () => {
    const { dueAt, latestAt } = calendar.deadline('callback', moscow('2026-11-27', '16:00'));
    expect(words(dueAt)).toBe('2026-11-30 11:00');
    expect(words(latestAt)).toBe('2026-12-01 16:00');
  });

  it.each([
    ['10:04', '2026-11-23 15:00'],
    ['10:21', '2026-11-23 15:15'],
    ['16:04', '2026-11-24 11:00'],
    // Until nine tomorrow nobody works: what can be promised is today.
    ['14:07', '2026-11-23 18:00'],
    ['09:11', '2026-11-23 13:00'],
  ])('[3.5.5-г] at %s the term is one that people say: %s', (now, expected) => {
    expect(words(calendar.deadline('callback', moscow('2026-11-23', now)).dueAt)).toBe(expected);
  });

  it('[3.5.5-г] a client in Vladivostok is called while it is a decent hour there', () => {
    // 21:00 in Vladivostok is 14:00 in Moscow.
    const { dueAt } = calendar.deadline('callback', moscow('2026-11-23', '12:30'), 'Asia/Vladivostok');
    expect(words(dueAt)).toBe('2026-11-24 12:30');
    const { dueAt: plain } = calendar.deadline('callback', moscow('2026-11-23', '12:30'));
    expect(words(plain)).toBe('2026-11-23 17:30');
    expect(calendar.deadline('callback', moscow('2026-11-23', '12:30'), ZONE).dueAt).toBe(plain);
  });

  it.each([
    ['+74232000000', 'Asia/Vladivostok'],
    ['+74012000000', 'Europe/Kaliningrad'],
    ['+77012345678', 'Asia/Almaty'],
    ['+74712700000', undefined],
    ['+79065550101', undefined],
    ['101', undefined],
  ])('[3.5.5-г] the number %s tells the zone %s', (number, zone) => {
    expect(calendar.zoneOfNumber(number)).toBe(zone);
  });

  it('[3.5.5-г] a zone in which our hours are all at night is not waited for', () => {
    const { dueAt } = calendar.deadline('callback', moscow('2026-11-23', '12:30'), 'America/Denver');
    expect(words(dueAt)).toBe('2026-11-23 17:30');
  });

  it('[CAL-01] the next attempt keeps its distance in working time, but a last one is made before the term', () => {
    const next = (now: string, due: string): string =>
      words(calendar.nextAttemptAt(moscow('2026-11-23', now), moscow('2026-11-23', due), 30 * 60_000));
    expect(next('10:00', '16:00')).toBe('2026-11-23 10:30');
    expect(next('12:50', '16:00')).toBe('2026-11-23 14:20');
    expect(next('15:40', '16:00')).toBe('2026-11-23 15:50');
    expect(next('15:58', '16:00')).toBe('2026-11-23 16:28');
    expect(next('16:30', '16:00')).toBe('2026-11-23 17:00');
  });

  it.each([
    ['04:59', 'night'],
    ['05:00', 'morning'],
    ['11:59', 'morning'],
    ['12:00', 'day'],
    ['17:59', 'day'],
    ['18:00', 'evening'],
    ['22:59', 'evening'],
    ['23:00', 'night'],
  ])('[3.5.5] at %s the greeting is that of the %s', (time, part) => {
    expect(calendar.dayPart(moscow('2026-11-23', time))).toBe(part);
  });

  it('[CAL-02] all terms at once equal the single ones at the whole minute', () => {
    const at = moscow('2026-11-23', '10:00');
    expect(calendar.deadlines(at + 30_000)).toEqual({
      callback: calendar.deadline('callback', at).dueAt,
      internal: calendar.deadline('internal', at).dueAt,
      appeal: calendar.deadline('appeal', at).dueAt,
      forwarding: calendar.deadline('forwarding', at).dueAt,
      social: calendar.deadline('social', at).dueAt,
    });
  });
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

const RAW_WEEK = {
  week: { пн: ['9:00-13:00'], ср: ['9:00-13:00'], пт: ['9:00-13:00'] },
  shortenedByMinutes: 60,
  schedule: { ru: 'по будням', en: 'on weekdays' },
  terms: { callbackHours: 2, callbackLatestHours: 8, socialHours: 3, forwardingDays: 7, appealDays: 30 },
  clientHours: '9:00-21:00',
};

describe('the data', () => {
  it.each([
    ['a day of another year', { holidays: [{ day: '2025-01-01', name: 'x' }] }],
    ['a day that is not written as a day', { shortened: ['1 мая'] }],
    ['an unknown field', { extra: 1 }],
  ])('[CAL-20] refuses %s', (_name, change) => {
    const good = { year: 2026, country: 'RU', official: true, source: 'x', holidays: [], moved: [], shortened: [] };
    expect(yearSchema.safeParse(good).success).toBe(true);
    expect(yearSchema.safeParse({ ...good, ...change }).success).toBe(false);
  });
  it.each([['9:00'], ['13:00-9:00'], ['9-13'], ['25:00-26:00']])('[CAL-21] refuses the hours %s', (span) => {
    expect(weekSchema.safeParse({ ...RAW_WEEK, week: { пн: [span] } }).success).toBe(false);
    expect(weekSchema.safeParse(RAW_WEEK).success).toBe(true);
  });
  it('[CAL-22] a calendar without any work is a fault in words, not an endless search', () => {
    const empty = new BusinessCalendar({ ...data, week: { ...data.week, week: {} }, years: [] });
    expect(() => empty.endOfWorkingDay(0)).toThrow(/no working time/);
    expect(() => empty.addWorkingMs(0, 1)).toThrow(/no working time/);
    expect(() => empty.deadline('appeal', 0)).toThrow(/no working time/);
  });
});

describe('what is offered to the client', () => {
  const offered = (rule: 'callback' | 'internal', time: string, number?: string): string[] =>
    proposeDeadline(calendar, rule, moscow('2026-11-23', time), number).choices.map(({ dueAt }) => words(dueAt));

  it('[3.5.5-г] the term of the rule and other good moments of working time, none later than the rule allows', () => {
    expect(offered('callback', '10:00')).toEqual([
      '2026-11-23 11:00',
      '2026-11-23 12:00',
      '2026-11-23 15:00',
      '2026-11-23 18:00',
      '2026-11-24 18:00',
    ]);
    expect(offered('callback', '10:08').slice(0, 3)).toEqual([
      '2026-11-23 11:00',
      '2026-11-23 12:00',
      '2026-11-23 15:00',
    ]);
  });
  it('[3.5.5-г] to a client far to the east nothing in his night', () => {
    expect(offered('callback', '10:00', '+74232000000')).toEqual([
      '2026-11-23 11:00',
      '2026-11-23 12:00',
      '2026-11-24 10:00',
    ]);
  });
  it('[3.5.11] to a colleague the end of the working day alone', () => {
    expect(offered('internal', '10:00')).toEqual(['2026-11-23 18:00']);
  });
});
