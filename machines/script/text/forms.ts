import { HOUR, MINUTE, SECOND } from '../../vocabulary/index.ts';
import type { DayPart, Instant, Language, Milliseconds } from '../../vocabulary/index.ts';
import { localTime } from './localTime.ts';
import type { LocalTime } from './localTime.ts';
import { counted } from './plural.ts';

/** How terms, dates and greetings sound. Pure: what time it is and where comes in. */

const GREETINGS: Readonly<Record<Language, Readonly<Record<DayPart, string>>>> = {
  ru: { morning: 'доброе утро', day: 'добрый день', evening: 'добрый вечер', night: 'здравствуйте' },
  // «Доброй ночи» and "good night" are farewells: at night one greets without the hour, in English says good evening.
  en: { morning: 'good morning', day: 'good afternoon', evening: 'good evening', night: 'good evening' },
};
export const greetingOf = (part: DayPart, language: Language): string => GREETINGS[language][part];

const UNITS: Readonly<Record<Language, Readonly<Record<'hour' | 'minute' | 'second', readonly string[]>>>> = {
  // Accusative, as after "через" and "на": через минуту, на две минуты.
  ru: {
    hour: ['час', 'часа', 'часов'],
    minute: ['минуту', 'минуты', 'минут'],
    second: ['секунду', 'секунды', 'секунд'],
  },
  en: { hour: ['hour', 'hours'], minute: ['minute', 'minutes'], second: ['second', 'seconds'] },
};

/** "2 минуты", "полторы минуты", "1 час 15 минут", "30 секунд". Rounded to a second, to a minute from one hour up. */
export function sayDuration(lengthMs: Milliseconds, language: Language): string {
  if (language === 'ru' && lengthMs === 90 * SECOND) return 'полторы минуты';
  if (language === 'ru' && lengthMs === 90 * MINUTE) return 'полтора часа';
  const step = lengthMs >= HOUR ? MINUTE : SECOND;
  const whole = Math.max(SECOND, Math.round(lengthMs / step) * step);
  const counts = [
    ['hour', Math.floor(whole / HOUR)],
    ['minute', Math.floor((whole % HOUR) / MINUTE)],
    ['second', Math.floor((whole % MINUTE) / SECOND)],
  ] as const;
  return counts
    .filter(([, count]) => count > 0)
    .map(([unit, count]) => counted(count, UNITS[language][unit], language))
    .join(' ');
}

const MONTHS: Readonly<Record<Language, string>> = {
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  en: 'January February March April May June July August September October November December',
};
const WEEKDAYS = {
  nominative: 'понедельник вторник среда четверг пятница суббота воскресенье',
  genitive: 'понедельника вторника среды четверга пятницы субботы воскресенья',
  on: 'в_понедельник во_вторник в_среду в_четверг в_пятницу в_субботу в_воскресенье',
  en: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday',
} as const;

const nth = (words: string, index: number): string => (words.split(' ')[index] ?? '').replace('_', ' ');
const weekday = (day: LocalDay, form: keyof typeof WEEKDAYS): string => nth(WEEKDAYS[form], day.weekday - 1);

type LocalDay = Pick<LocalTime, 'year' | 'month' | 'day' | 'weekday' | 'dayNumber'>;

/** "27 ноября", with the year when it is not this one. */
export function sayDate(day: LocalDay, today: LocalDay, language: Language): string {
  const date = `${String(day.day)} ${nth(MONTHS[language], day.month - 1)}`;
  if (day.year === today.year) return date;
  return language === 'ru' ? `${date} ${String(day.year)} года` : `${date} ${String(day.year)}`;
}

/** "четверг, 26 ноября" */
export const sayDay = (day: LocalDay, today: LocalDay, language: Language): string =>
  `${weekday(day, language === 'ru' ? 'nominative' : 'en')}, ${sayDate(day, today, language)}`;

/** "в пятницу, 27 ноября", "завтра, в пятницу, 27 ноября", "сегодня" */
export function sayOnDay(day: LocalDay, today: LocalDay, language: Language): string {
  const ahead = day.dayNumber - today.dayNumber;
  if (ahead === 0) return language === 'ru' ? 'сегодня' : 'today';
  const date = sayDate(day, today, language);
  const plain = language === 'ru' ? `${weekday(day, 'on')}, ${date}` : `on ${weekday(day, 'en')}, ${date}`;
  if (ahead !== 1) return plain;
  return language === 'ru' ? `завтра, ${plain}` : `tomorrow, ${plain.slice('on '.length)}`;
}

/** "9:00", "16:30": people leave out the leading zero. */
export const sayClock = (time: LocalTime): string => `${String(time.hour)}:${String(time.minute).padStart(2, '0')}`;

/** "сегодня до 16:30", "завтра до 12:00", "до 17:00 пятницы, 27 ноября" */
export function sayDeadline(dueAt: Instant, now: Instant, timeZone: string, language: Language): string {
  const due = localTime(dueAt, timeZone);
  const today = localTime(now, timeZone);
  const clock = sayClock(due);
  const ahead = due.dayNumber - today.dayNumber;
  if (language === 'ru') {
    if (ahead === 0) return `сегодня до ${clock}`;
    if (ahead === 1) return `завтра до ${clock}`;
    return `до ${clock} ${weekday(due, 'genitive')}, ${sayDate(due, today, language)}`;
  }
  if (ahead === 0) return `today by ${clock}`;
  if (ahead === 1) return `tomorrow by ${clock}`;
  return `by ${clock} on ${weekday(due, 'en')}, ${sayDate(due, today, language)}`;
}

/** For terms counted in days: "не позднее пятницы, 27 ноября", "не позднее завтрашнего дня", "сегодня". */
export function sayDayTerm(dueAt: Instant, now: Instant, timeZone: string, language: Language): string {
  const due = localTime(dueAt, timeZone);
  const today = localTime(now, timeZone);
  const ahead = due.dayNumber - today.dayNumber;
  if (ahead === 0) return language === 'ru' ? 'сегодня' : 'today';
  const date = sayDate(due, today, language);
  if (language === 'en') return `no later than ${weekday(due, 'en')}, ${date}`;
  return ahead === 1 ? 'не позднее завтрашнего дня' : `не позднее ${weekday(due, 'genitive')}, ${date}`;
}

/** When work begins again: "завтра, в пятницу, 27 ноября, с 9:00". */
export function sayOpening(at: Instant, now: Instant, timeZone: string, language: Language): string {
  const opening = localTime(at, timeZone);
  const day = sayOnDay(opening, localTime(now, timeZone), language);
  if (language === 'en') return `${day}, from ${sayClock(opening)}`;
  return `${day}${day === 'сегодня' ? '' : ','} с ${sayClock(opening)}`;
}
