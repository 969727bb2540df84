import type { AmiPacket } from './connection.ts';
import type { Counters } from './counters.ts';
import { classOfEvent } from './events.ts';
import { emptyPacket, toPacket, type Routing } from './packet.ts';
import type { PendingActions } from './pending.ts';
import type { WirePacket } from './wire.ts';

export interface RouterTools {
  readonly counters: Counters;
  readonly pending: PendingActions;
  /** What all ActionIDs of this connection begin with. */
  readonly idPrefix: string;
  readonly userEventToken: string;
  put(packet: AmiPacket): void;
  /** Runs after all packets that were put before. */
  inOrder(run: () => void): void;
}

/** Decides for one packet: an answer, an item of a list, an event that is used, or nothing. */
export const route = (tools: RouterTools, wire: WirePacket, routing: Routing): void => {
  const { event, actionId } = routing;
  if (actionId.startsWith(tools.idPrefix)) routeOwn(tools, toPacket(wire, routing), routing);
  else if (event === '') tools.counters.late += 1;
  else routeEvent(tools, wire, routing);
};

const routeOwn = (tools: RouterTools, packet: AmiPacket, routing: Routing): void => {
  const taken = tools.pending.take(packet, routing);
  if (taken === 'late') tools.counters.late += 1;
  if (typeof taken === 'object') tools.inOrder(taken.settle);
};

const routeEvent = (tools: RouterTools, wire: WirePacket, routing: Routing): void => {
  const { event } = routing;
  const kind = classOfEvent(event);
  if (kind === 'dropped') tools.counters.dropped(event);
  else if (kind === 'unknown') tools.counters.unknown(event);
  else if (event.toLowerCase() === 'userevent') routeUserEvent(tools, toPacket(wire, routing));
  else tools.put(toPacket(wire, routing));
};

/**
 * Asterisk does not escape the body, so a caller's name in it could say anything: believe it only with the token. A
 * second token, from the body, joins the first and fits no more. The token itself goes no further.
 */
const routeUserEvent = (tools: RouterTools, packet: AmiPacket): void => {
  const { token, ...rest } = packet;
  if (tools.userEventToken === '' || token !== tools.userEventToken) {
    tools.counters.refusedUserEvents += 1;
    return;
  }
  tools.put(Object.assign(emptyPacket(), rest));
};
