import type { OfferEnded } from '../../../machines/vocabulary/index.ts';
import type { AmiPacket } from '../connection/connection.ts';
import { leaveBridge } from './graph.ts';
import { update } from './joins.ts';
import { finish } from './lifecycle.ts';
import { see, STATE_UP } from './meet.ts';
import type { Call, Channel } from './model.ts';
import { deviceOf } from './names.ts';
import { endOffer } from './offers.ts';
import type { World } from './world.ts';

export const onNewchannel = (world: World, packet: AmiPacket): void => {
  see(world, packet);
};
export const onNewstate = (world: World, packet: AmiPacket): void => {
  const channel = see(world, packet);
  if (channel !== undefined && packet['channelstate'] === STATE_UP) channel.up = true;
};
export const onRename = (world: World, packet: AmiPacket): void => {
  const channel = world.channels.get(packet['uniqueid'] ?? '');
  const name = packet['newname'];
  if (channel === undefined || name === undefined) return;
  channel.name = name;
  if (channel.role === 'local') return;
  world.unindex(channel);
  channel.device = deviceOf(name);
  world.index(channel);
};

/** `HangupRequest` comes from the other end of the wire, `SoftHangupRequest` from the exchange itself. */
const askedToHangUp =
  (byWire: boolean) =>
  (world: World, packet: AmiPacket): void => {
    const channel = world.channels.get(packet['uniqueid'] ?? '');
    if (channel === undefined) return;
    const { call } = channel;
    if (byWire) channel.refusedWith = Number(packet['cause'] ?? 0);
    if (channel === call.client) call.hangup ??= byWire ? 'client' : 'exchange';
    else if (call.connected.has(channel) && channel !== call.consult?.leg) call.hangup ??= 'operator';
    else if (call.client === undefined && channel === call.origin) call.hangup ??= byWire ? 'operator' : 'exchange';
  };
export const onHangupRequest = askedToHangUp(true);
export const onSoftHangupRequest = askedToHangUp(false);

export const onHangup = (world: World, packet: AmiPacket): void => {
  const uniqueid = packet['uniqueid'] ?? '';
  const channel = world.channels.get(uniqueid);
  if (channel !== undefined) remove(world, channel, Number(packet['cause'] ?? 0), packet['cause-txt'] ?? '');
  // The lists of a resync that are on their way may still name it.
  else if (uniqueid !== '') world.bury(uniqueid);
};

/** Q.850 causes of a telephone that stopped ringing without a DialEnd (an Originate has none). */
const OFFER_ENDS: Readonly<Record<number, OfferEnded['reason']>> = {
  17: 'busy',
  18: 'noAnswer',
  19: 'noAnswer',
  21: 'rejected',
  26: 'answeredElsewhere',
};

/** The channel is gone; what hangs on it ends. */
export const remove = (world: World, channel: Channel, cause: number, text: string): void => {
  const { call } = channel;
  leaveBridge(world, channel);
  world.unindex(channel);
  world.bury(channel.uniqueid);
  world.expected.delete(channel.uniqueid);
  call.channels.delete(channel);
  channel.goneAt = world.at;
  if (channel.other !== undefined) channel.other.other = undefined;
  // Who answered a consultation and hung up: told when the consultation ends, an instant later.
  const consulted = call.consult !== undefined && call.offers.get(channel)?.taken === true;
  if (consulted) world.hold(call);
  else endOffer(world, channel, OFFER_ENDS[channel.refusedWith ?? cause] ?? 'cancelled');
  if (channel === call.client) clientGone(world, call, channel, cause, text);
  else if (call.connected.has(channel)) world.hold(call);
  // Out of step the others of the call may still be unnamed: the lists decide.
  if (call.channels.size > 0 || !world.inStep) return update(world, call);
  finish(world, call, call.clientCause?.cause ?? cause, call.clientCause?.text ?? text);
  world.drop(call);
};

const clientGone = (world: World, call: Call, client: Channel, cause: number, text: string): void => {
  const neverAnswered = call.direction === 'outbound' && !client.up && call.channels.size > 0;
  if (!neverAnswered) return finish(world, call, cause, text);
  // The operator's channel goes on: the dialplan may try another trunk, or tell the operator that it is busy.
  if (client.refusedWith !== undefined && call.hangup !== 'operator') call.hangup = 'client';
  call.client = undefined;
  call.clientCause = { cause, text };
};
