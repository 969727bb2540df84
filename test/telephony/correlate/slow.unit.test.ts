import { expect, test } from 'vitest';
import type { Fact } from '../../../machines/vocabulary/index.ts';
import { chunksOf, packetsOf, recordings, replay, shapes, type TimedPacket } from './replay.ts';

const STALL_MS = 300;
/** All packets from `from` on come, and were sent, so much later: the exchange stood still between two of its steps. */
const stalled = (packets: readonly TimedPacket[], from: number): TimedPacket[] =>
  packets.map((each, at) => {
    if (at < from) return each;
    const sentAt = Number(each.packet['timestamp']) + STALL_MS / 1_000;
    return { ...each, at: each.at + STALL_MS, packet: { ...each.packet, timestamp: String(sentAt) } };
  });

/** In what order, and whether an Unhold or a telephone's going is told before what follows it, may depend on the stall. */
const essence = (facts: readonly Fact[]): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(shapes(facts)).map(([call, told]) => [
      call,
      told
        .map((each) => JSON.stringify(each))
        .filter((each) => !/"call\.(resumed|operatorLeft)"/.test(each))
        .toSorted(),
    ]),
  );

test('[AMI] a telephone on its way from one bridge to another has not left, however slow the exchange', () => {
  for (const name of recordings()) {
    const packets = packetsOf(chunksOf(name));
    const asItWas = essence(replay(packets).facts);
    for (const [index, { packet }] of packets.entries())
      if (packet['event'] === 'BridgeLeave')
        expect([name, index, essence(replay(stalled(packets, index + 1)).facts)]).toEqual([name, index, asItWas]);
  }
});
