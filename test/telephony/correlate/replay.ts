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
  onHold: new Map<string, boolean>(),
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
            onHold: new Map<string, boolean>(),
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

/** What a person reads: type, call, and what matters; instants left out. */
export const shapes = (facts: readonly Fact[]): unknown[] => {
  const names = new Map<string, string>();
  const nameOf = (id: string): string => {
    if (!names.has(id)) names.set(id, `call ${names.size + 1}`);
    return names.get(id) ?? '';
  };
  return callFacts(facts).map(({ at: _at, exchangeId: _exchangeId, callId, ...rest }) => ({
    call: nameOf(callId),
    ...rest,
    ...('linkedid' in rest ? { linkedid: undefined } : {}),
    ...('absorbed' in rest ? { absorbed: nameOf(rest.absorbed) } : {}),
    ...('queueWaitMs' in rest ? { queueWaitMs: undefined } : {}),
    ...('notBefore' in rest ? { notBefore: undefined } : {}),
  }));
};
