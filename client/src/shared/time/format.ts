import type { Instant, Milliseconds } from '../../../../machines/vocabulary/index.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../../machines/vocabulary/time.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** `02:14`, or `1:02:14` from an hour on. Time that passed: whole seconds, rounded down; never negative. */
export function elapsed(ms: Milliseconds): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** Time that is left: rounded up, so that `00:00` stands only when it is really over. */
export const remaining = (ms: Milliseconds): string => elapsed(Math.ceil(Math.max(0, ms) / SECOND) * SECOND);

/** Says times of day and dates as people say them, in the site's time zone. Made once per language and zone. */
export interface Wording {
  /** `14:05` */
  time(at: Instant): string;
  /** `14:05:12` */
  timeExact(at: Instant): string;
  /** `сегодня`, `завтра`, `в пятницу, 27 ноября`, `12.11.2025` when long ago. */
  day(at: Instant, now: Instant): string;
  /** `сегодня до 16:30` */
  until(at: Instant, now: Instant): string;
  /** `16:30` today, else `завтра 16:30`, `пт 27.11, 16:30`: for narrow places. */
  short(at: Instant, now: Instant): string;
  /** `06:11` today, `вчера`, `21.11`, `21.11.2024` in another year: for a column of past days. */
  brief(at: Instant, now: Instant): string;
  /** `21.11.2024`; in English, where that could be read two ways, `21 Nov 2024`. */
  date(at: Instant): string;
  /** `21.11`, `21 Nov`: along an axis. */
  dayMonth(at: Instant): string;
  /** `через 40 мин`, `просрочено на 5 мин`. */
  left(at: Instant, now: Instant): string;
  /** `2 минуты`, `1 минуту 30 секунд`: a length of time in the accusative, as it is said aloud. */
  spoken(ms: Milliseconds): string;
}

interface Tongue {
  readonly locale: string;
  /** A day without its weekday, as short as it can be told. */
  readonly date: Intl.DateTimeFormatOptions;
  readonly today: string;
  readonly tomorrow: string;
  readonly yesterday: string;
  readonly on: (weekday: string, dayMonth: string) => string;
  readonly until: (day: string, time: string) => string;
  readonly units: { readonly day: string; readonly hour: string; readonly minute: string; readonly second: string };
  readonly inTime: (length: string) => string;
  readonly late: (length: string) => string;
  readonly minutes: Readonly<Record<string, string>>;
  readonly seconds: Readonly<Record<string, string>>;
}

/** Accusative with its preposition: "во вторник", "в среду". */
const RU_ON: Readonly<Record<string, string>> = {
  понедельник: 'в понедельник',
  вторник: 'во вторник',
  среда: 'в среду',
  четверг: 'в четверг',
  пятница: 'в пятницу',
  суббота: 'в субботу',
  воскресенье: 'в воскресенье',
};

const TONGUES: Readonly<Record<'ru' | 'en', Tongue>> = {
  ru: {
    locale: 'ru-RU',
    date: { day: '2-digit', month: '2-digit' },
    today: 'сегодня',
    tomorrow: 'завтра',
    yesterday: 'вчера',
    on: (weekday, dayMonth) => `${RU_ON[weekday] ?? weekday}, ${dayMonth}`,
    until: (day, time) => `${day} до ${time}`,
    units: { day: 'д', hour: 'ч', minute: 'мин', second: 'с' },
    inTime: (length) => `через ${length}`,
    late: (length) => `просрочено на ${length}`,
    minutes: { one: 'минуту', few: 'минуты', many: 'минут', other: 'минуты' },
    seconds: { one: 'секунду', few: 'секунды', many: 'секунд', other: 'секунды' },
  },
  en: {
    locale: 'en-GB',
    date: { day: 'numeric', month: 'short' },
    today: 'today',
    tomorrow: 'tomorrow',
    yesterday: 'yesterday',
    on: (weekday, dayMonth) => `on ${weekday}, ${dayMonth}`,
    until: (day, time) => `${day} by ${time}`,
    units: { day: 'd', hour: 'h', minute: 'min', second: 's' },
    inTime: (length) => `in ${length}`,
    late: (length) => `${length} late`,
    minutes: { one: 'minute', other: 'minutes' },
    seconds: { one: 'second', other: 'seconds' },
  },
};

/** `40 мин`, `2 ч 5 мин`, `3 д`: two units at most, seconds only under a minute. */
function length(ms: Milliseconds, units: Tongue['units']): string {
  const parts: readonly (readonly [Milliseconds, string])[] = [
    [DAY, units.day],
    [HOUR, units.hour],
    [MINUTE, units.minute],
  ];
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / SECOND))} ${units.second}`;
  const first = parts.findIndex(([size]) => ms >= size);
  return parts
    .slice(first, first + 2)
    .map(([size, unit], index) => [Math.floor((index === 0 ? ms : ms % parts[first]![0]) / size), unit] as const)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

export function createWording(language: 'ru' | 'en', timeZone: string): Wording {
  const tongue = TONGUES[language];
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(tongue.locale, { timeZone, ...options });
  const hourMinute = format({ hour: '2-digit', minute: '2-digit' });
  const exact = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const dayMonth = format({ day: 'numeric', month: 'long' });
  const weekday = format({ weekday: 'long' });
  const weekdayShort = format({ weekday: 'short', ...tongue.date });
  const numeric = format({ ...tongue.date, year: 'numeric' });
  const dayMonthShort = format(tongue.date);
  const date = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const plural = new Intl.PluralRules(tongue.locale);

  /** Whole calendar days from `now` to `at` in the site's zone. */
  const daysAway = (at: Instant, now: Instant): number =>
    Math.round((Date.parse(date.format(at)) - Date.parse(date.format(now))) / DAY);
  const near = (days: number): string | undefined =>
    ({ '0': tongue.today, '1': tongue.tomorrow, '-1': tongue.yesterday })[String(days)];

  const day = (at: Instant, now: Instant): string => {
    const days = daysAway(at, now);
    const known = near(days);
    if (known !== undefined) return known;
    return days < -6 || days > 300 ? numeric.format(at) : tongue.on(weekday.format(at), dayMonth.format(at));
  };
  return {
    time: (at) => hourMinute.format(at),
    timeExact: (at) => exact.format(at),
    day,
    until: (at, now) => tongue.until(day(at, now), hourMinute.format(at)),
    short(at, now) {
      const days = daysAway(at, now);
      if (days === 0) return hourMinute.format(at);
      const known = near(days);
      return known === undefined
        ? `${weekdayShort.format(at)}, ${hourMinute.format(at)}`
        : `${known}, ${hourMinute.format(at)}`;
    },
    brief(at, now) {
      const days = daysAway(at, now);
      if (days === 0) return hourMinute.format(at);
      const sameYear = date.format(at).slice(0, 4) === date.format(now).slice(0, 4);
      return near(days) ?? (sameYear ? dayMonthShort : numeric).format(at);
    },
    date: (at) => numeric.format(at),
    dayMonth: (at) => dayMonthShort.format(at),
    left: (at, now) =>
      at >= now ? tongue.inTime(length(at - now, tongue.units)) : tongue.late(length(now - at, tongue.units)),
    spoken(ms) {
      const minutes = Math.floor(ms / MINUTE);
      const seconds = Math.round((ms % MINUTE) / SECOND);
      const say = (count: number, forms: Readonly<Record<string, string>>): string =>
        `${count} ${forms[plural.select(count)] ?? forms['other'] ?? ''}`;
      return [minutes > 0 && say(minutes, tongue.minutes), seconds > 0 && say(seconds, tongue.seconds)]
        .filter((part) => part !== false)
        .join(' ');
    },
  };
}
