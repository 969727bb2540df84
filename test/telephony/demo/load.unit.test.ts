import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DemoExchange } from '../../../server/telephony/demo/exchange.ts';
import { LoadGenerator } from '../../../server/telephony/demo/load.ts';
import { loadSite } from '../../../server/telephony/demo/loadSite.ts';
import { Telephones } from '../../../server/telephony/demo/telephones.ts';
import { TrueLedger, type TrueCall } from '../../../server/telephony/demo/truth.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const PACE = 0.05;

const day = (seed: number, options: { operators: number; rate: number; seconds: number }) => {
  const clock = new FakeClock();
  const exchange = new DemoExchange(loadSite(options.operators, PACE), clock);
  const truth = new TrueLedger(exchange);
  const events: string[] = [];
  exchange.listen({ wants: (eventClass) => eventClass !== 'dialplan', event: (event) => events.push(event) });
  const load = new LoadGenerator(exchange, new Telephones(exchange), {
    seed,
    callsPerSecond: options.rate,
    pace: PACE,
  });
  load.start();
  clock.advance(options.seconds * 1000);
  load.stopCalling();
  // Every story has an end; the longest are a queue's patience and a full parking lot.
  clock.advance(600_000);
  return { exchange, truth, load, events };
};

const faultsOf = (call: TrueCall): string[] => {
  const faults: string[] = [];
  if (call.ended === undefined) return [`${call.call} never ended`];
  const instants = [call.startedAt, ...call.answers.map((each) => each.at), call.ended.at];
  if (instants.some((at, index) => at < (instants[index - 1] ?? 0))) faults.push(`${call.call} goes back in time`);
  for (const hold of call.holds)
    if (hold.resumedAt !== undefined && hold.resumedAt < hold.heldAt) faults.push(`${call.call} resumed too early`);
  if (call.transfers.filter((each) => each.kind === 'blind').length > 2) faults.push(`${call.call} beyond the limit`);
  if (call.abandoned && call.answers.length > 0 && call.transfers.length === 0 && call.refusals.length === 0)
    faults.push(`${call.call} was answered and abandoned`);
  if (call.consults.some((each) => each.outcome === undefined) && call.ended.by !== 'client')
    faults.push(`${call.call} consults for ever`);
  return faults;
};

describe('[DEMO-10] the load generator', () => {
  test('[DEMO-10] every conversation of a seeded day ends, and nothing is left on the exchange', () => {
    assert(
      property(integer({ min: 1, max: 2 ** 31 }), (seed) => {
        const { exchange, truth } = day(seed, { operators: 30, rate: 5, seconds: 60 });
        expect(truth.calls.size).toBeGreaterThan(200);
        expect([...truth.calls.values()].flatMap((call) => faultsOf(call))).toEqual([]);
        expect(exchange.core.board.channels.size).toBe(0);
        expect([...exchange.core.board.bridges.values()].filter(({ type }) => type !== 'parking')).toEqual([]);
        expect([...exchange.queues.byName.values()].every((queue) => queue.waiting.length === 0)).toBe(true);
        expect(exchange.core.devices.list().filter(({ State }) => State !== 'NOT_INUSE')).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });

  test('[DEMO-11] one seed is one day, another seed another', () => {
    const first = day(7, { operators: 20, rate: 3, seconds: 30 });
    const again = day(7, { operators: 20, rate: 3, seconds: 30 });
    const other = day(8, { operators: 20, rate: 3, seconds: 30 });
    expect(again.truth.lines()).toBe(first.truth.lines());
    expect(again.events).toEqual(first.events);
    expect(other.truth.lines()).not.toBe(first.truth.lines());
  });

  test('[DEMO-12] a day holds every story: holds, transfers, refusals, consultations, abandons, parked and missed', () => {
    const { truth } = day(3, { operators: 120, rate: 10, seconds: 120 });
    const calls = [...truth.calls.values()];
    const has = (wanted: (call: TrueCall) => boolean): number => calls.filter(wanted).length;
    expect(has((call) => call.holds.length > 0)).toBeGreaterThan(50);
    expect(has((call) => call.holds.some((hold) => hold.resumedAt === undefined))).toBeGreaterThan(5);
    expect(has((call) => call.transfers.some((each) => each.kind === 'blind'))).toBeGreaterThan(20);
    expect(has((call) => call.refusals.length > 0)).toBeGreaterThan(3);
    expect(has((call) => call.consults.some((each) => each.outcome === 'transferred'))).toBeGreaterThan(5);
    expect(has((call) => call.consults.some((each) => each.outcome === 'returned'))).toBeGreaterThan(5);
    expect(has((call) => call.abandoned)).toBeGreaterThan(20);
    expect(has((call) => call.parkings.some((each) => each.backAt !== undefined))).toBeGreaterThan(0);
    expect(has((call) => call.offers.some((each) => each.ended === 'noAnswer'))).toBeGreaterThan(5);
    expect(has((call) => call.direction === 'outbound')).toBeGreaterThan(20);
    expect(has((call) => call.direction === 'internal')).toBeGreaterThan(3);
  });

  test('[DEMO-13] `fill` keeps so many answered conversations and no more', () => {
    const clock = new FakeClock();
    const exchange = new DemoExchange(loadSite(120), clock);
    const truth = new TrueLedger(exchange);
    const load = new LoadGenerator(exchange, new Telephones(exchange), { seed: 1, callsPerSecond: 0 });
    load.fill(100);
    clock.advance(60_000);
    expect(truth.open).toBe(100);
    expect([...truth.calls.values()].filter((call) => call.answers.length === 1)).toHaveLength(100);
    expect(exchange.core.board.channels.size).toBe(200);
  });
});
