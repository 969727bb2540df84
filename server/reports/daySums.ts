import { z } from 'zod';
import type { Clock, Instant } from '../../machines/vocabulary/index.ts';
import { startOfLocalDay } from '../calendar/localDay.ts';
import type { CallSums, ReportPeriod } from '../contract/index.ts';
import type { Collection, CollectionSpec } from '../storage/port.ts';
import type { CallHistoryDocument } from './callHistory.ts';
import { addTo, NO_SUMS, type GrowingSums } from './figures.ts';
import { daysOf, hourOffset } from './periods.ts';
import { callsWhere, type ReportFilter } from './reportFilter.ts';
import { sumCalls, type GroupColumn, type WaitPass } from './sumCalls.ts';

/** Sums of the calls of one day that is over, by the values of one column. Made from the calls; may be deleted at any time. */
export interface DayDocument {
  readonly day: Instant;
  readonly column: string;
  /** The limits that went in: with others it is made anew. */
  readonly limits: string;
  /** Only what is not 0. */
  readonly sums: Readonly<Record<string, Partial<CallSums>>>;
}
const loose = z.looseObject({ day: z.number(), column: z.string(), limits: z.string() });
export const daySumsSpec: CollectionSpec<DayDocument> = {
  name: 'callDays',
  version: 1,
  packed: true,
  columns: {
    day: { type: 'instant', of: ({ day }) => day },
    column: { type: 'text', of: ({ column }) => column },
  },
  indexes: [{ columns: ['column', 'day'] }, { columns: ['day'] }],
  check: (document) => loose.parse(document) as unknown as DayDocument,
};
type Sums = Map<string, CallSums>;
/** Of one day or stretch of days; what is 0 may be absent. */
type Part = Iterable<readonly [key: string, sums: Partial<CallSums>]>;
const HOUR_MS = 3_600_000;
/** Calls of a day are written behind the call: a day counts as over when this long has passed since. */
const SETTLED_MS = 600_000;
/** More days than this that are not there yet are read from the calls in one go; the rows are made afterwards. */
const AT_ONCE = 3;

export interface DaySumsSetup {
  readonly calls: Collection<CallHistoryDocument>;
  readonly days: Collection<DayDocument>;
  readonly clock: Clock;
  readonly timeZone: string;
}

/** Sums over any period: days that are over from their rows, the rest from the calls themselves. */
export class DaySums {
  readonly #setup: DaySumsSetup;
  /** Raised when a day's calls change, so that a row made meanwhile is not kept. */
  readonly #changes = new Map<Instant, number>();
  /** Rows that are being taken away: whoever reads waits for that. */
  #going: Promise<unknown> = Promise.resolve();

  constructor(setup: DaySumsSetup) {
    this.#setup = setup;
  }

  async read(filter: ReportFilter, column: string, passes: readonly WaitPass[]): Promise<Sums> {
    const { from, to, ...others } = filter;
    const narrowed = Object.values(others).some((value) => value !== undefined && value !== '');
    if (narrowed) return this.#calls(filter, column, passes);
    await this.#going;
    const days = this.#wholeDays({ from, to });
    const first = days[0];
    const last = days.at(-1);
    if (!first || !last) return this.#calls(filter, column, passes);
    const rest = [
      { from, to: first.from },
      { from: last.to, to },
    ].filter((part) => part.to > part.from);
    const parts = await Promise.all([
      this.#days(days, column, passes),
      ...rest.map((part) => this.#calls(part, column, passes)),
    ]);
    return joined(parts);
  }

  /** Makes the rows of a period's days that are not there; one day at a time, so that nobody waits for long. */
  async make(period: ReportPeriod, columns: readonly string[], passes: readonly WaitPass[]): Promise<number> {
    let made = 0;
    const days = this.#wholeDays(period);
    for (const column of columns) {
      const known = await this.#stored(days, column, passes);
      for (const day of days) {
        if (known.has(day.from)) continue;
        await this.#make(day, column, passes);
        made += 1;
      }
    }
    return made;
  }

  /** A call of this instant was written: a day that was over is not any more. */
  async changed(at: Instant): Promise<void> {
    const { clock, timeZone, days } = this.#setup;
    if (!this.#isOver(at, clock.now())) return;
    const day = startOfLocalDay(at, timeZone);
    this.#changes.set(day, (this.#changes.get(day) ?? 0) + 1);
    const going = days.deleteWhere({ day }, 100);
    this.#going = Promise.allSettled([this.#going, going]);
    await going;
  }
  #isOver(at: Instant, now: Instant): boolean {
    return at < startOfLocalDay(now - SETTLED_MS, this.#setup.timeZone);
  }

  #wholeDays({ from, to }: ReportPeriod): ReportPeriod[] {
    const { clock, timeZone } = this.#setup;
    const until = Math.min(to, clock.now() - SETTLED_MS);
    if (until <= from) return [];
    const starts = daysOf({ from, to: until + 1 }, timeZone);
    return starts.flatMap((day, at) => {
      const end = starts[at + 1];
      return day >= from && end !== undefined && end <= until ? [{ from: day, to: end }] : [];
    });
  }
  async #days(days: readonly ReportPeriod[], column: string, passes: readonly WaitPass[]): Promise<Sums> {
    const known = await this.#stored(days, column, passes);
    const missing = days.filter((day) => !known.has(day.from));
    const found: Part[] = [...known.values()].map(({ sums }) => Object.entries(sums));
    if (missing.length <= AT_ONCE) {
      const made = await Promise.all(missing.map((day) => this.#make(day, column, passes)));
      return joined([...found, ...made]);
    }
    const parts = await Promise.all(stretches(missing).map((part) => this.#calls(part, column, passes)));
    return joined([...found, ...parts]);
  }
  async #stored(
    days: readonly ReportPeriod[],
    column: string,
    passes: readonly WaitPass[],
  ): Promise<Map<Instant, DayDocument>> {
    const [first, last] = [days[0], days.at(-1)];
    if (!first || !last) return new Map();
    const limits = limitsOf(passes);
    const page = await this.#setup.days.find({
      where: { column, day: { gte: first.from, lt: last.to } },
      orderBy: { column: 'day' },
      limit: 5_000,
    });
    const mine = page.items.filter(({ document }) => document.limits === limits);
    return new Map(mine.map(({ document }) => [document.day, document]));
  }
  async #make(day: ReportPeriod, column: string, passes: readonly WaitPass[]): Promise<Sums> {
    const before = this.#changes.get(day.from);
    const sums = await this.#calls(day, column, passes);
    if (this.#changes.get(day.from) !== before) return sums;
    const document = { day: day.from, column, limits: limitsOf(passes), sums: packed(sums) };
    await this.#setup.days.put(`${column}/${day.from}`, document);
    return sums;
  }
  #calls(filter: ReportFilter, column: string, passes: readonly WaitPass[]): Promise<Sums> {
    const by: GroupColumn =
      column === 'startedAt'
        ? { column, everyMs: HOUR_MS, offsetMs: hourOffset(filter.from, this.#setup.timeZone) }
        : column;
    return sumCalls(this.#setup.calls, callsWhere(filter), by, passes);
  }
}

const limitsOf = (passes: readonly WaitPass[]): string =>
  JSON.stringify(passes.map(({ name, below, queues }) => [name, below, queues.toSorted()]));
const packed = (sums: Sums): DayDocument['sums'] =>
  Object.fromEntries(
    [...sums].map(([key, each]) => [key, Object.fromEntries(Object.entries(each).filter(([, value]) => value !== 0))]),
  );

/** Days that follow each other, as one period. */
function stretches(days: readonly ReportPeriod[]): ReportPeriod[] {
  const parts: ReportPeriod[] = [];
  for (const day of days) {
    const last = parts.at(-1);
    if (last?.to === day.from) parts[parts.length - 1] = { from: last.from, to: day.to };
    else parts.push(day);
  }
  return parts;
}
function joined(parts: readonly Part[]): Sums {
  const all = new Map<string, GrowingSums>();
  for (const part of parts) {
    for (const [key, sums] of part) {
      const known = all.get(key);
      if (known) addTo(known, sums);
      else all.set(key, { ...NO_SUMS, ...sums });
    }
  }
  return all;
}
