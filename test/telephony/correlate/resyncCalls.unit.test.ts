import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { as, type CallFact, type CallId, type Party } from '../../../machines/vocabulary/index.ts';
import { Correlator } from '../../../server/telephony/correlate/correlator.ts';
import { AT, D101, listsAfter, snapshot, types, untilFirst } from './lists.ts';
import { chunksOf, EXCHANGE, inStep, packetsOf, recordings, replay } from './replay.ts';

describe('[CALL] calls over a resync', () => {
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
      late += late > 0 || packet['event'] === 'HangupRequest' ? 2_000 : 0;
      return [...correlator.settle(AT + late - 1), ...correlator.take(packet, AT + late)];
    });
    expect(facts.find(({ type }) => type === 'call.ended')).toMatchObject({ by: 'operator' });
  });
});
