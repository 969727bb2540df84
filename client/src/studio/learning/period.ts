import { serverClock } from '../../shared/time/serverClock.ts';
import { fromWallClock, toWallClock } from '../../shared/time/siteTime.ts';

/** The last days up to now, or days of the calendar as `2026-11-23`, both inclusive. */
export type Period = { readonly days: number } | { readonly first: string; readonly last: string };

const DAY_MS = 86_400_000;

/** Instants as the server takes them; undefined while a date is not whole, or ends before it begins. */
export function spanOf(period: Period, timeZone: string): { readonly from: number; readonly to: number } | undefined {
  const now = serverClock.now();
  if ('days' in period) return { from: now - period.days * DAY_MS, to: now };
  const from = fromWallClock(`${period.first}T00:00`, timeZone);
  const to = fromWallClock(`${dayAfter(period.last)}T00:00`, timeZone);
  return from === undefined || to === undefined || to <= from ? undefined : { from, to };
}
const dayAfter = (day: string): string => {
  const at = Date.parse(`${day}T12:00:00Z`);
  return Number.isNaN(at) ? '' : new Date(at + DAY_MS).toISOString().slice(0, 10);
};

/** The days that `days` back from now reach over, to begin a choice of one's own with. */
export function ownPeriod(days: number, timeZone: string): Period {
  const now = serverClock.now();
  const day = (at: number): string => toWallClock(at, timeZone).slice(0, 10);
  return { first: day(now - (days - 1) * DAY_MS), last: day(now) };
}
