import { as, extensionOf, type DeviceId, type Instant, type Target } from '../../../machines/vocabulary/index.ts';
import type { AmiPacket } from '../connection/connection.ts';
import { correctConsult } from './consults.ts';
import { complete, leave, update } from './joins.ts';
import { endConsult, merge } from './lifecycle.ts';
import { see } from './meet.ts';
import type { Call, Channel, KnownTransfer, PendingTransfer } from './model.ts';
import { deviceOf, extensionOfLocal, isDeviceName, known } from './names.ts';
import type { World } from './world.ts';

/** Context of the shipped dialplan in which the exchange decides on a transfer; the verdict follows as a UserEvent. */
const GATE = 'transfer-gate';
/** Two events about one transfer lie milliseconds apart; a second transfer by one telephone takes seconds. */
const SAME_TRANSFER_MS = 1_000;
/** What the exchange sends of a transfer that is in its list already, it sent before the list or sends in this time. */
const ON_ITS_WAY_MS = 100;

/**
 * `BlindTransfer` says that the client was sent, not that the gate let it through. With the gate's context the fact
 * waits for the verdict; with any other context nobody can refuse.
 */
export const onBlindTransfer = (world: World, packet: AmiPacket): void => {
  if (packet['result'] !== 'Success') return;
  const leg = see(world, packet, 'transferer');
  const client = see(world, packet, 'transferee');
  const call = client?.call ?? leg?.call;
  if (call === undefined) return;
  if (leg !== undefined) {
    leg.resumedAt = undefined;
    if (leg === call.client && client !== undefined) changeClient(call, client);
  }
  const fromDevice = leg?.device ?? deviceOf(packet['transfererchannel'] ?? '');
  const target = world.target(known(packet['extension']));
  if (call.parked || told(world, call, leg, { fromDevice, number: target.number })) {
    if (leg !== undefined) leave(world, call, leg);
    return;
  }
  call.transfer = { leg, fromDevice, target, at: world.at };
  if (packet['context'] !== GATE) passTransfer(world, call);
};

/** Tells the blind transfer that waits, if one does. */
export const passTransfer = (world: World, call: Call): void => {
  const pending = call.transfer;
  if (pending === undefined) return;
  call.transfer = undefined;
  tellBlind(world, call, pending);
};
const tellBlind = (world: World, call: Call, { leg, fromDevice, target }: PendingTransfer): void => {
  call.lastTransfer = { kind: 'blind', leg, fromDevice, at: world.at };
  world.tell(call, { type: 'call.transferred', kind: 'blind', fromDevice, target });
  if (leg !== undefined) leave(world, call, leg);
};

/**
 * Two events tell of one transfer, in any order. A channel transfers once; without it, device and instant must do, and of
 * one that a resync found also to whom.
 */
const told = (world: World, call: Call, leg: Channel | undefined, { fromDevice, number }: Named): boolean => {
  const last = call.lastTransfer;
  if (last === undefined) return false;
  if (leg !== undefined && last.leg !== undefined) return leg === last.leg;
  if (last.fromDevice !== fromDevice) return false;
  if (last.found === undefined) return world.at < last.at + SAME_TRANSFER_MS;
  const isToSame = number === undefined || number === last.found.number;
  return isToSame && world.at < last.found.at + ON_ITS_WAY_MS;
};
interface Named {
  readonly fromDevice: DeviceId;
  readonly number: string | undefined;
}

/**
 * The gate's word, on the client's channel (or, for a consultation, on the Local channel that dials). It may come before
 * BlindTransfer: the two go through different topics of Asterisk.
 */
export const onTransferPassed = (world: World, packet: AmiPacket, channel: Channel): void => {
  const { call } = channel;
  const fromDevice = as<DeviceId>(packet['from'] ?? '');
  if (call.transfer !== undefined) return passTransfer(world, call);
  const leg = legOf(call, fromDevice);
  const target = targetOf(world, packet);
  if (told(world, call, leg, { fromDevice, number: target.number })) return;
  tellBlind(world, call, { leg, fromDevice, target, at: world.at });
};
export const onTransferRefused = (world: World, packet: AmiPacket, channel: Channel): void => {
  const { call } = channel;
  const fromDevice = as<DeviceId>(packet['from'] ?? '');
  const target = targetOf(world, packet);
  const count = Number.parseInt(packet['count'] ?? '0', 10) || 0;
  const blind = packet['kind'] !== 'attended';
  const leg = call.transfer?.leg ?? (blind ? legOf(call, fromDevice) : undefined);
  call.transfer = undefined;
  if (blind) call.lastTransfer = { kind: 'blind', leg, fromDevice, at: world.at };
  world.tell(call, { type: 'call.transferRefused', fromDevice, target, count });
  if (leg !== undefined) leave(world, call, leg);
};
const targetOf = (world: World, packet: AmiPacket): Target => world.target((packet['target'] ?? '').slice(0, 40));
const legOf = (call: Call, device: DeviceId): Channel | undefined =>
  [...call.connected].find((leg) => leg.device === device);

/** Transferred by the party that counted as the client (a colleague who called): who remains is the client now. */
const changeClient = (call: Call, client: Channel): void => {
  call.client = client;
  call.connected.delete(client);
};

/** An attended transfer is complete. Asterisk reports it afterwards; nobody can refuse it any more. */
export const onAttendedTransfer = (world: World, packet: AmiPacket): void => {
  if (packet['result'] !== 'Success') return;
  const transferer = see(world, packet, 'origtransferer');
  const second = see(world, packet, 'secondtransferer');
  const transferee = see(world, packet, 'transferee');
  const aimed = see(world, packet, 'transfertarget');
  const legs = [transferer, second].filter((leg) => leg !== undefined);
  const call = [transferee, aimed, ...legs].map((channel) => channel?.call).find((one) => one?.client !== undefined);
  const fromDevice = (transferer ?? second)?.device;
  if (call === undefined || fromDevice === undefined) return;
  // A telephone may send its REFER on either of its two calls: the client is whom the conversation belongs to.
  const reached = aimed === call.client ? transferee : aimed;
  for (const leg of legs) leg.resumedAt = undefined;
  if (legs.some((leg) => leg === call.client) && transferee !== undefined) changeClient(call, transferee);
  const target = reached === undefined ? call.consult?.target : reachedBy(world, reached);
  if (packet['desttype'] === 'Threeway' && transferer !== undefined) {
    endConsult(world, call, 'returned');
    call.threeWay = { leg: transferer, target: target ?? { number: '' } };
    // Nobody waits any more, though Asterisk sends no Unhold for it.
    if (transferer.held) {
      transferer.held = false;
      world.tell(call, { type: 'call.resumed', by: 'operator', device: fromDevice });
    }
    return update(world, call);
  }
  if (!told(world, call, transferer ?? second, { fromDevice, number: target?.number })) {
    // The linkedids become one a moment before or after this event.
    const line = legs.map((leg) => leg.call).find((each) => each !== call);
    if (line !== undefined) correctConsult(world, call, line);
    const consulted = call.consult?.second;
    if (consulted !== undefined && !consulted.ended) merge(world, call, consulted);
    complete(world, call, transferer ?? second, fromDevice, target);
  }
  for (const leg of legs) leave(world, call, leg);
  update(world, call);
};

const reachedBy = (world: World, channel: Channel): Target => {
  if (channel.role === 'local') return world.target(extensionOfLocal(channel.name));
  if (channel.role === 'staff') return world.target(extensionOf(channel.device), channel.device);
  return { number: channel.party.number };
};

/**
 * Transfers that happened while nobody looked, by the exchange's own list (`GATE_TRAIL`: `blind PJSIP/101 102&`). One of the
 * list may have been told under another name, so never more are told than are missing.
 */
export const tellUnseenTransfers = (world: World, call: Call, trail: string, askedAt: Instant): void => {
  const listed = trail.split('&').flatMap((entry) => (entry === '' ? [] : transferOf(world, entry)));
  const missing = listed.length - call.transfers.length;
  if (missing <= 0) return;
  const told = call.transfers.map(nameOf);
  const isNew = (one: KnownTransfer): boolean => {
    const index = told.indexOf(nameOf(one));
    if (index >= 0) told.splice(index, 1);
    return index < 0;
  };
  for (const one of listed.filter(isNew).slice(-missing)) {
    const { kind, fromDevice, target } = one;
    const found = { at: world.at, number: target.number };
    // The gate's word on the newest may still be on its way.
    if (one === listed.at(-1)) call.lastTransfer = { kind, leg: undefined, fromDevice, at: askedAt - 1, found };
    // Seen to hang up before the lists came, who transferred ended nothing by it.
    if (call.hangup === 'operator') call.hangup = undefined;
    world.tell(call, { type: 'call.transferred', ...one });
  }
};
const nameOf = ({ kind, fromDevice, target }: KnownTransfer): string => `${kind} ${fromDevice} ${target.number}`;
const transferOf = (world: World, entry: string): KnownTransfer => {
  const [kind, from = '', to = ''] = entry.split(' ');
  const device = as<DeviceId>(to);
  const target = isDeviceName(to) ? world.target(extensionOf(device), device) : world.target(to);
  return { kind: kind === 'attended' ? 'attended' : 'blind', fromDevice: as<DeviceId>(from), target };
};
