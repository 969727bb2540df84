import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { as, type OperatorId } from '../../machines/vocabulary/index.ts';
import { createLog } from '../../server/log.ts';
import { WorkTimes, workTimesSpec } from '../../server/reports/workTimes.ts';
import { FakeClock, FAKE_START } from '../support/fakeClock.ts';
import { tempStorage, type TempStorage } from '../support/tempStorage.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Midnight of Monday in Moscow. */
const MIDNIGHT = FAKE_START - 9 * 60 * MINUTE;
const anna = as<OperatorId>('u-anna');
const olga = as<OperatorId>('u-olga');

describe('occupancy of past days', () => {
  let clock: FakeClock;
  let storage: TempStorage;
  let times: WorkTimes;
  const open = async (): Promise<void> => {
    times = await WorkTimes.open({
      collection: await storage.storage.collection(workTimesSpec),
      clock,
      log: createLog('silent'),
      timeZone: 'Europe/Moscow',
      unitOf: (id) => (id === anna ? 'Первый' : 'Второй'),
    });
  };
  beforeEach(async () => {
    clock = new FakeClock();
    storage = await tempStorage();
    await open();
  });
  afterEach(() => storage.remove());
  const enter = (id: OperatorId, state: Parameters<WorkTimes['enter']>[1], minutes: number): void =>
    times.enter(id, state, FAKE_START + minutes * MINUTE);
  const monday = { from: MIDNIGHT, to: MIDNIGHT + DAY };

  it('[SUP-74] [REP-40] by hand: 40 min on calls and 10 min of wrap-up beside 30 min free are 62.5 %; a break is outside', async () => {
    enter(anna, 'ready', 0);
    enter(anna, 'ringing', 29);
    enter(anna, 'onCall', 30);
    enter(anna, 'wrapUp', 70);
    enter(anna, 'paused', 80);
    enter(anna, 'offline', 95);
    clock.advance(120 * MINUTE);
    // The board's, before anything of it is on the disk.
    expect(times.occupancyToday([anna, olga])).toBe(0.625);
    expect(times.occupancyToday([olga])).toBeUndefined();
    expect(await times.occupancy(monday)).toBe(0.625);
    expect(times.occupancyToday([anna, olga])).toBe(0.625);
    expect(await times.occupancy({ ...monday, operatorId: anna })).toBe(0.625);
    expect(await times.occupancy({ ...monday, unit: 'Второй' })).toBeUndefined();
    expect(await times.occupancy({ ...monday, queue: 'general' })).toBeUndefined();
    expect(await times.occupancy({ from: monday.from - DAY, to: monday.from })).toBeUndefined();
  });

  it('[REP-41] goes on while a state lasts, and is cut at midnight', async () => {
    enter(olga, 'ready', 0);
    enter(olga, 'onCall', 14 * 60 + 30);
    clock.advance(16 * 60 * MINUTE);
    expect(await times.occupancy(monday)).toBeCloseTo(30 / (15 * 60), 10);
    expect(times.occupancyToday([olga])).toBe(1);
    expect(await times.occupancy({ from: monday.to, to: monday.to + DAY })).toBe(1);
  });

  it('[REP-42] after a restart nothing is counted twice, and the state that lasted is counted on', async () => {
    enter(anna, 'ready', 0);
    enter(anna, 'onCall', 30);
    clock.advance(45 * MINUTE);
    await times.write();
    await storage.reopen();
    await open();
    // Each seat is told again with the instant since which it lasts.
    enter(anna, 'onCall', 30);
    clock.advance(15 * MINUTE);
    expect(times.occupancyToday([anna])).toBe(0.5);
    expect(await times.occupancy(monday)).toBe(0.5);
  });
});
