import type { Clock } from '../../../machines/vocabulary/index.ts';
import {
  type Bridge,
  type BridgeEnd,
  type BridgeType,
  type Channel,
  type ChannelState,
  type PartyId,
} from './model.ts';
import { bridgeHeaders, causeHeaders, channelHeaders } from './headers.ts';
import type { Emit } from './events.ts';
import { ChannelTable, freshChannel, type NewChannel } from './channelTable.ts';
import { inherited, noPeers, peers, quality } from './variables.ts';

/**
 * Channels, bridges, holds and music: the lowest part of the demo exchange. Each change is told by the events, in the
 * order and with the headers that Asterisk 22 gives them.
 */
export class Switchboard {
  readonly table = new ChannelTable();
  readonly bridges = new Map<string, Bridge>();
  readonly clock: Clock;
  readonly #emit: Emit;
  readonly #onDevice: (device: string) => void;
  readonly #onClientGone: (channel: Channel, cause: number) => void;
  readonly #language: string;
  readonly #unfiltered: () => boolean;
  readonly #newId: () => string;
  #firstSecond = 0;
  #lastSecond = 0;
  #sequence = 0;
  #named = 0;
  #locals = 0;

  constructor(parts: {
    readonly clock: Clock;
    readonly emit: Emit;
    readonly newId: () => string;
    readonly language: string;
    /** Somebody reads `VarSet` and `Newexten`. */
    readonly unfiltered: () => boolean;
    /** A channel of this device came, changed its state or went. */
    readonly onDevice: (device: string) => void;
    /** The client of a conversation was hung up: the conversation is over. */
    readonly onClientGone: (channel: Channel, cause: number) => void;
  }) {
    this.clock = parts.clock;
    this.#emit = parts.emit;
    this.#newId = parts.newId;
    this.#language = parts.language;
    this.#unfiltered = parts.unfiltered;
    this.#onDevice = parts.onDevice;
    this.#onClientGone = parts.onClientGone;
  }

  /** Everything is forgotten at once, as when the process ends. Sequences begin anew. */
  reset(): void {
    this.table.clear();
    this.bridges.clear();
    // An exchange takes longer to start than a second; here the ids of before must not come again within one.
    this.#firstSecond = this.#lastSecond + 1;
    this.#sequence = 0;
    this.#named = 0;
    this.#locals = 0;
  }

  get channels(): ReadonlyMap<string, Channel> {
    return this.table.channels;
  }
  /** Clients by the conversation that is theirs. */
  get clients(): Map<string, Channel> {
    return this.table.clients;
  }
  byName(name: string): Channel | undefined {
    return this.table.byName(name);
  }
  of(device: string): Channel[] {
    return this.table.of(device);
  }
  makeClient(channel: Channel): void {
    this.table.makeClient(channel);
  }

  newChannel(wanted: NewChannel): Channel {
    const name = `${wanted.device}-${hex8(this.#named++)}`;
    return this.#add(wanted, name);
  }

  /** The two ends of a Local channel: `;1` for whoever dials, `;2` runs the dialplan at `exten`. */
  newLocal(context: string, exten: string, from: Channel): { one: Channel; two: Channel } {
    const name = `Local/${exten}@${context}-${hex8(this.#locals++)}`;
    const device = `Local/${exten}@${context}`;
    const one = this.#add({ device, state: 0, context, exten, from }, `${name};1`);
    const two = this.#add({ device, state: 4, context, exten, from }, `${name};2`);
    return { one, two };
  }

  #add(wanted: NewChannel, name: string): Channel {
    this.#lastSecond = Math.max(this.#firstSecond, Math.floor(this.clock.now() / 1000));
    const uniqueid = wanted.uniqueid ?? `${this.#lastSecond}.${this.#sequence++}`;
    const channel = freshChannel(wanted, { name, uniqueid, language: this.#language, now: this.clock.now() });
    this.table.add(channel);
    this.#emit('Newchannel', () => channelHeaders(channel));
    if (this.#unfiltered()) {
      if (wanted.from !== undefined) inherited(this.#set, wanted.from, channel);
      else if (wanted.state === 4) this.#set(channel, 'SIPDOMAIN', '127.0.0.1');
    }
    return channel;
  }

  /** An event about one channel, with further headers after the channel's own. */
  tell(event: string, channel: Channel, more: Readonly<Record<string, string | number>> = {}): void {
    this.#emit(event, () => ({ ...channelHeaders(channel), ...more }));
  }
  /** An event about who dials and who is dialled. Asterisk leaves the caller's headers out of an originate's. */
  tellDial(
    event: string,
    caller: Channel | undefined,
    dialled: Channel,
    more: Readonly<Record<string, string | number>> = {},
  ): void {
    this.#emit(event, () => ({
      ...(caller === undefined ? {} : channelHeaders(caller)),
      ...channelHeaders(dialled, 'Dest'),
      ...more,
    }));
  }

  setState(channel: Channel, state: ChannelState): void {
    if (channel.state === state) return;
    channel.state = state;
    this.tell('Newstate', channel);
    if (state === 6) channel.onUp?.();
  }
  setConnected(channel: Channel, party: PartyId | undefined): void {
    if (channel.connected?.number === party?.number && channel.connected?.name === party?.name) return;
    channel.connected = party;
    this.tell('NewConnectedLine', channel);
  }
  deviceChanged(channel: Channel): void {
    this.#onDevice(channel.device);
  }

  /** Where the dialplan is; told as `Newexten`, which the product's account filters at the source. */
  run(channel: Channel, place: { context: string; exten: string; priority: number }, app: string, data = ''): void {
    Object.assign(channel, place);
    channel.application = app;
    channel.applicationData = data;
    if (this.#unfiltered())
      this.tell('Newexten', channel, { Extension: channel.exten, Application: app, AppData: data });
  }
  setVariable(channel: Channel, name: string, value: string): void {
    channel.variables.set(name.replace(/^_{1,2}/, ''), value);
    if (this.#unfiltered()) this.#set(channel, name, value);
  }
  /** Tells of a variable that nothing here reads. */
  readonly #set = (channel: Channel, name: string, value: string): void =>
    this.tell('VarSet', channel, { Variable: name, Value: escapedValue(value) });

  music(channel: Channel, on: boolean): void {
    if (channel.music === on) return;
    channel.music = on;
    if (on) this.tell('MusicOnHoldStart', channel, { Class: 'default' });
    else this.tell('MusicOnHoldStop', channel);
  }

  createBridge(type: BridgeType = 'basic'): Bridge {
    const bridge: Bridge = { id: this.#newId(), type, channels: [], onEnd: undefined };
    this.bridges.set(bridge.id, bridge);
    this.#emit('BridgeCreate', () => bridgeHeaders(bridge));
    return bridge;
  }
  /** `swap`: the channel whose place it takes. Both sides take the older linkedid, as Asterisk does. */
  enter(bridge: Bridge, channel: Channel, swap?: Channel): void {
    bridge.channels.push(channel);
    channel.bridge = bridge;
    if (bridge.type === 'basic') {
      const oldest = bridge.channels.map((each) => each.linkedid).reduce(older);
      for (const each of bridge.channels) each.linkedid = oldest;
    }
    this.#emit('BridgeEnter', () => ({
      ...bridgeHeaders(bridge),
      ...channelHeaders(channel),
      ...(swap === undefined ? {} : { SwapUniqueid: swap.uniqueid }),
    }));
    if (this.#unfiltered()) peers(this.#set, bridge.channels);
  }
  leave(channel: Channel): void {
    const bridge = channel.bridge;
    if (bridge === undefined) return;
    if (this.#unfiltered() && bridge.channels.length === 2) noPeers(this.#set, bridge.channels);
    bridge.channels.splice(bridge.channels.indexOf(channel), 1);
    channel.bridge = undefined;
    this.#emit('BridgeLeave', () => ({ ...bridgeHeaders(bridge), ...channelHeaders(channel) }));
  }
  destroyBridge(bridge: Bridge): void {
    if (!this.bridges.delete(bridge.id)) return;
    this.#emit('BridgeDestroy', () => bridgeHeaders(bridge));
  }
  peerOf(channel: Channel): Channel | undefined {
    return channel.bridge?.channels.find((each) => each !== channel);
  }
  /** Tells the application of the bridge that it is over, once. */
  endBridge(bridge: Bridge, reason: BridgeEnd): void {
    const end = bridge.onEnd;
    bridge.onEnd = undefined;
    end?.(reason);
  }

  hold(channel: Channel, withClass = true): boolean {
    const peer = this.peerOf(channel);
    if (peer === undefined || channel.holding) return false;
    channel.holding = true;
    this.tell('Hold', channel, withClass ? { MusicClass: 'default' } : {});
    if (this.#unfiltered()) peers(this.#set, channel.bridge?.channels ?? []);
    this.music(peer, true);
    peer.held = true;
    this.deviceChanged(peer);
    return true;
  }
  unhold(channel: Channel): boolean {
    if (!channel.holding) return false;
    channel.holding = false;
    this.tell('Unhold', channel);
    const peer = this.peerOf(channel);
    if (this.#unfiltered()) peers(this.#set, channel.bridge?.channels ?? []);
    if (peer !== undefined) this.#released(peer);
    return true;
  }
  #released(channel: Channel): void {
    this.music(channel, false);
    channel.held = false;
    this.deviceChanged(channel);
  }
  /** It left the bridge in which it was held. */
  freeOfHold(channel: Channel): void {
    if (channel.held) this.#released(channel);
  }

  /** `HangupRequest`: the party itself hung up. A call that `Queue` made carries no cause here. */
  requestHangup(channel: Channel, cause?: number): void {
    if (this.#unfiltered()) quality(this.#set, channel, channel.bridge !== undefined);
    this.tell('HangupRequest', channel, cause === undefined ? {} : { Cause: cause });
  }
  softHangup(channel: Channel, cause = 16): void {
    this.tell('SoftHangupRequest', channel, { Cause: cause });
  }
  hangUp(channel: Channel, cause: number): void {
    if (channel.gone) return;
    if (this.#unfiltered() && channel.endedBy !== undefined) quality(this.#set, channel, false);
    channel.gone = true;
    channel.program = undefined;
    channel.afterBridge = undefined;
    this.table.remove(channel);
    this.#emit('Hangup', () => ({ ...channelHeaders(channel), ...causeHeaders(cause) }));
    this.deviceChanged(channel);
    if (channel.isClient) this.#onClientGone(channel, cause);
    const { onGone } = channel;
    channel.onGone = undefined;
    onGone?.(cause);
  }
}

const hex8 = (sequence: number): string => sequence.toString(16).padStart(8, '0');
/** By the sequence after the point too: `1690000000.9` is older than `1690000000.10`. Foreign ids stay. */
const older = (left: string, right: string): string => {
  const [seconds = 0, sequence = 0] = left.split('.').map(Number);
  const [otherSeconds = 0, otherSequence = 0] = right.split('.').map(Number);
  return otherSeconds < seconds || (otherSeconds === seconds && otherSequence < sequence) ? right : left;
};
/** A value of `VarSet` is escaped by Asterisk, so that it cannot forge an event. */
const escapedValue = (value: string): string => value.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
