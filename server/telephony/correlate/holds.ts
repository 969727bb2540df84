import type { AmiPacket } from '../connection/connection.ts';
import { see } from './meet.ts';
import type { World } from './world.ts';

export const onHold = (world: World, packet: AmiPacket): void => {
  const channel = see(world, packet);
  if (channel === undefined) return;
  const { call } = channel;
  channel.holdSeenAt = world.at;
  if (channel.resumedAt !== undefined) world.settle(call);
  if (channel.held) return;
  channel.held = true;
  channel.heldAt = world.at;
  if (call.connected.has(channel)) {
    world.tell(call, { type: 'call.held', by: 'operator', device: channel.device });
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
