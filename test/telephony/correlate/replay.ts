import { readdirSync, readFileSync } from 'node:fs';
import { as, type CallFact, type ExchangeId, type Fact, type Instant } from '../../../machines/vocabulary/index.ts';
import type { AmiPacket } from '../../../server/telephony/connection/connection.ts';
import { toPacket } from '../../../server/telephony/connection/packet.ts';
import { PacketDecoder } from '../../../server/telephony/connection/wire.ts';
import { Correlator } from '../../../server/telephony/correlate/correlator.ts';
import type { Chunk } from '../../support/asterisk/amiRecorder.ts';

export const EXCHANGE = as<ExchangeId>('main');
const folder = new URL('../../fixtures/ami/', import.meta.url);

export const recordings = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => name.slice(0, -'.jsonl'.length));

export const chunksOf = (name: string): Chunk[] =>
  readFileSync(new URL(`${name}.jsonl`, folder), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Chunk);

export interface TimedPacket {
  readonly at: Instant;
  readonly packet: AmiPacket;
  readonly opened?: true;
}

/** Packets of a recording with the instant at which their last byte came. */
export const packetsOf = (chunks: readonly Chunk[]): TimedPacket[] => {
  let decoder = new PacketDecoder();
  return chunks.flatMap(({ at, text, opened }): TimedPacket[] => {
    if (opened === true) {
      decoder = new PacketDecoder();
      return [{ at, packet: {}, opened }];
    }
    return decoder.push(text).map((wire) => ({ at, packet: toPacket(wire) }));
  });
};

export const NOTHING = {
  askedAt: 0,
  trueAt: 0,
  restarted: false,
  channels: [],
  queues: [],
  deviceStates: [],
  parked: [],
  onHold: new Map<string, boolean>(),
  trails: new Map<string, string>(),
};
/** A correlator that knows everything from now on: after its first resync, when nothing went on. */
export const inStep = (): Correlator => {
  const correlator = new Correlator(EXCHANGE);
  correlator.resync(NOTHING, 0);
  return correlator;
};
/** The rig's telephones, as the first resync meets them. */
const TELEPHONES = ['101', '102', '103', '104', '190'].map((extension) => ({
  event: 'DeviceStateChange',
  device: `PJSIP/${extension}`,
  state: 'NOT_INUSE',
}));

/** Everything that a correlator makes of these packets, and what it still holds at the end. */
export const replay = (
  packets: readonly TimedPacket[],
  correlator = new Correlator(EXCHANGE),
): { facts: Fact[]; correlator: Correlator } => {
  const facts: Fact[] = correlator.resync({ ...NOTHING, deviceStates: TELEPHONES }, 0);
  let last = 0;
  for (const { at, packet, opened } of packets) {
    last = Math.max(last, at);
    if (opened === true) {
      facts.push(...correlator.lose(at, 'closed'));
      facts.push(
        ...correlator.resync(
          {
            askedAt: at,
            trueAt: at,
            restarted: true,
            channels: [],
            queues: [],
            deviceStates: [],
            parked: [],
            onHold: new Map<string, boolean>(),
            trails: new Map(),
          },
          at,
        ),
      );
    } else facts.push(...correlator.take(packet, at));
  }
  facts.push(...correlator.settle(last + 1_000));
  return { facts, correlator };
};

export const callFacts = (facts: readonly Fact[]): CallFact[] => facts.filter((fact) => 'callId' in fact);

/** What a person reads, call by call: type and what matters. Instants and ids, which differ each time, are left out. */
export const shapes = (facts: readonly Fact[]): Record<string, unknown[]> => {
  const names = new Map<string, string>();
  const calls: Record<string, unknown[]> = {};
  for (const fact of callFacts(facts)) {
    if (fact.type === 'call.started')
      names.set(fact.callId, freeName(`${fact.client.number} → ${fact.dialled}`, names));
    const name = names.get(fact.callId) ?? fact.callId;
    (calls[name] ??= []).push(shapeOf(fact, names));
  }
  return Object.fromEntries(Object.entries(calls).toSorted(([one], [other]) => one.localeCompare(other)));
};
const freeName = (wanted: string, names: ReadonlyMap<string, string>): string => {
  const same = [...names.values()].filter((name) => name.startsWith(wanted)).length;
  return same === 0 ? wanted : `${wanted} (${same + 1})`;
};
const shapeOf = (fact: CallFact, names: ReadonlyMap<string, string>): Record<string, unknown> => {
  const { at: _at, exchangeId: _exchangeId, callId: _callId, ...shape }: Record<string, unknown> = { ...fact };
  for (const key of ['linkedid', 'queueWaitMs', 'notBefore']) delete shape[key];
  if (fact.type === 'call.merged') shape['absorbed'] = names.get(fact.absorbed);
  if (fact.type === 'call.recorded') shape['file'] = fact.file.replaceAll(/\d+/g, '0');
  return shape;
};
