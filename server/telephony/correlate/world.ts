import {
  extensionOf,
  as,
  callIdOf,
  type CallFact,
  type CallId,
  type DeviceId,
  type DeviceState,
  type Direction,
  type ExchangeFact,
  type ExchangeId,
  type Fact,
  type Instant,
  type Linkedid,
  type Milliseconds,
  type QueueName,
  type Target,
} from '../../../machines/vocabulary/index.ts';
import type { Bridge, Call, Channel, Expected, KnownTransfer } from './model.ts';
import type { Classifier } from './names.ts';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** A fact without what every fact of this exchange has. */
export type BareCallFact = DistributiveOmit<CallFact, 'exchangeId' | 'callId' | 'at'>;
export type BareExchangeFact = DistributiveOmit<ExchangeFact, 'exchangeId' | 'at'>;

/**
 * How long a fact may be held back that the next event can make untrue: an Unhold just before a transfer (Asterisk 22
 * sent both within 4 ms), a telephone that leaves one bridge for another.
 */
export const SETTLE_MS: Milliseconds = 40;
/**
 * So long a telephone that nobody hung up may be nowhere before it is told to have left: on a busy machine Asterisk lets
 * pass more than a moment between two steps of taking a Local channel out of the way.
 */
export const MOVES_MS: Milliseconds = 1_000;

/** Facts that say themselves what becomes of a hold or a leaving telephone; nothing is told before them. */
const SPEAKS_FOR_ITSELF: ReadonlySet<CallFact['type']> = new Set([
  'call.consultEnded',
  'call.transferred',
  'call.transferRefused',
  'call.merged',
  'call.parked',
  'call.ended',
]);

const TOMBSTONES = 2_000;

/** A live call that the product had on record before it was restarted. */
export interface KnownCall {
  readonly callId: CallId;
  /** Calls that were absorbed by it: their linkedids are its own. */
  readonly absorbed: readonly CallId[];
  readonly direction: Direction;
  /** Telephones that talked with the client when we last knew. */
  readonly devices: readonly DeviceId[];
  /** Those of them that had put the client on hold. */
  readonly held?: readonly DeviceId[];
  /** The queue that the client entered last. */
  readonly queue?: QueueName;
  /** Waited in a parking place. */
  readonly parked?: boolean;
  /** The consultation that was open. */
  readonly consult?: { readonly device: DeviceId; readonly target: Target };
  readonly transfers?: readonly KnownTransfer[];
}

/** All that is known of one exchange at this moment. Every map loses what ended. */
export class World {
  readonly exchangeId: ExchangeId;
  readonly classifier: Classifier;
  readonly channels = new Map<string, Channel>();
  readonly calls = new Map<string, Call>();
  readonly bridges = new Map<string, Bridge>();
  readonly members = new Set<DeviceId>();
  /** Telephones of the staff by their number, so that a transfer's target is known as a device. */
  readonly telephones = new Map<string, DeviceId>();
  readonly deviceStates = new Map<DeviceId, DeviceState>();
  /** Queue and telephone → '' or the reason of the pause. */
  readonly pauses = new Map<string, string>();
  readonly expected = new Map<string, Expected>();
  readonly byDevice = new Map<DeviceId, Set<Channel>>();
  readonly unsettled = new Set<Call>();
  /** Calls that the store knew, with the telephones that talked then; until the first resync. */
  readonly seeded = new Map<Call, KnownCall>();
  /** Instant of the packet in hand. */
  at: Instant = 0;
  /** When the exchange sent it, by its own clock; without a `Timestamp` the same as `at`. */
  sentAt: Instant = 0;
  /** A resync builds the picture first and tells afterwards: channels that it meets start nothing by themselves. */
  quiet = false;
  /**
   * Every channel is known: since the last resync nothing was missed. Before, a channel may be one of many in a call of
   * which the others were never named.
   */
  inStep = false;
  out: Fact[] = [];
  readonly #dead = new Set<string>();

  constructor(exchangeId: ExchangeId, classifier: Classifier) {
    this.exchangeId = exchangeId;
    this.classifier = classifier;
  }

  /** Tells a fact of a call. What was held back is told before it, unless the fact speaks for that itself. */
  tell(call: Call, fact: BareCallFact, at: Instant = this.at): void {
    if (!call.started || (call.ended && fact.type !== 'call.ended')) return;
    if (call.settleAt !== undefined && !SPEAKS_FOR_ITSELF.has(fact.type)) this.settle(call);
    this.push(call, fact, at);
  }
  push(call: Call, fact: BareCallFact, wanted: Instant): void {
    // A fact that was held back keeps its own instant, but the facts of one call never step back in time.
    const at = Math.max(wanted, call.toldAt);
    call.toldAt = at;
    if (fact.type === 'call.transferred') call.transfers.push(fact);
    this.out.push({ ...fact, at, exchangeId: this.exchangeId, callId: call.callId });
  }
  tellExchange(fact: BareExchangeFact): void {
    this.out.push({ ...fact, at: this.at, exchangeId: this.exchangeId });
  }

  hold(call: Call, ms: Milliseconds = SETTLE_MS): void {
    call.heldBackAt ??= this.at;
    call.settleAt = Math.min(call.settleAt ?? Infinity, this.at + ms);
    call.settleSentAt = Math.min(call.settleSentAt ?? Infinity, this.sentAt + ms);
    this.unsettled.add(call);
  }
  /** Nothing of this call is held back any more. */
  letGo(call: Call): void {
    call.heldBackAt = undefined;
    call.settleAt = undefined;
    call.settleSentAt = undefined;
    this.unsettled.delete(call);
  }
  /** Tells what was held back of this call. Set by the correlator, which knows the rules. */
  settle: (call: Call) => void = () => undefined;

  newCall(linkedid: Linkedid, callId: CallId = callIdOf(this.exchangeId, linkedid)): Call {
    const call: Call = {
      callId,
      linkedids: new Set([linkedid]),
      createdAt: this.at,
      channels: new Set(),
      started: false,
      ended: false,
      direction: 'inbound',
      client: undefined,
      origin: undefined,
      queue: undefined,
      connected: new Set(),
      offers: new Map(),
      consult: undefined,
      consultFor: undefined,
      transfer: undefined,
      threeWay: undefined,
      transfers: [],
      lastTransfer: undefined,
      parked: undefined,
      hangup: undefined,
      hungUpAt: undefined,
      firstOut: undefined,
      clientCause: undefined,
      heldBackAt: undefined,
      settleAt: undefined,
      settleSentAt: undefined,
      toldAt: 0,
      listeners: new Map(),
    };
    this.calls.set(linkedid, call);
    return call;
  }
  drop(call: Call): void {
    for (const linkedid of call.linkedids) if (this.calls.get(linkedid) === call) this.calls.delete(linkedid);
    this.unsettled.delete(call);
  }

  /** Remembers for a while that a channel is gone: a late event must not bring it back to life. */
  bury(uniqueid: string): void {
    this.channels.delete(uniqueid);
    this.#dead.add(uniqueid);
    if (this.#dead.size > TOMBSTONES) for (const oldest of this.#dead) return void this.#dead.delete(oldest);
  }
  index(channel: Channel): void {
    const set = this.byDevice.get(channel.device) ?? new Set();
    this.byDevice.set(channel.device, set.add(channel));
  }
  unindex(channel: Channel): void {
    const set = this.byDevice.get(channel.device);
    set?.delete(channel);
    if (set?.size === 0) this.byDevice.delete(channel.device);
  }
  isDead(uniqueid: string): boolean {
    return this.#dead.has(uniqueid);
  }
  /** A restarted exchange begins anew. */
  forgetDead(): void {
    this.#dead.clear();
  }

  meetTelephone(device: DeviceId): void {
    this.telephones.set(extensionOf(device), device);
  }
  target(number: string, device?: DeviceId): Target {
    const found = device ?? this.telephones.get(number);
    return found === undefined ? { number } : { number, device: found };
  }
}

export const queueName = (raw: string | undefined): QueueName => as<QueueName>(raw ?? '');
