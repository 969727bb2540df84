import type { ConsultEnded, EndedBy, Instant } from '../../../machines/vocabulary/index.ts';
import { backToEarlier, correctConsult } from './consults.ts';
import type { Call } from './model.ts';
import { endOffer } from './offers.ts';
import type { World } from './world.ts';

/** Tells the resumes that were held back, at their own instants. */
export const tellResumes = (world: World, call: Call): void => {
  for (const channel of call.channels) {
    if (channel.resumedAt === undefined) continue;
    const at = channel.resumedAt;
    channel.resumedAt = undefined;
    channel.held = false;
    if (call.connected.has(channel)) {
      world.push(call, { type: 'call.resumed', by: 'operator', device: channel.device }, at);
    } else if (channel === call.client) {
      const device = channel.role === 'staff' ? { device: channel.device } : {};
      world.push(call, { type: 'call.resumed', by: 'client', ...device }, at);
    }
  }
};

export const endConsult = (world: World, call: Call, outcome: ConsultEnded['outcome']): void => {
  const { consult } = call;
  if (consult === undefined) return;
  call.consult = undefined;
  if (consult.second?.consultFor === call) consult.second.consultFor = undefined;
  world.tell(call, { type: 'call.consultEnded', device: consult.leg.device, outcome });
  if (consult.second !== undefined || outcome === 'transferred') return;
  // Whoever was only consulted rings no more; who still talks may be in a three-way call now.
  for (const [leg, { taken }] of [...call.offers])
    if (!taken || leg.goneAt !== undefined) endOffer(world, leg, 'cancelled');
};

export const leaveQueue = (world: World, call: Call, reason: 'answered' | 'abandoned' | 'other'): void => {
  const { queue } = call;
  if (queue === undefined) return;
  call.queue = undefined;
  world.tell(call, { type: 'call.queueLeft', queue: queue.name, reason, queueWaitMs: world.at - queue.joinedAt });
};

/**
 * On a busy link the events of one hang-up come apart, however far, and the telephone's leaving is told before the end: by
 * the exchange's clock they lie this close together.
 */
const SAME_HANGUP_MS = 250;
const endedBy = (world: World, { hangup, firstOut, hungUpAt }: Call): EndedBy => {
  if (hangup !== undefined && hangup !== 'exchange') return hangup;
  const isSame = hungUpAt !== undefined && world.sentAt - hungUpAt < SAME_HANGUP_MS;
  if (firstOut === 'operator' || isSame) return 'operator';
  // Before the lists have come the telephone that hung up may be one that we never met.
  return world.inStep ? 'exchange' : 'unknown';
};

/** The conversation is over: everything that was open in it ends, then it is told. */
export const finish = (
  world: World,
  call: Call,
  cause: number,
  causeText: string,
  lost?: { readonly by: EndedBy; readonly notBefore: Instant },
): void => {
  if (call.ended) return;
  if (call.started) {
    tellResumes(world, call);
    if (call.transfer !== undefined) {
      const { fromDevice, target, at } = call.transfer;
      world.tell(call, { type: 'call.transferred', kind: 'blind', fromDevice, target }, at);
    }
    leaveQueue(world, call, call.hangup === 'client' || call.queue?.abandoned === true ? 'abandoned' : 'other');
    for (const leg of [...call.offers.keys()]) endOffer(world, leg, 'cancelled');
    endConsult(world, call, 'failed');
    for (const { supervisor, device, mode } of call.listeners.values()) {
      world.tell(call, { type: 'call.listening', phase: 'stopped', mode, supervisorDevice: supervisor, device });
    }
    world.tell(call, {
      type: 'call.ended',
      by: lost?.by ?? endedBy(world, call),
      cause,
      causeText,
      ...(lost === undefined ? {} : { notBefore: lost.notBefore }),
    });
  }
  call.ended = true;
  call.transfer = undefined;
  world.letGo(call);
  call.connected.clear();
  const first = call.consultFor;
  if (first?.consult?.second === call && !first.consult.merged) {
    const { leg, answered } = first.consult;
    endConsult(world, first, answered ? 'returned' : 'failed');
    backToEarlier(world, leg);
  }
};

/** Worth of a call as the one that lives on: the client's conversation before a talk among colleagues. */
const worth = (call: Call): number =>
  (call.started && !call.ended ? 4 : 0) + (call.direction !== 'internal' ? 2 : 0) + (call.client === undefined ? 0 : 1);

/**
 * Asterisk gives both the older linkedid: `<seconds>.<sequence>`, the sequence of one process. When we first met each
 * says nothing of two that went on unseen.
 */
const isOlder = (one: Call, other: Call): boolean => {
  const [left, right] = [one, other].map(({ linkedids }) => Number(/^\d+\.(\d+)$/.exec([...linkedids][0] ?? '')?.[1]));
  return left === right || left === undefined || right === undefined || Number.isNaN(left - right)
    ? one.createdAt <= other.createdAt
    : left < right;
};

/**
 * Before the lists have come, an older conversation of which only a telephone was met is the one in which a talk among
 * colleagues began: mostly a client's, who is on hold and of whom no event told.
 */
const outlives = (world: World, one: Call, other: Call): boolean => {
  const isUnmet = ({ started, ended }: Call): boolean => !world.inStep && !started && !ended;
  if (isUnmet(one) && other.direction === 'internal' && isOlder(one, other)) return true;
  if (isUnmet(other) && one.direction === 'internal' && isOlder(other, one)) return false;
  return worth(one) === worth(other) ? isOlder(one, other) : worth(one) > worth(other);
};

/** Two conversations became one. */
export const merge = (world: World, left: Call, right: Call): void => {
  const keepLeft = outlives(world, left, right);
  const survivor = keepLeft ? left : right;
  const absorbed = keepLeft ? right : left;
  correctConsult(world, survivor, absorbed);
  for (const linkedid of absorbed.linkedids) {
    survivor.linkedids.add(linkedid);
    world.calls.set(linkedid, survivor);
  }
  for (const channel of absorbed.channels) {
    channel.call = survivor;
    channel.resumedAt = undefined;
    survivor.channels.add(channel);
  }
  absorbed.channels.clear();
  world.unsettled.delete(absorbed);
  survivor.origin ??= absorbed.origin;
  const consultation = survivor.consult?.second === absorbed ? survivor.consult : undefined;
  const live = absorbed.started && !absorbed.ended;
  absorbed.ended = true;
  absorbed.connected.clear();
  absorbed.offers.clear();
  const mistaken = absorbed.consultFor;
  if (mistaken !== undefined && mistaken !== survivor && mistaken.consult?.second === absorbed) {
    // It was taken for a consultation about another client of the same telephone.
    endConsult(world, mistaken, mistaken.consult.answered ? 'returned' : 'failed');
  }
  if (consultation !== undefined) {
    // AttendedTransfer comes within milliseconds and tells who, from and to; then the merge is told.
    consultation.merged = true;
    world.hold(survivor);
  } else if (live && survivor.started) {
    world.tell(survivor, { type: 'call.merged', absorbed: absorbed.callId });
  } else if (live) {
    world.push(absorbed, { type: 'call.ended', by: 'exchange', cause: 0, causeText: 'merged' }, world.at);
  }
};
