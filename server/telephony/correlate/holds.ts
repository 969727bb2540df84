import type { AmiPacket } from '../connection/connection.ts';
import { see } from './meet.ts';
import type { Channel } from './model.ts';
import type { BareCallFact, World } from './world.ts';

/**
 * A telephone's own hold names the music that the exchange suggests for it (`MusicClass`; PJSIP: `default` unless set);
 * a hold that the exchange makes for a feature code or an Atxfer names none.
 */
const isForTransfer = (packet: AmiPacket): boolean => (packet['musicclass'] ?? '') === '';

export const heldByOperator = ({ device, heldForTransfer }: Channel): BareCallFact => ({
  type: 'call.held',
  by: 'operator',
  device,
  ...(heldForTransfer ? { forTransfer: true } : {}),
});

export const onHold = (world: World, packet: AmiPacket): void => {
  const channel = see(world, packet);
  if (channel === undefined) return;
  const { call } = channel;
  channel.holdSeenAt = world.at;
  if (channel.resumedAt !== undefined) world.settle(call);
  if (channel.held) return;
  channel.held = true;
  channel.heldAt = world.at;
  channel.heldForTransfer = isForTransfer(packet);
  if (call.connected.has(channel)) {
    world.tell(call, heldByOperator(channel));
  } else if (channel === call.client) {
    const device = channel.role === 'staff' ? { device: channel.device } : {};
    world.tell(call, { type: 'call.held', by: 'client', ...device });
  }
};

/**
 * Asterisk sends an Unhold also just before a transfer (22: for every blind transfer, held or not), and that is no
 * return to the client. What tells the two apart may come after it in any order (BlindTransfer, the gate's word, the end
 * of the music, BridgeLeave: up to 4 ms were seen), so a resume is told when a moment has passed without a transfer.
 */
export const onUnhold = (world: World, packet: AmiPacket): void => {
  const channel = see(world, packet);
  if (channel === undefined) return;
  channel.holdSeenAt = world.at;
  if (!channel.held) return;
  channel.resumedAt ??= world.at;
  world.hold(channel.call);
};
