import { as, type ConfirmedState, type DeviceId, type Instant } from '../../../machines/vocabulary/index.ts';
import type { AmiPacket } from '../connection/connection.ts';
import { remove } from './channels.ts';
import { onDeviceState } from './extras.ts';
import { enterBridge, leaveBridge, pairUp } from './graph.ts';
import { finish, tellResumes } from './lifecycle.ts';
import { isFirstOfItsCall, see, start, tokenOf } from './meet.ts';
import type { Call, Channel, ParkingPlace } from './model.ts';
import { partyOf } from './names.ts';
import { seeMember } from './queues.ts';
import { restoreConsult } from './restoreConsult.ts';
import { restoreLegs, restoreQueue, type Waiting } from './restoreLegs.ts';
import { parkedCallers, placeOf, restoreFetched, restoreParked, secondsBefore, type Parked } from './restoreParked.ts';
import { queueName, type World } from './world.ts';

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
  /** `ParkedCalls`. */
  readonly parked: readonly AmiPacket[];
  /** Uniqueid → the channel waits on hold; what was not answered is not in it. */
  readonly onHold: ReadonlyMap<string, boolean>;
  /** Uniqueid of a client's channel → the transfers that the dialplan counted (`GATE_TRAIL`); absent when none. */
  readonly trails: ReadonlyMap<string, string>;
}

const UP = '6';
const RINGING = '5';

/** Does what concerns one channel or call, by its name: a fault in it may be that one's alone. */
export type Apart = (whose: string, act: () => void) => void;

/** Confirms or ends every call that we knew, begins those that we did not, then tells `link.restored`. */
export const applySnapshot = (world: World, snapshot: ExchangeSnapshot, apart: Apart): void => {
  if (snapshot.restarted) world.forgetDead();
  world.quiet = true;
  const listed = listChannels(world, snapshot, apart);
  world.quiet = false;
  for (const entry of snapshot.queues) if (entry['event'] === 'QueueMember') seeMember(world, entry);
  forgetMembers(world, snapshot.queues);
  for (const entry of snapshot.deviceStates) onDeviceState(world, entry);
  for (const channel of [...world.channels.values()]) {
    if (!listed.has(channel) && (snapshot.restarted || channel.seenAt < snapshot.askedAt))
      vanish(world, channel, snapshot);
  }
  const places: Places = {
    waiting: waitingCallers(snapshot.queues, snapshot.askedAt),
    parked: parkedCallers(snapshot.parked, snapshot.askedAt),
  };
  const calls = [...new Set(world.calls.values())];
  const known = calls.filter(({ started }) => started);
  for (const call of calls) apart(call.callId, () => reconcile(world, call, places, snapshot));
  // With every call in place it is seen which of them are two lines of one telephone.
  const live = calls.filter(({ started, ended }) => started && !ended);
  for (const call of live) apart(call.callId, () => restoreConsult(world, call, snapshot));
  for (const call of known) confirm(world, call);
  world.seeded.clear();
  world.inStep = true;
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
  apart: Apart,
): ReadonlySet<Channel> => {
  const listed = new Set<Channel>();
  const halves = new Map<string, Channel>();
  const list = (entry: AmiPacket): void => {
    const channel = see(world, entry);
    if (channel === undefined) return;
    listed.add(channel);
    channel.up = entry['channelstate'] === UP;
    channel.ringing = entry['channelstate'] === RINGING;
    // The link may have gone between its first event and the one that names whom it calls.
    if (!channel.call.started) channel.party = partyOf(entry['calleridnum'], entry['calleridname']);
    const bridge = entry['bridgeid'] ?? '';
    const moved = channel.movedAt !== undefined && channel.movedAt >= askedAt;
    if (moved) channel.up ||= channel.bridge !== undefined;
    else if (bridge === '') leaveBridge(world, channel);
    else enterBridge(world, channel, bridge, /^(Park|ConfBridgeWait|BridgeWait)/.test(entry['application'] ?? ''));
    if (channel.role === 'local') halves.set(channel.name, channel);
  };
  for (const entry of entries) apart(entry['channel'] ?? '', () => list(entry));
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

/** Where the lists find clients whom no telephone serves. */
interface Places {
  readonly waiting: Waiting;
  readonly parked: Parked;
}

const reconcile = (world: World, call: Call, { waiting, parked }: Places, snapshot: ExchangeSnapshot): void => {
  world.letGo(call);
  if (call.channels.size === 0) {
    finish(world, call, 0, '', { by: 'unknown', notBefore: snapshot.trueAt });
    return world.drop(call);
  }
  if (call.ended) return;
  const isKnown = call.started;
  const place = placeOf(call, call.client ?? clientOf(call), parked, snapshot.askedAt);
  if (!isKnown) startFound(world, call, foundSince(world, call, waiting, place));
  if (!call.started) return;
  call.client ??= clientOf(call);
  if (call.client === undefined && call.direction !== 'outbound') {
    return finish(world, call, 0, '', { by: 'unknown', notBefore: snapshot.trueAt });
  }
  tellResumes(world, call);
  call.transfer = undefined;
  restoreQueue(world, call, waiting, snapshot.askedAt);
  restoreParked(world, call, place, isKnown);
  restoreLegs(world, call, snapshot);
  restoreFetched(world, call, place);
};

/** A conversation that nobody saw begin began before its client came to where the lists find them. */
const foundSince = (world: World, call: Call, waiting: Waiting, place: ParkingPlace | undefined): Instant => {
  const joinedAt = [...call.channels].map(({ uniqueid }) => waiting.get(uniqueid)?.joinedAt ?? world.at);
  return Math.min(world.at, ...joinedAt, place?.at ?? world.at);
};

const startFound = (world: World, call: Call, at: Instant): void => {
  const channels = [...call.channels].filter((channel) => channel.role !== 'local');
  const first = channels.find(isFirstOfItsCall) ?? channels[0];
  if (first === undefined || world.expected.get(first.uniqueid)?.kind === 'listening') return;
  // Whoever else hung up before the lists came, the call went on without them.
  if (call.origin !== first && call.hangup === 'operator') call.hangup = undefined;
  call.origin = first;
  const outside = channels.find((channel) => channel.role === 'outside');
  const token = tokenOf(first);
  if (token !== undefined) {
    // Asked for by us, a moment before we went: it still keeps its promise.
    const party = outside?.party ?? { number: '', name: '' };
    start(world, call, 'outbound', outside, party, party.number, first, token, at);
  } else if (first.role === 'outside' && isFirstOfItsCall(first)) {
    start(world, call, 'inbound', first, first.party, first.dialled, undefined, undefined, at);
  } else if (outside !== undefined) {
    const from = first.role === 'staff' && isFirstOfItsCall(first) ? first : undefined;
    start(world, call, 'outbound', outside, outside.party, outside.party.number, from, undefined, at);
  } else if (!isFirstOfItsCall(first)) {
    // Whoever began it is gone: colleagues who talk on after a client of whom nothing is known. No call of its own.
    call.ended = true;
  } else if (channels.length > 1)
    start(world, call, 'internal', first, first.party, first.dialled, first, undefined, at);
};

const clientOf = (call: Call): Channel | undefined => {
  const channels = [...call.channels].filter((channel) => channel.role !== 'local');
  const outside = channels.find((channel) => channel.role === 'outside');
  if (outside !== undefined || call.direction !== 'internal') return outside;
  return channels.find(isFirstOfItsCall) ?? channels[0];
};

const confirm = (world: World, call: Call): void => {
  if (call.ended) return;
  const talking = [...call.connected].map((leg) => ({ device: leg.device, state: stateOf(call, leg) }));
  const ringing = [...call.offers.keys()].map((leg) => ({ device: leg.device, state: 'ringing' as const }));
  world.tell(call, { type: 'call.confirmed', devices: [...talking, ...ringing] });
};

const stateOf = (call: Call, leg: Channel): ConfirmedState => {
  if (leg === call.consult?.leg) return 'consulting';
  return leg.held ? 'onHold' : 'talking';
};

const waitingCallers = (entries: readonly AmiPacket[], askedAt: Instant): Waiting =>
  new Map(
    entries
      .filter((entry) => entry['event'] === 'QueueEntry')
      .map((entry) => [
        entry['uniqueid'] ?? '',
        {
          queue: queueName(entry['queue']),
          position: Number(entry['position'] ?? 1) || 1,
          joinedAt: secondsBefore(askedAt, entry['wait']),
        },
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
