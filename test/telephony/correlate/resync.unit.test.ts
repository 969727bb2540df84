import { describe, expect, test } from 'vitest';
import { as, type CallId } from '../../../machines/vocabulary/index.ts';
import type { AmiPacket } from '../../../server/telephony/connection/connection.ts';
import { Correlator } from '../../../server/telephony/correlate/correlator.ts';
import { AT, D101, listsAfter, snapshot, types, untilFirst } from './lists.ts';
import { chunksOf, EXCHANGE, inStep, packetsOf } from './replay.ts';

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
});
