import type { Instant, Milliseconds } from '../../../../machines/vocabulary/index.ts';
import { MINUTE, SECOND } from '../../../../machines/vocabulary/time.ts';

/** Four looks of a hold that is running: in shape, words and colour. */
export type HoldStage = 'calm' | 'soon' | 'now' | 'over';

/** From here on the operator gets ready to return. */
const SOON_MS = 30 * SECOND;
/** From here on the operator returns. */
export const NOW_MS = 10 * SECOND;

export function holdStage(leftMs: Milliseconds): HoldStage {
  if (leftMs <= 0) return 'over';
  if (leftMs <= NOW_MS) return 'now';
  return leftMs <= SOON_MS ? 'soon' : 'calm';
}

/** A time to offer, and the key that names it. */
export interface HoldOffer {
  readonly ms: Milliseconds;
  /** Absent when no number key says it: 90 seconds, 10 minutes. */
  readonly key?: string;
}
/** The usual times, when the script does not say others. */
export const USUAL_HOLDS: readonly Milliseconds[] = [MINUTE, 2 * MINUTE, 3 * MINUTE, 5 * MINUTE];

/** The key of a time is its number of minutes. */
export const offersOf = (times: readonly Milliseconds[]): readonly HoldOffer[] =>
  times.map((ms) => {
    const minutes = ms / MINUTE;
    return Number.isInteger(minutes) && minutes >= 1 && minutes <= 9 ? { ms, key: String(minutes) } : { ms };
  });

/** Reads "4", "4 мин", "1:30", "90 с" as a time to promise: 10 s to an hour. Undefined when it is none. */
export function parseHoldTime(text: string): Milliseconds | undefined {
  const clean = text.trim().toLowerCase().replace(',', '.');
  const clock = /^(\d{1,2}):([0-5]\d)$/.exec(clean);
  const number = /^(\d{1,4}(?:\.\d)?)\s*(с|сек|секунд[аыу]?|s|sec|м|мин|минут[аыу]?|m|min)?\.?$/.exec(clean);
  let ms: number | undefined;
  if (clock) ms = Number(clock[1]) * MINUTE + Number(clock[2]) * SECOND;
  else if (number) ms = Number(number[1]) * (/^[сs]/.test(number[2] ?? '') ? SECOND : MINUTE);
  return ms !== undefined && ms >= 10 * SECOND && ms <= 60 * MINUTE ? ms : undefined;
}

/** What is announced and sounded when a running hold passes from one look to the next. */
export interface HoldAlarm {
  readonly promiseId: string;
  readonly stage: HoldStage;
}
/** The alarm to raise now, given the one raised last; undefined when nothing new began. */
export function alarmOf(
  last: HoldAlarm | undefined,
  hold: { readonly promiseId: string; readonly dueAt: Instant } | undefined,
  now: Instant,
): HoldAlarm | undefined {
  if (!hold) return undefined;
  const stage = holdStage(hold.dueAt - now);
  if (stage === 'calm') return undefined;
  return last?.promiseId === hold.promiseId && last.stage === stage ? undefined : { promiseId: hold.promiseId, stage };
}
