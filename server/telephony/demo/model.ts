import type { Instant } from '../../../machines/vocabulary/index.ts';

/** States of a channel as AMI numbers them (`ChannelState`). */
export type ChannelState = 0 | 4 | 5 | 6;
export const CHANNEL_STATES: Readonly<Record<ChannelState, string>> = { 0: 'Down', 4: 'Ring', 5: 'Ringing', 6: 'Up' };

/** States of a device as `DeviceStateChange` writes them, with the number of `QueueMemberStatus`. */
export type DeviceStateName = 'NOT_INUSE' | 'INUSE' | 'BUSY' | 'UNAVAILABLE' | 'RINGING' | 'RINGINUSE' | 'ONHOLD';
export const MEMBER_STATUS: Readonly<Record<DeviceStateName, number>> = {
  NOT_INUSE: 1,
  INUSE: 2,
  BUSY: 3,
  UNAVAILABLE: 5,
  RINGING: 6,
  RINGINUSE: 7,
  ONHOLD: 8,
};

export interface PartyId {
  readonly number: string;
  readonly name: string;
}

/** What a channel's own party does to the program that the channel runs. */
export interface Program {
  /** The party hung up. The channel still exists; the program takes down all that depends on it, then the channel. */
  partyLeft(): void;
}

export interface Channel {
  readonly name: string;
  /** `PJSIP/101`: the name without its sequence. */
  readonly device: string;
  readonly uniqueid: string;
  linkedid: string;
  readonly createdAt: Instant;
  state: ChannelState;
  caller: PartyId | undefined;
  connected: PartyId | undefined;
  readonly language: string;
  context: string;
  exten: string;
  priority: number;
  application: string;
  applicationData: string;
  bridge: Bridge | undefined;
  /** This party pressed hold: whoever it talks to hears music. */
  holding: boolean;
  /** The other side put this one on hold; Asterisk then calls this one's device ONHOLD. */
  held: boolean;
  music: boolean;
  /** Channel variables, `SHARED(NAME)` among them. */
  readonly variables: Map<string, string>;
  /** What it runs while it is in no bridge. */
  program: Program | undefined;
  /** What it does when its bridge is over. Without it the channel is hung up then. */
  afterBridge: (() => void) | undefined;
  /** Where a client who was called goes when the operator has hung up (option F of the call to the city). */
  goesOn: (() => void) | undefined;
  /** The linkedid with which its conversation began: truth for the ledger, never told by AMI. */
  conversation: string;
  /** `Queue()` connected it, before any transfer: when its party hangs up, Asterisk tells no cause. */
  byQueue: boolean;
  /** It is the client of its conversation: a citizen, or the colleague who called. */
  isClient: boolean;
  /** Whose doing its end was, once that is known. */
  endedBy: 'client' | 'operator' | undefined;
  /** What a Local channel does when this end is answered, or is gone. */
  onUp: (() => void) | undefined;
  onGone: ((cause: number) => void) | undefined;
  /** Hung up: in no table any more. */
  gone: boolean;
}

export type BridgeType = 'basic' | 'parking';
export interface Bridge {
  readonly id: string;
  readonly type: BridgeType;
  readonly channels: Channel[];
  /** Tells the application that made the bridge (`Queue` counts talk time) how it ended. */
  onEnd: ((reason: BridgeEnd) => void) | undefined;
}
/** Who ended a bridge: `caller` is the side that runs the dialplan, `agent` the dialled side. */
export type BridgeEnd = 'caller' | 'agent' | 'transfer';

/** Q.850 causes that occur here, in Asterisk's words. */
export const CAUSE_TEXT: Readonly<Record<number, string>> = {
  0: 'Unknown',
  1: 'Unallocated (unassigned) number',
  3: 'No route to destination',
  16: 'Normal Clearing',
  17: 'User busy',
  19: 'User alerting, no answer',
  20: 'Subscriber absent',
  21: 'Call Rejected',
  26: 'Answered elsewhere',
  127: 'Interworking, unspecified',
};

/** The conversation of an operator with whom it asks, while the client of `conversation` waits. */
export const askingOf = (conversation: string): string => `${conversation}/asks`;
/** The conversation of the client, whether this is it or one in which somebody is asked. */
export const mainOf = (conversation: string): string => conversation.replace(/\/asks$/, '');
