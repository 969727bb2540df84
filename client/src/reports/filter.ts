import { useMemo } from 'react';
import { useSite } from '../app/session.ts';
import { go, usePath, useQuery } from '../shared/router.tsx';
import { serverClock } from '../shared/time/serverClock.ts';
import { fromWallClock, toWallClock } from '../shared/time/siteTime.ts';

export const PERIODS = ['today', 'yesterday', 'week', 'days30', 'month', 'lastMonth', 'custom'] as const;
export type PeriodName = (typeof PERIODS)[number];
export const NARROWING = [
  'operatorId',
  'unit',
  'queue',
  'topic',
  'direction',
  'disposition',
  'outcome',
  'number',
  'name',
] as const;
export type Narrowing = (typeof NARROWING)[number];
export type Narrowed = Readonly<Partial<Record<Narrowing, string>>>;

export interface Filter {
  readonly period: PeriodName;
  /** Days as `2026-11-23`, both inclusive. */
  readonly first: string;
  readonly last: string;
  readonly narrowed: Narrowed;
  /** As the server takes it. */
  readonly query: Readonly<Record<string, string | number>>;
}
const DAY_MS = 86_400_000;
/** In the middle of that day wherever the site is. */
export const noonOf = (day: string): number => Date.parse(`${day}T12:00:00Z`);
const shift = (day: string, days: number): string => new Date(noonOf(day) + days * DAY_MS).toISOString().slice(0, 10);
const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text);

function daysOf(period: PeriodName, today: string, from: string | null, to: string | null): [string, string] {
  const monthStart = `${today.slice(0, 7)}-01`;
  const known: Readonly<Record<Exclude<PeriodName, 'custom'>, [string, string]>> = {
    today: [today, today],
    yesterday: [shift(today, -1), shift(today, -1)],
    week: [shift(today, -6), today],
    days30: [shift(today, -29), today],
    month: [monthStart, today],
    lastMonth: [`${shift(monthStart, -1).slice(0, 7)}-01`, shift(monthStart, -1)],
  };
  if (period !== 'custom') return known[period];
  const first = isDay(from) ? from : shift(today, -6);
  const last = isDay(to) && to >= first ? to : first;
  return [first, last];
}

/** The filter lies in the address: it can be sent to a colleague, and the browser's back works. */
export function useFilter(): {
  filter: Filter;
  readonly change: (next: Readonly<Record<string, string | undefined>>) => void;
} {
  const { timeZone } = useSite();
  const path = usePath();
  const address = useQuery();
  const text = address.toString();
  const filter = useMemo(() => readFilter(new URLSearchParams(text), timeZone), [text, timeZone]);
  return {
    filter,
    change(next) {
      const params = new URLSearchParams(text);
      for (const [name, value] of Object.entries(next)) {
        if (value === undefined || value === '') params.delete(name);
        else params.set(name, value);
      }
      const query = params.toString();
      go(`${path}${query === '' ? '' : `?${query}`}`, { replace: true });
    },
  };
}

function readFilter(address: URLSearchParams, timeZone: string): Filter {
  const today = toWallClock(serverClock.now(), timeZone).slice(0, 10);
  const period = PERIODS.find((name) => name === address.get('period')) ?? 'week';
  const [first, last] = daysOf(period, today, address.get('from'), address.get('to'));
  const narrowed: Narrowed = Object.fromEntries(
    NARROWING.flatMap((name) => {
      const value = address.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
  const start = (day: string): number => fromWallClock(`${day}T00:00`, timeZone) ?? 0;
  return { period, first, last, narrowed, query: { ...narrowed, from: start(first), to: start(shift(last, 1)) } };
}
