import type { Instant, QueueName } from '../../../machines/vocabulary/index.ts';
import { hearing } from './graph.ts';
import { join, leave } from './joins.ts';
import { leaveQueue } from './lifecycle.ts';
import type { Call, Channel } from './model.ts';
import { endOffer, offer } from './offers.ts';
import { dialsApart, endConsultUnseen } from './restoreConsult.ts';
import { tellUnseenTransfers } from './transfers.ts';
import type { World } from './world.ts';

/** Clients that the exchange lists as waiting, by the uniqueid of their channel. */
export type Waiting = ReadonlyMap<
  string,
  { readonly queue: QueueName; readonly position: number; readonly joinedAt: Instant }
>;
/** Uniqueid → the channel waits on hold, and its transfers; when that was asked. */
export interface Asked {
  readonly onHold: ReadonlyMap<string, boolean>;
  readonly trails: ReadonlyMap<string, string>;
  readonly askedAt: Instant;
}

/** The client waits in the queue that the lists name, or in none. */
export const restoreQueue = (world: World, call: Call, waiting: Waiting, askedAt: Instant): void => {
  if (call.queue !== undefined && call.queue.joinedAt >= askedAt) return;
  const talks = [...hearing(call.client)].some((leg) => leg.role === 'staff' && leg !== call.client);
  // Who was answered while the lists came is still in the list.
  const entry = talks ? undefined : waiting.get(call.client?.uniqueid ?? '');
  if (call.queue !== undefined && call.queue.name !== entry?.queue) {
    leaveQueue(world, call, talks ? 'answered' : 'other');
  }
  if (entry === undefined || call.queue !== undefined) return;
  const { queue, position, joinedAt } = entry;
  call.queue = { name: queue, joinedAt, answered: false, abandoned: false };
  if (world.seeded.get(call)?.queue !== queue)
    world.tell(call, { type: 'call.queueEntered', queue, position }, joinedAt);
};

/** Telephones of the call as its bridges stand: who is out leaves, who is new has answered, who rings is offered. */
export const restoreLegs = (world: World, call: Call, asked: Asked): void => {
  const met = hearing(call.client);
  const inHand = (leg: Channel): boolean => met.has(leg) || dialsApart(call, leg);
  for (const leg of legsOf(call)) {
    if (inHand(leg) && world.seeded.get(call)?.devices.includes(leg.device) === true) call.connected.add(leg);
  }
  endConsultUnseen(world, call, met, asked.askedAt);
  tellUnseenTransfers(world, call, asked.trails.get(call.client?.uniqueid ?? '') ?? '', asked.askedAt);
  for (const leg of [...call.connected]) if (!inHand(leg)) leave(world, call, leg);
  for (const leg of [...call.offers.keys()]) if (leg.goneAt !== undefined) endOffer(world, leg, 'cancelled');
  for (const leg of legsOf(call)) {
    if (inHand(leg)) {
      leg.outAt = undefined;
      if (!call.connected.has(leg)) join(world, call, leg);
      restoreHold(world, call, leg, met, asked);
    } else if (leg.ringing) offer(world, leg);
  }
};

const legsOf = (call: Call): Channel[] =>
  [...call.channels].filter((leg) => leg.role === 'staff' && leg !== call.client);

/**
 * The client's channel says whether it waits; with several telephones in the call it does not say for whom. Without an
 * answer a hold that was known stays, until a fact or the end of the call says otherwise.
 */
const restoreHold = (
  world: World,
  call: Call,
  leg: Channel,
  met: ReadonlySet<Channel>,
  { onHold, askedAt }: Asked,
): void => {
  const told = world.seeded.get(call)?.held?.includes(leg.device) ?? leg.held;
  // Who came to the client since the question, or was given the client, was not who held it then: a Local channel
  // between the two may be all that moved.
  const changes = [leg.holdSeenAt, leg.movedAt, call.lastTransfer?.at, ...[...met].map(({ movedAt }) => movedAt)];
  const isFresh = changes.some((at) => at !== undefined && at >= askedAt);
  const waits = onHold.get(call.client?.uniqueid ?? '');
  const listed = waits === false || call.connected.size === 1 ? (waits ?? told) : told;
  const held = isFresh ? leg.held : listed;
  leg.held = held;
  if (held !== told)
    world.tell(call, { type: held ? 'call.held' : 'call.resumed', by: 'operator', device: leg.device });
};
