import type { Instant } from '../../../machines/vocabulary/index.ts';
import { SECOND } from '../../../machines/vocabulary/index.ts';
import type { AmiPacket } from '../connection/connection.ts';
import { hearing } from './graph.ts';
import type { Call } from './model.ts';
import type { World } from './world.ts';

/** Whom the exchange lists as parked, by the uniqueid of the channel, and since when by its own count of seconds. */
export type Parked = ReadonlyMap<string, { readonly space: string; readonly at: Instant }>;

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

export const placeOf = (call: Call, parked: Parked): ReturnType<Parked['get']> => {
  for (const { uniqueid } of call.channels) {
    const place = parked.get(uniqueid);
    if (place !== undefined) return place;
  }
  return undefined;
};

/** Before the telephones leave, as when the exchange tells it: the client did not lose them, the client was parked. */
export const restoreParked = (world: World, call: Call, parked: Parked, askedAt: Instant): void => {
  const place = placeOf(call, parked);
  if (place === undefined || call.parked || hasMovedSince(call, askedAt)) return;
  call.parked = true;
  world.tell(call, { type: 'call.parked', space: place.space }, place.at);
};

/** Was parked when we last knew, and nobody has fetched the client who was not told as answering. */
export const restoreFetched = (world: World, call: Call, parked: Parked, askedAt: Instant): void => {
  if (!call.parked || placeOf(call, parked) !== undefined || hasMovedSince(call, askedAt)) return;
  call.parked = false;
  const met = hearing(call.client);
  const retriever = [...call.connected].find((leg) => met.has(leg));
  world.tell(call, { type: 'call.unparked', ...(retriever && { device: retriever.device }) });
};

/** Lists are older than what events told since the question. */
const hasMovedSince = ({ client }: Call, askedAt: Instant): boolean =>
  client?.movedAt !== undefined && client.movedAt >= askedAt;
