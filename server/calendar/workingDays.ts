import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../machines/vocabulary/index.ts';
import type { CalendarData, MinuteSpan, YearData } from './calendarData.ts';
import { WEEKDAYS } from './calendarData.ts';

/** A stretch of time from `from` up to but without `to`. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}
export type DayKind = 'working' | 'shortened' | 'off';

/** `moved`: worked although the week has it off. `shortened` alone does not make a day worked. */
type DayMark = 'off' | 'shortened' | 'moved' | 'movedShortened';

/** Without data of its year, a day is judged by the holidays that the law fixes (art. 112) and by the week. */
const FIXED_HOLIDAYS: ReadonlySet<string> = new Set(
  '01-01 01-02 01-03 01-04 01-05 01-06 01-07 01-08 02-23 03-08 05-01 05-09 06-12 11-04'.split(' '),
);

/**
 * An unofficial move counts only where it takes a working day away: a term named to a client is then never later than
 * the true one. Its working Saturday waits for the decree.
 */
const marksOf = (year: YearData): ReadonlyMap<string, DayMark> => {
  const marks = new Map<string, DayMark>();
  for (const { from, official } of year.moved) if (official) marks.set(from, 'moved');
  for (const day of year.shortened) marks.set(day, marks.has(day) ? 'movedShortened' : 'shortened');
  for (const { to } of year.moved) marks.set(to, 'off');
  for (const { day } of year.holidays) marks.set(day, 'off');
  return marks;
};

/** Kept for this many days: a year of terms for each of a few zones. */
const REMEMBERED = 1_500;

/** Which days are worked, and from when to when, in the time zone of the organisation. */
export class WorkingDays {
  readonly timeZone: string;
  readonly #data: CalendarData;
  readonly #marks: ReadonlyMap<number, ReadonlyMap<string, DayMark>>;
  readonly #stretches = new Map<string, readonly Stretch[]>();

  constructor(data: CalendarData) {
    this.timeZone = data.timeZone;
    this.#data = data;
    this.#marks = new Map(data.years.map((year) => [year.year, marksOf(year)]));
  }

  /** The production calendar of this year is known and official. */
  isOfficial(year: number): boolean {
    return this.#data.years.some((one) => one.year === year && one.official);
  }
  dayOf(at: Instant): Temporal.PlainDate {
    return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(this.timeZone).toPlainDate();
  }

  kindOf(day: Temporal.PlainDate): DayKind {
    const marks = this.#marks.get(day.year);
    const mark = marks?.get(day.toString());
    if (mark === 'off') return 'off';
    if (mark === 'moved') return 'working';
    if (mark === 'movedShortened') return 'shortened';
    if (marks === undefined && FIXED_HOLIDAYS.has(day.toString().slice(5))) return 'off';
    if (this.#weekOf(day) === undefined) return 'off';
    return mark === 'shortened' ? 'shortened' : 'working';
  }
  isWorking(day: Temporal.PlainDate): boolean {
    return this.kindOf(day) !== 'off';
  }

  /** The stretches of work of one day, in order; the breaks lie between them. Empty on a day off. */
  stretchesOf(day: Temporal.PlainDate): readonly Stretch[] {
    const key = day.toString();
    const known = this.#stretches.get(key);
    if (known !== undefined) return known;
    if (this.#stretches.size >= REMEMBERED) this.#stretches.clear();
    const made = this.#spansOf(day).map(({ from, to }) => stretchAt(day, from, to, this.timeZone));
    this.#stretches.set(key, made);
    return made;
  }

  /** A working Saturday is worked by the hours of a Friday, or of the last day of the week that is worked. */
  #spansOf(day: Temporal.PlainDate): readonly MinuteSpan[] {
    const kind = this.kindOf(day);
    if (kind === 'off') return [];
    const spans = this.#weekOf(day) ?? this.#data.week.week['пт'] ?? Object.values(this.#data.week.week).at(-1) ?? [];
    if (kind === 'working') return spans;
    return shortened(spans, this.#data.week.shortenedByMinutes);
  }
  #weekOf(day: Temporal.PlainDate): readonly MinuteSpan[] | undefined {
    const name = WEEKDAYS[day.dayOfWeek - 1];
    return name === undefined ? undefined : this.#data.week.week[name];
  }
}

/** Takes minutes off the end of the day; a stretch that is used up goes whole. */
const shortened = (spans: readonly MinuteSpan[], minutes: number): readonly MinuteSpan[] => {
  let left = minutes;
  const kept: MinuteSpan[] = [];
  for (const span of [...spans].reverse()) {
    const cut = Math.min(left, span.to - span.from);
    left -= cut;
    if (span.to - cut > span.from) kept.unshift({ from: span.from, to: span.to - cut });
  }
  return kept;
};

/** Wall time of a day as instants; a wall time that the clocks skip is the instant after the gap. */
export const stretchAt = (day: Temporal.PlainDate, fromMinute: number, toMinute: number, timeZone: string): Stretch => {
  const at = (minute: number): Instant =>
    day.toPlainDateTime().add({ minutes: minute }).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
      .epochMilliseconds;
  return { from: at(fromMinute), to: at(toMinute) };
};
