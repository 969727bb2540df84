import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCallFact, type CallFact, type Fact } from '../../../machines/vocabulary/index.ts';
import { toPacket } from '../../../server/telephony/connection/packet.ts';
import { formatPacket, type PacketFields } from '../../../server/telephony/connection/wire.ts';
import { Correlator } from '../../../server/telephony/correlate/correlator.ts';
import { SHIPPED_ACCOUNT } from '../../../server/telephony/demo/amiServer.ts';
import { DemoExchange } from '../../../server/telephony/demo/exchange.ts';
import { LoadGenerator } from '../../../server/telephony/demo/load.ts';
import { loadSite } from '../../../server/telephony/demo/loadSite.ts';
import { Telephones } from '../../../server/telephony/demo/telephones.ts';
import { TrueLedger, type TrueCall } from '../../../server/telephony/demo/truth.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { EXCHANGE, NOTHING } from '../correlate/replay.ts';
import { packetsOf } from './rig.ts';

/** A seeded day, and what the product's correlator makes of its events. */
const day = (seed: number, without: readonly string[] = []) => {
  const clock = new FakeClock();
  const exchange = new DemoExchange(loadSite(80, 0.05), clock);
  exchange.core.globals.set('EVENT_TOKEN', 'token');
  const truth = new TrueLedger(exchange);
  const correlator = new Correlator(EXCHANGE, {
    roleOfDevice: (device) => (/^PJSIP\/\d{4}$/.test(device) ? 'staff' : undefined),
  });
  const facts: Fact[] = correlator.resync(NOTHING, clock.now());
  exchange.listen({
    wants: (eventClass, event) =>
      SHIPPED_ACCOUNT.read.includes(eventClass) && !SHIPPED_ACCOUNT.without.includes(event) && !without.includes(event),
    event: (event: string, _class, fields: PacketFields, at) => {
      const [packet] = packetsOf(formatPacket({ Event: event, ...fields }));
      facts.push(...correlator.take(toPacket(packet ?? []), at));
      const { settleAt } = correlator;
      if (settleAt !== undefined) clock.setTimer(settleAt, () => facts.push(...correlator.settle(clock.now())));
    },
  });
  const load = new LoadGenerator(exchange, new Telephones(exchange), { seed, callsPerSecond: 6, pace: 0.05 });
  load.start();
  clock.advance(40_000);
  load.stopCalling();
  clock.advance(600_000);
  facts.push(...correlator.settle(clock.now() + 5_000));
  return { truth, facts, correlator };
};

/** What both sides say of one conversation, in words that can be compared. */
const ofTruth = (call: TrueCall): Record<string, unknown> => ({
  direction: call.direction,
  queues: call.queues.map(({ queue }) => queue),
  answered: call.answers.map((each) => each.device),
  held: call.holds.map((each) => [each.device, each.heldAt]),
  transfers: call.transfers.map((each) => [each.kind, each.device, each.number]),
  refusals: call.refusals.map((each) => [each.device, each.number, each.count]),
  consults: call.consults.map((each) => [each.device, each.number]),
  outcomes: call.consults.map((each) => each.outcome),
  offers: call.offers.map((each) => each.device),
  parked: call.parkings.map((each) => each.space),
  ended: call.ended && [call.ended.at, call.ended.by],
});
const ofFacts = (facts: readonly CallFact[]): Record<string, unknown> => {
  const all = <Type extends CallFact['type']>(type: Type) =>
    facts.filter((fact): fact is CallFact & { type: Type } => fact.type === type);
  return {
    direction: all('call.started')[0]?.direction,
    queues: all('call.queueEntered').map((fact) => fact.queue),
    answered: all('call.answered').map((fact) => fact.device),
    held: all('call.held').map((fact) => [fact.device, fact.at]),
    transfers: all('call.transferred').map((fact) => [fact.kind, fact.fromDevice, fact.target.number]),
    refusals: all('call.transferRefused').map((fact) => [fact.fromDevice, fact.target.number, fact.count]),
    consults: all('call.consultStarted').map((fact) => [fact.device, fact.target.number]),
    outcomes: all('call.consultEnded').map((fact) => fact.outcome),
    offers: all('call.offered').map((fact) => fact.device),
    parked: all('call.parked').map((fact) => fact.space),
    ended: all('call.ended').map((fact) => [fact.at, fact.by])[0],
  };
};
const compare = ({ truth, facts }: ReturnType<typeof day>): [unknown, unknown][] => {
  const byCall = new Map<string, CallFact[]>();
  for (const fact of facts.filter(isCallFact)) {
    const known = byCall.get(fact.callId);
    if (known === undefined) byCall.set(fact.callId, [fact]);
    else known.push(fact);
  }
  return [...truth.calls.values()].map((call) => [
    { call: call.call, ...ofTruth(call) },
    { call: call.call, ...ofFacts(byCall.get(`${EXCHANGE}/${call.call}`) ?? []) },
  ]);
};

describe('[DEMO-05] what the correlator tells of a whole day is what truly happened', () => {
  test('[DEMO-05] every conversation of seeded days', () => {
    assert(
      property(integer({ min: 1, max: 2 ** 31 }), (seed) => {
        const played = day(seed);
        for (const [truth, told] of compare(played)) expect(told).toEqual(truth);
        expect(played.correlator.liveCalls).toEqual([]);
      }),
      // Days on which a telephone with somebody on hold was given a client: by REFER, and by the feature code.
      { numRuns: 6, examples: [[559929084], [711381296]] },
    );
  });

  test('[DEMO-05] canary: with Hold lost on the way, the day is not the same', () => {
    expect(compare(day(5, ['Hold'])).some(([truth, told]) => JSON.stringify(truth) !== JSON.stringify(told))).toBe(
      true,
    );
  });
});
