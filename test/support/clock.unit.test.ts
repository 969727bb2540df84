import { afterEach, describe, expect, it, vi } from 'vitest';
import { DAY, HOUR } from '../../machines/vocabulary/index.ts';
import { createSystemClock, type TimeSource } from '../../server/clock.ts';
import { FakeClock } from './fakeClock.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** A machine whose wall clock can be put forward and back. */
const machine = (): TimeSource & { pass(ms: number): void; step(ms: number): void } => {
  let monotonic = 0;
  let wall = 1_000_000;
  return {
    wall: () => wall,
    monotonic: () => monotonic,
    pass(ms) {
      monotonic += ms;
      wall += ms;
    },
    step(ms) {
      wall += ms;
    },
  };
};

describe('the real clock', () => {
  it('[CLOCK-01] follows the wall clock, forward steps at once, and never goes back', () => {
    const source = machine();
    const clock = createSystemClock(source);
    expect(clock.now()).toBe(1_000_000);
    source.pass(500);
    expect(clock.now()).toBe(1_000_500);
    source.step(HOUR);
    expect(clock.now()).toBe(4_600_500);
    source.step(-1_000);
    expect(clock.now()).toBe(4_600_500);
    source.pass(1_000);
    expect(clock.now()).toBe(4_601_400);
    source.pass(8_000);
    expect(clock.now()).toBe(4_608_600);
    source.pass(1_000);
    expect(clock.now()).toBe(source.wall());
  });

  it.each([
    ['at once', -5],
    ['in a minute', 60_000],
    ['beyond the 24.8 days of setTimeout', 26 * DAY],
  ])('[CLOCK-02] a timer %s runs once, not before its instant and not within the call', (_when, ms) => {
    vi.useFakeTimers();
    const clock = createSystemClock({ wall: () => Date.now(), monotonic: () => Date.now() });
    const at = clock.now() + ms;
    const ranAt: number[] = [];
    clock.setTimer(at, () => ranAt.push(clock.now()));
    expect(ranAt).toEqual([]);
    vi.advanceTimersByTime(Math.max(0, ms - 1));
    if (ms > 0) expect(ranAt).toEqual([]);
    vi.advanceTimersByTime(2);
    expect(ranAt).toHaveLength(1);
    expect(ranAt[0]).toBeGreaterThanOrEqual(at);
    vi.advanceTimersByTime(DAY);
    expect(ranAt).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('[CLOCK-02] a cancelled timer never runs', () => {
    vi.useFakeTimers();
    const clock = createSystemClock({ wall: () => Date.now(), monotonic: () => Date.now() });
    const run = vi.fn();
    const cancel = clock.setTimer(clock.now() + 3 * 60_000, run);
    vi.advanceTimersByTime(100_000);
    cancel();
    vi.advanceTimersByTime(DAY);
    expect(run).not.toHaveBeenCalled();
  });

  it('[CLOCK-03] a forward step of the wall clock is noticed within seconds', () => {
    vi.useFakeTimers();
    let stepped = 0;
    const clock = createSystemClock({ wall: () => Date.now() + stepped, monotonic: () => Date.now() });
    const run = vi.fn();
    clock.setTimer(clock.now() + 10 * HOUR, run);
    stepped = 10 * HOUR;
    vi.advanceTimersByTime(5_000);
    expect(run).toHaveBeenCalledTimes(1);
  });
});

describe('the fake clock', () => {
  it('[CLOCK-04] runs timers in the order of their instants, then of their setting, each at its instant', () => {
    const clock = new FakeClock(0);
    const ran: [string, number][] = [];
    const note = (name: string) => (): void => void ran.push([name, clock.now()]);
    clock.setTimer(20, note('c'));
    clock.setTimer(10, note('a'));
    clock.setTimer(10, () => {
      note('b')();
      clock.setTimer(15, note('b+'));
    });
    const cancel = clock.setTimer(12, note('cancelled'));
    cancel();
    clock.setTimer(-5, note('past'));
    expect(clock.nextAt).toBe(-5);
    clock.advance(30);
    expect(ran).toEqual([
      ['past', 0],
      ['a', 10],
      ['b', 10],
      ['b+', 15],
      ['c', 20],
    ]);
    expect(clock.now()).toBe(30);
    expect(clock.pending).toBe(0);
  });

  it('[CLOCK-04] lets promises settle between timers', async () => {
    const clock = new FakeClock(0);
    const ran: string[] = [];
    clock.setTimer(1, () => void Promise.resolve().then(() => ran.push('settled')));
    clock.setTimer(2, () => ran.push('second'));
    await clock.advanceAsync(2);
    expect(ran).toEqual(['settled', 'second']);
  });
});
