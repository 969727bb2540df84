import type { Instant, Target } from '../../../machines/vocabulary/index.ts';
import type { Call, Channel } from './model.ts';
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
  takeConsult(world, { leg, second, target, answered: false });
};

/** The leg in which the telephone of `from` holds a client; of several clients on hold it is about the last. */
export const holdingLeg = (world: World, second: Call, from: Channel): Channel | undefined =>
  [...(world.byDevice.get(from.device) ?? [])]
    .filter(
      (other) =>
        other !== from &&
        other.held &&
        other.call !== second &&
        other.call.consult === undefined &&
        other.call.connected.has(other),
    )
    .toSorted((one, other) => other.heldAt - one.heldAt)[0];

/** `second` is a consultation about the client of `leg`. */
export const takeConsult = (
  world: World,
  { leg, second, target, answered }: { leg: Channel; second: Call; target: Target; answered: boolean },
  told: Told = {},
): void => {
  leg.call.consult = { leg, target, second, answered, apart: false, merged: false };
  second.consultFor = leg.call;
  tellStarted(world, leg, target, told);
};
const tellStarted = (world: World, { call, device }: Channel, target: Target, { known, at }: Told): void => {
  if (known !== true) world.tell(call, { type: 'call.consultStarted', device, target }, at);
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
export const openConsult = (world: World, call: Call, leg: Channel, number: string, told: Told = {}): void => {
  const target = world.target(number);
  call.consult = { leg, target, second: undefined, answered: false, apart: false, merged: false };
  tellStarted(world, leg, target, told);
};
