import { extensionOf, type Instant, type Target } from '../../../machines/vocabulary/index.ts';
import type { Call, Channel, Consult } from './model.ts';
import { extensionOfLocal } from './names.ts';
import type { World } from './world.ts';

/** A resync finds a consultation that the store knows: it is not told again. `at` is now unless said otherwise. */
interface Told {
  readonly known?: boolean;
  readonly at?: Instant;
}

/** Who holds a client and dials somebody else on the same telephone consults. */
export const consultIfHolding = (
  world: World,
  second: Call,
  from: Channel,
  dest: Channel | undefined,
  number: string,
): void => {
  const leg = holdingLeg(world, second, from);
  if (leg === undefined) return;
  const target = world.target(number, dest?.role === 'staff' ? dest.device : undefined);
  retake(world, leg, consultIn(leg, second, target, false));
};

/**
 * The leg in which the telephone of `from` holds a client; of several clients on hold it is about the last. Who waits as
 * well, asked before, is consulted no more.
 */
export const holdingLeg = (world: World, second: Call, from: Channel): Channel | undefined =>
  [...(world.byDevice.get(from.device) ?? [])]
    .filter((other) => other !== from && other.held && other.call !== second && other.call.connected.has(other))
    .filter(({ call }) => call.consult === undefined || call.consult.second?.origin?.held === true)
    .toSorted((one, other) => Number(isAsking(one)) - Number(isAsking(other)) || other.heldAt - one.heldAt)[0];
const isAsking = ({ call }: Channel): boolean => call.consult !== undefined;

const consultIn = (leg: Channel, second: Call | undefined, target: Target, answered: boolean): Consult => ({
  leg,
  second,
  target,
  answered,
  apart: false,
  merged: false,
});

/** A resync found `second`, a consultation about the client of `leg`; the store may know of it. */
export const restoreSecondLine = (
  world: World,
  { leg, second, answered, known }: { leg: Channel; second: Call; answered: boolean; known: boolean },
): void => retake(world, leg, consultIn(leg, second, targetOfLine(world, second), answered), known);

/**
 * `line` turns out to be the consultation about the client of `call`, whatever was taken for it: the telephone holds
 * several clients, or asked several colleagues. Who was taken for its client has, if anything, what this one had. Pushed,
 * so that a resume that is held back stays so.
 */
export const correctConsult = (world: World, call: Call, line: Call): void => {
  const ours = call.consult;
  const isByExchange = ours !== undefined && ours.second === undefined;
  if (isByExchange || ours?.second === line || !isLine(line)) return;
  const leg = [...call.connected].find((each) => each.device === line.origin?.device);
  if (leg === undefined) return;
  const theirs = line.consultFor?.consult;
  retake(world, leg, theirs ?? consultIn(leg, line, targetOfLine(world, line), true));
  if (theirs !== undefined) retake(world, theirs.leg, ours);
};

/** The telephone of `leg` still has a colleague on another line, asked since this client came. */
export const backToEarlier = (world: World, leg: Channel): void => {
  if (!leg.held || !leg.call.connected.has(leg)) return;
  const lines = [...(world.byDevice.get(leg.device) ?? [])].filter((each) => each === each.call.origin);
  const earlier = lines.find(({ call }) => call.createdAt > leg.call.createdAt && isFree(call))?.call;
  if (earlier !== undefined) retake(world, leg, consultIn(leg, earlier, targetOfLine(world, earlier), true));
};
const isFree = (call: Call): boolean => isLine(call) && call.consultFor === undefined;
/** A telephone of the staff began it, and it goes on. */
const isLine = ({ started, ended, direction }: Call): boolean => started && !ended && direction !== 'inbound';

/** Whom the telephone that began this call dialled. */
const targetOfLine = (world: World, line: Call): Target => {
  const dialled = dialledIn(line);
  return world.target(dialled?.role === 'staff' ? extensionOf(dialled.device) : (line.client?.party.number ?? ''));
};
export const dialledIn = ({ origin, channels }: Call): Channel | undefined =>
  [...channels].find((other) => other !== origin && other.role !== 'local');

/** `consult`, or none, is from now on what `leg` consults in; `known`: the store has it already. */
const retake = (world: World, leg: Channel, consult: Consult | undefined, known = false): void => {
  const { call, device } = leg;
  const isTold = call.started && !call.ended && !known;
  if (call.consult?.second?.consultFor === call) call.consult.second.consultFor = undefined;
  if (isTold && call.consult) world.push(call, { type: 'call.consultEnded', device, outcome: 'returned' }, world.at);
  call.consult = consult && { ...consult, leg };
  if (consult?.second === undefined) return;
  consult.second.consultFor = call;
  if (isTold) world.push(call, { type: 'call.consultStarted', device, target: consult.target }, world.at);
};

/**
 * The exchange dials through a Local channel while the operator holds the client: a consultation of its own making
 * (Atxfer). The operator's leg leaves for a bridge of its own a moment before or after.
 */
export const consultByExchange = (world: World, call: Call, local: Channel): void => {
  if (!call.started || call.ended || call.consult !== undefined) return;
  const holding = [...call.connected].filter((leg) => leg.held && leg.goneAt === undefined);
  const [leg] = holding;
  if (leg !== undefined && holding.length === 1) openConsult(world, call, leg, extensionOfLocal(local.name));
};

/** A consultation within one call: the leg talks to `number`, the client waits. */
export const openConsult = (world: World, call: Call, leg: Channel, number: string, { known, at }: Told = {}): void => {
  const target = world.target(number);
  call.consult = consultIn(leg, undefined, target, false);
  if (known !== true) world.tell(call, { type: 'call.consultStarted', device: leg.device, target }, at);
};
