/** Hours on some days of the week: 1 is Monday, 7 Sunday; minutes from midnight of the organisation's zone. */
export interface WorkHours {
  readonly days: readonly number[];
  readonly fromMinute: number;
  readonly toMinute: number;
}

const DAYS = ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'];
const DAY = `(?:${DAYS.join('|')})`;
const PART = new RegExp(
  `^(${DAY})(?:\\s*[-–—]\\s*(${DAY}))?\\s+(\\d{1,2})[:.](\\d{2})\\s*[-–—]\\s*(\\d{1,2})[:.](\\d{2})$`,
  'u',
);

const minuteOf = (hours: string, minutes: string): number | undefined => {
  const [h, m] = [Number(hours), Number(minutes)];
  return h <= 24 && m < 60 && h * 60 + m <= 24 * 60 ? h * 60 + m : undefined;
};

/**
 * Reads `пн-чт 9:00-18:00, пт 9:00-16:45`. Parts are divided by commas or semicolons; one day may have several (a
 * break lies between them). `undefined` when it is not understood.
 */
export function readWorkHours(text: string): readonly WorkHours[] | undefined {
  const parts = text
    .toLowerCase()
    .split(/[,;]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const hours: WorkHours[] = [];
  for (const part of parts) {
    const [, first = '', last, fromHour = '', fromMin = '', toHour = '', toMin = ''] = PART.exec(part) ?? [];
    const begin = DAYS.indexOf(first);
    const end = last === undefined ? begin : DAYS.indexOf(last);
    const fromMinute = minuteOf(fromHour, fromMin);
    const toMinute = minuteOf(toHour, toMin);
    if (begin < 0 || end < begin || fromMinute === undefined || toMinute === undefined || toMinute <= fromMinute)
      return undefined;
    hours.push({ days: DAYS.slice(begin, end + 1).map((_, i) => begin + i + 1), fromMinute, toMinute });
  }
  return hours.length > 0 ? hours : undefined;
}

/** Local time of the organisation: weekday from 1 (Monday) and minutes from midnight. */
export interface LocalMoment {
  readonly weekday: number;
  readonly minute: number;
}

export const isWithin = (hours: readonly WorkHours[], { weekday, minute }: LocalMoment): boolean =>
  hours.some((part) => part.days.includes(weekday) && minute >= part.fromMinute && minute < part.toMinute);
