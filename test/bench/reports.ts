import type { Clock } from '../../machines/vocabulary/index.ts';
import { callbacksSpec } from '../../server/callbacks/callbackDocument.ts';
import { systemClock } from '../../server/clock.ts';
import { createLog } from '../../server/log.ts';
import { callHistorySpec } from '../../server/reports/callHistory.ts';
import { DaySums, daySumsSpec } from '../../server/reports/daySums.ts';
import { COLUMNS, ReportReader } from '../../server/reports/reportReader.ts';
import { SurveyRoom, surveySpec } from '../../server/reports/surveyRoom.ts';
import { WorkTimes, workTimesSpec } from '../../server/reports/workTimes.ts';
import { startOfLocalDay } from '../../server/calendar/localDay.ts';
import { reportWords } from '../../server/reports/words/reportWords.ts';
import { openEmbedded } from '../../server/storage/embedded/engine.ts';
import type { Storage } from '../../server/storage/port.ts';
import { DEFAULT_SETTINGS } from '../../server/supervision/settings.ts';
import { yearOfCalls } from './year.ts';

/** Times of whole reports: every table, the days, the period before, causes of troubles. */
export interface ReportFigures {
  readonly calls: number;
  /** Calls in the month asked for. */
  readonly inMonth: number;
  /** From the calls alone, before any row of a day was made. */
  readonly coldMs: number;
  /** Making the rows of the two months, in the background of a running server. */
  readonly fillMs: number;
  readonly byOperatorMs: number;
  readonly byTopicMs: number;
  readonly ofOneOperatorMs: number;
  readonly pageOfHistoryMs: number;
  /** One number, over the whole year. */
  readonly byNumberMs: number;
  /** A result that no call has, over the whole year: the farthest that a list can look. */
  readonly nothingMs: number;
  /** The second page of filters that meet in one call of some 3,000, over the whole year. */
  readonly rareMs: number;
  /** Beside them: all columns of the month read row by row, which a store without sums would do. */
  readonly baselineMs: number;
}
const ZONE = 'Europe/Moscow';
/** Generated calls lie around this instant: months that are over. */
const NOW = Date.UTC(2025, 10, 1);
const clock: Clock = {
  now: () => NOW,
  setTimer: () => () => undefined,
};
const timed = async (run: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await run();
  return Math.round(performance.now() - start);
};
const cursorOf = ({ next }: { readonly next?: string }): { readonly cursor?: string } =>
  next === undefined ? {} : { cursor: next };
const asIs = (text: string): string => text;

async function readerOver(storage: Storage): Promise<{ reader: ReportReader; sums: DaySums }> {
  const survey = new SurveyRoom({
    collection: await storage.collection(surveySpec),
    clock,
    log: createLog('silent'),
    timeZone: ZONE,
    startOfDay: (at) => startOfLocalDay(at, ZONE),
    newId: () => 'none',
    operatorOf: () => undefined,
  });
  const calls = await storage.collection(callHistorySpec);
  const sums = new DaySums({ calls, days: await storage.collection(daySumsSpec), clock, timeZone: ZONE });
  const reader = new ReportReader({
    sums,
    queues: async () => ['information', 'schools', 'kindergartens', 'exams'],
    callbacks: await storage.collection(callbacksSpec),
    survey,
    workTimes: await WorkTimes.open({
      collection: await storage.collection(workTimesSpec),
      clock,
      log: createLog('silent'),
      timeZone: ZONE,
      unitOf: asIs,
    }),
    clock,
    timeZone: ZONE,
    settings: () => DEFAULT_SETTINGS,
    units: { operatorsOf: () => [], unitOf: () => undefined },
    names: (language) => ({
      words: reportWords(language),
      date: String,
      operator: asIs,
      queue: asIs,
      topic: asIs,
      disposition: asIs,
      script: asIs,
    }),
  });
  return { reader, sums };
}

/** A month's report over a year of 1,000,000 calls (`quick`: 50,000) on the embedded store. */
export async function reportsBench({ quick = false } = {}): Promise<ReportFigures> {
  const { folder, calls } = await yearOfCalls({ quick });
  const storage = await openEmbedded({ folder, clock: systemClock });
  try {
    const history = await storage.collection(callHistorySpec);
    const { reader, sums } = await readerOver(storage);
    const month = { from: Date.UTC(2024, 9, 31, 21), to: Date.UTC(2024, 10, 30, 21) };
    const where = { startedAt: { gte: month.from, lt: month.to } };
    const inMonth = await history.count(where);
    const page = { where: { ...where, operatorId: 'operator-7' }, limit: 50 };
    const newest = { orderBy: { column: 'startedAt', descending: true }, limit: 50 };
    const year = { startedAt: { gte: 0, lt: NOW } };
    const rare = { ...year, unit: 'unit-3', queue: 'exams', topic: 'лагеря', abandoned: true };
    const first = await history.find({ ...newest, where: rare });
    return {
      calls,
      inMonth,
      coldMs: await timed(() => reader.read(month, 'operator')),
      fillMs: await timed(async () =>
        sums.make(
          { from: month.from - 32 * 86_400_000, to: month.to },
          Object.values(COLUMNS).concat('startedAt'),
          await reader.passes(),
        ),
      ),
      byOperatorMs: await timed(() => reader.read(month, 'operator')),
      byTopicMs: await timed(() => reader.read(month, 'topic')),
      ofOneOperatorMs: await timed(() => reader.read({ ...month, operatorId: 'operator-7' }, 'day')),
      pageOfHistoryMs: await timed(() => history.find({ ...newest, ...page })),
      byNumberMs: await timed(() =>
        history.find({
          ...newest,
          where: { ...year, number: { prefix: '+79123456789' } },
        }),
      ),
      nothingMs: await timed(() => history.find({ ...newest, where: { ...year, disposition: 'none' } })),
      rareMs: await timed(() => history.find({ ...newest, where: rare, ...cursorOf(first) })),
      baselineMs: await timed(async () => {
        let cursor: string | undefined;
        do {
          const found = await history.find({ where, limit: 5_000, ...(cursor === undefined ? {} : { cursor }) });
          cursor = found.next;
        } while (cursor !== undefined);
      }),
    };
  } finally {
    await storage.close();
  }
}
