import { as, type DeviceId, type DeviceState } from '../../../machines/vocabulary/index.ts';
import type { AmiPacket } from '../connection/connection.ts';
import { see } from './meet.ts';
import type { Channel } from './model.ts';
import { isDeviceName, roleOf } from './names.ts';
import { onTransferPassed, onTransferRefused } from './transfers.ts';
import type { World } from './world.ts';

// --- parking

export const onParkedCall = (world: World, packet: AmiPacket): void => {
  const channel = see(world, packet, 'parkee');
  if (channel === undefined) return;
  const { call } = channel;
  call.parked = { space: packet['parkingspace'] ?? '', at: world.at };
  call.transfer = undefined;
  world.tell(call, { type: 'call.parked', space: call.parked.space });
};
const unparked = (world: World, packet: AmiPacket, byRetriever: boolean): void => {
  const call = see(world, packet, 'parkee')?.call;
  if (call?.parked === undefined) return;
  const retriever = byRetriever ? see(world, packet, 'retriever') : undefined;
  call.parked = undefined;
  world.tell(call, { type: 'call.unparked', ...(retriever?.role === 'staff' ? { device: retriever.device } : {}) });
};
export const onUnParkedCall = (world: World, packet: AmiPacket): void => unparked(world, packet, true);
export const onParkedCallTimeOut = (world: World, packet: AmiPacket): void => unparked(world, packet, false);

// --- listening

export const onChanSpyStart = (world: World, packet: AmiPacket): void => {
  const spyer = see(world, packet, 'spyer');
  const spyee = see(world, packet, 'spyee');
  if (spyer === undefined || spyee === undefined) return;
  const mode = world.expected.get(spyer.uniqueid)?.mode ?? 'listen';
  const listener = { supervisor: spyer.device, device: spyee.device, mode };
  spyee.call.listeners.set(spyer.uniqueid, listener);
  tellListening(world, spyee, 'started', listener);
};
export const onChanSpyStop = (world: World, packet: AmiPacket): void => {
  const spyee = world.channels.get(packet['spyeeuniqueid'] ?? '');
  const spyer = packet['spyeruniqueid'] ?? '';
  const call = spyee?.call ?? [...world.calls.values()].find((one) => one.listeners.has(spyer));
  const listener = call?.listeners.get(spyer);
  if (call === undefined || listener === undefined) return;
  call.listeners.delete(spyer);
  tellListening(world, { call }, 'stopped', listener);
};
const tellListening = (
  world: World,
  { call }: Pick<Channel, 'call'>,
  phase: 'started' | 'stopped',
  { supervisor, device, mode }: { supervisor: DeviceId; device: DeviceId; mode: 'listen' | 'whisper' | 'join' },
): void => world.tell(call, { type: 'call.listening', phase, mode, supervisorDevice: supervisor, device });

// --- the dialplan's own events

type UserEventHandler = (world: World, packet: AmiPacket, channel: Channel) => void;
const MODES = ['listen', 'whisper', 'join'] as const;

/** Signed with the token, which the connection has checked; here the channel must be one that we know. */
const USER_EVENTS: Readonly<Record<string, UserEventHandler>> = {
  TransferPassed: onTransferPassed,
  TransferRefused: onTransferRefused,
  SurveyAnswered: (world, packet, { call }) => {
    // The client went on without the operator: whoever ends the call now ends it.
    call.hungUpAt = undefined;
    const { question = '', digit = '' } = packet;
    if (/^\d{1,3}$/.test(question) && /^\d$/.test(digit))
      world.tell(call, { type: 'call.surveyAnswered', question, digit });
  },
  Recording: (world, packet, { call }) => {
    const { file = '' } = packet;
    if (/^[\w./-]{1,200}$/.test(file)) world.tell(call, { type: 'call.recorded', file });
  },
  ListeningWanted: (world, packet, channel) => {
    const mode = MODES.find((one) => one === packet['mode']);
    if (mode !== undefined && channel.role === 'staff')
      world.expected.set(channel.uniqueid, { kind: 'listening', mode });
  },
};
export const onUserEvent = (world: World, packet: AmiPacket): void => {
  const channel = world.channels.get(packet['uniqueid'] ?? '');
  const name = packet['userevent'] ?? '';
  if (channel === undefined || !Object.hasOwn(USER_EVENTS, name)) return;
  channel.seenAt = world.at;
  USER_EVENTS[name]?.(world, packet, channel);
};

// --- telephones

const DEVICE_STATES: Readonly<Record<string, DeviceState>> = {
  NOT_INUSE: 'free',
  INUSE: 'inUse',
  BUSY: 'busy',
  RINGING: 'ringing',
  RINGINUSE: 'ringing',
  ONHOLD: 'onHold',
  UNAVAILABLE: 'unavailable',
  INVALID: 'unavailable',
  UNKNOWN: 'unknown',
};
export const onDeviceState = (world: World, packet: AmiPacket): void => {
  const raw = packet['device'] ?? '';
  const device = as<DeviceId>(raw);
  if (!isDeviceName(raw) || roleOf(device, undefined, world.members, world.classifier) !== 'staff') return;
  const state = DEVICE_STATES[packet['state'] ?? ''] ?? 'unknown';
  if (world.deviceStates.get(device) === state) return;
  world.deviceStates.set(device, state);
  world.meetTelephone(device);
  world.tellExchange({ type: 'device.stateChanged', device, state });
};
