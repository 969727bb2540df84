import type { AmiPacket } from '../connection/connection.ts';
import { enterBridge, leaveBridge, pairUp } from './graph.ts';
import { update } from './joins.ts';
import { see } from './meet.ts';
import type { World } from './world.ts';

export const onBridgeEnter = (world: World, packet: AmiPacket): void => {
  const channel = see(world, packet);
  const id = packet['bridgeuniqueid'];
  if (channel === undefined || id === undefined || id === '') return;
  channel.movedAt = world.at;
  enterBridge(world, channel, id, packet['bridgetechnology'] === 'holding_bridge');
  if (channel.call.connected.has(channel)) channel.call.firstOut = undefined;
  update(world, channel.call);
};
export const onBridgeLeave = (world: World, packet: AmiPacket): void => {
  const channel = world.channels.get(packet['uniqueid'] ?? '');
  if (channel === undefined || channel.bridge?.id !== packet['bridgeuniqueid']) return;
  const { call } = channel;
  if (channel === call.client) call.firstOut ??= 'client';
  else if (call.connected.has(channel) && channel.bridge === call.client?.bridge) call.firstOut ??= 'operator';
  channel.movedAt = world.at;
  leaveBridge(world, channel);
  update(world, call);
};
export const onBridgeDestroy = (world: World, packet: AmiPacket): void => {
  const bridge = world.bridges.get(packet['bridgeuniqueid'] ?? '');
  if (bridge === undefined) return;
  for (const channel of [...bridge.channels]) {
    channel.movedAt = world.at;
    leaveBridge(world, channel);
    update(world, channel.call);
  }
};
export const onLocalBridge = (world: World, packet: AmiPacket): void => {
  const one = see(world, packet, 'localone');
  const two = see(world, packet, 'localtwo');
  if (one !== undefined && two !== undefined) pairUp(one, two);
};
