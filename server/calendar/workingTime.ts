import { Temporal } from 'temporal-polyfill';
import { AppError } from '../../machines/vocabulary/index.ts';
import type { Instant, Milliseconds } from '../../machines/vocabulary/index.ts';
import type { MinuteSpan } from './calendarData.ts';
import { stretchAt } from './workingDays.ts';
import type { Stretch, WorkingDays } from './workingDays.ts';

/** Work that far ahead or back is enough for every rule; a calendar without work in it is a mistake. */
const LOOK_DAYS = 400;

const overlap = (a: Stretch, b: Stretch): Stretch | undefined => {
  const from = Math.max(a.from, b.from);
  const to = Math.min(a.to, b.to);
  return from < to ? { from, to } : undefined;
};

/** When somebody in another zone may be called. */
export interface ClientHours {
  readonly timeZone: string;
  readonly span: MinuteSpan;
}
const clientStretches = ({ timeZone, span }: ClientHours, around: Stretch): readonly Stretch[] => {
  const dayOf = (at: Instant): Temporal.PlainDate =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const last = dayOf(around.to);
  const found: Stretch[] = [];
  for (let day = dayOf(around.from); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    found.push(stretchAt(day, span.from, span.to, timeZone));
  }
  return found;
};

/** Arithmetic over the stretches of work. */
export class WorkingTime {
  readonly #days: WorkingDays;

  constructor(days: WorkingDays) {
    this.#days = days;
  }

  isWorkingTime(at: Instant): boolean {
    return this.#days.stretchesOf(this.#days.dayOf(at)).some(({ from, to }) => from <= at && at < to);
  }

  /** Stretches that end after `at`, the first cut to begin not before it. `client`: only when he may be called. */
  *stretchesAfter(at: Instant, client?: ClientHours): IterableIterator<Stretch> {
    let day = this.#days.dayOf(at);
    for (let i = 0; i < LOOK_DAYS; i += 1, day = day.add({ days: 1 })) {
      for (const { from, to } of this.#days.stretchesOf(day)) {
        if (to <= at) continue;
        const work = { from: Math.max(from, at), to };
        if (client === undefined) yield work;
        else yield* clientStretches(client, work).flatMap((hours) => overlap(work, hours) ?? []);
      }
    }
  }

  /** `at` itself in working time, else the next beginning of work. Rejects with `calendar.noWorkingTime`. */
  nextWorkingTime(at: Instant, client?: ClientHours): Instant {
    for (const { from } of this.stretchesAfter(at, client)) return from;
    throw noWorkingTime(at);
  }

  /** `at` itself at the end of work done, else the last moment at which work was done before it. */
  lastWorkingTime(at: Instant): Instant {
    let day = this.#days.dayOf(at);
    for (let i = 0; i < LOOK_DAYS; i += 1, day = day.subtract({ days: 1 })) {
      const last = this.#days.stretchesOf(day).findLast(({ from }) => from < at);
      if (last !== undefined) return Math.min(last.to, at);
    }
    throw noWorkingTime(at);
  }

  /** The instant at which `ms` of working time have passed since `at`; for 0 the next working time. */
  addWorkingMs(at: Instant, ms: Milliseconds, client?: ClientHours): Instant {
    let left = ms;
    for (const { from, to } of this.stretchesAfter(at, client)) {
      if (left <= to - from && (left > 0 || from < to)) return from + left;
      left -= to - from;
    }
    throw noWorkingTime(at);
  }

  workingMsBetween(from: Instant, to: Instant): Milliseconds {
    if (to <= from) return 0;
    let sum = 0;
    for (const stretch of this.stretchesAfter(from)) {
      if (stretch.from >= to) break;
      sum += Math.min(stretch.to, to) - stretch.from;
    }
    return sum;
  }

  /** The end of today's work; asked at or after it, or on a day off: the end of the next working day (3.5.11). */
  endOfWorkingDay(at: Instant): Instant {
    let day = this.#days.dayOf(at);
    for (let i = 0; i < LOOK_DAYS; i += 1, day = day.add({ days: 1 })) {
      const end = this.#days.stretchesOf(day).at(-1)?.to;
      if (end !== undefined && at < end) return end;
    }
    throw noWorkingTime(at);
  }

  /** The day itself when it is worked, else the working day before it (3.4.4). */
  workingDayNotAfter(day: Temporal.PlainDate): Temporal.PlainDate {
    let found = day;
    for (let i = 0; i < LOOK_DAYS; i += 1, found = found.subtract({ days: 1 })) {
      if (this.#days.stretchesOf(found).length > 0) return found;
    }
    throw noWorkingTime(day.toZonedDateTime(this.#days.timeZone).epochMilliseconds);
  }

  /** The end of work of a working day. */
  endOf(day: Temporal.PlainDate): Instant {
    const end = this.#days.stretchesOf(day).at(-1)?.to;
    if (end === undefined) throw noWorkingTime(day.toZonedDateTime(this.#days.timeZone).epochMilliseconds);
    return end;
  }
}

const noWorkingTime = (at: Instant): AppError =>
  new AppError('calendar.noWorkingTime', `no working time within ${LOOK_DAYS} days of ${new Date(at).toISOString()}`);
