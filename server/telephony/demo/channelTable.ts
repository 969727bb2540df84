import type { Instant } from '../../../machines/vocabulary/index.ts';
import type { Channel, ChannelState, PartyId } from './model.ts';

export interface NewChannel {
  readonly device: string;
  readonly state: ChannelState;
  readonly caller?: PartyId | undefined;
  readonly context: string;
  readonly exten: string;
  /** The channel that dials this one: both have one linkedid. */
  readonly from?: Channel | undefined;
  /** `ChannelId` of an originate. */
  readonly uniqueid?: string | undefined;
}

/** All channels, found by id, by name, by device and by the conversation whose client they are. */
export class ChannelTable {
  readonly channels = new Map<string, Channel>();
  readonly clients = new Map<string, Channel>();
  readonly #names = new Map<string, Channel>();
  readonly #devices = new Map<string, Set<Channel>>();

  add(channel: Channel): void {
    this.channels.set(channel.uniqueid, channel);
    this.#names.set(channel.name, channel);
    const siblings = this.#devices.get(channel.device);
    if (siblings === undefined) this.#devices.set(channel.device, new Set([channel]));
    else siblings.add(channel);
  }
  remove(channel: Channel): void {
    this.channels.delete(channel.uniqueid);
    this.#names.delete(channel.name);
    const siblings = this.#devices.get(channel.device);
    siblings?.delete(channel);
    if (siblings?.size === 0) this.#devices.delete(channel.device);
    if (channel.isClient && this.clients.get(channel.conversation) === channel)
      this.clients.delete(channel.conversation);
  }
  clear(): void {
    for (const channel of this.channels.values()) channel.gone = true;
    for (const map of [this.channels, this.clients, this.#names, this.#devices]) map.clear();
  }
  byName(name: string): Channel | undefined {
    return this.#names.get(name);
  }
  of(device: string): Channel[] {
    return [...(this.#devices.get(device) ?? [])];
  }
  /** From now on this channel is the client of its conversation. */
  makeClient(channel: Channel): void {
    channel.isClient = true;
    this.clients.set(channel.conversation, channel);
  }
}

export const freshChannel = (
  wanted: NewChannel,
  given: { readonly name: string; readonly uniqueid: string; readonly language: string; readonly now: Instant },
): Channel => ({
  name: given.name,
  device: wanted.device,
  uniqueid: given.uniqueid,
  linkedid: wanted.from?.linkedid ?? given.uniqueid,
  createdAt: given.now,
  state: wanted.state,
  caller: wanted.caller,
  connected: undefined,
  language: given.language,
  context: wanted.context,
  exten: wanted.exten,
  priority: 1,
  application: '',
  applicationData: '',
  bridge: undefined,
  holding: false,
  held: false,
  music: false,
  variables: new Map(),
  program: undefined,
  afterBridge: undefined,
  goesOn: undefined,
  conversation: wanted.from?.conversation ?? given.uniqueid,
  byQueue: false,
  isClient: false,
  endedBy: undefined,
  onUp: undefined,
  onGone: undefined,
  gone: false,
});
