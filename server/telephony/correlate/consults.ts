import type { Instant } from '../../../machines/vocabulary/index.ts';
import type { Call, Channel } from './model.ts';
import { extensionOfLocal } from './names.ts';
import type { World } from './world.ts';

/** Who holds a client and dials somebody else on the same telephone consults. */
export const consultIfHolding = (
  world: World,
  second: Call,
  from: Channel,
  dest: Channel | undefined,
  number: string,
): void => {
  const holding = [...(world.byDevice.get(from.device) ?? [])].filter(
    (other) =>
      other !== from &&
      other.held &&
      other.call !== second &&
      other.call.consult === undefined &&
      other.call.connected.has(other),
  );
  // Of several clients on hold it is about the last.
  const leg = holding.toSorted((one, other) => other.heldAt - one.heldAt)[0];
  if (leg === undefined) return;
  const target = world.target(number, dest?.role === 'staff' ? dest.device : undefined);
  leg.call.consult = { leg, target, second, answered: false, apart: false, merged: false };
  second.consultFor = leg.call;
  world.tell(leg.call, { type: 'call.consultStarted', device: leg.device, target });
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
export const openConsult = (world: World, call: Call, leg: Channel, number: string, at: Instant = world.at): void => {
  const target = world.target(number);
  call.consult = { leg, target, second: undefined, answered: false, apart: false, merged: false };
  world.tell(call, { type: 'call.consultStarted', device: leg.device, target }, at);
};
