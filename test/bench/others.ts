import { compileBench } from './compile.bench.ts';
import type { Bench, Figure } from './kit.ts';
import { reportsBench } from './reports.ts';
import { searchBench } from './search.bench.ts';
import { storageBench, type AppendFigures } from './storage.ts';

export const storage: Bench = {
  name: 'storage',
  run: async ({ quick }) => {
    const { embedded, mongo = [], baseline, size, report } = await storageBench({ quick });
    const plain = `a file and fdatasync: ${baseline.perSecond} a second, p99 ${Math.round(baseline.p99Ms)} ms`;
    return {
      title: '6. Storage',
      figures: [
        ...embedded.flatMap((one) => appended('embedded', one, plain)),
        ...mongo.flatMap((one) => appended('MongoDB', one, plain)),
        {
          what: 'a day of 100,000 calls on the disk',
          value: Math.round(size.bytesPerCallDay / 1e6),
          unit: 'MB',
          beside: `as JSON text: ${Math.round(size.plainBytesPerCallDay / 1e6)} MB`,
        },
        ms(
          `a month of ${report.calls} calls by operator`,
          report.monthByOperatorMs,
          `from documents: ${Math.round(report.baselineMs)} ms`,
        ),
        ms(`a month of ${report.calls} calls by hour and queue`, report.monthByHourMs),
        ms('a page of 50 from the middle', report.pageMs),
        ...appended('embedded, while a report runs', report.appendsMeanwhile, plain),
      ],
      notes: mongo.length > 0 ? [] : ['MongoDB was not measured: set MONGODB_URI.'],
    };
  },
};
/** Confirmed on the disk, whatever is asked at once. */
const appended = (engine: string, { callers, perSecond, medianMs, p99Ms }: AppendFigures, beside: string): Figure[] => {
  const who = `${engine}, ${callers} at once`;
  return [
    { what: `${who}: durable lines`, value: perSecond, unit: 'a second', beside },
    ms(`${who}: median`, medianMs),
    ms(`${who}: p99`, p99Ms),
  ];
};
export const reports: Bench = {
  name: 'reports',
  run: async ({ quick }) => {
    const of = await reportsBench({ quick });
    const goal = `goal: under 2,000 ms; reading the month row by row: ${of.baselineMs} ms`;
    return {
      title: `6. Reports over ${of.calls} calls of a year, ${of.inMonth} in the month`,
      figures: [
        ms('a month by operator', of.byOperatorMs, goal),
        ms('a month by topic', of.byTopicMs, goal),
        ms('a month by operator, before any sums of days were made', of.coldMs, goal),
        ms('a month of one operator by day', of.ofOneOperatorMs),
        ms('a page of one operator’s calls', of.pageOfHistoryMs),
        ms('calls of one number over the year', of.byNumberMs),
        ms('a result that no call has, over the year', of.nothingMs),
        ms('second page of rare filters over the year', of.rareMs),
        ms('making the sums of two months, in the background', of.fillMs),
      ],
    };
  },
};
export const knowledge: Bench = {
  name: 'search',
  run: async ({ quick }) => {
    const of = searchBench(quick ? { articles: 1_000, queries: 300 } : {});
    const share = (value: number): string => `${Math.round(value * 100)} %`;
    return {
      title: `Knowledge search over ${of.articles} articles`,
      figures: [
        ms('a keystroke, median', of.medianMs, `${of.baseline.what}: ${micros(of.baseline.medianMs)} µs`),
        ms('a keystroke, p99', of.p99Ms, `goal: under 20 ms; ${of.baseline.what}: ${micros(of.baseline.p99Ms)} µs`),
        ms('building the index', of.buildMs),
      ],
      notes: [
        `The article meant was found by ${share(of.found.ours)} of ${of.queries} queries, by the scan ${share(of.found.baseline)}.`,
      ],
    };
  },
};
export const compile: Bench = {
  name: 'compile',
  run: async ({ quick }) => {
    const of = compileBench({ runs: quick ? 50 : 300 });
    return {
      title: `Script compiler, ${of.steps} steps and ${of.choices} choices`,
      figures: [
        ms(
          'compiling, median',
          of.medianMs,
          `goal: under 5 ms; ${of.baseline.what}: ${micros(of.baseline.medianMs)} µs`,
        ),
        ms('compiling, p99', of.p99Ms, `${of.baseline.what}: ${micros(of.baseline.p99Ms)} µs`),
        ms('taking a step, median', of.takeStep.medianMs),
        ms('drawing the view, median', of.drawView.medianMs),
      ],
    };
  },
};

/** Whole numbers: what is short is told in microseconds. */
const micros = (value: number): number => Math.round(value * 1_000);
const ms = (what: string, value: number, beside?: string): Figure => ({
  what,
  ...(value < 10 ? { value: micros(value), unit: 'µs' } : { value: Math.round(value), unit: 'ms' }),
  ...(beside === undefined ? {} : { beside }),
});
