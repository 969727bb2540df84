import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../machines/vocabulary/index.ts';
import { toPacket } from '../../../server/telephony/connection/packet.ts';
import { PacketDecoder } from '../../../server/telephony/connection/wire.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { callFacts, chunksOf, inStep, packetsOf, recordings, type TimedPacket } from './replay.ts';

const FAR = 10_000_000;
const sources = recordings().map((name) => ({ name, packets: packetsOf(chunksOf(name)) }));

/** What may happen to one packet on the way, each rarely enough that a call still lives. */
const damage = fc.record({
  source: fc.nat({ max: sources.length - 1 }),
  seed: fc.integer(),
  drop: fc.double({ min: 0, max: 0.4, noNaN: true }),
  double: fc.double({ min: 0, max: 0.3, noNaN: true }),
  swap: fc.double({ min: 0, max: 0.5, noNaN: true }),
  strip: fc.double({ min: 0, max: 0.2, noNaN: true }),
  cutAfter: fc.double({ min: 0.1, max: 1, noNaN: true }),
});
type Damage = typeof damage extends fc.Arbitrary<infer D> ? D : never;

const damaged = ({ source, seed, drop, double, swap, strip, cutAfter }: Damage): TimedPacket[] => {
  const random = seededRandom(seed);
  const packets = (sources[source]?.packets ?? []).filter(({ opened }) => opened !== true);
  const kept = packets.slice(0, Math.ceil(packets.length * cutAfter)).flatMap((packet) => {
    if (random() < drop) return [];
    const changed = random() < strip ? withoutAField(packet, random) : packet;
    return random() < double ? [changed, changed] : [changed];
  });
  for (let at = 0; at + 1 < kept.length; at += 1) {
    if (random() >= swap) continue;
    const other = Math.min(kept.length - 1, at + 1 + Math.floor(random() * 6));
    [kept[at], kept[other]] = [kept[other] as TimedPacket, kept[at] as TimedPacket];
  }
  return kept;
};
const withoutAField = ({ at, packet }: TimedPacket, random: () => number): TimedPacket => {
  const keys = Object.keys(packet);
  const gone = keys[Math.floor(random() * keys.length)];
  return { at, packet: Object.fromEntries(Object.entries(packet).filter(([key]) => key !== gone)) };
};

/** Every call begins once, says nothing after its end, and ends. */
const judge = (facts: readonly Fact[]): string[] => {
  const faults: string[] = [];
  const live = new Set<string>();
  const over = new Set<string>();
  for (const fact of callFacts(facts)) {
    if (fact.type === 'call.started') {
      if (live.has(fact.callId) || over.has(fact.callId)) faults.push(`${fact.callId} began twice`);
      live.add(fact.callId);
    } else if (!live.has(fact.callId)) faults.push(`${fact.type} of ${fact.callId}, which does not live`);
    if (fact.type === 'call.ended') {
      live.delete(fact.callId);
      over.add(fact.callId);
    }
    if (fact.type === 'call.merged') {
      if (!live.delete(fact.absorbed)) faults.push(`${fact.absorbed} was merged and does not live`);
      over.add(fact.absorbed);
    }
  }
  return [...faults, ...[...live].map((callId) => `${callId} was lost without a word`)];
};

const emptySnapshot = {
  askedAt: FAR,
  trueAt: FAR,
  restarted: false,
  channels: [],
  queues: [],
  deviceStates: [],
  parked: [],
  onHold: new Map<string, boolean>(),
  trails: new Map(),
};

describe('[AMI] damaged streams', () => {
  test('[AMI] 10,000 cut, reordered, doubled, thinned recordings: no fault, no call lost, nothing left', () => {
    fc.assert(
      fc.property(damage, (how) => {
        const correlator = inStep();
        const facts = damaged(how).flatMap(({ at, packet }) => correlator.take(packet, at));
        facts.push(...correlator.settle(FAR - 1), ...correlator.resync(emptySnapshot, FAR));
        expect(judge(facts)).toEqual([]);
        expect(correlator.sizes).toMatchObject({ channels: 0, calls: 0, bridges: 0, unsettled: 0 });
      }),
      { numRuns: 10_000 },
    );
  });

  test('[AMI] random bytes and bitten text make no fault', () => {
    fc.assert(
      fc.property(fc.constantFrom(...recordings()), fc.integer(), (name, seed) => {
        const random = seededRandom(seed);
        const correlator = inStep();
        const decoder = new PacketDecoder();
        for (const { at, text } of chunksOf(name)) {
          const bytes = Buffer.from(text);
          for (let bite = 0; bite < 3; bite += 1)
            bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
          for (const wire of decoder.push(bytes)) correlator.take(toPacket(wire), at);
        }
        correlator.resync(emptySnapshot, FAR);
        expect(correlator.sizes).toMatchObject({ channels: 0, calls: 0, bridges: 0, unsettled: 0 });
      }),
      { numRuns: 500 },
    );
  });

  test('[AMI] canary: the judge sees a call that began twice, spoke after its end, or was lost', () => {
    const { packets } = sources.find(({ name }) => name === 'direct-call') ?? { packets: [] };
    const correlator = inStep();
    const facts = packets.flatMap(({ at, packet }) => correlator.take(packet, at));
    const begun = facts.filter(({ type }) => type === 'call.started');
    expect(judge(facts)).toEqual([]);
    expect(judge([...facts, ...begun])[0]).toMatch(/began twice/);
    expect(judge([...facts, ...facts.filter(({ type }) => type === 'call.answered')])[0]).toMatch(/does not live/);
    expect(judge(begun)[0]).toMatch(/lost without a word/);
  });
});
