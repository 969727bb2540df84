import { describe, expect, it } from 'vitest';
import type { CallFigures } from '../../server/reports/callHistory.ts';
import { QueueBoard } from '../../server/supervision/queueBoard.ts';
import { aht, asa, counted, NO_COUNTS, serviceLevel } from '../../server/supervision/queueStats.ts';
import { DEFAULT_SETTINGS } from '../../server/supervision/settings.ts';
import { callDocument } from '../reports/support.ts';

const LIMITS = { serviceLevelMs: 20_000, shortAbandonMs: 5_000 };
const NOBODY = { states: [], occupancy: undefined, isToday: () => true };
const call = (more: Partial<CallFigures>): CallFigures => callDocument('main/1', more).facts;
const answered = (queueWaitMs: number): CallFigures =>
  call({ answered: true, queueWaitMs, talkMs: 100_000, onHoldMs: 20_000, wrapUpMs: 30_000 });
const gaveUp = (queueWaitMs: number): CallFigures => call({ abandoned: true, queueWaitMs });
const sums = (calls: readonly CallFigures[]) =>
  calls.reduce((counts, each) => counted(counts, each, LIMITS), NO_COUNTS);

describe('figures of a queue by hand', () => {
  it('[SUP-70] one day, three formulas: two in time, one late, one gave up at once', () => {
    const day = sums([answered(20_000), answered(3_000), answered(20_001), gaveUp(4_999)]);
    expect(serviceLevel(day, 'answeredWithin/offered')).toBe(2 / 4);
    expect(serviceLevel(day, 'answeredWithin/answered')).toBe(2 / 3);
    expect(serviceLevel(day, 'answeredWithin/(offered-shortAbandoned)')).toBe(2 / 3);
  });

  it('[SUP-71] the same queue reads 0 % or nothing at all, and with one more call 50 % or 100 %', () => {
    const nobody = sums([gaveUp(2_000)]);
    expect(serviceLevel(nobody, 'answeredWithin/offered')).toBe(0);
    expect(serviceLevel(nobody, 'answeredWithin/answered')).toBeUndefined();
    expect(serviceLevel(nobody, 'answeredWithin/(offered-shortAbandoned)')).toBeUndefined();
    const one = sums([gaveUp(2_000), answered(1_000)]);
    expect(serviceLevel(one, 'answeredWithin/offered')).toBe(0.5);
    expect(serviceLevel(one, 'answeredWithin/answered')).toBe(1);
    expect(serviceLevel(one, 'answeredWithin/(offered-shortAbandoned)')).toBe(1);
  });

  it('[SUP-72] ASA: (20 + 4) s over two answered; the wait of who gave up is not in it', () => {
    expect(asa(sums([answered(20_000), answered(4_000), gaveUp(90_000)]))).toBe(12_000);
    expect(asa(sums([gaveUp(90_000)]))).toBeUndefined();
  });

  it('[SUP-73] AHT: 100 s of talk, 20 s on hold and 30 s of wrap-up are 150 s; no queue wait', () => {
    expect(aht(sums([answered(20_000), answered(4_000), gaveUp(90_000)]))).toBe(150_000);
  });

  it('[SUP-75] another threshold counts the same calls anew', () => {
    const board = new QueueBoard({ general: 'Общая' });
    const calls = [answered(10_000), answered(30_000)];
    const level = (serviceLevelMs: number): number | undefined => {
      const limits = { ...LIMITS, serviceLevelMs };
      board.recount(new Map([['general', calls.reduce((counts, each) => counted(counts, each, limits), NO_COUNTS)]]));
      return board.row('general', DEFAULT_SETTINGS, NOBODY).serviceLevel;
    };
    expect([level(20_000), level(30_000), level(5_000)]).toEqual([0.5, 1, 0]);
  });

  it('[SUP-76] the exchange’s own figures stand beside ours, untouched by ours', () => {
    const board = new QueueBoard({});
    board.onExchangeFact({
      type: 'queue.figures',
      ...{
        queue: 'general',
        at: 7,
        exchangeId: 'main',
        waiting: 1,
        completed: 8,
        abandoned: 2,
        serviceLevelPercent: 75,
      },
    } as never);
    expect(board.row('general', DEFAULT_SETTINGS, NOBODY)).toMatchObject({
      ...{ offered: 0, waiting: 0 },
      asterisk: { waiting: 1, completed: 8, abandoned: 2, serviceLevel: 0.75, at: 7 },
    });
  });
});
