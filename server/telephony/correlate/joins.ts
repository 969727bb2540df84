import type { DeviceId, Instant, Target } from '../../../machines/vocabulary/index.ts';
import { openConsult } from './consults.ts';
import { hearing } from './graph.ts';
import { heldByOperator } from './holds.ts';
import { endConsult, tellResumes } from './lifecycle.ts';
import type { Call, Channel } from './model.ts';
import { endOffer } from './offers.ts';
import { extensionOfLocal } from './names.ts';
import { MOVES_MS, type World } from './world.ts';

/**
 * After any change of bridges: who joined is told at once, who left when it is sure that it did. Out of step the bridges
 * that we know may be long gone: nothing follows from them until the lists have come.
 */
export const update = (world: World, call: Call): void => {
  if (!world.inStep || !call.started || call.ended || call.client === undefined) return;
  const met = hearing(call.client);
  const { consult } = call;
  if (consult !== undefined && consult.second === undefined) {
    if (!met.has(consult.leg)) consult.apart = true;
    else if (consult.apart || !hasLocal(call)) endConsult(world, call, consult.answered ? 'returned' : 'failed');
  }
  for (const leg of met) {
    if (!isNewOperator(call, leg)) continue;
    // In a consultation a new telephone beside the client means a transfer that AttendedTransfer is about to tell.
    if (call.consult === undefined) join(world, call, leg);
    else world.hold(call);
  }
  for (const leg of call.connected) {
    if (met.has(leg)) leg.outAt = undefined;
    else if (leg !== call.consult?.leg) {
      leg.outAt ??= world.at;
      world.hold(call);
    }
  }
};

const hasLocal = (call: Call): boolean => [...call.channels].some(({ role }) => role === 'local');

const isNewOperator = (call: Call, leg: Channel): boolean =>
  leg.role === 'staff' && leg !== call.client && leg.call === call && !call.connected.has(leg);

export const join = (world: World, call: Call, leg: Channel, at: Instant = world.at): void => {
  call.connected.add(leg);
  call.offers.delete(leg);
  // A client who has hung up in the moment of the answer is still the one who ended the call.
  if (call.hangup !== 'client') call.hangup = undefined;
  call.hungUpAt = undefined;
  call.firstOut = undefined;
  // Whoever is with the client anew transfers anew, however soon.
  if (call.lastTransfer?.fromDevice === leg.device) call.lastTransfer = undefined;
  // UnParkedCall comes before or after the bridges.
  if (call.parked !== undefined) world.tell(call, { type: 'call.unparked', device: leg.device }, at);
  call.parked = undefined;
  world.tell(call, { type: 'call.answered', device: leg.device }, at);
  // Hold was pressed before the bridge was told.
  if (leg.held && leg.resumedAt === undefined) world.tell(call, heldByOperator(leg), at);
  if (call.consultFor?.consult?.second === call) call.consultFor.consult.answered = true;
};

/** This telephone is out, and it is told. */
export const leave = (world: World, call: Call, leg: Channel, at: Instant = world.at): void => {
  if (!call.connected.delete(leg)) return;
  leg.resumedAt = undefined;
  leg.outAt = undefined;
  if (call.ended) return;
  call.hungUpAt = call.hangup === 'operator' ? world.sentAt : undefined;
  if (call.hangup !== 'client') call.hangup = undefined;
  call.firstOut = undefined;
  const { threeWay } = call;
  if (threeWay?.leg === leg) {
    call.threeWay = undefined;
    call.lastTransfer = { kind: 'attended', leg, fromDevice: leg.device, at: world.at };
    const { target } = threeWay;
    if (call.connected.size > 0) {
      world.push(call, { type: 'call.transferred', kind: 'attended', fromDevice: leg.device, target }, at);
    }
  }
  world.push(call, { type: 'call.operatorLeft', device: leg.device }, at);
};

/** What was held back is told: nothing came that made it untrue. */
export const settle = (world: World, call: Call): void => {
  const since = call.heldBackAt ?? world.at;
  world.letGo(call);
  if (!call.started || call.ended) return;
  if (call.consult?.merged === true) return completeMergedConsult(world, call);
  tellResumes(world, call);
  if (!world.inStep) return;
  const met = hearing(call.client);
  for (const leg of [...call.connected]) {
    // A client who has hung up takes everybody along: the end follows, however slowly.
    if (met.has(leg) || leg === call.transfer?.leg || call.hangup === 'client') continue;
    if (leg === call.consult?.leg) {
      if (leg.goneAt === undefined) continue;
      endConsult(world, call, 'failed');
    }
    const outAt = leg.outAt ?? since;
    if (leg.goneAt !== undefined) leave(world, call, leg, outAt);
    else if (isApart(call, leg)) startConsult(world, call, leg, outAt);
    // Whoever is parked is with nobody.
    else if (call.parked === undefined && world.at < outAt + MOVES_MS) world.hold(call, outAt + MOVES_MS - world.at);
    else leave(world, call, leg, outAt);
  }
  for (const leg of met) if (isNewOperator(call, leg)) join(world, call, leg, since);
  for (const leg of [...call.offers.keys()]) if (leg.goneAt !== undefined) endOffer(world, leg, 'cancelled');
};

/** The leg went to a bridge of its own while the client waits in another: the exchange dials for it (Atxfer). */
const isApart = (call: Call, leg: Channel): boolean =>
  call.consult === undefined &&
  leg.bridge !== undefined &&
  !leg.bridge.holding &&
  [...leg.bridge.channels].some((other) => other !== leg) &&
  call.client?.bridge !== undefined &&
  call.client.bridge !== leg.bridge;

const startConsult = (world: World, call: Call, leg: Channel, at: Instant): void => {
  const partner = [...(leg.bridge?.channels ?? [])].find((other) => other !== leg);
  openConsult(world, call, leg, partner === undefined ? '' : extensionOfLocal(partner.name) || partner.party.number, {
    at,
  });
  if (call.consult !== undefined) call.consult.apart = true;
};

/** The merge came, the event that names it did not. */
const completeMergedConsult = (world: World, call: Call): void => {
  const { consult } = call;
  if (consult === undefined) return;
  complete(world, call, consult.leg, consult.leg.device, consult.target);
  leave(world, call, consult.leg);
  update(world, call);
};

export const complete = (
  world: World,
  call: Call,
  leg: Channel | undefined,
  fromDevice: DeviceId,
  target: Target | undefined,
): void => {
  const absorbed = call.consult?.merged === true ? call.consult.second : undefined;
  endConsult(world, call, 'transferred');
  // Who transfers by hanging up ends nothing by it, also when the consultation was not known at that moment.
  if (call.hangup === 'operator') call.hangup = undefined;
  call.lastTransfer = { kind: 'attended', leg, fromDevice, at: world.at };
  world.tell(call, { type: 'call.transferred', kind: 'attended', fromDevice, target: target ?? { number: '' } });
  if (absorbed !== undefined) world.tell(call, { type: 'call.merged', absorbed: absorbed.callId });
};
