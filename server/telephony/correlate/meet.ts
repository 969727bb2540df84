import {
  as,
  type Direction,
  type Instant,
  type Linkedid,
  type Party,
  type Uniqueid,
} from '../../../machines/vocabulary/index.ts';
import type { AmiPacket } from '../connection/connection.ts';
import { merge } from './lifecycle.ts';
import type { Call, Channel } from './model.ts';
import { deviceOf, extensionOfLocal, isLocalChannel, known, partyOf, roleOf } from './names.ts';
import type { World } from './world.ts';

/** Uniqueids that our own Originate gave: `tr-<unique>-<token>`. The token comes back in `call.started`. */
const OWN_CHANNEL = /^tr-[0-9a-z]+-(.+)$/;
export const tokenOf = ({ uniqueid }: Channel): string | undefined => OWN_CHANNEL.exec(uniqueid)?.[1];
const STATE_DOWN = '0';
export const STATE_UP = '6';

/**
 * The channel that a packet's fields with this prefix describe, met or made. Any event may be the first that names a
 * channel (we may have connected in the middle), and any may tell that its linkedid changed.
 */
export const see = (world: World, packet: AmiPacket, prefix = ''): Channel | undefined => {
  const uniqueid = packet[`${prefix}uniqueid`];
  const linkedid = packet[`${prefix}linkedid`];
  if (uniqueid === undefined || uniqueid === '' || world.isDead(uniqueid)) return undefined;
  const channel = world.channels.get(uniqueid) ?? meet(world, packet, prefix, as<Uniqueid>(uniqueid));
  if (channel === undefined) return undefined;
  channel.seenAt = world.at;
  if (linkedid !== undefined && linkedid !== '' && linkedid !== channel.linkedid) {
    relink(world, channel, as<Linkedid>(linkedid));
  }
  return channel;
};

const meet = (world: World, packet: AmiPacket, prefix: string, uniqueid: Uniqueid): Channel | undefined => {
  const name = packet[`${prefix}channel`];
  if (name === undefined || !name.includes('/')) return undefined;
  const linkedid = as<Linkedid>(packet[`${prefix}linkedid`] || uniqueid);
  const device = deviceOf(name);
  const context = packet[`${prefix}context`];
  const call = world.calls.get(linkedid) ?? world.newCall(linkedid);
  const channel: Channel = {
    uniqueid,
    name,
    device,
    role: isLocalChannel(name) ? 'local' : roleOf(device, context, world.members, world.classifier),
    linkedid,
    call,
    bridge: undefined,
    up: packet[`${prefix}channelstate`] === STATE_UP,
    ringing: false,
    party: partyOf(packet[`${prefix}calleridnum`], packet[`${prefix}calleridname`]),
    dialled: known(packet[`${prefix}exten`]),
    held: false,
    heldAt: 0,
    heldForTransfer: false,
    holdSeenAt: undefined,
    resumedAt: undefined,
    other: undefined,
    seenAt: world.at,
    movedAt: undefined,
    outAt: undefined,
    goneAt: undefined,
    refusedWith: undefined,
  };
  world.channels.set(uniqueid, channel);
  world.index(channel);
  call.channels.add(channel);
  if (channel.role !== 'local') call.origin ??= channel;
  else if (extensionOfLocal(name) === JOINING) forgetResumes(call);
  if (channel.role === 'staff') world.meetTelephone(device);
  if (!world.quiet) startByItself(world, channel, packet[`${prefix}channelstate`]);
  return channel;
};

/**
 * With a queue at one end of an attended transfer Asterisk 22 joins the two calls by a Local channel of this name and
 * takes half a second for it: the Unhold before it was no return to the client.
 */
const JOINING = '_attended';
const forgetResumes = (call: Call): void => {
  for (const channel of call.channels) channel.resumedAt = undefined;
};

/** An inbound call and one of our own making are known as such at once; others when somebody is dialled. */
const startByItself = (world: World, channel: Channel, state: string | undefined): void => {
  const { call, uniqueid } = channel;
  if (call.started || call.ended || call.origin !== channel) return;
  const expected = world.expected.get(uniqueid);
  if (expected?.kind === 'listening') return;
  const token = expected?.token ?? tokenOf(channel);
  if (token !== undefined) {
    const number = expected?.number ?? '';
    start(world, call, 'outbound', undefined, { number, name: '' }, number, channel, token);
  } else if (channel.role === 'outside' && isFirstOfItsCall(channel) && state !== STATE_DOWN) {
    start(world, call, 'inbound', channel, channel.party, channel.dialled);
  }
};

/** The channel that gave the conversation its linkedid. */
export const isFirstOfItsCall = ({ uniqueid, linkedid }: Channel): boolean => String(uniqueid) === String(linkedid);

/** It did not begin its conversation, whose beginning may have been missed: the lists will say what it is. */
export const isMiddle = (world: World, channel: Channel): boolean => !world.inStep && !isFirstOfItsCall(channel);

/** Tells that a conversation began. `from` is the telephone that dialled. */
export const start = (
  world: World,
  call: Call,
  direction: Direction,
  client: Channel | undefined,
  party: Party,
  dialled: string,
  from?: Channel,
  originateToken?: string,
  at: Instant = world.at,
): void => {
  call.started = true;
  call.direction = direction;
  call.client = client;
  const linkedid = call.linkedids.values().next().value ?? as<Linkedid>('');
  world.push(
    call,
    {
      type: 'call.started',
      direction,
      linkedid,
      client: party,
      dialled,
      ...(from === undefined ? {} : { device: from.device }),
      ...(originateToken === undefined ? {} : { originateToken }),
    },
    at,
  );
};

/** Bridging gave the channel the linkedid of another conversation, or a new one that nobody has told us of. */
const relink = (world: World, channel: Channel, linkedid: Linkedid): void => {
  const target = world.calls.get(linkedid);
  channel.linkedid = linkedid;
  if (target === undefined) {
    world.calls.set(linkedid, channel.call);
    channel.call.linkedids.add(linkedid);
  } else if (target !== channel.call) {
    merge(world, target, channel.call);
  }
};
