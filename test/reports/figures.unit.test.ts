import { describe, expect, it } from 'vitest';
import type { CallSums, ServiceLevelFormula } from '../../server/contract/index.ts';
import { added, figuresFrom, NO_SUMS } from '../../server/reports/figures.ts';
import { periodBefore } from '../../server/reports/periods.ts';
import { troublesOf } from '../../server/reports/troubles.ts';

/**
 * Ten calls came to the queue: 8 answered (6 of them within the threshold), 2 gave up (1 at once). The operators also
 * made 2 calls of their own that were answered. Worked out by hand below.
 */
const DAY: CallSums = {
  ...NO_SUMS,
  calls: 12,
  offered: 10,
  handled: 10,
  queueAnswered: 8,
  answeredWithin: 6,
  abandoned: 2,
  shortAbandoned: 1,
  queueWaitOfAnsweredMs: 120_000,
  talkMs: 1_500_000,
  onHoldMs: 300_000,
  wrapUpMs: 200_000,
  holds: 5,
  holdsKept: 3,
  holdsBroken: 1,
  callbacksKept: 2,
  callbacksBroken: 2,
  transfers: 4,
  repeat: 3,
  satisfied: 6,
  unsatisfied: 2,
};
const FORMULA: ServiceLevelFormula = 'answeredWithin/offered';
const figures = figuresFrom(DAY, FORMULA);

describe('figures by hand-computed examples', () => {
  it.each([
    ['answeredWithin/offered', 6 / 10],
    ['answeredWithin/answered', 6 / 8],
    ['answeredWithin/(offered-shortAbandoned)', 6 / 9],
  ] as const)('[FIG-01] service level under %s is %d', (formula, expected) => {
    expect(figuresFrom(DAY, formula).serviceLevel).toBeCloseTo(expected, 10);
  });
  it.each([
    ['FIG-02', 'asaMs', 15_000, '120 s of waiting over 8 answered from the queue'],
    ['FIG-03', 'ahtMs', 200_000, '(1500 + 300 + 200) s over 10 handled'],
    ['FIG-04', 'abandonedShare', 0.2, '2 of 10 offered'],
    ['FIG-05', 'promisesKept', 5 / 8, '3 holds and 2 callbacks of 8 promises'],
    ['FIG-06', 'repeatShare', 0.25, '3 of 12 calls'],
    ['FIG-07', 'transferShare', 0.4, '4 transfers over 10 handled'],
    ['FIG-08', 'satisfaction', 0.75, '6 of 8 that were marked'],
  ] as const)('[%s] %s is %d: %s', (...[, name, expected]) => {
    expect(figures[name]).toBeCloseTo(expected, 10);
  });
  it('[FIG-09] a share of nothing is absent, not zero', () => {
    const nothing = figuresFrom(NO_SUMS, FORMULA);
    for (const name of ['serviceLevel', 'asaMs', 'ahtMs', 'promisesKept', 'satisfaction'] as const)
      expect(nothing[name]).toBeUndefined();
  });
  it('[FIG-10] sums of two days are the sums of their calls', () => {
    expect(added(DAY, DAY)).toMatchObject({ calls: 24, talkMs: 3_000_000, holdsBroken: 2 });
  });
});

const at = (text: string): number => Date.parse(`${text}+03:00`);
const MOSCOW = 'Europe/Moscow';
describe('the period before', () => {
  it.each([
    ['a month with the month before', '2026-11-01T00:00', '2026-12-01T00:00', '2026-10-01T00:00', '2026-11-01T00:00'],
    ['seven days with seven days', '2026-11-10T00:00', '2026-11-17T00:00', '2026-11-03T00:00', '2026-11-10T00:00'],
    ['hours with as many hours', '2026-11-10T09:00', '2026-11-10T12:00', '2026-11-10T06:00', '2026-11-10T09:00'],
  ])('[VI] %s', (_what, from, to, beforeFrom, beforeTo) => {
    const before = periodBefore({ from: at(from), to: at(to) }, MOSCOW, at('2027-01-15T10:00'));
    expect(before).toEqual({ from: at(beforeFrom), to: at(beforeTo) });
  });
  it('[VI] a day that still runs is compared up to the same moment of the day before', () => {
    const today = { from: at('2026-11-24T00:00'), to: at('2026-11-25T00:00') };
    expect(periodBefore(today, MOSCOW, at('2026-11-24T11:30'))).toEqual({
      from: at('2026-11-23T00:00'),
      to: at('2026-11-23T11:30'),
    });
  });
});

describe('[REP-12] where a trouble comes from', () => {
  it('names who had the calls; a repeat call that reached nobody has no operator to ask', () => {
    const of = (key: string, label: string, repeat: number) => ({
      key,
      label,
      figures: figuresFrom({ ...NO_SUMS, repeat }, FORMULA),
    });
    const rows = [of('', 'никто не ответил', 2), of('anna', 'Смирнова', 1)];
    const troubles = troublesOf(figuresFrom({ ...NO_SUMS, repeat: 3 }, FORMULA), figuresFrom(NO_SUMS, FORMULA), (by) =>
      by === 'operator' ? rows : [],
    );
    expect(troubles).toMatchObject([{ kind: 'repeat', count: 3, causes: [{ by: 'operator', key: 'anna', count: 1 }] }]);
  });
});
