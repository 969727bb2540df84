import type { AmiPacket } from '../connection/connection.ts';
import { see } from './meet.ts';
import type { World } from './world.ts';

export const onHold = (world: World, packet: AmiPacket): void => {
  const channel = see(world, packet);
  if (channel === undefined) return;
  const { call } = channel;
  if (channel.resumedAt !== undefined) world.settle(call);
  if (channel.held) return;
  channel.held = true;
  if (call.connected.has(channel)) {
    world.tell(call, { type: 'call.held', by: 'operator', device: channel.device });
  } else if (channel === call.client) {
    const device = channel.role === 'staff' ? { device: channel.device } : {};
    world.tell(call, { type: 'call.held', by: 'client', ...device });
  }
};

/**
 * Asterisk sends an Unhold also just before a transfer (22: for every blind transfer, held or not), and that is no
 * return to the client. So it is told when something comes that only a real one brings, or when time shows it.
 */
export const onUnhold = (world: World, packet: AmiPacket): void => {
  const channel = see(world, packet);
  if (channel === undefined || !channel.held) return;
  channel.resumedAt ??= world.at;
  world.hold(channel.call);
};

/** The music stops while both are still in the bridge: a real resume. In a consultation it may be the transfer's. */
export const onMusicOnHoldStop = (world: World, packet: AmiPacket): void => {
  const call = world.channels.get(packet['uniqueid'] ?? '')?.call;
  if (call === undefined || call.settleAt === undefined || call.consult !== undefined || call.transfer !== undefined)
    return;
  if ([...call.channels].some((channel) => channel.resumedAt !== undefined)) world.settle(call);
};
