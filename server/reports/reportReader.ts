import type { Clock, Instant, Language } from '../../machines/vocabulary/index.ts';
import type { CallbackDocument } from '../callbacks/callbackDocument.ts';
import type {
  BoardSettings,
  CallSums,
  Figures,
  ReportDimension,
  ReportPeriod,
  ReportRow,
  ReportView,
} from '../contract/index.ts';
import type { Collection, Condition } from '../storage/port.ts';
import { localDay } from '../calendar/localDay.ts';
import type { DaySums } from './daySums.ts';
import { added, figuresFrom, isEmpty, NO_SUMS } from './figures.ts';
import { daysOf, hourOffset, localHour, periodBefore, trendPeriod } from './periods.ts';
import { filterText, numberPrefix, type FilterNames, type ReportFilter } from './reportFilter.ts';
import { waitPasses, type GroupColumn, type QueueLimits, type WaitPass } from './sumCalls.ts';
import type { SurveyRoom } from './surveyRoom.ts';
import { troublesOf } from './troubles.ts';
import type { WorkTimes } from './workTimes.ts';

/** Who belongs where now, for promises, which name their owner alone. */
export interface Units {
  operatorsOf(unit: string): readonly string[];
  unitOf(operatorId: string): string | undefined;
}
export interface ReportSetup {
  readonly sums: DaySums;
  readonly callbacks: Collection<CallbackDocument>;
  readonly survey: SurveyRoom;
  readonly workTimes: Pick<WorkTimes, 'occupancy'>;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly units: Units;
  names(language: Language): FilterNames;
  settings(): BoardSettings;
  /** Every queue that ever had a call. */
  queues(): Promise<readonly string[]>;
}

const HOUR_MS = 3_600_000;
type Sums = ReadonlyMap<string, CallSums>;
const NOTHING: Sums = new Map();
const SOUGHT_IN: readonly ReportDimension[] = ['operator', 'queue', 'topic'];

/** Columns of the history by which rows are parted; days and hours come from `startedAt`. */
export const COLUMNS: Readonly<Partial<Record<ReportDimension, string>>> = {
  operator: 'operatorId',
  unit: 'unit',
  queue: 'queue',
  topic: 'topic',
  disposition: 'disposition',
  script: 'scriptId',
  direction: 'direction',
};

/** Reports over the history: sums from the store's columns, shares and means from the sums. */
export class ReportReader {
  readonly #setup: ReportSetup;
  /** Hours that reports have looked at: some nine thousand a year. */
  readonly #wall = new Map<Instant, { readonly day: string; readonly hour: number }>();

  constructor(setup: ReportSetup) {
    this.#setup = setup;
  }

  async read(filter: ReportFilter, by: ReportDimension, language: Language = 'ru'): Promise<ReportView> {
    const { clock, timeZone, survey, workTimes } = this.#setup;
    const names = this.#setup.names(language);
    const begun = clock.now();
    const period = { from: filter.from, to: filter.to };
    const before = periodBefore(period, timeZone, begun);
    const earlier = { ...filter, ...before };
    const trend = trendPeriod(period, timeZone);
    const isOneDay = trend !== period;
    const passes = await this.passes();
    const others = SOUGHT_IN.filter((each) => each !== by);
    const [hours, hoursBefore, hoursOfTrend, surveyed, occupied, occupiedBefore, rowsNow, rowsPast, ...causes] =
      await Promise.all([
        this.#hours(filter, passes),
        this.#hours(earlier, passes),
        isOneDay ? this.#hours({ ...filter, ...trend }, passes) : undefined,
        survey.report(period, before),
        workTimes.occupancy(filter),
        workTimes.occupancy(earlier),
        COLUMNS[by] ? this.#byColumn(filter, by, passes) : NOTHING,
        COLUMNS[by] ? this.#byColumn(earlier, by, passes) : NOTHING,
        // Where troubles come from: no waits, no period before.
        ...others.map((each) => this.#byColumn(filter, each, [])),
      ]);
    const tables = new Map<ReportDimension, { now: Sums; before: Sums }>([
      ...others.map((each, at) => [each, { now: causes[at] ?? NOTHING, before: NOTHING }] as const),
      [by, { now: rowsNow, before: rowsPast }],
    ]);
    const row = (key: string, label: string, now: CallSums, past?: CallSums): ReportRow => ({
      key,
      label,
      figures: this.#figures(now),
      ...(past && !isEmpty(past) ? { before: this.#figures(past) } : {}),
    });
    const rowsOf = (dimension: ReportDimension): ReportRow[] => {
      const { now = NOTHING, before: past = NOTHING } = tables.get(dimension) ?? {};
      return [...now.entries()]
        .map(([key, sums]) => row(key, labelOf(dimension, key, names), sums, past.get(key)))
        .toSorted((a, b) => b.figures.calls - a.figures.calls || a.label.localeCompare(b.label, language));
    };
    const days = this.#days(period, hours);
    const byHour = this.#hoursOfDay(hours, this.#hourSums(hoursBefore));
    const total = this.#figures(totalOf(hours));
    const totalBefore = this.#figures(totalOf(hoursBefore));
    return {
      period,
      before,
      by,
      formula: this.#setup.settings().formula,
      serviceLevelMs: this.#limits(filter.queue ?? '').serviceLevelMs,
      total,
      totalBefore,
      days: hoursOfTrend ? this.#days(trend, hoursOfTrend) : days,
      daysBefore: isOneDay ? [] : this.#days(before, hoursBefore),
      hours: byHour,
      rows: by === 'day' ? days : by === 'hour' ? byHour : rowsOf(by),
      troubles: troublesOf(total, totalBefore, (dimension) => rowsOf(dimension)),
      survey: surveyed,
      ...(occupied === undefined ? {} : { occupancy: occupied }),
      ...(occupiedBefore === undefined ? {} : { occupancyBefore: occupiedBefore }),
      filterText: filterText(filter, names),
      madeAt: begun,
      tookMs: clock.now() - begun,
    };
  }

  #figures(sums: CallSums): Figures {
    return figuresFrom(sums, this.#setup.settings().formula);
  }
  #limits(queue: string): QueueLimits {
    const settings = this.#setup.settings();
    return settings.thresholds[queue] ?? settings.default;
  }

  /** By the first instant of each hour. */
  async #hours(filter: ReportFilter, passes: readonly WaitPass[]): Promise<Map<Instant, CallSums>> {
    const cut = { column: 'closedAt', everyMs: HOUR_MS, offsetMs: hourOffset(filter.from, this.#setup.timeZone) };
    const [calls, callbacks] = await Promise.all([
      this.#setup.sums.read(filter, 'startedAt', passes),
      this.#callbacks(filter, cut),
    ]);
    return new Map([...merged(calls, callbacks)].map(([key, sums]) => [Number(key), sums]));
  }
  async #byColumn(filter: ReportFilter, dimension: ReportDimension, passes: readonly WaitPass[]): Promise<Sums> {
    const column = COLUMNS[dimension] ?? 'operatorId';
    const withCallbacks = dimension === 'operator' || dimension === 'unit';
    const [calls, callbacks] = await Promise.all([
      this.#setup.sums.read(filter, column, passes),
      withCallbacks ? this.#callbacks(filter, 'owner') : new Map<string, CallSums>(),
    ]);
    if (dimension !== 'unit') return merged(calls, callbacks);
    const units = [...callbacks].map(([owner, sums]) => [this.#setup.units.unitOf(owner) ?? '', sums] as const);
    return units.reduce<Sums>((all, [unit, sums]) => merged(all, new Map([[unit, sums]])), calls);
  }
  /** The limits of all queues, as they are now: old days are summed anew when one changes. */
  async passes(): Promise<WaitPass[]> {
    const queues = await this.#setup.queues();
    return waitPasses(queues.toSorted(), (queue) => this.#limits(queue), this.#setup.settings().formula);
  }

  /** Promises closed in the period. They know owner and number; narrowed by anything else they are left out. */
  async #callbacks(filter: ReportFilter, column: GroupColumn): Promise<Sums> {
    const { from, to, operatorId, unit, number, ...others } = filter;
    if (Object.values(others).some((value) => value !== undefined && value !== '')) return new Map();
    const owners = operatorId ? [operatorId] : unit ? this.#setup.units.operatorsOf(unit) : undefined;
    const where: Record<string, Condition> = {
      closedAt: { gte: from, lt: to },
      outcome: { in: ['kept', 'keptLate', 'broken'] },
      ...(owners ? { owner: { in: owners } } : {}),
      ...(number ? { number: { prefix: numberPrefix(number) } } : {}),
    };
    const rows = await this.#setup.callbacks.aggregate({
      where,
      groupBy: [column, 'outcome'],
      measures: { promises: { op: 'count' } },
    });
    const name = typeof column === 'string' ? column : column.column;
    const sums = new Map<string, CallSums>();
    for (const row of rows) {
      const key = String(row[name] ?? '');
      // Kept late is a term that was named and not kept.
      const kind = row['outcome'] === 'kept' ? 'callbacksKept' : 'callbacksBroken';
      sums.set(key, added(sums.get(key) ?? NO_SUMS, { [kind]: Number(row['promises']) }));
    }
    return sums;
  }

  #days(period: ReportPeriod, hours: Map<Instant, CallSums>): ReportRow[] {
    const { timeZone } = this.#setup;
    const byDay = new Map<string, CallSums>();
    for (const [at, sums] of hours) {
      const { day } = this.#onTheWall(at);
      byDay.set(day, added(byDay.get(day) ?? NO_SUMS, sums));
    }
    return daysOf(period, timeZone).map((at) => {
      const day = localDay(at, timeZone);
      return { key: day, label: day, figures: this.#figures(byDay.get(day) ?? NO_SUMS) };
    });
  }
  /** Calendar arithmetic for two months of hours would be half of a report's time: each hour is asked of it once. */
  #onTheWall(at: Instant): { readonly day: string; readonly hour: number } {
    const { timeZone } = this.#setup;
    let found = this.#wall.get(at);
    if (!found) this.#wall.set(at, (found = { day: localDay(at, timeZone), hour: localHour(at, timeZone) }));
    return found;
  }
  #hourSums(hours: Map<Instant, CallSums>): Map<number, CallSums> {
    const byHour = new Map<number, CallSums>();
    for (const [at, sums] of hours) {
      const { hour } = this.#onTheWall(at);
      byHour.set(hour, added(byHour.get(hour) ?? NO_SUMS, sums));
    }
    return byHour;
  }
  #hoursOfDay(hours: Map<Instant, CallSums>, before: Map<number, CallSums>): ReportRow[] {
    return [...this.#hourSums(hours)]
      .toSorted(([a], [b]) => a - b)
      .map(([hour, sums]) => {
        const past = before.get(hour);
        return {
          key: String(hour),
          label: `${String(hour).padStart(2, '0')}:00`,
          figures: this.#figures(sums),
          ...(past ? { before: this.#figures(past) } : {}),
        };
      });
  }
}

/** A code is named; a row of calls that have no such thing says so. */
function labelOf(dimension: ReportDimension, key: string, names: FilterNames): string {
  if (key === '') return names.words.without[dimension];
  const labels: Partial<Record<ReportDimension, (key: string) => string | undefined>> = {
    operator: names.operator,
    queue: names.queue,
    topic: names.topic,
    disposition: names.disposition,
    script: names.script,
    direction: (id) => names.words.direction[id as keyof typeof names.words.direction],
  };
  return labels[dimension]?.(key) ?? key;
}

const merged = (one: Sums, other: Sums): Sums => {
  const all = new Map(one);
  for (const [key, sums] of other) all.set(key, added(all.get(key) ?? NO_SUMS, sums));
  return all;
};
const totalOf = (sums: ReadonlyMap<unknown, CallSums>): CallSums =>
  [...sums.values()].reduce((all, each) => added(all, each), NO_SUMS);
