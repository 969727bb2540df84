import { as, type DeviceId, type Fact } from '../../../machines/vocabulary/index.ts';
import type { AmiPacket } from '../../../server/telephony/connection/connection.ts';
import type { ExchangeSnapshot } from '../../../server/telephony/correlate/resync.ts';
import { chunksOf, NOTHING, packetsOf, type TimedPacket } from './replay.ts';

export const AT = 50_000;
export const D101 = as<DeviceId>('PJSIP/101');

/** The exchange's lists as they stand after these packets: what a real one would answer at that moment. */
export const listsAfter = (packets: readonly TimedPacket[]): Partial<ExchangeSnapshot> => {
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
export const snapshot = (part: Partial<ExchangeSnapshot> = {}): ExchangeSnapshot => ({
  ...NOTHING,
  onHold: new Map(),
  trails: new Map(),
  askedAt: AT,
  trueAt: AT - 1_000,
  ...part,
});
export const types = (facts: readonly Fact[]): string[] => facts.map(({ type }) => type);
export const untilFirst = (name: string, event: string): TimedPacket[] => {
  const packets = packetsOf(chunksOf(name));
  return packets.slice(0, packets.findIndex(({ packet }) => packet['event'] === event) + 1);
};
