import type { Channel } from './model.ts';
import type { World } from './world.ts';

/** The two halves of a Local channel. */
export const pairUp = (one: Channel, two: Channel): void => {
  one.other = two;
  two.other = one;
};

export const enterBridge = (world: World, channel: Channel, id: string, holding: boolean): void => {
  if (channel.bridge?.id === id) return;
  leaveBridge(world, channel);
  let bridge = world.bridges.get(id);
  if (bridge === undefined) {
    bridge = { id, holding, channels: new Set() };
    world.bridges.set(id, bridge);
  }
  bridge.channels.add(channel);
  channel.bridge = bridge;
};
export const leaveBridge = (world: World, channel: Channel): void => {
  const { bridge } = channel;
  if (bridge === undefined) return;
  channel.bridge = undefined;
  bridge.channels.delete(channel);
  if (bridge.channels.size === 0) world.bridges.delete(bridge.id);
};

/** Whoever hears the client now: through bridges, and through Local channels from one bridge to the next. */
export const hearing = (client: Channel | undefined): ReadonlySet<Channel> => {
  const met = new Set<Channel>();
  const ahead = client === undefined ? [] : [client];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (met.has(next)) continue;
    met.add(next);
    if (next.bridge !== undefined && !next.bridge.holding) ahead.push(...next.bridge.channels);
    if (next.other !== undefined) ahead.push(next.other);
  }
  return met;
};
