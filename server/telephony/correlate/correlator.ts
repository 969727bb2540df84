import {
  as,
  type CallId,
  type DeviceId,
  type ExchangeId,
  type Fact,
  type Instant,
  type Linkedid,
} from '../../../machines/vocabulary/index.ts';
import type { AmiPacket } from '../connection/connection.ts';
import { onBridgeDestroy, onBridgeEnter, onBridgeLeave, onLocalBridge } from './bridges.ts';
import { onHangup, onHangupRequest, onNewchannel, onNewstate, onRename, onSoftHangupRequest } from './channels.ts';
import { onDialBegin, onDialEnd } from './dials.ts';
import {
  onChanSpyStart,
  onChanSpyStop,
  onDeviceState,
  onParkedCall,
  onParkedCallTimeOut,
  onUnParkedCall,
  onUserEvent,
} from './extras.ts';
import { onHold, onUnhold } from './holds.ts';
import { settle } from './joins.ts';
import { finish } from './lifecycle.ts';
import { see } from './meet.ts';
import type { Call, Expected } from './model.ts';
import { SHIPPED_CONTEXTS, type Classifier } from './names.ts';
import { onMemberRemoved, onQueueCallerAbandon, onQueueCallerJoin, onQueueCallerLeave, seeMember } from './queues.ts';
import { applySnapshot, tellFigures, type Apart, type ExchangeSnapshot } from './resync.ts';
import { onAttendedTransfer, onBlindTransfer } from './transfers.ts';
import { World, type KnownCall } from './world.ts';

type Handler = (world: World, packet: AmiPacket) => void;

/** What each event means, by its name in lower case. Asterisk 18 to 22 use the same names. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  newchannel: onNewchannel,
  newstate: onNewstate,
  newcallerid: see,
  newconnectedline: see,
  rename: onRename,
  hangup: onHangup,
  hanguprequest: onHangupRequest,
  softhanguprequest: onSoftHangupRequest,
  dialbegin: onDialBegin,
  dialend: onDialEnd,
  bridgeenter: onBridgeEnter,
  bridgeleave: onBridgeLeave,
  bridgedestroy: onBridgeDestroy,
  localbridge: onLocalBridge,
  hold: onHold,
  unhold: onUnhold,
  blindtransfer: onBlindTransfer,
  attendedtransfer: onAttendedTransfer,
  parkedcall: onParkedCall,
  unparkedcall: onUnParkedCall,
  parkedcalltimeout: onParkedCallTimeOut,
  queuecallerjoin: onQueueCallerJoin,
  queuecallerabandon: onQueueCallerAbandon,
  queuecallerleave: onQueueCallerLeave,
  queuememberadded: seeMember,
  queuememberpause: seeMember,
  queuemember: seeMember,
  queuememberremoved: onMemberRemoved,
  chanspystart: onChanSpyStart,
  chanspystop: onChanSpyStop,
  userevent: onUserEvent,
  devicestatechange: onDeviceState,
};

/** Names in lower case. What is not among them is of no use here and may be filtered out at the source. */
export const handledEvents: readonly string[] = Object.keys(HANDLERS);

export interface OpenConsult {
  readonly device: DeviceId;
  /** The operator's channel in the client's call. */
  readonly leg: string;
  /** The consultation is a second call of the same telephone: its channel there, and who was reached. */
  readonly second: { readonly leg: string | undefined; readonly reached: string | undefined } | undefined;
}

/**
 * AMI packets in, facts out. Pure: the instant comes with the packet, nothing is awaited, nothing is asked. Work per
 * packet does not depend on the number of calls; what ended is forgotten.
 */
export class Correlator {
  readonly #world: World;

  constructor(exchangeId: ExchangeId, classifier: Partial<Classifier> = {}) {
    this.#world = new World(exchangeId, { ...SHIPPED_CONTEXTS, ...classifier });
    this.#world.settle = (call) => settle(this.#world, call);
  }

  /**
   * One packet that arrived at `at`, in the order of the wire. The clock of a server may step back; facts of one call
   * never do.
   */
  take(packet: AmiPacket, at: Instant): Fact[] {
    this.#world.at = Math.max(at, this.#world.at);
    this.#world.sentAt = Number(packet['timestamp']) * 1_000 || this.#world.at;
    this.#settle(({ settleSentAt = 0 }) => settleSentAt <= this.#world.sentAt);
    const name = packet['event']?.toLowerCase() ?? '';
    if (Object.hasOwn(HANDLERS, name)) HANDLERS[name]?.(this.#world, packet);
    return this.#told();
  }

  /** Facts that were held back for a moment and are due at `at`. Call it at `settleAt`. */
  settle(at: Instant): Fact[] {
    this.#world.at = Math.max(at, this.#world.at);
    this.#settle(({ settleAt = 0 }) => settleAt <= this.#world.at);
    return this.#told();
  }
  /** When `settle` must be called, unless a packet comes before. */
  get settleAt(): Instant | undefined {
    let first: Instant | undefined;
    for (const { settleAt } of this.#world.unsettled) {
      if (settleAt !== undefined && (first === undefined || settleAt < first)) first = settleAt;
    }
    return first;
  }

  /** The link is gone: what was held back is told, then the loss. */
  lose(at: Instant, reason: string): Fact[] {
    this.#world.at = Math.max(at, this.#world.at);
    for (const call of [...this.#world.unsettled]) settle(this.#world, call);
    this.#world.inStep = false;
    this.#world.tellExchange({ type: 'link.lost', reason });
    return this.#told();
  }

  /** Calls that the store knows as live, before the first resync. Each is confirmed or ended by it. */
  seed(calls: readonly KnownCall[]): void {
    for (const known of calls) seedCall(this.#world, known);
  }

  /** The exchange's own lists after a (re)connect. Confirms or ends every call, then tells `link.restored`. */
  resync(snapshot: ExchangeSnapshot, at: Instant, apart: Apart = (_whose, act) => act()): Fact[] {
    this.#world.at = Math.max(at, this.#world.at);
    applySnapshot(this.#world, snapshot, apart);
    return this.#told();
  }

  /** Announces a channel that our own command is about to create. */
  expect(channelId: string, expected: Expected): void {
    this.#world.expected.set(channelId, expected);
  }
  forgetExpected(channelId: string): void {
    this.#world.expected.delete(channelId);
  }

  /** An Originate that Asterisk could not even begin (no such telephone): its call is told, so that nobody waits. */
  originateFailed(channelId: string, device: DeviceId, at: Instant): Fact[] {
    const expected = this.#world.expected.get(channelId);
    this.#world.expected.delete(channelId);
    if (expected?.kind !== 'call' || this.#world.channels.has(channelId) || this.#world.isDead(channelId)) return [];
    this.#world.at = Math.max(at, this.#world.at);
    tellStillborn(this.#world, as<Linkedid>(channelId), device, expected);
    return this.#told();
  }
  /** `QueueParams` of a `QueueStatus`: Asterisk's own figures, for comparison. */
  figures(entries: readonly AmiPacket[], at: Instant): Fact[] {
    this.#world.at = Math.max(at, this.#world.at);
    for (const entry of entries) if (entry['event'] === 'QueueParams') tellFigures(this.#world, entry);
    return this.#told();
  }

  /** The channel of a telephone in a call, for a command. */
  channelOf(callId: CallId, device: DeviceId): string | undefined {
    const legs = [...(this.#find(callId)?.channels ?? [])].filter((channel) => channel.device === device);
    const call = legs[0]?.call;
    return (legs.find((leg) => call?.connected.has(leg)) ?? legs.at(-1))?.name;
  }
  clientChannelOf(callId: CallId): string | undefined {
    return this.#find(callId)?.client?.name;
  }
  /** The consultation that is open in a call: its legs, so that it can be completed or cancelled. */
  consultOf(callId: CallId): OpenConsult | undefined {
    const consult = this.#find(callId)?.consult;
    if (consult === undefined) return undefined;
    const { leg, second } = consult;
    const channels = [...(second?.channels ?? [])].filter((channel) => channel.role !== 'local');
    return {
      device: leg.device,
      leg: leg.name,
      second: second && {
        leg: channels.find((channel) => channel.device === leg.device)?.name,
        reached: channels.find((channel) => channel.device !== leg.device && channel.up)?.name,
      },
    };
  }
  /** When the last attended transfer of this call was told. */
  attendedAt(callId: CallId): Instant | undefined {
    const last = this.#find(callId)?.lastTransfer;
    return last?.kind === 'attended' ? last.at : undefined;
  }
  /** Who has the client since an attended transfer; `?` when several have, or nobody yet. */
  attendedTo(callId: CallId): string | undefined {
    const call = this.#find(callId);
    if (call?.lastTransfer?.kind !== 'attended') return undefined;
    const [leg, ...others] = call.connected;
    return leg === undefined || others.length > 0 ? '?' : leg.device;
  }
  isLive(callId: CallId): boolean {
    const call = this.#find(callId);
    return call !== undefined && call.started && !call.ended;
  }
  /** Channels that listen, of one supervisor's telephone. */
  listeningChannels(device: DeviceId): string[] {
    return [...(this.#world.byDevice.get(device) ?? [])]
      .filter((channel) => this.#world.expected.get(channel.uniqueid)?.kind === 'listening')
      .map((channel) => channel.name);
  }

  /** When the exchange sent the newest packet that was taken, by its own clock. */
  get readUntil(): Instant {
    return this.#world.sentAt;
  }
  /** Sizes, for metrics and for the proof that nothing grows. */
  get sizes(): { channels: number; calls: number; bridges: number; expected: number; unsettled: number } {
    const { channels, calls, bridges, expected, unsettled } = this.#world;
    return {
      channels: channels.size,
      calls: new Set(calls.values()).size,
      bridges: bridges.size,
      expected: expected.size,
      unsettled: unsettled.size,
    };
  }
  /** Calls that were told as started and not yet as ended. */
  get liveCalls(): CallId[] {
    const live = [...new Set(this.#world.calls.values())].filter((call) => call.started && !call.ended);
    return live.map((call) => call.callId);
  }

  #find(callId: CallId): Call | undefined {
    return this.#world.calls.get(linkedidOf(callId));
  }
  #settle(isDue: (call: Call) => boolean): void {
    for (const call of [...this.#world.unsettled]) if (isDue(call)) settle(this.#world, call);
  }
  #told(): Fact[] {
    const { out } = this.#world;
    this.#world.out = [];
    return out;
  }
}

/** Q.850: subscriber absent. */
const ABSENT = 20;
const tellStillborn = (world: World, linkedid: Linkedid, device: DeviceId, expected: Expected): void => {
  const call = world.newCall(linkedid);
  const number = expected.number ?? '';
  call.started = true;
  world.tell(call, {
    type: 'call.started',
    direction: 'outbound',
    linkedid,
    client: { number, name: '' },
    dialled: number,
    device,
    ...(expected.token === undefined ? {} : { originateToken: expected.token }),
  });
  // It is our own telephone that is away: the client has heard nothing.
  call.firstOut = 'operator';
  finish(world, call, ABSENT, 'Subscriber absent');
  world.drop(call);
};

/** `<exchangeId>/<first linkedid>` → the linkedid. */
const linkedidOf = (callId: CallId): Linkedid => as<Linkedid>(callId.slice(callId.indexOf('/') + 1));

const seedCall = (world: World, known: KnownCall): void => {
  const first = linkedidOf(known.callId);
  if (world.calls.has(first)) return;
  const call = world.newCall(first, known.callId);
  for (const linkedid of known.absorbed.map(linkedidOf)) {
    call.linkedids.add(linkedid);
    world.calls.set(linkedid, call);
  }
  call.started = true;
  call.direction = known.direction;
  call.transfers.push(...(known.transfers ?? []));
  call.parked = known.parked === true ? { space: '', at: world.at } : undefined;
  world.seeded.set(call, known);
};
