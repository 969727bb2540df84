import type {
  CallId,
  DeviceId,
  Direction,
  EndedBy,
  Instant,
  Linkedid,
  Party,
  QueueName,
  Target,
  Uniqueid,
} from '../../../machines/vocabulary/index.ts';
import type { Role } from './names.ts';

/** One channel of the exchange as its events have told so far. */
export interface Channel {
  readonly uniqueid: Uniqueid;
  name: string;
  /** The telephone or trunk; of a Local channel its own name. */
  device: DeviceId;
  role: Role;
  linkedid: Linkedid;
  call: Call;
  bridge: Bridge | undefined;
  up: boolean;
  ringing: boolean;
  party: Party;
  /** The number that this channel called, as the dialplan first saw it. */
  dialled: string;
  /** Its telephone pressed hold. */
  held: boolean;
  heldAt: Instant;
  /** The exchange holds for it, see `Held.forTransfer`. */
  heldForTransfer: boolean;
  /** Instant of the last event that told of its hold key; the answers of a resync may be older. */
  holdSeenAt: Instant | undefined;
  /** A resume that is not told yet: an Unhold just before a transfer is none. */
  resumedAt: Instant | undefined;
  /** The other half of a Local channel. */
  other: Channel | undefined;
  /** Instant of the last packet that named it; a resync keeps what was seen after it began. */
  seenAt: Instant;
  /** Instant of the last event that brought it into a bridge or out of one; the lists of a resync may be older. */
  movedAt: Instant | undefined;
  /** Since when a telephone of the conversation is not with the client: it may be on its way from bridge to bridge. */
  outAt: Instant | undefined;
  goneAt: Instant | undefined;
  /** Q.850 cause with which its own side asked to hang up. */
  refusedWith: number | undefined;
}

export interface Bridge {
  readonly id: string;
  /** Parking and waiting rooms join nobody. */
  readonly holding: boolean;
  readonly channels: Set<Channel>;
}

export interface Offer {
  readonly device: DeviceId;
  /** The telephone was lifted; the conversation follows. */
  taken: boolean;
}

export interface Consult {
  /** The leg of who consults. */
  readonly leg: Channel;
  readonly target: Target;
  /** A second call on the same telephone; absent when the exchange itself dials (Atxfer). */
  readonly second: Call | undefined;
  answered: boolean;
  /** The leg has left the client's bridge; coming back ends the consultation. */
  apart: boolean;
  /** The second call became one with ours; AttendedTransfer follows. */
  merged: boolean;
}

/** One transfer, as the product has it on record. */
export interface KnownTransfer {
  readonly kind: 'blind' | 'attended';
  readonly fromDevice: DeviceId;
  readonly target: Target;
}

/** A blind transfer that waits for the word of the exchange's own gate. */
export interface PendingTransfer {
  readonly leg: Channel | undefined;
  readonly fromDevice: DeviceId;
  readonly target: Target;
  readonly at: Instant;
}

/** Where a client is parked, and since when. */
export interface ParkingPlace {
  readonly space: string;
  readonly at: Instant;
}

/** The last transfer (or refusal) that was told: its other event may still come. */
export interface ToldTransfer {
  readonly kind: 'blind' | 'attended';
  /** The channel that transferred; it can do so once. */
  readonly leg: Channel | undefined;
  readonly fromDevice: DeviceId;
  readonly at: Instant;
  /** It happened unseen, and a resync then found it in the exchange's list: when, and to whom. */
  readonly found?: { readonly at: Instant; readonly number: string };
}

/** One conversation. Dropped when its last channel is gone. */
export interface Call {
  readonly callId: CallId;
  readonly linkedids: Set<Linkedid>;
  readonly createdAt: Instant;
  readonly channels: Set<Channel>;
  /** `call.started` was told (or the product knew it before). */
  started: boolean;
  ended: boolean;
  direction: Direction;
  /** The channel of the client, or of the colleague who called. */
  client: Channel | undefined;
  /** Who dialled, or was rung first by the exchange itself. */
  origin: Channel | undefined;
  queue: { readonly name: QueueName; readonly joinedAt: Instant; answered: boolean; abandoned: boolean } | undefined;
  /** Telephones that talk with the client, as told; those that just left stay until it is told. */
  readonly connected: Set<Channel>;
  readonly offers: Map<Channel, Offer>;
  consult: Consult | undefined;
  /** This call is a consultation of that one. */
  consultFor: Call | undefined;
  transfer: PendingTransfer | undefined;
  /** All three talk (a consultation became a conference): when this leg leaves, it has transferred. */
  threeWay: { readonly leg: Channel; readonly target: Target } | undefined;
  /** Those that were told, or the product knew before. */
  readonly transfers: KnownTransfer[];
  /** Kept so that one transfer is never told twice. */
  lastTransfer: ToldTransfer | undefined;
  parked: ParkingPlace | undefined;
  /** Who asked to hang up first since the last telephone joined. */
  hangup: EndedBy | undefined;
  /** When a telephone that hung up was told to have left, by the exchange's clock: the end that follows at once is its doing. */
  hungUpAt: Instant | undefined;
  /** Who was out of their common bridge first: AMI's Hangup is not told as anybody's request. */
  firstOut: 'client' | 'operator' | undefined;
  /** Cause of a called client's channel that is gone before the call is. */
  clientCause: { readonly cause: number; readonly text: string } | undefined;
  /** Since when something is held back. */
  heldBackAt: Instant | undefined;
  /** When what was held back must be told. */
  settleAt: Instant | undefined;
  /** The same by the exchange's clock, whose events may lie unread for longer than that. */
  settleSentAt: Instant | undefined;
  /** Instant of the last fact told. */
  toldAt: Instant;
  readonly listeners: Map<string, Listener>;
}

/** A supervisor's telephone with its ear on this call; the key is its channel's uniqueid. */
export interface Listener {
  readonly supervisor: DeviceId;
  readonly device: DeviceId;
  readonly mode: 'listen' | 'whisper' | 'join';
}

/** What we expect of a channel that our own command creates, by the ChannelId we gave it. */
export interface Expected {
  readonly kind: 'call' | 'listening';
  readonly token?: string;
  readonly number?: string;
  readonly mode?: 'listen' | 'whisper' | 'join';
}
