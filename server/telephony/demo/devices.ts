import type { PacketFields } from '../connection/wire.ts';
import type { Emit } from './events.ts';
import type { Channel, ChannelState, DeviceStateName } from './model.ts';

const OF_CHANNEL: Readonly<Record<ChannelState, DeviceStateName>> = {
  0: 'NOT_INUSE',
  4: 'INUSE',
  5: 'RINGING',
  6: 'INUSE',
};
/** Which state wins when a device has several channels: the order of `ast_devstate_aggregate_add`. */
const WEIGHT: Readonly<Record<DeviceStateName, number>> = {
  UNAVAILABLE: 2,
  NOT_INUSE: 3,
  ONHOLD: 4,
  RINGING: 5,
  INUSE: 6,
  BUSY: 7,
  RINGINUSE: 8,
};

/** A trunk with more calls than this is simply in use: counting thousands of them at each change would cost too much. */
const BUSY_TRUNK = 20;

/** States of telephones and trunk, from their channels; each change is told once. */
export class Devices {
  readonly #emit: Emit;
  readonly #channelsOf: (device: string) => readonly Channel[];
  readonly #onChange: (device: string, state: DeviceStateName) => void;
  readonly #hintOf: (device: string) => string | undefined;
  readonly #told = new Map<string, DeviceStateName>();
  readonly #unplugged = new Set<string>();

  constructor(parts: {
    readonly emit: Emit;
    readonly channelsOf: (device: string) => readonly Channel[];
    /** The extension whose `hint` this device is. */
    readonly hintOf: (device: string) => string | undefined;
    /** Before the change is told: queues tell of their members first, as Asterisk mostly does. */
    readonly onChange: (device: string, state: DeviceStateName) => void;
  }) {
    this.#emit = parts.emit;
    this.#channelsOf = parts.channelsOf;
    this.#onChange = parts.onChange;
    this.#hintOf = parts.hintOf;
  }

  /** Devices that are known before their first call. */
  know(devices: readonly string[]): void {
    for (const device of devices) this.#told.set(device, 'NOT_INUSE');
  }
  reset(): void {
    for (const device of this.#told.keys())
      this.#told.set(device, this.#unplugged.has(device) ? 'UNAVAILABLE' : 'NOT_INUSE');
  }
  /** A telephone without network; its calls go on, as far as they can. */
  setPlugged(device: string, plugged: boolean): void {
    if (plugged) this.#unplugged.delete(device);
    else this.#unplugged.add(device);
    this.refresh(device);
  }

  isUnplugged(device: string): boolean {
    return this.#unplugged.has(device);
  }

  stateOf(device: string): DeviceStateName {
    let state: DeviceStateName = this.#unplugged.has(device) ? 'UNAVAILABLE' : 'NOT_INUSE';
    let ringing = false;
    let inUse = false;
    const channels = this.#channelsOf(device);
    if (channels.length > BUSY_TRUNK) return 'INUSE';
    for (const channel of channels) {
      const own = channel.held ? 'ONHOLD' : OF_CHANNEL[channel.state];
      ringing ||= own === 'RINGING';
      inUse ||= own === 'INUSE';
      if (WEIGHT[own] > WEIGHT[state]) state = own;
    }
    return ringing && inUse ? 'RINGINUSE' : state;
  }

  refresh(device: string): void {
    const state = this.stateOf(device);
    if ((this.#told.get(device) ?? 'NOT_INUSE') === state) return;
    this.#told.set(device, state);
    this.#onChange(device, state);
    this.tell(device, state);
    const hint = this.#hintOf(device);
    if (hint !== undefined) this.#emit('ExtensionStatus', () => extensionStatus(device, hint, state));
  }
  /** Also for what is no telephone: `Queue:…`, `park:…`, Local channels. */
  tell(device: string, state: DeviceStateName): void {
    this.#emit('DeviceStateChange', () => ({ Device: device, State: state }));
  }

  list(): PacketFields[] {
    return [...this.#told].map(([device, state]) => ({ Device: device, State: state }));
  }
}

const EXTENSION_STATUS: Readonly<Record<DeviceStateName, readonly [number, string]>> = {
  NOT_INUSE: [0, 'Idle'],
  INUSE: [1, 'InUse'],
  BUSY: [2, 'Busy'],
  UNAVAILABLE: [4, 'Unavailable'],
  RINGING: [8, 'Ringing'],
  RINGINUSE: [9, 'InUse&Ringing'],
  ONHOLD: [16, 'Hold'],
};
const extensionStatus = (device: string, hint: string, state: DeviceStateName): PacketFields => {
  const [Status, StatusText] = EXTENSION_STATUS[state];
  return { Exten: hint, Context: 'telephone-numbers', Hint: device, Status, StatusText };
};
