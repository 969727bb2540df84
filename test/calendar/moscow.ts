import { BusinessCalendar } from '../../server/calendar/businessCalendar.ts';
import type { CalendarData } from '../../server/calendar/calendarData.ts';
import { readCalendarData } from '../../server/calendar/loadCalendar.ts';

export const ZONE = 'Europe/Moscow';
/** Moscow is UTC+3 all the year. */
export const moscow = (date: string, time: string): number => Date.parse(`${date}T${time}:00+03:00`);
export const words = (at: number): string => new Date(at + 3 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** The calendar that the product ships. */
export const shippedCalendar = async (): Promise<{ data: CalendarData; calendar: BusinessCalendar }> => {
  const data = await readCalendarData('scripts-library', ZONE);
  return { data, calendar: new BusinessCalendar(data) };
};

/** A week as it is written in the calendar's file. */
export const RAW_WEEK = {
  week: { пн: ['9:00-13:00'], ср: ['9:00-13:00'], пт: ['9:00-13:00'] },
  shortenedByMinutes: 60,
  schedule: { ru: 'по будням', en: 'on weekdays' },
  terms: { callbackHours: 2, callbackLatestHours: 8, socialHours: 3, forwardingDays: 7, appealDays: 30 },
  clientHours: '9:00-21:00',
};
