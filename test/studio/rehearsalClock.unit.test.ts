import { describe, expect, it } from 'vitest';
import { RehearsalClock } from '../../server/rehearsal/rehearsalClock.ts';
import { FakeClock } from '../support/fakeClock.ts';

describe('the clock of a rehearsal', () => {
  const started = () => {
    const outer = new FakeClock();
    let steps = 0;
    const clock = new RehearsalClock(outer, () => (steps += 1));
    return { outer, clock, begin: outer.now(), steps: () => steps };
  };

  it('[STUDIO-30] runs as the other one until it is made faster, and then so many times as fast', () => {
    const { outer, clock, begin, steps } = started();
    outer.advance(1_000);
    expect(clock.now()).toBe(begin + 1_000);
    clock.setSpeed(20);
    outer.advance(6_000);
    expect(clock.now()).toBe(begin + 1_000 + 120_000);
    expect(steps()).toBe(60);
    clock.setSpeed(1);
    outer.advance(1_000);
    expect(clock.now()).toBe(begin + 122_000);
  });

  it('[STUDIO-31] what is due on the way happens on the way, in its order', () => {
    const { outer, clock, begin } = started();
    const told: [string, number][] = [];
    clock.setTimer(begin + 60_000, () => told.push(['hold', clock.now() - begin]));
    clock.setTimer(begin + 30_000, () => told.push(['warning', clock.now() - begin]));
    const cancel = clock.setTimer(begin + 40_000, () => told.push(['cancelled', 0]));
    cancel();
    clock.setSpeed(20);
    outer.advance(3_100);
    expect(told.map(([name]) => name)).toEqual(['warning', 'hold']);
    for (const [index, at] of [30_000, 60_000].entries()) {
      expect(told[index]?.[1]).toBeGreaterThanOrEqual(at);
      // One step of the clock late at the most.
      expect(told[index]?.[1]).toBeLessThanOrEqual(at + 2_000);
    }
  });

  it('[STUDIO-32] a leap forward runs what became due in the order of its instants, and a stopped clock runs nothing', () => {
    const { outer, clock, begin } = started();
    const told: string[] = [];
    clock.setTimer(begin + 2 * 3_600_000, () => told.push('later'));
    clock.setTimer(begin + 3_600_000, () => told.push('sooner'));
    clock.setTimer(begin + 9 * 3_600_000, () => told.push('not yet'));
    clock.forward(3 * 3_600_000);
    outer.advance(0);
    expect(told).toEqual(['sooner', 'later']);
    clock.stop();
    outer.advance(24 * 3_600_000);
    expect(told).toEqual(['sooner', 'later']);
  });

  it('[STUDIO-35] a network does not wait less because the rehearsal runs faster', () => {
    const { outer, clock, begin } = started();
    const wire = clock.atOuterPace;
    let late = false;
    wire.setTimer(begin + 5_000, () => (late = true));
    clock.forward(3_600_000);
    expect(wire.now()).toBe(begin + 3_600_000);
    outer.advance(4_999);
    expect(late).toBe(false);
    outer.advance(1);
    expect(late).toBe(true);
  });
});
