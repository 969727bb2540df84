import type { CallSums, Figures, ServiceLevelFormula } from '../contract/index.ts';
import { aht, asa, serviceLevel } from '../supervision/queueStats.ts';

/** All sums at nothing. */
export const NO_SUMS: CallSums = {
  calls: 0,
  offered: 0,
  handled: 0,
  queueAnswered: 0,
  answeredWithin: 0,
  abandoned: 0,
  shortAbandoned: 0,
  queueWaitOfAnsweredMs: 0,
  talkMs: 0,
  onHoldMs: 0,
  wrapUpMs: 0,
  holds: 0,
  holdsKept: 0,
  holdsBroken: 0,
  transfers: 0,
  refusedTransfers: 0,
  unanswered: 0,
  repeat: 0,
  satisfied: 0,
  unsatisfied: 0,
  callbacksKept: 0,
  callbacksBroken: 0,
};
const NAMES = Object.keys(NO_SUMS) as (keyof CallSums)[];

/** Sums that grow in place: a report adds up tens of thousands of small ones. */
export type GrowingSums = { -readonly [Name in keyof CallSums]: number };
export function addTo(sums: GrowingSums, more: Partial<CallSums>): void {
  for (const name of NAMES) sums[name] += more[name] ?? 0;
}
/** Sums of two sets of calls that have none in common. */
export function added(one: CallSums, other: Partial<CallSums>): CallSums {
  const sums = { ...one };
  addTo(sums, other);
  return sums;
}

export const isEmpty = (sums: CallSums): boolean => NAMES.every((name) => sums[name] === 0);

const share = (part: number, whole: number): number | undefined => (whole > 0 ? part / whole : undefined);

/** Shares and means of the sums: see FIGURES.md, where each stands with an example. */
export function figuresFrom(sums: CallSums, formula: ServiceLevelFormula): Figures {
  const queue = { ...sums, answered: sums.queueAnswered };
  const all: Record<string, number | undefined> = {
    serviceLevel: serviceLevel(queue, formula),
    asaMs: asa(queue),
    ahtMs: aht({ ...sums, answered: sums.handled }),
    abandonedShare: share(sums.abandoned, sums.offered),
    promisesKept: share(
      sums.holdsKept + sums.callbacksKept,
      sums.holdsKept + sums.holdsBroken + sums.callbacksKept + sums.callbacksBroken,
    ),
    repeatShare: share(sums.repeat, sums.calls),
    transferShare: share(sums.transfers, sums.handled),
    satisfaction: share(sums.satisfied, sums.satisfied + sums.unsatisfied),
  };
  return { ...sums, ...Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) };
}
