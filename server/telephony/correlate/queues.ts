import { as, type DeviceId } from '../../../machines/vocabulary/index.ts';
import type { AmiPacket } from '../connection/connection.ts';
import { consultIfHolding } from './consults.ts';
import { leaveQueue } from './lifecycle.ts';
import { isMiddle, see, start } from './meet.ts';
import { isDeviceName } from './names.ts';
import { passTransfer } from './transfers.ts';
import { queueName, type World } from './world.ts';

export const onQueueCallerJoin = (world: World, packet: AmiPacket): void => {
  const channel = see(world, packet);
  // A Local channel in a queue is a consultation that rings there, not the client.
  if (channel === undefined || channel.role === 'local') return;
  const { call } = channel;
  if (call.ended || call.queue !== undefined) return;
  if (!call.started) {
    if (isMiddle(world, channel)) return;
    const direction = channel.role === 'staff' ? 'internal' : 'inbound';
    const from = channel.role === 'staff' ? channel : undefined;
    start(world, call, direction, channel, channel.party, channel.dialled, from);
    if (from !== undefined) consultIfHolding(world, call, from, undefined, channel.dialled);
  }
  // A call that the store knew has no client here before the first lists: whoever waits in a queue is that one.
  call.client ??= channel;
  if (channel !== call.client) return;
  passTransfer(world, call);
  const name = queueName(packet['queue']);
  call.queue = { name, joinedAt: world.at, answered: false, abandoned: false };
  world.tell(call, { type: 'call.queueEntered', queue: name, position: Number(packet['position'] ?? 1) || 1 });
};
export const onQueueCallerAbandon = (world: World, packet: AmiPacket): void => {
  const call = world.channels.get(packet['uniqueid'] ?? '')?.call;
  if (call?.queue !== undefined) call.queue.abandoned = true;
};
export const onQueueCallerLeave = (world: World, packet: AmiPacket): void => {
  const channel = world.channels.get(packet['uniqueid'] ?? '');
  if (channel === undefined || channel !== channel.call.client || channel.call.queue === undefined) return;
  const { queue, hangup } = channel.call;
  const answered = queue.answered || [...channel.call.offers.values()].some((offer) => offer.taken);
  const abandoned = queue.abandoned || hangup === 'client';
  leaveQueue(world, channel.call, answered ? 'answered' : abandoned ? 'abandoned' : 'other');
};

/** The telephone behind a queue's entry: `StateInterface` names it when the entry itself is a Local channel. */
export const memberDevice = (packet: AmiPacket): DeviceId | undefined => {
  const names = [packet['stateinterface'], packet['interface'], packet['location']];
  const found = names.find((name) => name !== undefined && isDeviceName(name));
  return found === undefined ? undefined : as<DeviceId>(found);
};

/** A member's entry, from an event or from a list. */
export const seeMember = (world: World, packet: AmiPacket): void => {
  const device = memberDevice(packet);
  if (device === undefined || packet['queue'] === undefined) return;
  const queue = queueName(packet['queue']);
  const key = `${queue} ${device}`;
  world.members.add(device);
  world.meetTelephone(device);
  if (!world.pauses.has(key)) {
    world.pauses.set(key, '');
    world.tellExchange({ type: 'queue.memberChanged', queue, device, present: true });
  }
  const reason = packet['paused'] === '1' ? (packet['pausedreason'] ?? packet['reason'] ?? '') : undefined;
  const now = reason === undefined ? '' : `paused ${reason}`;
  if (world.pauses.get(key) === now) return;
  world.pauses.set(key, now);
  world.tellExchange({ type: 'queue.memberPaused', queue, device, paused: reason !== undefined, reason: reason ?? '' });
};
export const onMemberRemoved = (world: World, packet: AmiPacket): void => {
  const device = memberDevice(packet);
  if (device === undefined || packet['queue'] === undefined) return;
  const queue = queueName(packet['queue']);
  if (world.pauses.delete(`${queue} ${device}`)) {
    world.tellExchange({ type: 'queue.memberChanged', queue, device, present: false });
  }
};
