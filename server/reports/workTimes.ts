import { z } from 'zod';
import type { Clock, Instant, Milliseconds, OperatorId } from '../../machines/vocabulary/index.ts';
import { endOfLocalDay, localDay, startOfLocalDay } from '../calendar/localDay.ts';
import type { OperatorState } from '../contract/index.ts';
import type { Log } from '../log.ts';
import type { Collection, CollectionSpec } from '../storage/port.ts';
import { occupancy } from '../supervision/queueStats.ts';
import type { ReportFilter } from './reportFilter.ts';

/** Time of one operator on one day: with calls, and free for one. Breaks are neither. */
export interface WorkTime {
  readonly operatorId: string;
  readonly unit: string;
  /** First instant of the day in the site's zone. */
  readonly day: Instant;
  readonly busyMs: Milliseconds;
  readonly availableMs: Milliseconds;
  /** What lies before is counted already. */
  readonly countedTo: Instant;
}
const schema = z.looseObject({ operatorId: z.string(), unit: z.string(), day: z.number(), countedTo: z.number() });
export const workTimesSpec: CollectionSpec<WorkTime> = {
  name: 'workTimes',
  version: 1,
  columns: {
    operatorId: { type: 'text', of: (row) => row.operatorId },
    unit: { type: 'text', of: (row) => row.unit },
    day: { type: 'instant', of: (row) => row.day },
    busyMs: { type: 'integer', of: (row) => row.busyMs },
    availableMs: { type: 'integer', of: (row) => row.availableMs },
  },
  indexes: [{ columns: ['day'] }, { columns: ['operatorId', 'day'] }],
  check: (document) => schema.parse(document) as unknown as WorkTime,
};

export interface WorkTimesSetup {
  readonly collection: Collection<WorkTime>;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeZone: string;
  unitOf(operatorId: string): string;
}
/** After a crash so much at most is counted by the state that was before it. */
const WRITE_MS: Milliseconds = 30_000;
const BUSY: ReadonlySet<OperatorState> = new Set(['onCall', 'wrapUp']);
const AVAILABLE: ReadonlySet<OperatorState> = new Set(['ready', 'ringing']);

/** What occupancy of past days is made of: every change of an operator's state, cut at midnight, summed by day. */
export class WorkTimes {
  readonly #setup: WorkTimesSetup;
  readonly #open = new Map<OperatorId, { state: OperatorState; at: Instant }>();
  /** The last day of each. */
  readonly #latest = new Map<string, WorkTime>();
  /** Rows that go on, or are not written yet. */
  readonly #rows = new Map<string, WorkTime>();
  #dirty = new Set<string>();
  #stop: () => void = () => undefined;

  private constructor(setup: WorkTimesSetup) {
    this.#setup = setup;
  }
  static async open(setup: WorkTimesSetup): Promise<WorkTimes> {
    const times = new WorkTimes(setup);
    const today = startOfLocalDay(setup.clock.now(), setup.timeZone);
    let cursor: string | undefined;
    do {
      const page = await setup.collection.find({
        where: { day: { gte: today } },
        limit: 500,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const { id, document } of page.items) times.#keep(id, document);
      cursor = page.next;
    } while (cursor !== undefined);
    return times;
  }

  start(): void {
    const { clock, log } = this.#setup;
    this.#stop = clock.setTimer(clock.now() + WRITE_MS, () => {
      this.start();
      this.write().catch((fault: unknown) => log.warn({ err: fault }, 'working times could not be written'));
    });
  }
  async stop(): Promise<void> {
    this.#stop();
    await this.write();
  }

  /** The operator is in this state since then. */
  enter(operatorId: OperatorId, state: OperatorState, at: Instant): void {
    this.#close(operatorId, at);
    this.#open.set(operatorId, { state, at });
  }
  #close(operatorId: OperatorId, to: Instant): void {
    const open = this.#open.get(operatorId);
    if (!open) return;
    for (let from = open.at; from < to;) {
      const end = Math.min(to, endOfLocalDay(localDay(from, this.#setup.timeZone), this.#setup.timeZone) + 1);
      this.#add(operatorId, open.state, from, end);
      from = end;
    }
    open.at = Math.max(open.at, to);
  }
  #add(operatorId: OperatorId, state: OperatorState, from: Instant, to: Instant): void {
    const day = startOfLocalDay(from, this.#setup.timeZone);
    const id = `${operatorId}/${day}`;
    const unit = this.#setup.unitOf(operatorId);
    const before = this.#rows.get(id) ?? { operatorId, unit, day, busyMs: 0, availableMs: 0, countedTo: day };
    const ms = Math.max(0, to - Math.max(from, before.countedTo));
    if (ms === 0) return;
    this.#keep(id, {
      ...before,
      busyMs: before.busyMs + (BUSY.has(state) ? ms : 0),
      availableMs: before.availableMs + (AVAILABLE.has(state) ? ms : 0),
      countedTo: to,
    });
    if (BUSY.has(state) || AVAILABLE.has(state)) this.#dirty.add(id);
  }

  #keep(id: string, row: WorkTime): void {
    this.#rows.set(id, row);
    this.#latest.set(row.operatorId, row);
  }

  /** Counts up to now and puts what changed on the disk. */
  async write(): Promise<void> {
    const now = this.#setup.clock.now();
    for (const operatorId of this.#open.keys()) this.#close(operatorId, now);
    const ids = [...this.#dirty];
    this.#dirty = new Set();
    const today = startOfLocalDay(now, this.#setup.timeZone);
    try {
      await this.#setup.collection.putAll(
        ids.flatMap((id) => {
          const document = this.#rows.get(id);
          return document ? [{ id, document }] : [];
        }),
      );
    } catch (fault) {
      for (const id of ids) this.#dirty.add(id);
      throw fault;
    }
    for (const [id, row] of this.#rows) if (row.day < today && !this.#dirty.has(id)) this.#rows.delete(id);
  }

  /** 0 to 1 of these operators since midnight, what goes on included; absent when nothing counts. */
  occupancyToday(operatorIds: Iterable<OperatorId>): number | undefined {
    const now = this.#setup.clock.now();
    const today = startOfLocalDay(now, this.#setup.timeZone);
    let [busyMs, availableMs] = [0, 0];
    for (const operatorId of operatorIds) {
      const latest = this.#latest.get(operatorId);
      const row = latest?.day === today ? latest : undefined;
      busyMs += row?.busyMs ?? 0;
      availableMs += row?.availableMs ?? 0;
      const open = this.#open.get(operatorId);
      if (!open) continue;
      const ms = Math.max(0, now - Math.max(open.at, row?.countedTo ?? today));
      if (BUSY.has(open.state)) busyMs += ms;
      if (AVAILABLE.has(open.state)) availableMs += ms;
    }
    return occupancy(busyMs, availableMs);
  }

  /** 0 to 1 over whole days; absent when nothing counts or the filter names what time does not know. */
  async occupancy({ from, to, operatorId, unit, ...others }: ReportFilter): Promise<number | undefined> {
    if (Object.values(others).some((value) => value !== undefined && value !== '')) return undefined;
    await this.write();
    const [sums] = await this.#setup.collection.aggregate({
      where: {
        day: { gte: from, lt: to },
        ...(operatorId ? { operatorId } : {}),
        ...(unit ? { unit } : {}),
      },
      groupBy: [],
      measures: { busyMs: { op: 'sum', column: 'busyMs' }, availableMs: { op: 'sum', column: 'availableMs' } },
    });
    return occupancy(Number(sums?.['busyMs'] ?? 0), Number(sums?.['availableMs'] ?? 0));
  }
}
