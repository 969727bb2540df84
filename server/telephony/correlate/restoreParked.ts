import { SECOND, type Instant } from '../../../machines/vocabulary/index.ts';
import type { AmiPacket } from '../connection/connection.ts';
import { hearing } from './graph.ts';
import type { Call, Channel, ParkingPlace } from './model.ts';
import type { World } from './world.ts';

/** Whom the exchange lists as parked, by the uniqueid of the channel. */
export type Parked = ReadonlyMap<string, ParkingPlace>;

export const parkedCallers = (entries: readonly AmiPacket[], askedAt: Instant): Parked =>
  new Map(
    entries
      .filter((entry) => entry['event'] === 'ParkedCall')
      .map((entry) => [
        entry['parkeeuniqueid'] ?? '',
        { space: entry['parkingspace'] ?? '', at: secondsBefore(askedAt, entry['parkingduration']) },
      ]),
  );

/** The exchange counts whole seconds back from the moment at which it was asked. */
export const secondsBefore = (askedAt: Instant, seconds: string | undefined): Instant =>
  askedAt - (Number(seconds ?? 0) || 0) * SECOND;

/** Where the client is parked now: by the list, unless events have moved the client since the question. */
export const placeOf = (
  call: Call,
  client: Channel | undefined,
  parked: Parked,
  askedAt: Instant,
): ParkingPlace | undefined => {
  if (client?.movedAt !== undefined && client.movedAt >= askedAt) return call.parked;
  return [...call.channels].map(({ uniqueid }) => parked.get(uniqueid)).find((place) => place !== undefined);
};

/** Before the telephones leave, as when the exchange tells it: the client did not lose them, the client was parked. */
export const restoreParked = (world: World, call: Call, place: ParkingPlace | undefined, isKnown: boolean): void => {
  const wasTold = isKnown && call.parked !== undefined;
  if (!wasTold) call.parked = place;
  if (place !== undefined && !wasTold) world.tell(call, { type: 'call.parked', space: place.space }, place.at);
};

/** Was parked when we last knew and is not now; who answered meanwhile has been told as the one who fetched the client. */
export const restoreFetched = (world: World, call: Call, place: ParkingPlace | undefined): void => {
  if (call.parked === undefined || place !== undefined) return;
  call.parked = undefined;
  const met = hearing(call.client);
  const retriever = [...call.connected].find((leg) => met.has(leg));
  world.tell(call, { type: 'call.unparked', ...(retriever && { device: retriever.device }) });
};
