import type { Known } from '../../../machines/script/known.ts';
import type { Condition } from '../../../machines/script/types.ts';
import type { KnownName } from '../../../machines/script/variables.ts';
import { isVariable } from '../../../machines/script/variables.ts';
import type { FieldValue } from '../../../machines/script/view.ts';

/** How to make one thing of a call be so: the walk tries what the conditions of the script name. */
type Set = (known: Known, value: FieldValue | undefined) => Known;

const number = (value: FieldValue | undefined): number => (typeof value === 'number' ? value : 0);
const text = (value: FieldValue | undefined): string => (value === undefined ? '' : String(value));
const yes = (value: FieldValue | undefined): boolean => value === true;
/** A moment at which it is that hour in Moscow, on the example's day. */
const atHour = (known: Known, hour: number): Known => ({
  ...known,
  now: Math.floor(known.now / 86_400_000) * 86_400_000 + (hour - 3) * 3_600_000,
});
const HOURS: Readonly<Record<string, number>> = { morning: 10, day: 14, evening: 20, night: 23 };

const SETTERS: Readonly<Record<KnownName, Set>> = {
  'operator.position': (known, value) => ({ ...known, operator: { ...known.operator, position: text(value) } }),
  'operator.unit': (known, value) => ({ ...known, operator: { ...known.operator, unit: text(value) } }),
  'client.name': (known, value) => ({ ...known, client: { ...known.client, name: text(value) } }),
  'client.number': (known, value) => ({ ...known, client: { ...known.client, number: text(value) } }),
  'client.kind': (known, value) => ({
    ...known,
    client: { ...known.client, kind: value === 'internal' ? 'internal' : 'external' },
  }),
  'client.earlierCalls': (known, value) => ({ ...known, client: { ...known.client, earlierCalls: number(value) } }),
  'call.phase': (known, value) => ({ ...known, call: { ...known.call, phase: text(value) as Known['call']['phase'] } }),
  'call.direction': (known, value) => ({
    ...known,
    call: { ...known.call, direction: text(value) as Known['call']['direction'] },
  }),
  'call.queue': (known, value) => ({ ...known, call: { ...known.call, queue: text(value) } }),
  'call.dialled': (known, value) => ({ ...known, call: { ...known.call, dialled: text(value) } }),
  'call.isCallback': (known, value) => ({ ...known, call: { ...known.call, isCallback: yes(value) } }),
  dayPart: (known, value) => atHour(known, HOURS[text(value)] ?? 10),
  weekday: (known, value) => ({ ...known, now: known.now + ((number(value) - 4 + 7) % 7) * 86_400_000 }),
  workingHours: (known, value) => ({ ...known, workingHours: yes(value) }),
  // The language is the script's own state: the walk changes it by an event.
  language: (known) => known,
  'hours.schedule': (known, value) => ({ ...known, hours: { ...known.hours, schedule: text(value) } }),
  'inquiry.callNumber': (known, value) => ({ ...known, inquiry: { ...known.inquiry, callNumber: number(value) } }),
  'inquiry.topic': (known, value) => ({ ...known, inquiry: { ...known.inquiry, topic: text(value) } }),
  'inquiry.situation': (known, value) => ({ ...known, inquiry: { ...known.inquiry, situation: text(value) } }),
  'inquiry.profile': (known, value) => ({ ...known, inquiry: { ...known.inquiry, profile: text(value) } }),
  'inquiry.question': (known, value) => ({ ...known, inquiry: { ...known.inquiry, question: text(value) } }),
  'transfers.count': (known, value) => ({ ...known, transfers: { ...known.transfers, count: number(value) } }),
  'transfers.limit': (known, value) => ({ ...known, transfers: { ...known.transfers, limit: number(value) } }),
  'transfers.left': (known, value) => ({
    ...known,
    transfers: { limit: Math.max(2, number(value)), extra: 0, count: Math.max(2, number(value)) - number(value) },
  }),
  'hold.state': (known, value) => ({
    ...known,
    hold: { state: text(value) as NonNullable<Known['hold']>['state'], promisedMs: 120_000 },
  }),
  'hold.named': (known, value) => {
    const { hold: _, ...rest } = known;
    return yes(value) ? { ...rest, hold: { state: 'named', promisedMs: 120_000 } } : rest;
  },
  'hold.count': (known, value) => ({ ...known, holds: number(value) }),
  'callback.number': (known, value) => ({
    ...known,
    callback: { promised: false, ...known.callback, number: text(value) },
  }),
  'callback.promised': (known, value) => ({ ...known, callback: { ...known.callback, promised: yes(value) } }),
  'callback.dueAt': (known, value) => ({
    ...known,
    callback: { promised: false, ...known.callback, dueAt: Date.parse(`${text(value)}T12:00:00Z`) },
  }),
};

type KnownTest = Extract<Condition, { known: string }>;

/** Calls in which the conditions come out one way and the other: the base first, then one thing changed at a time, then all. */
export function variantsFor(base: Known, conditions: readonly (Condition | undefined)[]): Known[] {
  const tests = conditions.flatMap((condition) => (condition === undefined ? [] : knownTests(condition)));
  const singles = tests.flatMap((test) => trials(test).map((value) => [test.known, value] as const));
  const changed = singles.map(([name, value]) => setKnown(base, name, value));
  const all = singles.reduce((known, [name, value]) => setKnown(known, name, value), base);
  return singles.length > 1 ? [base, ...changed, all] : [base, ...changed];
}

export const setKnown = (known: Known, name: string, value: FieldValue | undefined): Known =>
  isVariable(name) && Object.hasOwn(SETTERS, name) ? SETTERS[name as KnownName](known, value) : known;

export function knownTests(condition: Condition): KnownTest[] {
  if ('all' in condition) return condition.all.flatMap(knownTests);
  if ('any' in condition) return condition.any.flatMap(knownTests);
  if ('not' in condition) return knownTests(condition.not);
  return 'known' in condition ? [condition] : [];
}

/** Values on both sides of what the test compares with. */
function trials(test: KnownTest): (FieldValue | undefined)[] {
  const values: (FieldValue | undefined)[] = [];
  for (const one of [test.is, test.isNot, test.in, test.notIn, test.includes].flat()) {
    if (typeof one === 'boolean') values.push(one, !one);
    else if (typeof one === 'number') values.push(one, one + 1);
    else if (one !== undefined) values.push(one, 'другое');
  }
  for (const one of [test.gt, test.gte, test.lt, test.lte]) {
    if (typeof one === 'number') values.push(one - 1, one, one + 1);
    else if (one !== undefined) values.push('2026-01-01', '2027-12-31');
  }
  return test.filled === undefined ? values : [...values, 'значение', undefined];
}
