import type { Call, Channel } from './model.ts';
import type { World } from './world.ts';

/** Who holds a client and dials somebody else on the same telephone consults. */
export const consultIfHolding = (
  world: World,
  second: Call,
  from: Channel,
  dest: Channel | undefined,
  number: string,
): void => {
  const leg = [...(world.byDevice.get(from.device) ?? [])].find(
    (other) =>
      other !== from &&
      other.held &&
      other.call !== second &&
      other.call.consult === undefined &&
      other.call.connected.has(other),
  );
  if (leg === undefined) return;
  const target = world.target(number, dest?.role === 'staff' ? dest.device : undefined);
  leg.call.consult = { leg, target, second, answered: false, merged: false };
  second.consultFor = leg.call;
  world.tell(leg.call, { type: 'call.consultStarted', device: leg.device, target });
};
