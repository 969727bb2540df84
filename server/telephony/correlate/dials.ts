import type { OfferEnded } from '../../../machines/vocabulary/index.ts';
import type { AmiPacket } from '../connection/connection.ts';
import { consultByExchange, consultIfHolding } from './consults.ts';
import { isMiddle, see, start } from './meet.ts';
import type { Call, Channel } from './model.ts';
import { known } from './names.ts';
import { endOffer, offer } from './offers.ts';
import { passTransfer } from './transfers.ts';
import type { World } from './world.ts';

/** `DialBegin` without a `Channel` is an Originate: the exchange itself dials. */
export const onDialBegin = (world: World, packet: AmiPacket): void => {
  const source = see(world, packet);
  const dest = see(world, packet, 'dest');
  if (dest === undefined || dest.role === 'local') return;
  const { call } = dest;
  const byExchange = packet['uniqueid'] === undefined;
  if (!call.started && !call.ended) begin(world, call, source, dest, packet);
  if (source?.role === 'local') consultByExchange(world, call, source);
  if (source === call.client && source !== undefined) passTransfer(world, call);
  if (dest.role === 'outside') {
    if (call.direction === 'outbound' && call.client === undefined) {
      call.client = dest;
      // Another trunk is tried: how the last one ended does not matter any more.
      call.hangup = undefined;
    }
    return;
  }
  const dialsItself = dest === call.origin && call.direction !== 'inbound' && !byExchange;
  if (dest !== call.client && !dialsItself) offer(world, dest);
};

/** The first telephone or trunk is dialled: now it is known what kind of call this is. */
const begin = (world: World, call: Call, source: Channel | undefined, dest: Channel, packet: AmiPacket): void => {
  const from = source !== undefined && source.role !== 'local' ? source : call.origin;
  if (world.expected.get(from?.uniqueid ?? '')?.kind === 'listening') return;
  if (isMiddle(world, from ?? dest)) return;
  const number = known(packet['destcalleridnum']) || known(packet['exten']);
  const client = { number, name: '' };
  if (from === undefined || from === dest) {
    if (dest.role === 'outside') start(world, call, 'outbound', dest, client, number);
  } else if (from.role === 'outside') {
    start(world, call, 'inbound', from, from.party, from.dialled);
  } else if (dest.role === 'outside') {
    start(world, call, 'outbound', dest, client, number, from);
    consultIfHolding(world, call, from, dest, number);
  } else {
    const dialled = source?.role === 'local' ? number : known(packet['exten']) || number;
    start(world, call, 'internal', from, from.party, dialled, from);
    consultIfHolding(world, call, from, dest, dialled);
  }
};

const REASONS: Readonly<Record<string, OfferEnded['reason']>> = {
  NOANSWER: 'noAnswer',
  BUSY: 'busy',
  CANCEL: 'cancelled',
  CONGESTION: 'rejected',
  CHANUNAVAIL: 'rejected',
  DONTCALL: 'rejected',
  TORTURE: 'rejected',
};
/** Q.850: the telephone refused, though the dialplan reads it as no answer. */
const CALL_REJECTED = 21;

export const onDialEnd = (world: World, packet: AmiPacket): void => {
  const dest = see(world, packet, 'dest');
  if (dest === undefined) return;
  const { call } = dest;
  const status = packet['dialstatus'] ?? '';
  if (status !== 'ANSWER') {
    const reason = REASONS[status] ?? 'cancelled';
    return endOffer(world, dest, dest.refusedWith === CALL_REJECTED ? 'rejected' : reason);
  }
  dest.up = true;
  const taken = call.offers.get(dest);
  if (taken !== undefined) taken.taken = true;
  // Who dials for itself has lifted, and now waits for the client: no offer is open any more.
  if (dest === call.origin && call.direction === 'outbound') call.offers.delete(dest);
  if (call.queue !== undefined && packet['uniqueid'] === call.client?.uniqueid) call.queue.answered = true;
  if (call.consult !== undefined && call.consult.second === undefined && dest.role !== 'local') {
    call.consult.answered = true;
  }
};
