import type { CallFact, Instant } from '../../../machines/vocabulary/index.ts';
import type { ExpectedHold } from './pressedHolds.ts';

/** A hold as somebody has it on record. */
export interface SeenHold {
  readonly device: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** Holds by operators in one conversation: each from its fact to the one that ended it, or the talk (`mergedAt`). */
export const holdsOfFacts = (facts: readonly CallFact[], mergedAt?: Instant): readonly SeenHold[] => {
  const open = new Map<string, Instant>();
  const seen: SeenHold[] = [];
  const close = (device: string, to: Instant): void => {
    const from = open.get(device);
    if (open.delete(device) && from !== undefined) seen.push({ device, from, to });
  };
  for (const fact of facts) {
    if (fact.type === 'call.held' && fact.by === 'operator' && fact.device !== undefined)
      open.set(fact.device, open.get(fact.device) ?? fact.at);
    if (fact.type === 'call.resumed' && fact.by === 'operator' && fact.device !== undefined)
      close(fact.device, fact.at);
    if (fact.type === 'call.operatorLeft') close(fact.device, fact.at);
    if (fact.type === 'call.ended') for (const device of [...open.keys()]) close(device, fact.at);
  }
  if (mergedAt !== undefined) for (const device of [...open.keys()]) close(device, mergedAt);
  return seen.toSorted((one, other) => one.from - other.from);
};

/** Clocks of one machine are one, but a busy one brings news late. */
const LATE_MS = 1_000;

/** A key that waits to be read on a channel goes with the channel when the other side hangs up meanwhile. */
export const CROSSING_MS = 100;

/**
 * The holds that the exchange must have told of. The telephone hears that its key was obeyed a moment before the exchange
 * acts on it: when the call ended in that moment, the hold may have been told or not.
 */
export const heldFor = (
  pressed: readonly ExpectedHold[],
  seen: number,
  endedAt: Instant | undefined,
): readonly ExpectedHold[] =>
  pressed.length <= seen || endedAt === undefined
    ? pressed
    : pressed.filter(({ returned, begin }) => returned || begin.to < endedAt - CROSSING_MS);

/** What differs between the holds of one conversation and those that its telephones pressed; nothing when all fits. */
export const holdFaults = (expected: readonly ExpectedHold[], seen: readonly SeenHold[]): readonly string[] => {
  if (expected.length !== seen.length) return [`${seen.length} holds, ${expected.length} pressed`];
  return expected.flatMap(({ device, begin, end }, index) => {
    const hold = seen[index];
    if (hold === undefined || hold.device !== device) return [`hold ${index}: by ${hold?.device}, not ${device}`];
    return [
      ...(isWithin(hold.from, begin) ? [] : [`hold ${index}: began at ${hold.from}, pressed at ${begin.from}`]),
      ...(isWithin(hold.to, end) ? [] : [`hold ${index}: ended at ${hold.to}, released at ${end.from}`]),
    ];
  });
};
const isWithin = (at: Instant, { from, to }: ExpectedHold['begin']): boolean => at >= from && at <= to + LATE_MS;
