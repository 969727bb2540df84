import { Temporal } from 'temporal-polyfill';
import { HOUR, MINUTE } from '../../machines/vocabulary/index.ts';
import type { ClientKind, DayPart, Instant, Language, Milliseconds } from '../../machines/vocabulary/index.ts';
import type { CalendarData } from './calendarData.ts';
import type { DeadlineRule } from '../contract/rest.ts';
import { WorkingDays } from './workingDays.ts';
import { WorkingTime } from './workingTime.ts';
import type { ClientHours } from './workingTime.ts';

const QUARTER = 15 * MINUTE;

export interface Deadline {
  readonly rule: DeadlineRule;
  /** What is proposed. */
  readonly dueAt: Instant;
  /** What may be named at the latest. */
  readonly latestAt: Instant;
}
export interface Hours {
  readonly working: boolean;
  readonly schedule: string;
  /** Set outside working time. */
  readonly nextOpenAt?: Instant;
}

/** The last answer, for as long as its minute lasts; asked with the minute's beginning. */
function perMinute<Answer>(ask: (minute: Instant) => Answer): { at(at: Instant): Answer; forget(): void } {
  let last: { readonly minute: Instant; readonly answer: Answer } | undefined;
  return {
    at(at) {
      const minute = Math.floor(at / MINUTE) * MINUTE;
      if (last?.minute !== minute) last = { minute, answer: ask(minute) };
      return last.answer;
    },
    forget: () => (last = undefined),
  };
}

/** The business calendar of the organisation. Pure: every answer follows from the data and the instant. */
export class BusinessCalendar {
  readonly timeZone: string;
  #data: CalendarData;
  #days: WorkingDays;
  #time: WorkingTime;
  /** What every view of a call asks for. It changes with the minute. */
  readonly #ofMinute = {
    deadlines: perMinute((minute) => this.#deadlinesAt(minute)),
    hours: perMinute((minute) => this.#hoursAt(minute)),
  };

  constructor(data: CalendarData) {
    this.timeZone = data.timeZone;
    this.#data = data;
    this.#days = new WorkingDays(data);
    this.#time = new WorkingTime(this.#days);
  }
  /** The week and the years as they are from now on; terms that were named before stay as they were. */
  replace(parts: Pick<CalendarData, 'week' | 'years'>): void {
    this.#data = { ...this.#data, ...parts };
    this.#days = new WorkingDays(this.#data);
    this.#time = new WorkingTime(this.#days);
    this.#ofMinute.deadlines.forget();
    this.#ofMinute.hours.forget();
  }

  isWorkingTime(at: Instant): boolean {
    return this.#time.isWorkingTime(at);
  }
  isWorkingDay(at: Instant): boolean {
    return this.#days.isWorking(this.#days.dayOf(at));
  }
  /** Terms of this year rest on an official production calendar. */
  isOfficial(at: Instant): boolean {
    return this.#days.isOfficial(this.#days.dayOf(at).year);
  }
  nextWorkingTime(at: Instant, clientZone?: string): Instant {
    return this.#time.nextWorkingTime(at, this.#client(at, clientZone));
  }
  endOfWorkingDay(at: Instant): Instant {
    return this.#time.endOfWorkingDay(at);
  }
  addWorkingMs(at: Instant, ms: Milliseconds, clientZone?: string): Instant {
    return this.#time.addWorkingMs(at, ms, this.#client(at, clientZone));
  }
  workingMsBetween(from: Instant, to: Instant): Milliseconds {
    return this.#time.workingMsBetween(from, to);
  }
  /**
   * «До 18:45», not «до 18:51»: the quarter of an hour before, where that is still ahead and in the same working time.
   * Not «завтра до 9:00» either, when nobody works before nine: that is when work stopped the day before, which for a
   * client of another zone (`clientZone`) may be the night.
   */
  sayable(term: Instant, now: Instant, clientZone?: string): Instant {
    const quarter = Math.floor(term / QUARTER) * QUARTER;
    if (quarter <= now || this.workingMsBetween(quarter, term) !== term - quarter) return term;
    const worked = this.#client(now, clientZone) ? quarter : this.#time.lastWorkingTime(quarter);
    return worked > now ? worked : quarter;
  }

  /** For the greeting: from 5, 12, 18 and 23 o'clock of the site's time, or of the zone given. */
  dayPart(at: Instant, timeZone = this.timeZone): DayPart {
    const { hour } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
    if (hour < 5 || hour >= 23) return 'night';
    if (hour < 12) return 'morning';
    return hour < 18 ? 'day' : 'evening';
  }

  /** Whether calls are taken now, the published hours, and when to call when they are not (2.6.1). */
  hours(at: Instant, language: Language = 'ru'): Hours {
    return { ...this.#ofMinute.hours.at(at), schedule: this.#data.week.schedule[language] };
  }
  #hoursAt(at: Instant): Omit<Hours, 'schedule'> {
    const working = this.isWorkingTime(at);
    return working ? { working } : { working, nextOpenAt: this.nextWorkingTime(at) };
  }

  /**
   * The term of a rule, counted from `at` (for written appeals: their registration). `clientZone`: a callback is
   * counted in working time in which it is also a decent hour for the client.
   */
  deadline(rule: DeadlineRule, at: Instant, clientZone?: string): Deadline {
    const { terms } = this.#data.week;
    switch (rule) {
      case 'callback':
        return {
          rule,
          dueAt: this.sayable(this.addWorkingMs(at, terms.callbackHours * HOUR, clientZone), at, clientZone),
          latestAt: this.addWorkingMs(at, terms.callbackLatestHours * HOUR, clientZone),
        };
      case 'internal':
        return same(rule, this.endOfWorkingDay(at));
      case 'appeal':
        return same(rule, this.#lastWorkingDay(at, terms.appealDays));
      case 'forwarding':
        return same(rule, this.#lastWorkingDay(at, terms.forwardingDays));
      case 'social':
        return same(rule, at + terms.socialHours * HOUR);
    }
  }
  /** All rules at once, for a script's words: counted from the whole minute before, so that a view costs nothing. */
  deadlines(at: Instant): Readonly<Record<DeadlineRule, Instant>> {
    return this.#ofMinute.deadlines.at(at);
  }
  #deadlinesAt(at: Instant): Readonly<Record<DeadlineRule, Instant>> {
    const due = (rule: DeadlineRule): Instant => this.deadline(rule, at).dueAt;
    return {
      callback: due('callback'),
      internal: due('internal'),
      appeal: due('appeal'),
      forwarding: due('forwarding'),
      social: due('social'),
    };
  }
  /** The client's own zone, as far as the beginning of an E.164 number tells it. */
  zoneOfNumber(number: string): string | undefined {
    let found: { readonly zone: string; readonly length: number } | undefined;
    for (const [zone, beginnings] of Object.entries(this.#data.numberZones.zones)) {
      for (const beginning of beginnings) {
        if (number.startsWith(beginning) && beginning.length > (found?.length ?? 0)) {
          found = { zone, length: beginning.length };
        }
      }
    }
    return found?.zone;
  }
  ruleFor(kind: ClientKind): 'callback' | 'internal' {
    return kind === 'internal' ? 'internal' : 'callback';
  }

  /**
   * When the next attempt to reach a client may be: after the pause in working time; but if that is past the term
   * while the term is still ahead, a last time shortly before it.
   */
  nextAttemptAt(at: Instant, dueAt: Instant, spacingMs: Milliseconds, clientZone?: string): Instant {
    const spaced = this.addWorkingMs(at, spacingMs, clientZone);
    if (spaced <= dueAt || dueAt <= at + LAST_TRY_AFTER_MS) return spaced;
    return Math.max(at + LAST_TRY_AFTER_MS, dueAt - LAST_TRY_BEFORE_MS);
  }

  /** Calendar days from the day of `at`; a last day that is not worked moves to the working day before it. */
  #lastWorkingDay(at: Instant, days: number): Instant {
    const registered = this.#days.dayOf(at);
    const last = this.#time.workingDayNotAfter(registered.add({ days }));
    const end = this.#time.endOf(last);
    // Registered after hours right before a long holiday: the day of registration itself is left.
    return end > at ? end : startOfDay(registered.add({ days: 1 }), this.timeZone) - 1;
  }

  /** Another zone than ours, unless there is no hour at which both could talk. */
  #client(at: Instant, timeZone: string | undefined): ClientHours | undefined {
    if (timeZone === undefined || timeZone === this.timeZone) return undefined;
    const client: ClientHours = { timeZone, span: this.#data.week.clientHours };
    const [first] = this.#time.stretchesAfter(at, client);
    return first === undefined ? undefined : client;
  }
}

const LAST_TRY_AFTER_MS: Milliseconds = HOUR / 12;
const LAST_TRY_BEFORE_MS: Milliseconds = HOUR / 6;
const same = (rule: DeadlineRule, dueAt: Instant): Deadline => ({ rule, dueAt, latestAt: dueAt });
const startOfDay = (day: Temporal.PlainDate, timeZone: string): Instant =>
  day.toZonedDateTime(timeZone).epochMilliseconds;
