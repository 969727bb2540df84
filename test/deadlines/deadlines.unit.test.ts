import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock, Instant } from '../../machines/vocabulary/index.ts';
import { Deadlines } from '../../server/deadlines/deadlines.ts';
import { FakeClock } from '../support/fakeClock.ts';

const START = 1_000_000;
const rig = (onDue?: (deadlines: Deadlines, owner: string, key: string, at: Instant) => void) => {
  const clock = new FakeClock(START);
  const rung: [string, string, Instant][] = [];
  const faults: unknown[] = [];
  const deadlines: Deadlines = new Deadlines({
    clock,
    onDue: (owner, key, at) => {
      rung.push([owner, key, at]);
      onDue?.(deadlines, owner, key, at);
    },
    onFault: (fault) => faults.push(fault),
  });
  return { clock, rung, faults, deadlines };
};

describe('Deadlines', () => {
  it('[DUE-01] rings each deadline once, at its instant, in order, on one timer', () => {
    const { clock, rung, deadlines } = rig();
    deadlines.set('b', 'x', START + 20);
    deadlines.set('a', 'x', START + 10);
    deadlines.set('a', 'y', START + 10);
    expect(clock.pending).toBe(1);
    clock.advance(15);
    clock.advance(100);
    expect(rung).toEqual([
      ['a', 'x', START + 10],
      ['a', 'y', START + 10],
      ['b', 'x', START + 20],
    ]);
    expect(clock.pending).toBe(0);
  });

  it('[DUE-02] moves and cancels', () => {
    const { clock, rung, deadlines } = rig();
    deadlines.set('a', 'x', START + 10);
    deadlines.set('a', 'x', START + 30);
    deadlines.set('a', 'y', START + 20);
    deadlines.cancel('a', 'y');
    deadlines.cancel('nobody', 'z');
    clock.advance(25);
    expect(rung).toEqual([]);
    clock.advance(10);
    expect(rung).toEqual([['a', 'x', START + 30]]);
  });

  it('[DUE-03] arm sets exactly the listed deadlines of an owner', () => {
    const { clock, rung, deadlines } = rig();
    deadlines.arm('a', [
      { key: 'x', at: START + 10 },
      { key: 'y', at: START + 20 },
    ]);
    deadlines.set('b', 'x', START + 15);
    deadlines.arm('a', [
      { key: 'y', at: START + 20 },
      { key: 'z', at: START + 5 },
    ]);
    clock.advance(50);
    expect(rung.map(([owner, key]) => owner + key)).toEqual(['az', 'bx', 'ay']);
    expect(deadlines.size).toBe(0);
  });

  it('[DUE-04] a past instant rings at the next turn, never within the call', () => {
    const { clock, rung, deadlines } = rig();
    deadlines.set('a', 'x', START - 5_000);
    expect(rung).toEqual([]);
    clock.advance(0);
    expect(rung).toEqual([['a', 'x', START]]);
  });

  it('[DUE-05] a deadline cancelled by an earlier one of the same moment does not ring', () => {
    const { clock, rung, deadlines } = rig((book, owner) => book.arm(owner, []));
    deadlines.arm('a', [
      { key: 'hold.30', at: START + 10 },
      { key: 'hold.0', at: START + 10 },
    ]);
    clock.advance(10);
    expect(rung.map(([, key]) => key)).toEqual(['hold.30']);
  });

  it('[DUE-06] an owner that always sets a past instant does not stop the others', () => {
    const { clock, rung, deadlines } = rig((book, owner, key) => {
      if (owner === 'mad' && rungMad() < 3) book.set(owner, key, START - 1);
    });
    const rungMad = (): number => rung.filter(([owner]) => owner === 'mad').length;
    deadlines.set('mad', 'x', START - 1);
    deadlines.set('good', 'x', START);
    clock.advance(0);
    expect(rung.slice(0, 2).map(([owner]) => owner)).toEqual(['mad', 'good']);
  });

  it('[DUE-07] a fault of one owner is told and the others still ring', () => {
    const { clock, rung, faults, deadlines } = rig((_book, owner) => {
      if (owner === 'bad') throw new Error('planted');
    });
    deadlines.set('bad', 'x', START + 1);
    deadlines.set('good', 'x', START + 1);
    clock.advance(5);
    expect(faults).toHaveLength(1);
    expect(rung.map(([owner]) => owner)).toEqual(['bad', 'good']);
  });

  it('[DUE-08] a clock that stepped back re-arms, one that stepped forward rings at once', () => {
    let now = START;
    const timers: { at: Instant; run: () => void }[] = [];
    const clock: Clock = {
      now: () => now,
      setTimer: (at, run) => {
        timers.push({ at, run });
        return () => undefined;
      },
    };
    const rung: Instant[] = [];
    const deadlines = new Deadlines({ clock, onDue: (_o, _k, at) => rung.push(at), onFault: () => undefined });
    deadlines.set('a', 'x', START + 100);
    now = START - 1_000_000;
    timers.shift()?.run();
    expect(rung).toEqual([]);
    expect(timers.map(({ at }) => at)).toEqual([START + 100]);
    now = START + 5_000_000;
    timers.shift()?.run();
    expect(rung).toEqual([START + 5_000_000]);
  });

  it('[DUE-09] stop silences everything', () => {
    const { clock, rung, deadlines } = rig();
    deadlines.set('a', 'x', START + 1);
    deadlines.stop();
    clock.advance(10);
    expect(rung).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('[DUE-10] any order of setting, moving, cancelling and waiting rings like a plain sorted list', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('set' as const), key: fc.nat(8), in: fc.integer({ min: -5, max: 60 }) }),
      fc.record({ do: fc.constant('cancel' as const), key: fc.nat(8) }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.nat(25) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { clock, rung, deadlines } = rig();
        const plain = new Map<string, Instant>();
        const expected: [string, Instant][] = [];
        for (const one of steps) {
          if (one.do === 'set') {
            const at = clock.now() + one.in;
            deadlines.set('o', String(one.key), at);
            plain.set(String(one.key), at);
          } else if (one.do === 'cancel') {
            deadlines.cancel('o', String(one.key));
            plain.delete(String(one.key));
          } else {
            const until = clock.now() + one.ms;
            for (const [key, at] of plain) {
              if (at > until) continue;
              expected.push([key, Math.max(at, clock.now())]);
              plain.delete(key);
            }
            clock.advance(one.ms);
          }
        }
        const sorted = (list: [string, Instant][]) => list.map(([key, at]) => `${at}/${key}`).sort();
        expect(sorted(rung.map(([, key, at]) => [key, at]))).toEqual(sorted(expected));
        expect(rung.map(([, , at]) => at)).toEqual(rung.map(([, , at]) => at).sort((a, b) => a - b));
        expect(deadlines.size).toBe(plain.size);
        expect(clock.pending).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });

  it('[DUE-11] a hundred thousand deadlines are set, moved and cancelled without a scan', () => {
    const { clock, rung, deadlines } = rig();
    const count = 100_000;
    for (let i = 0; i < count; i += 1) deadlines.set(`o${i}`, 'x', START + ((i * 7_919) % count) + 1);
    for (let i = 0; i < count; i += 2) deadlines.cancel(`o${i}`, 'x');
    expect(deadlines.size).toBe(count / 2);
    clock.advance(count + 1);
    expect(rung).toHaveLength(count / 2);
  });
});
