import { describe, expect, test } from 'vitest';
import { compareCalls } from '../../chaos/compare.ts';
import { gapDay } from './gapDay.ts';

const lostIn = (seed: number, mostLateMs = 0, early = 0): string[] => {
  const { truth, records, gaps, lines } = gapDay(seed, mostLateMs, undefined, early);
  return compareCalls([...truth.calls.values()], records, gaps, lines).lost;
};
/**
 * Days that once told of a second answer, a lost conversation, a call that never ended, a hold that never was,
 * forgot the queue of a call that the store knew (37), took who rang anew for who had left (788818941) or for who still
 * talked (100184), and missed the hold of who was given the client unseen (100107), of who was given the client in sight
 * and had pressed it before, unseen (100637), and a transfer in sight by whose earlier one had brought the client back
 * unseen (300046, 300119). More are looked at by hand.
 */
const ONCE_WRONG = [3, 11, 37, 119, 148, 151, 100_107, 100_184, 100_637, 300_046, 300_119, 788_818_941];

describe('[CHAOS-04] over lost links and kills a call may be told in part, and never otherwise than it was', () => {
  test.each(ONCE_WRONG)('[CHAOS-04] the day of seed %i', (seed) => {
    expect(lostIn(seed)).toEqual([]);
  });
  /**
   * The product reads up to 60 ms late and in pieces, longer than a fact may be held back; a resync takes a second. On day
   * 14 it once told that the exchange had ended what an operator did, unseen; on day 1003 it forgot who was parked while
   * the lists came, on day 2025 it told that who was given the client in that moment held the client, on
   * day 6027 it forgot the queue that a client entered then, on days 3046 and 3054 it told that an operator had ended what
   * they had transferred before the lists came.
   */
  test.each([14, 1_003, 2_025, 3_046, 3_054, 6_027])('[CHAOS-05] the day of seed %i on a busy machine', (seed) => {
    expect(lostIn(seed, 60)).toEqual([]);
  });

  /** Who transferred by hanging up while the lists came was once told to have ended the call. */
  test.each([700_037, 700_130])('[CHAOS-05] the day of seed %i, killed at its starts as well', (seed) => {
    expect(lostIn(seed, 60, 0.3)).toEqual([]);
  });
});
