import { beforeAll, describe, expect, it } from 'vitest';
import { BusinessCalendar } from '../../server/calendar/businessCalendar.ts';
import type { CalendarData } from '../../server/calendar/calendarData.ts';
import { weekSchema, yearSchema } from '../../server/calendar/calendarData.ts';
import { RAW_WEEK, shippedCalendar } from './moscow.ts';

let data: CalendarData;
beforeAll(async () => {
  ({ data } = await shippedCalendar());
});

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
