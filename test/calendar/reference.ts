import type { CalendarData } from '../../server/calendar/calendarData.ts';

/**
 * The slow, obvious reference: walks the clock minute by minute and asks the platform's own Intl what time it is
 * there. Shares nothing with the calendar but the data.
 */
const NAMES: Readonly<Record<string, string>> = {
  Mon: 'пн',
  Tue: 'вт',
  Wed: 'ср',
  Thu: 'чт',
  Fri: 'пт',
  Sat: 'сб',
  Sun: 'вс',
};
/** `Mon, 23/11/2026, 12:30`: taken from the text, since formatToParts() is several times slower. */
const PARTS = /^(\w{3}), (\d\d)\/(\d\d)\/(\d{4}), (\d\d):(\d\d)$/;
const formats = new Map<string, Intl.DateTimeFormat>();
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  return format;
};

export interface Wall {
  readonly date: string;
  readonly weekday: string;
  readonly minute: number;
}
export const wallAt = (at: number, timeZone: string): Wall => {
  const text = formatOf(timeZone).format(at);
  const [, weekday = '', day, month, year, hour, minute] = PARTS.exec(text) ?? [];
  if (year === undefined) throw new Error(`the platform writes an instant as "${text}"`);
  return { date: `${year}-${month}-${day}`, weekday: NAMES[weekday] ?? '', minute: Number(hour) * 60 + Number(minute) };
};

type Week = Readonly<Record<string, readonly { from: number; to: number }[] | undefined>>;

const isOff = (data: CalendarData, { date, weekday }: Wall): boolean => {
  for (const year of data.years) {
    if (year.holidays.some(({ day }) => day === date)) return true;
    if (year.moved.some(({ to }) => to === date)) return true;
    if (year.moved.some(({ from, official }) => official && from === date)) return false;
  }
  return (data.week.week as Week)[weekday] === undefined;
};
const isShort = (data: CalendarData, date: string): boolean => data.years.some((year) => year.shortened.includes(date));

/** Working at this wall time? A shortened day loses its last minutes of work, whatever stretch they are in. */
export const worksAt = (data: CalendarData, wall: Wall): boolean => {
  if (isOff(data, wall)) return false;
  const week = data.week.week as Week;
  const spans = week[wall.weekday] ?? week['пт'] ?? [];
  const inSpan = (minute: number): boolean => spans.some(({ from, to }) => minute >= from && minute < to);
  if (!inSpan(wall.minute)) return false;
  if (!isShort(data, wall.date)) return true;
  let workedAfter = 0;
  for (let minute = wall.minute; minute < 24 * 60; minute += 1) if (inSpan(minute)) workedAfter += 1;
  return workedAfter > data.week.shortenedByMinutes;
};

const MIN = 60_000;
const nextMinute = (at: number): number => Math.floor(at / MIN) * MIN + MIN;

export class Reference {
  readonly data: CalendarData;
  constructor(data: CalendarData) {
    this.data = data;
  }
  isWorkingTime(at: number): boolean {
    return worksAt(this.data, wallAt(at, this.data.timeZone));
  }
  /** Adds up working milliseconds, minute by minute. */
  addWorkingMs(from: number, ms: number, alsoIn?: { timeZone: string; from: number; to: number }): number {
    let left = ms;
    for (let at = from; ; at = nextMinute(at)) {
      const there = alsoIn === undefined ? undefined : wallAt(at, alsoIn.timeZone);
      const fits = there === undefined || (there.minute >= alsoIn!.from && there.minute < alsoIn!.to);
      if (!fits || !this.isWorkingTime(at)) continue;
      const step = nextMinute(at) - at;
      if (left <= step) return at + left;
      left -= step;
    }
  }
  workingMsBetween(from: number, to: number): number {
    let sum = 0;
    for (let at = from; at < to; at = nextMinute(at)) {
      if (this.isWorkingTime(at)) sum += Math.min(nextMinute(at), to) - at;
    }
    return sum;
  }
  /** The last working minute of the first day on which work ends after `at`. */
  endOfWorkingDay(at: number): number {
    let day = '';
    let end = 0;
    for (let now = at; ; now = nextMinute(now)) {
      const wall = wallAt(now, this.data.timeZone);
      if (end > 0 && wall.date !== day) return end;
      if (!worksAt(this.data, wall)) continue;
      day = wall.date;
      end = nextMinute(now);
    }
  }
  /** `days` after the day of `at`, then back to a day with work; the end of work on it. */
  lastWorkingDayEnd(at: number, days: number): number {
    const start = wallAt(at, this.data.timeZone).date;
    const [year = 0, month = 1, day = 1] = start.split('-').map(Number);
    for (let back = 0; ; back += 1) {
      const date = new Date(Date.UTC(year, month - 1, day + days - back)).toISOString().slice(0, 10);
      const noon = Date.parse(`${date}T00:00:00Z`) - 14 * 60 * MIN;
      let end = 0;
      for (let now = noon; now < noon + 52 * 60 * MIN; now += MIN) {
        const wall = wallAt(now, this.data.timeZone);
        if (wall.date === date && worksAt(this.data, wall)) end = now + MIN;
      }
      if (end > 0) return end;
    }
  }
}
