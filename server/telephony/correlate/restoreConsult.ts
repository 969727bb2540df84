import type { DeviceId, Instant, Target } from '../../../machines/vocabulary/index.ts';
import { dialledIn, holdingLeg, openConsult, restoreSecondLine } from './consults.ts';
import { complete } from './joins.ts';
import { endConsult } from './lifecycle.ts';
import { isFirstOfItsCall } from './meet.ts';
import type { Asked } from './restoreLegs.ts';
import type { Call, Channel } from './model.ts';
import { extensionOfLocal } from './names.ts';
import type { World } from './world.ts';

/**
 * The leg is in a bridge with the near half of a Local channel while the client waits in another: the exchange dials
 * for it (Atxfer). Who was asked is in a bridge with the far half.
 */
export const dialsApart = (call: Call, leg: Channel): boolean => nearHalf(call, leg) !== undefined;
const nearHalf = ({ client }: Call, leg: Channel): Channel | undefined =>
  leg.role !== 'staff' || client?.bridge === undefined || client.bridge === leg.bridge
    ? undefined
    : [...(leg.bridge?.channels ?? [])].find(({ role, name }) => role === 'local' && name.endsWith(';1'));

/** The consultation that was open when we last looked, if it is one no more. */
export const endConsultUnseen = (world: World, call: Call, met: ReadonlySet<Channel>, askedAt: Instant): void => {
  const open = openOne(world, call);
  if (open === undefined) return;
  const { device, target, leg } = open;
  if (leg !== undefined && (dialsApart(call, leg) || secondLine(world, leg) !== undefined)) return;
  const isBack = leg !== undefined && met.has(leg);
  const reached = [...met].some((other) => other.role === 'staff' && other.device === target.device);
  // Not answered when last seen, it may have become a blind transfer: then nothing more is told than its end.
  if (!isBack && reached && call.consult?.answered === true) {
    complete(world, call, leg, device, target);
    // It was before the lists: what they say of holds is of after it.
    if (call.lastTransfer !== undefined) call.lastTransfer = { ...call.lastTransfer, at: askedAt - 1 };
    return;
  }
  const outcome = isBack ? 'returned' : reached ? 'transferred' : 'failed';
  if (call.consult === undefined) return world.tell(call, { type: 'call.consultEnded', device, outcome });
  const { merged, second } = call.consult;
  endConsult(world, call, outcome);
  if (merged && second !== undefined) world.tell(call, { type: 'call.merged', absorbed: second.callId });
};

interface Open {
  readonly device: DeviceId;
  readonly target: Target;
  /** Absent: it is gone. */
  readonly leg: Channel | undefined;
}
const openOne = (world: World, call: Call): Open | undefined => {
  if (call.consult !== undefined) {
    const { leg, target } = call.consult;
    return { device: leg.device, target, leg: leg.goneAt === undefined ? leg : undefined };
  }
  const known = world.seeded.get(call)?.consult;
  return known && { ...known, leg: [...call.channels].find(({ device }) => device === known.device) };
};

/** A call that this telephone dialled itself beside the one in which it holds the client. */
const secondLine = (world: World, leg: Channel): Channel | undefined =>
  [...(world.byDevice.get(leg.device) ?? [])].find(
    ({ call, ...other }) =>
      other.uniqueid !== leg.uniqueid && call !== leg.call && call.origin?.uniqueid === other.uniqueid && !call.ended,
  );

/** The consultation that goes on: told, unless the store knew it. */
export const restoreConsult = (world: World, call: Call, asked: Asked): void => {
  restoreApart(world, call, asked);
  restoreSecond(world, call);
};

const restoreApart = (world: World, call: Call, asked: Asked): void => {
  for (const leg of call.connected) {
    const local = nearHalf(call, leg);
    if (local === undefined) continue;
    restoreColleaguesHold(local.other, asked);
    if (call.consult !== undefined) return;
    const number = extensionOfLocal(local.name);
    openConsult(world, call, leg, number, { known: isKnown(world, call, leg) });
    if (call.consult !== undefined) Object.assign(call.consult, { apart: true, answered: local.up });
    return;
  }
};

/**
 * The far half of the Local channel says whether it waits, as a client's channel does: then the colleague pressed hold,
 * and holds the client once the transfer is complete.
 */
const restoreColleaguesHold = (far: Channel | undefined, { onHold, askedAt }: Asked): void => {
  const waits = onHold.get(far?.uniqueid ?? '');
  const [colleague, ...others] = [...(far?.bridge?.channels ?? [])].filter((each) => each !== far);
  if (waits === undefined || colleague === undefined || others.length > 0) return;
  const changes = [colleague.holdSeenAt, colleague.movedAt, far?.movedAt];
  if (!changes.some((at) => at !== undefined && at >= askedAt)) colleague.held = waits;
};

/** `second` may be such a line of a telephone that holds a client. */
const restoreSecond = (world: World, second: Call): void => {
  const { origin } = second;
  if (origin?.role !== 'staff' || second.direction === 'inbound' || second.consultFor !== undefined) return;
  if (!isFirstOfItsCall(origin)) return;
  const leg = holdingLeg(world, second, origin);
  if (leg === undefined) return;
  const answered = origin.bridge !== undefined && dialledIn(second)?.bridge === origin.bridge;
  restoreSecondLine(world, { leg, second, answered, known: isKnown(world, leg.call, leg) });
};

const isKnown = (world: World, call: Call, { device }: Channel): boolean =>
  world.seeded.get(call)?.consult?.device === device;
