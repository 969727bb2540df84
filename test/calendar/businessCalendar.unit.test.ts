import { beforeAll, describe, expect, it } from 'vitest';
import type { BusinessCalendar } from '../../server/calendar/businessCalendar.ts';
import type { CalendarData } from '../../server/calendar/calendarData.ts';
import { proposeDeadline } from '../../server/calendar/proposeDeadline.ts';
import { moscow, shippedCalendar, words, ZONE } from './moscow.ts';

let data: CalendarData;
let calendar: BusinessCalendar;
beforeAll(async () => {
  ({ data, calendar } = await shippedCalendar());
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
