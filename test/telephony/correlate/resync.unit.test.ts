import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  as,
  type CallFact,
  type CallId,
  type DeviceId,
  type Fact,
  type Party,
} from '../../../machines/vocabulary/index.ts';
import type { AmiPacket } from '../../../server/telephony/connection/connection.ts';
import { Correlator } from '../../../server/telephony/correlate/correlator.ts';
import type { ExchangeSnapshot } from '../../../server/telephony/correlate/resync.ts';
import { chunksOf, EXCHANGE, inStep, NOTHING, packetsOf, recordings, replay, type TimedPacket } from './replay.ts';

const AT = 50_000;
const D101 = as<DeviceId>('PJSIP/101');

/** The exchange's lists as they stand after these packets: what a real one would answer at that moment. */
const listsAfter = (packets: readonly TimedPacket[]): Partial<ExchangeSnapshot> => {
  const channels = new Map<string, Record<string, string>>();
  const waiting = new Map<string, AmiPacket>();
  for (const { packet } of packets) {
    const id = packet['uniqueid'] ?? '';
    const name = packet['event'];
    if (name === 'Newchannel') channels.set(id, { ...packet, event: 'CoreShowChannel', bridgeid: '' });
    const channel = channels.get(id);
    if (channel !== undefined) {
      for (const key of ['channelstate', 'linkedid', 'exten', 'context', 'calleridnum', 'calleridname'])
        channel[key] = packet[key] ?? channel[key] ?? '';
    }
    if (name === 'BridgeEnter' && channel !== undefined) channel['bridgeid'] = packet['bridgeuniqueid'] ?? '';
    if (name === 'BridgeLeave' && channel !== undefined) channel['bridgeid'] = '';
    if (name === 'Hangup') channels.delete(id);
    if (name === 'QueueCallerJoin') waiting.set(id, { ...packet, event: 'QueueEntry' });
    if (name === 'QueueCallerLeave') waiting.delete(id);
  }
  return { channels: [...channels.values()], queues: [...waiting.values()] };
};
const snapshot = (part: Partial<ExchangeSnapshot> = {}): ExchangeSnapshot => ({
  ...NOTHING,
  onHold: new Map(),
  trails: new Map(),
  askedAt: AT,
  trueAt: AT - 1_000,
  ...part,
});
const types = (facts: readonly Fact[]): string[] => facts.map(({ type }) => type);
const untilFirst = (name: string, event: string): TimedPacket[] => {
  const packets = packetsOf(chunksOf(name));
  return packets.slice(0, packets.findIndex(({ packet }) => packet['event'] === event) + 1);
};

describe('[AMI] resync', () => {
  test('[AMI] a call that is still there is confirmed with its telephone', () => {
    const packets = untilFirst('client-hangs-up-held', 'Hold');
    const correlator = inStep();
    for (const { at, packet } of packets) correlator.take(packet, at);
    const facts = correlator.resync(snapshot(listsAfter(packets)), AT);
    expect(facts).toMatchObject([
      { type: 'call.confirmed', devices: [{ device: D101, state: 'onHold' }] },
      { type: 'link.restored', exchangeRestarted: false },
    ]);
  });

  test('[AMI] the client’s channel says that it waits no more', () => {
    const packets = untilFirst('client-hangs-up-held', 'Hold');
    const correlator = inStep();
    for (const { at, packet } of packets) correlator.take(packet, at);
    const lists = listsAfter(packets);
    const client = lists.channels?.find(({ channel }) => channel?.startsWith('PJSIP/trunk'))?.['uniqueid'] ?? '';
    const facts = correlator.resync(snapshot({ ...lists, onHold: new Map([[client, false]]) }), AT);
    expect(facts).toMatchObject([
      { type: 'call.resumed', device: D101 },
      { type: 'call.confirmed', devices: [{ device: D101, state: 'talking' }] },
      { type: 'link.restored' },
    ]);
  });

  test('[3.5.1] a transfer that nobody saw is told once, as the exchange has it on record', () => {
    const packets = packetsOf(chunksOf('blind-transfer-refer'));
    const before = packets.findIndex(({ packet }) => packet['event'] === 'BlindTransfer');
    const correlator = inStep();
    for (const { at, packet } of packets.slice(0, before)) correlator.take(packet, at);
    const verdict = packets.find(({ packet }) => packet['userevent'] === 'TransferPassed')!;
    const answered = packets.findLastIndex(({ packet }) => packet['event'] === 'BridgeEnter') + 1;
    const lists = listsAfter(packets.slice(0, answered));
    const client = lists.channels?.find(({ channel }) => channel?.startsWith('PJSIP/trunk'))?.['uniqueid'] ?? '';
    const seen = snapshot({ ...lists, trails: new Map([[client, 'blind PJSIP/101 102&']]) });
    const facts = correlator.resync(seen, AT);
    expect(facts).toMatchObject([
      { type: 'call.operatorLeft', device: D101 },
      { type: 'call.answered', device: 'PJSIP/102' },
      { type: 'call.transferred', kind: 'blind', fromDevice: D101, target: { number: '102' } },
      { type: 'call.confirmed' },
      { type: 'link.restored' },
    ]);
    // The gate's own word on it comes after the lists.
    expect(types(correlator.take(verdict.packet, AT + 10))).toEqual([]);
    expect(types(correlator.resync({ ...seen, askedAt: AT + 20 }, AT + 30))).toEqual([
      'call.confirmed',
      'link.restored',
    ]);
  });

  /** Just before the client is parked, and the lists and the list of parking places just after. */
  const parking = () => {
    const packets = untilFirst('parked', 'ParkedCall');
    const parkee = packets.at(-1)?.packet ?? {};
    const all = packetsOf(chunksOf('parked'));
    const gone = all.findIndex(({ packet }) => packet['event'] === 'Hangup');
    const parked = [{ ...parkee, parkingduration: '20' }];
    return { before: packets.slice(0, -1), lists: { ...listsAfter(all.slice(0, gone + 1)), parked } };
  };
  const AT_LAST = 2_000_000_000_000;
  const asked = { askedAt: AT_LAST, trueAt: AT_LAST - 60_000 };

  test('[AMI] who was parked while nobody looked waits there since the exchange says', () => {
    const { before, lists } = parking();
    const correlator = inStep();
    for (const { at, packet } of before) correlator.take(packet, at);
    const facts = correlator.resync(snapshot({ ...lists, ...asked }), AT_LAST + 100);
    expect(facts.slice(-4)).toMatchObject([
      { type: 'call.parked', space: '701', at: AT_LAST - 20_000 },
      { type: 'call.operatorLeft', device: D101 },
      { type: 'call.confirmed', devices: [] },
      { type: 'link.restored' },
    ]);
    // The next look finds the same.
    const again = correlator.resync(snapshot({ ...lists, ...asked }), AT_LAST + 200);
    expect(types(again)).toEqual(['call.confirmed', 'link.restored']);
  });

  test('[AMI] a parked client of whom nothing is known began before being parked', () => {
    const { lists } = parking();
    const correlator = new Correlator(EXCHANGE);
    const facts = correlator.resync(snapshot({ ...lists, ...asked }), AT_LAST + 100);
    expect(facts).toMatchObject([
      { type: 'call.started', at: AT_LAST - 20_000 },
      { type: 'call.parked', at: AT_LAST - 20_000 },
      { type: 'link.restored' },
    ]);
  });

  test('[CALL] the store knows who is parked; it is told when nobody is in the place any more', () => {
    const { before, lists } = parking();
    const packet: AmiPacket = lists.parked[0] ?? {};
    const known = {
      ...{ callId: as<CallId>(`main/${packet['parkeelinkedid'] ?? ''}`), absorbed: [], direction: 'inbound' as const },
      ...{ devices: [], parked: true },
    };
    const correlator = new Correlator(EXCHANGE);
    correlator.seed([known]);
    expect(types(correlator.resync(snapshot({ ...lists, ...asked }), AT_LAST))).toEqual([
      'call.confirmed',
      'link.restored',
    ]);
    const talking = listsAfter(before);
    const fetched = new Correlator(EXCHANGE);
    fetched.seed([known]);
    expect(fetched.resync(snapshot({ ...talking, ...asked }), AT_LAST)).toMatchObject([
      { type: 'call.unparked', device: D101 },
      { type: 'call.answered', device: D101 },
      { type: 'call.confirmed' },
      { type: 'link.restored' },
    ]);
    const waiting = new Correlator(EXCHANGE);
    waiting.seed([known]);
    const alone = talking.channels?.filter(({ channel = '' }) => channel.startsWith('PJSIP/trunk')) ?? [];
    const told = waiting.resync(snapshot({ channels: alone, ...asked }), AT_LAST);
    expect(types(told)).toEqual(['call.unparked', 'call.confirmed', 'link.restored']);
  });

  test('[AMI] who waits in a queue waits there since the exchange says', () => {
    const packets = untilFirst('client-hangs-up-held', 'QueueCallerJoin');
    const lists = listsAfter(packets);
    const queues = lists.queues?.map((entry) => ({ ...entry, wait: '75' })) ?? [];
    const facts = new Correlator(EXCHANGE).resync(snapshot({ ...lists, queues, ...asked }), AT_LAST + 100);
    expect(facts).toMatchObject([
      { type: 'call.started', at: AT_LAST - 75_000 },
      { type: 'call.queueEntered', at: AT_LAST - 75_000 },
      { type: 'link.restored' },
    ]);
  });

  test('[AMI] a call that is gone is ended within the interval in which nothing was known', () => {
    const correlator = inStep();
    for (const { at, packet } of untilFirst('direct-call', 'BridgeEnter')) correlator.take(packet, at);
    const [ended, restored] = correlator.resync(snapshot(), AT).slice(-2);
    expect(ended).toMatchObject({ type: 'call.ended', by: 'unknown', notBefore: AT - 1_000, at: AT });
    expect(restored).toMatchObject({ type: 'link.restored' });
    expect(correlator.sizes).toMatchObject({ channels: 0, calls: 0 });
  });

  test('[AMI] what events named after the question is newer than the lists, and stays', () => {
    const correlator = inStep();
    for (const { packet } of untilFirst('direct-call', 'BridgeEnter')) correlator.take(packet, AT + 1);
    expect(types(correlator.resync(snapshot(), AT + 2))).not.toContain('call.ended');
    expect(correlator.liveCalls).toHaveLength(1);
  });

  test('[AMI] a channel that entered a bridge after the exchange had listed it stays in the conversation', () => {
    const packets = untilFirst('direct-call', 'BridgeEnter');
    const all = packetsOf(chunksOf('direct-call'));
    const talks = all.slice(0, all.findLastIndex(({ packet }) => packet['event'] === 'BridgeEnter') + 1);
    const correlator = inStep();
    const listed = packets.slice(0, -1);
    for (const { at, packet } of listed) correlator.take(packet, at);
    const lists = listsAfter(listed);
    // The lists are on their way; the answer overtakes their last lines.
    const facts = talks.slice(listed.length).flatMap(({ packet }) => correlator.take(packet, AT + 1));
    expect(types(facts)).toContain('call.answered');
    const told = correlator.resync(snapshot(lists), AT + 2);
    expect(types(told)).toEqual(['call.confirmed', 'link.restored']);
    expect(told[0]).toMatchObject({ devices: [{ device: D101, state: 'talking' }] });
  });

  test('[AMI] a restarted exchange has nothing of the old, whatever events said', () => {
    const correlator = inStep();
    for (const { packet } of untilFirst('direct-call', 'BridgeEnter')) correlator.take(packet, AT + 1);
    expect(types(correlator.resync(snapshot({ restarted: true }), AT + 2))).toContain('call.ended');
  });

  test('[AMI] a connection in the middle: every call of the lists begins once, at its state', () => {
    fc.assert(
      fc.property(fc.constantFrom(...recordings()), fc.double({ min: 0, max: 1, noNaN: true }), (name, share) => {
        const packets = packetsOf(chunksOf(name)).filter(({ opened }) => opened !== true);
        const cut = Math.floor(packets.length * share);
        const correlator = new Correlator(EXCHANGE);
        const facts = correlator.resync(snapshot(listsAfter(packets.slice(0, cut))), AT);
        for (const { packet } of packets.slice(cut)) facts.push(...correlator.take(packet, AT + 1));
        facts.push(
          ...correlator.settle(AT + 1_000),
          ...correlator.resync(snapshot({ askedAt: AT + 2_000 }), AT + 2_000),
        );
        const begun = facts.filter(({ type }) => type === 'call.started').length;
        const over = facts.filter(({ type }) => type === 'call.ended' || type === 'call.merged').length;
        expect(over).toBe(begun);
        expect(correlator.sizes).toMatchObject({ channels: 0, calls: 0, bridges: 0, unsettled: 0 });
      }),
      { numRuns: 1_000 },
    );
  });

  test('[CALL] an outage at any moment: the call keeps its id, and begins and ends once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...recordings()),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (name, one, other) => {
          const packets = packetsOf(chunksOf(name)).filter(({ opened }) => opened !== true);
          const [from = 0, to = 0] = [one, other]
            .toSorted((a, b) => a - b)
            .map((share) => Math.floor(packets.length * share));
          const correlator = inStep();
          const facts = packets.slice(0, from).flatMap(({ at, packet }) => correlator.take(packet, at));
          facts.push(...correlator.lose(AT - 1, 'cut'));
          facts.push(...correlator.resync(snapshot(listsAfter(packets.slice(0, to))), AT));
          for (const { packet } of packets.slice(to)) facts.push(...correlator.take(packet, AT + 1));
          facts.push(
            ...correlator.settle(AT + 1_000),
            ...correlator.resync(snapshot({ askedAt: AT + 2_000 }), AT + 2_000),
          );
          const begun = facts.flatMap((fact) => (fact.type === 'call.started' ? [fact.callId] : []));
          expect(new Set(begun).size).toBe(begun.length);
          const over = facts.flatMap((fact) =>
            fact.type === 'call.ended' ? [fact.callId] : fact.type === 'call.merged' ? [fact.absorbed] : [],
          );
          expect(over.toSorted()).toEqual(begun.toSorted());
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('[CALL] whom a telephone calls is known from the lists when the link goes between two events of the beginning', () => {
    const packets = packetsOf(chunksOf('outbound-transferred'));
    const begun = packets.findIndex(({ packet }) => packet['event'] === 'DialBegin');
    const { client } = replay(packets).facts.find(({ type }) => type === 'call.started') as CallFact & {
      client: Party;
    };
    for (let cut = 0; cut < begun; cut += 1) {
      const correlator = inStep();
      for (const { at, packet } of packets.slice(0, cut)) correlator.take(packet, at);
      correlator.lose(AT - 1, 'cut');
      const facts = correlator.resync(snapshot(listsAfter(packets.slice(0, begun + 1))), AT);
      expect(facts).toContainEqual(expect.objectContaining({ type: 'call.started', client }));
    }
  });

  test('[CALL] a channel that cannot be understood keeps no other call from being found, and is told', () => {
    const packets = untilFirst('direct-call', 'BridgeEnter');
    const { channels = [] } = listsAfter(packets);
    const strange = { event: 'CoreShowChannel', uniqueid: '9.9', channel: 'PJSIP/strange-1', channelstate: '6' };
    const roleOfDevice = (device: string): undefined => {
      if (device === 'PJSIP/strange') throw new Error('no such telephone');
    };
    const told: string[] = [];
    const facts = new Correlator(EXCHANGE, { roleOfDevice }).resync(
      snapshot({ channels: [strange, ...channels] }),
      AT,
      (whose, act) => {
        try {
          act();
        } catch {
          told.push(whose);
        }
      },
    );
    expect(types(facts)).toContain('call.started');
    expect(told).toEqual(['PJSIP/strange-1']);
  });

  test('[CALL] calls of the store: the living keep their ids under any of their linkedids, the others end', () => {
    const packets = untilFirst('direct-call', 'BridgeEnter');
    const linkedid = packets.find(({ packet }) => packet['event'] === 'Newchannel')?.packet['linkedid'] ?? '';
    const callId = as<CallId>('main/1500000000.7');
    const gone = as<CallId>('main/1500000000.9');
    const correlator = new Correlator(EXCHANGE);
    correlator.seed([
      { callId, absorbed: [as<CallId>(`main/${linkedid}`)], direction: 'inbound', devices: [] },
      { callId: gone, absorbed: [], direction: 'inbound', devices: [D101] },
    ]);
    const facts = correlator.resync(snapshot(listsAfter(packets)), AT);
    expect(facts).toContainEqual(expect.objectContaining({ type: 'call.confirmed', callId }));
    expect(facts).toContainEqual(expect.objectContaining({ type: 'call.ended', callId: gone, by: 'unknown' }));
    expect(types(facts)).not.toContain('call.started');
  });

  test('[CALL] an event that comes before the lists meets the call of the store', () => {
    const packets = untilFirst('client-hangs-up-held', 'Hold');
    const linkedid = packets.find(({ packet }) => packet['event'] === 'Newchannel')?.packet['linkedid'] ?? '';
    const callId = as<CallId>(`main/${linkedid}`);
    const correlator = new Correlator(EXCHANGE);
    correlator.seed([{ callId, absorbed: [], direction: 'inbound', devices: [D101], held: [] }]);
    const [last] = packets.slice(-1);
    const facts = last === undefined ? [] : correlator.take(last.packet, AT + 1);
    facts.push(...correlator.resync(snapshot(listsAfter(packets)), AT + 2));
    expect(facts).toMatchObject([
      { type: 'call.held', callId, device: D101 },
      { type: 'call.confirmed', callId, devices: [{ device: D101, state: 'onHold' }] },
      { type: 'link.restored' },
    ]);
  });

  test('[AMI] a channel that hung up before the lists came does not live again by them', () => {
    const all = packetsOf(chunksOf('direct-call')).filter(({ opened }) => opened !== true);
    const cut = all.findIndex(({ packet }) => packet['event'] === 'Hangup');
    const correlator = new Correlator(EXCHANGE);
    for (const { packet } of all.slice(cut)) correlator.take(packet, AT + 1);
    correlator.resync(snapshot(listsAfter(all.slice(0, cut))), AT + 2);
    expect(correlator.liveCalls).toEqual([]);
  });

  test('[AMI] one channel of many that ends before the lists came does not end its call', () => {
    const packets = untilFirst('attended-key-returns', 'LocalBridge');
    const client = packets.find(({ packet }) => packet['event'] === 'Newchannel')?.packet['uniqueid'] ?? '';
    const callId = as<CallId>(`main/${client}`);
    const local = packets.find(({ packet }) => packet['channel']?.startsWith('Local/'))?.packet;
    const correlator = new Correlator(EXCHANGE);
    correlator.seed([{ callId, absorbed: [], direction: 'inbound', devices: [D101] }]);
    const facts = correlator.take({ ...local, event: 'Newstate' }, AT + 1);
    facts.push(...correlator.take({ ...local, event: 'Hangup', cause: '16' }, AT + 1));
    expect(types(facts)).not.toContain('call.ended');
  });

  test('[AMI] a consultation that began in an outage goes on: nobody left, nobody answers twice', () => {
    const all = packetsOf(chunksOf('attended-key-returns')).filter(({ opened }) => opened !== true);
    const held = all.findIndex(({ packet }) => packet['event'] === 'Hold');
    const asked = all.findIndex(
      ({ packet }, at) => at > held && packet['event'] === 'BridgeEnter' && packet['channel']?.startsWith('PJSIP/101'),
    );
    const correlator = inStep();
    const facts = all.slice(0, held).flatMap(({ packet }) => correlator.take(packet, 1));
    correlator.lose(2, 'cut');
    const told = correlator.resync(snapshot(listsAfter(all.slice(0, asked + 1))), AT);
    expect(types(told)).toEqual(expect.arrayContaining(['call.consultStarted', 'call.confirmed']));
    expect(told.find(({ type }) => type === 'call.confirmed')).toMatchObject({
      devices: expect.arrayContaining([{ device: D101, state: 'consulting' }]),
    });
    for (const { packet } of all.slice(asked + 1)) facts.push(...correlator.take(packet, AT + 1));
    expect(types([...facts, ...told]).filter((type) => type === 'call.answered')).toHaveLength(1);
  });

  test('[AMI] events of one hang-up that come apart on a busy link: the operator ended the call all the same', () => {
    const packets = packetsOf(chunksOf('queue-operator-hangs-up')).filter(({ opened }) => opened !== true);
    const correlator = inStep();
    let late = 0;
    const facts = packets.flatMap(({ packet }) => {
      // From the hang-up on every event comes in a batch of its own, later than anything may be held back.
      late += late > 0 || packet['event'] === 'HangupRequest' ? 50 : 0;
      return correlator.take(packet, AT + late);
    });
    expect(facts.find(({ type }) => type === 'call.ended')).toMatchObject({ by: 'operator' });
  });
});
