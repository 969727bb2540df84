import {
  as,
  type ConfirmedState,
  type DeviceId,
  type Instant,
  type QueueName,
} from '../../../machines/vocabulary/index.ts';
import type { AmiPacket } from '../connection/connection.ts';
import { remove } from './channels.ts';
import { onDeviceState } from './extras.ts';
import { enterBridge, hearing, leaveBridge, pairUp } from './graph.ts';
import { join, leave } from './joins.ts';
import { finish, leaveQueue, tellResumes } from './lifecycle.ts';
import { isFirstOfItsCall, see, start } from './meet.ts';
import type { Call, Channel } from './model.ts';
import { extensionOfLocal } from './names.ts';
import { endOffer, offer } from './offers.ts';
import { seeMember } from './queues.ts';
import { queueName, type KnownCall, type World } from './world.ts';

/** What the exchange listed after a (re)connect. */
export interface ExchangeSnapshot {
  /** The link was asked from this instant on: channels that events named since then are newer than the lists. */
  readonly askedAt: Instant;
  /** Until when our old picture was true; the end of a call that is gone lies after it. */
  readonly trueAt: Instant;
  /** The exchange itself was restarted: nothing of the old can be there. */
  readonly restarted: boolean;
  /** `CoreShowChannels`. */
  readonly channels: readonly AmiPacket[];
  /** `QueueStatus`: parameters, members and waiting callers. */
  readonly queues: readonly AmiPacket[];
  /** `DeviceStateList`. */
  readonly deviceStates: readonly AmiPacket[];
  /** Uniqueid → the channel waits on hold; what was not answered is not in it. */
  readonly onHold: ReadonlyMap<string, boolean>;
}

const UP = '6';
const RINGING = '5';

/** Confirms or ends every call that we knew, begins those that we did not, then tells `link.restored`. */
export const applySnapshot = (world: World, snapshot: ExchangeSnapshot): void => {
  if (snapshot.restarted) world.forgetDead();
  world.quiet = true;
  const listed = listChannels(world, snapshot);
  world.quiet = false;
  for (const entry of snapshot.queues) if (entry['event'] === 'QueueMember') seeMember(world, entry);
  forgetMembers(world, snapshot.queues);
  for (const entry of snapshot.deviceStates) onDeviceState(world, entry);
  for (const channel of [...world.channels.values()]) {
    if (!listed.has(channel) && (snapshot.restarted || channel.seenAt < snapshot.askedAt))
      vanish(world, channel, snapshot);
  }
  const waiting = waitingCallers(snapshot.queues);
  for (const call of new Set(world.calls.values())) reconcile(world, call, waiting, snapshot);
  world.seeded.clear();
  for (const entry of snapshot.queues) if (entry['event'] === 'QueueParams') tellFigures(world, entry);
  world.tellExchange({ type: 'link.restored', exchangeRestarted: snapshot.restarted });
};

/**
 * Every listed channel with its bridge and its state. A channel was listed a moment ago, before the other lists came:
 * where events have moved it since the question, they know better.
 */
const listChannels = (
  world: World,
  { channels: entries, askedAt }: Pick<ExchangeSnapshot, 'channels' | 'askedAt'>,
): ReadonlySet<Channel> => {
  const listed = new Set<Channel>();
  const halves = new Map<string, Channel>();
  for (const entry of entries) {
    const channel = see(world, entry);
    if (channel === undefined) continue;
    listed.add(channel);
    channel.up = entry['channelstate'] === UP;
    channel.ringing = entry['channelstate'] === RINGING;
    const bridge = entry['bridgeid'] ?? '';
    const moved = channel.movedAt !== undefined && channel.movedAt >= askedAt;
    if (moved) channel.up ||= channel.bridge !== undefined;
    else if (bridge === '') leaveBridge(world, channel);
    else enterBridge(world, channel, bridge, /^(Park|ConfBridgeWait|BridgeWait)/.test(entry['application'] ?? ''));
    if (channel.role === 'local') halves.set(channel.name, channel);
  }
  for (const [name, one] of halves) {
    const two = name.endsWith(';1') ? halves.get(`${name.slice(0, -1)}2`) : undefined;
    if (two !== undefined) pairUp(one, two);
  }
  return listed;
};

/** A channel that ended while nobody told us. Its call ends with it when it was the client's. */
const vanish = (world: World, channel: Channel, { trueAt }: ExchangeSnapshot): void => {
  const { call } = channel;
  if (channel === call.client) finish(world, call, 0, '', { by: 'unknown', notBefore: trueAt });
  if (call.channels.size === 1) finish(world, call, 0, '', { by: 'unknown', notBefore: trueAt });
  remove(world, channel, 0, '');
};

const reconcile = (
  world: World,
  call: Call,
  waiting: ReadonlyMap<string, { queue: QueueName; position: number }>,
  snapshot: ExchangeSnapshot,
): void => {
  call.settleAt = undefined;
  world.unsettled.delete(call);
  if (call.ended) return;
  if (call.channels.size === 0) {
    finish(world, call, 0, '', { by: 'unknown', notBefore: snapshot.trueAt });
    return world.drop(call);
  }
  const wasKnown = call.started;
  const seeded = world.seeded.get(call);
  if (!wasKnown) startFound(world, call);
  if (!call.started) return;
  call.client ??= clientOf(call);
  if (call.client === undefined && call.direction !== 'outbound') {
    return finish(world, call, 0, '', { by: 'unknown', notBefore: snapshot.trueAt });
  }
  tellResumes(world, call);
  call.transfer = undefined;
  restoreQueue(world, call, waiting);
  restoreLegs(world, call, seeded, snapshot.onHold);
  if (wasKnown) confirm(world, call);
};

const startFound = (world: World, call: Call): void => {
  const channels = [...call.channels].filter((channel) => channel.role !== 'local');
  const first = channels.find(isFirstOfItsCall) ?? channels[0];
  if (first === undefined || world.expected.get(first.uniqueid)?.kind === 'listening') return;
  call.origin = first;
  const outside = channels.find((channel) => channel.role === 'outside');
  if (first.role === 'outside') start(world, call, 'inbound', first, first.party, first.dialled);
  else if (outside !== undefined) {
    start(world, call, 'outbound', outside, outside.party, outside.party.number, first);
  } else if (channels.length > 1) start(world, call, 'internal', first, first.party, first.dialled, first);
};

const clientOf = (call: Call): Channel | undefined => {
  const channels = [...call.channels].filter((channel) => channel.role !== 'local');
  const outside = channels.find((channel) => channel.role === 'outside');
  if (outside !== undefined || call.direction !== 'internal') return outside;
  return channels.find(isFirstOfItsCall) ?? channels[0];
};

const restoreQueue = (
  world: World,
  call: Call,
  waiting: ReadonlyMap<string, { queue: QueueName; position: number }>,
): void => {
  const entry = waiting.get(call.client?.uniqueid ?? '');
  if (call.queue !== undefined && call.queue.name !== entry?.queue) {
    const talks = [...hearing(call.client)].some((leg) => leg.role === 'staff' && leg !== call.client);
    leaveQueue(world, call, talks ? 'answered' : 'other');
  }
  if (entry === undefined || call.queue !== undefined) return;
  call.queue = { name: entry.queue, joinedAt: world.at, answered: false, abandoned: false };
  if (!world.seeded.has(call)) world.tell(call, { type: 'call.queueEntered', ...entry });
};

const restoreLegs = (
  world: World,
  call: Call,
  seeded: KnownCall | undefined,
  onHold: ExchangeSnapshot['onHold'],
): void => {
  const met = hearing(call.client);
  for (const leg of [...call.connected]) if (!met.has(leg) && leg !== call.consult?.leg) leave(world, call, leg);
  for (const leg of [...call.offers.keys()]) if (leg.goneAt !== undefined) endOffer(world, leg, 'cancelled');
  for (const leg of call.channels) {
    if (leg.role !== 'staff' || leg === call.client) continue;
    if (met.has(leg)) {
      if (seeded?.devices.includes(leg.device) === true) call.connected.add(leg);
      else if (!call.connected.has(leg)) join(world, call, leg);
      restoreHold(world, call, leg, onHold);
    } else if (leg.ringing) offer(world, leg);
    else if (seeded?.devices.includes(leg.device) === true) restoreConsult(call, leg, world);
  }
};

/**
 * The client's channel says whether it waits; with several telephones in the call it does not say for whom. Without an
 * answer a hold that was known stays, until a fact or the end of the call says otherwise.
 */
const restoreHold = (world: World, call: Call, leg: Channel, onHold: ExchangeSnapshot['onHold']): void => {
  if (world.seeded.get(call)?.held?.includes(leg.device) === true) leg.held = true;
  const waits = onHold.get(call.client?.uniqueid ?? '');
  const held = waits === false || call.connected.size === 1 ? (waits ?? leg.held) : leg.held;
  if (held === leg.held) return;
  leg.held = held;
  world.tell(call, { type: held ? 'call.held' : 'call.resumed', by: 'operator', device: leg.device });
};

/** The leg is in a bridge of its own while the client waits: the exchange's own consultation goes on. */
const restoreConsult = (call: Call, leg: Channel, world: World): void => {
  if (call.consult !== undefined || call.client?.bridge === undefined) return;
  const local = [...(leg.bridge?.channels ?? [])].find(({ role }) => role === 'local');
  if (local === undefined) return;
  const target = world.target(extensionOfLocal(local.name));
  call.connected.add(leg);
  call.consult = { leg, target, second: undefined, answered: local.up, apart: true, merged: false };
};

const confirm = (world: World, call: Call): void => {
  const talking = [...call.connected].map((leg) => {
    const isApart = call.consult?.leg === leg && call.consult.apart;
    const state: ConfirmedState = isApart ? 'consulting' : leg.held ? 'onHold' : 'talking';
    return { device: leg.device, state };
  });
  const ringing = [...call.offers.keys()].map((leg) => ({ device: leg.device, state: 'ringing' as const }));
  world.tell(call, { type: 'call.confirmed', devices: [...talking, ...ringing] });
};

const waitingCallers = (entries: readonly AmiPacket[]): ReadonlyMap<string, { queue: QueueName; position: number }> =>
  new Map(
    entries
      .filter((entry) => entry['event'] === 'QueueEntry')
      .map((entry) => [
        entry['uniqueid'] ?? '',
        { queue: queueName(entry['queue']), position: Number(entry['position'] ?? 1) || 1 },
      ]),
  );

/** Entries of queues that the exchange no longer lists. */
const forgetMembers = (world: World, entries: readonly AmiPacket[]): void => {
  const queues = new Set(
    entries.filter((entry) => entry['event'] === 'QueueParams').map((entry) => entry['queue'] ?? ''),
  );
  if (queues.size === 0) return;
  const listed = new Set<string>();
  for (const entry of entries) {
    if (entry['event'] !== 'QueueMember') continue;
    listed.add(`${entry['queue'] ?? ''} ${entry['stateinterface'] ?? ''}`);
    listed.add(`${entry['queue'] ?? ''} ${entry['location'] ?? entry['interface'] ?? ''}`);
  }
  for (const key of [...world.pauses.keys()]) {
    if (listed.has(key)) continue;
    world.pauses.delete(key);
    const [queue = '', device = ''] = key.split(' ');
    world.tellExchange({
      type: 'queue.memberChanged',
      queue: queueName(queue),
      device: as<DeviceId>(device),
      present: false,
    });
  }
};

/** Asterisk's own figures, from `QueueParams`; it counts in whole seconds. */
export const tellFigures = (world: World, entry: AmiPacket): void => {
  const number = (key: string): number => Number(entry[key] ?? 0) || 0;
  world.tellExchange({
    type: 'queue.figures',
    queue: queueName(entry['queue']),
    waiting: number('calls'),
    completed: number('completed'),
    abandoned: number('abandoned'),
    holdTimeMs: number('holdtime') * 1_000,
    talkTimeMs: number('talktime') * 1_000,
    serviceLevelMs: number('servicelevel') * 1_000,
    serviceLevelPercent: number('servicelevelperf'),
  });
};
