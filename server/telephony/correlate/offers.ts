import type { OfferEnded } from '../../../machines/vocabulary/index.ts';
import type { Channel } from './model.ts';
import type { World } from './world.ts';

/** A telephone rings with a call. */
export const offer = (world: World, leg: Channel): void => {
  const { call } = leg;
  if (!call.started || call.ended || call.offers.has(leg) || call.connected.has(leg)) return;
  call.offers.set(leg, { device: leg.device, taken: leg.up });
  const queue = call.consult === undefined ? call.queue?.name : undefined;
  world.tell(call, { type: 'call.offered', device: leg.device, ...(queue === undefined ? {} : { queue }) });
};

/** It rings no more, and nobody took it. */
export const endOffer = (world: World, leg: Channel, reason: OfferEnded['reason']): void => {
  const { call } = leg;
  if (!call.offers.delete(leg)) return;
  const taken = reason === 'cancelled' && [...call.offers.values()].some((other) => other.taken);
  world.tell(call, {
    type: 'call.offerEnded',
    device: leg.device,
    reason: taken ? 'answeredElsewhere' : reason,
  });
};
