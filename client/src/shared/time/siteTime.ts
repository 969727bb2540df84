import type { Instant } from '../../../../machines/vocabulary/index.ts';

/** Wall clock of a zone as a `datetime-local` field writes it: `2026-11-27T16:30`. */
export function toWallClock(at: Instant, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}

/** The instant at which the zone's wall clock shows `text`; undefined when it is no date. */
export function fromWallClock(text: string, timeZone: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return undefined;
  const wanted = Date.parse(`${text}:00Z`);
  if (Number.isNaN(wanted)) return undefined;
  let guess = wanted;
  // The second round is right also when the first guess fell on the other side of a change of the clock.
  for (let round = 0; round < 2; round += 1) {
    guess += wanted - Date.parse(`${toWallClock(guess, timeZone)}:00Z`);
  }
  return guess;
}
