import { expect, it } from 'vitest';
import { growths } from '../bench/growth.ts';

const MB = 1024 * 1024;
const usual = { heapUsed: 60 * MB, timers: 30, handles: 220, listeners: 12, live: 80 };
const steady = [usual, { ...usual, heapUsed: 75 * MB, timers: 41 }, { ...usual, heapUsed: 58 * MB, live: 95 }];

it('[SOAK-01] what comes and goes is no growth', () => {
  expect(growths(steady, [...steady].reverse())).toEqual([]);
});

it.each([
  ['heapUsed', 110 * MB],
  ['timers', 90],
  ['handles', 300],
  ['listeners', 40],
  ['live', 200],
] as const)('[SOAK-02] a leak of %s is told by its name', (name, value) => {
  const leaking = steady.map((one) => ({ ...one, [name]: value }));
  expect(growths(steady, leaking)).toEqual([name]);
});
