import type { Figures, HistoryRow, ReportView } from '../contract/index.ts';
import { daysIn, type FilterNames } from './reportFilter.ts';
import { clockLength, type Sheet } from './sheet.ts';
import type { ReportWords } from './words/reportWords.ts';

/** In the order in which they stand. */
const COLUMNS = {
  calls: 'count',
  offered: 'count',
  handled: 'count',
  abandoned: 'count',
  abandonedShare: 'share',
  serviceLevel: 'share',
  asaMs: 'ms',
  ahtMs: 'ms',
  talkMs: 'ms',
  onHoldMs: 'ms',
  wrapUpMs: 'ms',
  holds: 'count',
  holdsKept: 'count',
  holdsBroken: 'count',
  callbacksKept: 'count',
  callbacksBroken: 'count',
  promisesKept: 'share',
  transfers: 'count',
  refusedTransfers: 'count',
  repeat: 'count',
  repeatShare: 'share',
  unanswered: 'count',
  satisfied: 'count',
  unsatisfied: 'count',
  satisfaction: 'share',
} as const satisfies Partial<Record<keyof Figures, Sheet['columns'][number]['kind']>>;
const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

/** A moment to the minute; names and words of the reader's language. */
export type SheetNames = FilterNames & { readonly stamp: (at: number) => string };

/** The report as a table: each row, then all, then all over the period before. */
export function reportSheet(view: ReportView, names: SheetNames): Sheet {
  const { words, stamp } = names;
  const cells = (label: string, figures: Figures): (string | number | null)[] => [
    label,
    ...NAMES.map((name) => figures[name] ?? null),
  ];
  const { report } = words;
  const first = words.dimension[view.by];
  return {
    title: `${report.title}: ${first.toLowerCase()}`,
    tab: words.tab,
    about: [
      ...view.filterText,
      `${report.before}: ${daysIn(view.before, names)}`,
      `${words.figure.serviceLevel}: ${words.formula[view.formula]}; ${report.within} — ${clockLength(view.serviceLevelMs)}`,
      `${report.made}: ${stamp(view.madeAt)}`,
    ],
    columns: [
      { title: first, kind: 'text' },
      ...NAMES.map((name) => ({ title: words.figure[name], kind: COLUMNS[name] })),
    ],
    rows: [
      ...view.rows.map(({ label, figures }) => cells(label, figures)),
      cells(report.total, view.total),
      cells(report.totalBefore, view.totalBefore),
    ],
  };
}

/** A list of calls as a table. */
export function historySheet(rows: readonly HistoryRow[], about: readonly string[], names: SheetNames): Sheet {
  const { words } = names;
  const named = (id: string | null, of: (id: string) => string): string => (id === null ? '' : of(id));
  const columns: readonly [name: Exclude<keyof ReportWords['calls'], 'title'>, kind: 'text' | 'count' | 'ms'][] = [
    ['startedAt', 'text'],
    ['direction', 'text'],
    ['number', 'text'],
    ['client', 'text'],
    ['operator', 'text'],
    ['unit', 'text'],
    ['queue', 'text'],
    ['topic', 'text'],
    ['disposition', 'text'],
    ['satisfied', 'text'],
    ['wait', 'ms'],
    ['talk', 'ms'],
    ['hold', 'ms'],
    ['holdsKept', 'count'],
    ['holdsBroken', 'count'],
    ['transfers', 'count'],
    ['repeat', 'text'],
  ];
  return {
    title: words.calls.title,
    tab: words.tab,
    about,
    columns: columns.map(([name, kind]) => ({ title: words.calls[name], kind })),
    rows: rows.map((row) => [
      names.stamp(row.at),
      words.direction[row.direction],
      row.number,
      row.clientName ?? '',
      row.operatorName ?? '',
      row.unit ?? '',
      named(row.queue, names.queue),
      named(row.topic, names.topic),
      named(row.disposition, names.disposition),
      row.satisfied === null ? '' : row.satisfied ? words.yes : words.no,
      row.queueWaitMs,
      row.talkMs,
      row.onHoldMs,
      row.holdsKept,
      row.holdsBroken,
      row.transfers,
      row.repeat ? words.yes : '',
    ]),
  };
}
