import type { Milliseconds } from '../../machines/vocabulary/index.ts';
import type { QueueThresholds, ServiceLevelFormula } from '../contract/index.ts';

/** What one queue's calls of a day add up to. Kept by adding each call once, at its end; every sum can be made anew from the history. */
export interface QueueCounts {
  readonly offered: number;
  readonly answered: number;
  readonly answeredWithin: number;
  readonly abandoned: number;
  readonly shortAbandoned: number;
  readonly queueWaitOfAnsweredMs: Milliseconds;
  readonly talkMs: Milliseconds;
  readonly onHoldMs: Milliseconds;
  readonly wrapUpMs: Milliseconds;
}
export const NO_COUNTS: QueueCounts = {
  offered: 0,
  answered: 0,
  answeredWithin: 0,
  abandoned: 0,
  shortAbandoned: 0,
  queueWaitOfAnsweredMs: 0,
  talkMs: 0,
  onHoldMs: 0,
  wrapUpMs: 0,
};

export interface CountedCall {
  readonly answered: boolean;
  readonly abandoned: boolean;
  readonly queueWaitMs: Milliseconds;
  readonly talkMs: Milliseconds;
  readonly onHoldMs: Milliseconds;
  readonly wrapUpMs: Milliseconds;
}

/** Adds one ended queue call. */
export const counted = (
  counts: QueueCounts,
  call: CountedCall,
  thresholds: Pick<QueueThresholds, 'serviceLevelMs' | 'shortAbandonMs'>,
): QueueCounts => ({
  offered: counts.offered + 1,
  answered: counts.answered + Number(call.answered),
  answeredWithin: counts.answeredWithin + Number(call.answered && call.queueWaitMs <= thresholds.serviceLevelMs),
  abandoned: counts.abandoned + Number(call.abandoned),
  shortAbandoned: counts.shortAbandoned + Number(call.abandoned && call.queueWaitMs < thresholds.shortAbandonMs),
  queueWaitOfAnsweredMs: counts.queueWaitOfAnsweredMs + (call.answered ? call.queueWaitMs : 0),
  talkMs: counts.talkMs + call.talkMs,
  onHoldMs: counts.onHoldMs + call.onHoldMs,
  wrapUpMs: counts.wrapUpMs + call.wrapUpMs,
});

/** Three published formulas: the same queue reads differently under each, so the screen names the one in use. */
const SERVICE_LEVEL: Readonly<Record<ServiceLevelFormula, (counts: QueueCounts) => readonly [number, number]>> = {
  'answeredWithin/offered': (counts) => [counts.answeredWithin, counts.offered],
  'answeredWithin/answered': (counts) => [counts.answeredWithin, counts.answered],
  'answeredWithin/(offered-shortAbandoned)': (counts) => [
    counts.answeredWithin,
    counts.offered - counts.shortAbandoned,
  ],
};
/** 0 to 1; `undefined` when nothing counts. */
export function serviceLevel(counts: QueueCounts, formula: ServiceLevelFormula): number | undefined {
  const [good, all] = SERVICE_LEVEL[formula](counts);
  return all > 0 ? good / all : undefined;
}
/** Queue wait of answered / answered. */
export const asa = (counts: QueueCounts): Milliseconds | undefined =>
  counts.answered > 0 ? counts.queueWaitOfAnsweredMs / counts.answered : undefined;
/** (talk + on hold + wrap-up) / handled; no queue wait in it. */
export const aht = (counts: QueueCounts): Milliseconds | undefined =>
  counts.answered > 0 ? (counts.talkMs + counts.onHoldMs + counts.wrapUpMs) / counts.answered : undefined;
/** (talk + on hold + wrap-up) / (that + available); breaks are outside. */
export const occupancy = (busyMs: Milliseconds, availableMs: Milliseconds): number | undefined =>
  busyMs + availableMs > 0 ? busyMs / (busyMs + availableMs) : undefined;
