import type { Milliseconds } from '../../machines/vocabulary/index.ts';
import type { CallSums, ServiceLevelFormula } from '../contract/index.ts';
import type { Aggregation, Collection, ColumnValue, Condition } from '../storage/port.ts';
import type { CallHistoryDocument } from './callHistory.ts';
import { addTo, NO_SUMS, type GrowingSums } from './figures.ts';

/** Limits of a queue that make `answeredWithin` and `shortAbandoned`. */
export interface QueueLimits {
  readonly serviceLevelMs: Milliseconds;
  readonly shortAbandonMs: Milliseconds;
}
export type GroupColumn = Aggregation['groupBy'][number];
type Row = Record<string, ColumnValue>;
type Where = Readonly<Record<string, Condition>>;

const FLAGS = ['answered', 'abandoned', 'satisfied', 'repeat'] as const;
const MEASURES: Aggregation['measures'] = {
  calls: { op: 'count' },
  queued: { op: 'count', column: 'queue' },
  queueWaitMs: { op: 'sum', column: 'queueWaitMs' },
  talkMs: { op: 'sum', column: 'talkMs' },
  onHoldMs: { op: 'sum', column: 'onHoldMs' },
  wrapUpMs: { op: 'sum', column: 'wrapUpMs' },
  holds: { op: 'sum', column: 'holdCount' },
  holdsKept: { op: 'sum', column: 'holdsKept' },
  holdsBroken: { op: 'sum', column: 'holdsBroken' },
  transfers: { op: 'sum', column: 'transferCount' },
  refusedTransfers: { op: 'sum', column: 'refusedTransfers' },
  unanswered: { op: 'sum', column: 'unanswered' },
};

const number = (row: Row, name: string): number => Number(row[name] ?? 0);
function sumsOf(row: Row): Partial<CallSums> {
  const of = (name: string): number => number(row, name);
  const answered = row['answered'] === true;
  return {
    calls: of('calls'),
    offered: of('queued'),
    handled: answered ? of('calls') : 0,
    queueAnswered: answered ? of('queued') : 0,
    abandoned: row['abandoned'] === true ? of('calls') : 0,
    queueWaitOfAnsweredMs: answered ? of('queueWaitMs') : 0,
    talkMs: of('talkMs'),
    onHoldMs: of('onHoldMs'),
    wrapUpMs: of('wrapUpMs'),
    holds: of('holds'),
    holdsKept: of('holdsKept'),
    holdsBroken: of('holdsBroken'),
    transfers: of('transfers'),
    refusedTransfers: of('refusedTransfers'),
    unanswered: of('unanswered'),
    repeat: row['repeat'] === true ? of('calls') : 0,
    satisfied: row['satisfied'] === true ? of('calls') : 0,
    unsatisfied: row['satisfied'] === false ? of('calls') : 0,
  };
}

/** One pass over the calls for each limit that is in use. */
export interface WaitPass {
  readonly name: 'answeredWithin' | 'shortAbandoned';
  readonly flag: 'answered' | 'abandoned';
  /** Waits below this count. */
  readonly below: Milliseconds;
  readonly queues: readonly string[];
}
/**
 * Passes for queues with their limits. Nothing of a limit is stored with a call, so a changed one changes old days too.
 * A wait of exactly the threshold is within it; one of exactly the short limit is no longer short.
 */
export function waitPasses(
  queues: readonly string[],
  limitsOf: (queue: string) => QueueLimits,
  formula: ServiceLevelFormula,
): WaitPass[] {
  const kinds = [
    { name: 'answeredWithin', flag: 'answered', below: (queue: string) => limitsOf(queue).serviceLevelMs + 1 },
    // Asked for only where the formula in use needs it: it costs a pass over the calls.
    ...(formula === 'answeredWithin/(offered-shortAbandoned)'
      ? [
          {
            name: 'shortAbandoned',
            flag: 'abandoned',
            below: (queue: string) => limitsOf(queue).shortAbandonMs,
          } as const,
        ]
      : []),
  ] as const;
  return kinds.flatMap(({ name, flag, below }) =>
    [...new Set(queues.map(below))].map((limit) => ({
      name,
      flag,
      below: limit,
      queues: queues.filter((queue) => below(queue) === limit),
    })),
  );
}

/** Sums of the calls that meet `where`, by the value of `column` (text of it, empty for null). */
export async function sumCalls(
  calls: Collection<CallHistoryDocument>,
  where: Where,
  column: GroupColumn,
  passes: readonly WaitPass[],
): Promise<Map<string, CallSums>> {
  const name = typeof column === 'string' ? column : column.column;
  const flags = FLAGS.filter((flag) => flag !== name);
  const sums = new Map<string, GrowingSums>();
  const add = (row: Row, more: Partial<CallSums>): void => {
    const key = String(row[name] ?? '');
    let known = sums.get(key);
    if (!known) sums.set(key, (known = { ...NO_SUMS }));
    addTo(known, more);
  };
  const [rows, ...waits] = await Promise.all([
    calls.aggregate({ where, groupBy: [column, ...flags], measures: MEASURES }),
    ...passes.map(({ flag, below, queues }) => waitRows(calls, where, column, { flag, below, queues })),
  ]);
  for (const row of rows) add(row, sumsOf(row));
  for (const [at, pass] of passes.entries())
    for (const row of waits[at] ?? []) add(row, { [pass.name]: number(row, 'calls') });
  return sums;
}

/** A filter that names a queue stays as it is: the pass of another queue finds nothing there. */
async function waitRows(
  calls: Collection<CallHistoryDocument>,
  where: Where,
  column: GroupColumn,
  { flag, below, queues }: Pick<WaitPass, 'flag' | 'below' | 'queues'>,
): Promise<Row[]> {
  const asked = where['queue'];
  if (typeof asked === 'string' && !queues.includes(asked)) return [];
  return calls.aggregate({
    where: { ...where, [flag]: true, queue: asked ?? { in: queues }, queueWaitMs: { lt: below } },
    groupBy: [column],
    measures: { calls: { op: 'count' } },
  });
}
