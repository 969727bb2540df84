import { DAY, MINUTE } from '../../vocabulary/index.ts';
import type { DayPart, Instant } from '../../vocabulary/index.ts';

/** An instant as the clock on a wall of that time zone shows it. */
export interface LocalTime {
  readonly year: number;
  /** 1–12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** Days since 1970-01-01 of the local calendar: differences are whole days whatever the clocks do. */
  readonly dayNumber: number;
  /** `2026-11-27` */
  readonly date: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}

/** The last answer, which is good for its minute: views of many calls ask for the same one many times over. */
let last: { readonly minute: number; readonly timeZone: string; readonly local: LocalTime } | undefined;

/** Pure: the zone's rules are data of the platform. Throws RangeError for a name that is no time zone. */
export function localTime(at: Instant, timeZone: string): LocalTime {
  const minute = Math.floor(at / MINUTE);
  if (last?.minute !== minute || last.timeZone !== timeZone) last = { minute, timeZone, local: computed(at, timeZone) };
  return last.local;
}

function computed(at: Instant, timeZone: string): LocalTime {
  const part: Record<string, number> = {};
  for (const { type, value } of formatterOf(timeZone).formatToParts(at)) part[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = part;
  return { ...localDate(year, month, day), hour, minute };
}

const two = (value: number): string => String(value).padStart(2, '0');

function localDate(year: number, month: number, day: number): Omit<LocalTime, 'hour' | 'minute'> {
  const dayNumber = Math.floor(Date.UTC(year, month - 1, day) / DAY);
  const weekday = ((((dayNumber + 3) % 7) + 7) % 7) + 1;
  return { year, month, day, weekday, dayNumber, date: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` };
}

/** A calendar day written `2026-11-27`, or undefined when there is no such day. */
export function parseIsoDate(text: string): Omit<LocalTime, 'hour' | 'minute'> | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const made = localDate(Number(match[1]), Number(match[2]), Number(match[3]));
  const check = new Date(made.dayNumber * DAY);
  return check.getUTCDate() === made.day && check.getUTCMonth() + 1 === made.month ? made : undefined;
}

/** Greeting of the hour: from 5, 12, 18 and 23 o'clock. */
export function dayPartOf(hour: number): DayPart {
  if (hour < 5 || hour >= 23) return 'night';
  if (hour < 12) return 'morning';
  return hour < 18 ? 'day' : 'evening';
}
