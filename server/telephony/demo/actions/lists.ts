import type { PacketFields } from '../../connection/wire.ts';
import { bridgeHeaders, channelHeaders } from '../headers.ts';
import type { Channel } from '../model.ts';
import type { Actions, Request } from './action.ts';

const durationOf = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (count: number): string => String(count).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

/** What the dialled side of `Queue()` or `Dial()` seems to run. */
const DIALLED = { queue: 'AppQueue', dial: 'AppDial' } as const;
const applicationOf = (channel: Channel, peer: Channel | undefined): [string, string] => {
  if (channel.application !== '') return [channel.application, channel.applicationData];
  return [peer?.application === 'Queue' ? DIALLED.queue : DIALLED.dial, '(Outgoing Line)'];
};

const channelItem = (channel: Channel, request: Request): PacketFields => {
  const { board, clock } = request.exchange.core;
  const [application, data] = applicationOf(channel, board.peerOf(channel));
  return {
    ...channelHeaders(channel),
    Application: application,
    ApplicationData: data,
    Duration: durationOf(clock.now() - channel.createdAt),
    BridgeId: channel.bridge?.id ?? '',
  };
};

export const LIST_ACTIONS: Actions = {
  CoreShowChannels: {
    rights: ['system', 'reporting'],
    run: (request) =>
      request.list(
        'Channels will follow',
        'CoreShowChannelsComplete',
        [...request.exchange.core.board.channels.values()].map((channel) => ({
          event: 'CoreShowChannel',
          fields: channelItem(channel, request),
        })),
      ),
  },
  Status: {
    rights: ['system', 'call', 'reporting'],
    run: (request) => {
      const wanted = request.get('Channel');
      const one = request.channel();
      if (wanted !== '' && one === undefined) {
        request.fail('No such channel');
        return;
      }
      const channels = one === undefined ? [...request.exchange.core.board.channels.values()] : [one];
      request.list(
        'Channel status will follow',
        'StatusComplete',
        channels.map((channel) => ({
          event: 'Status',
          fields: { Privilege: 'Call', ...channelItem(channel, request) },
        })),
        { more: { Items: channels.length } },
      );
    },
  },
  BridgeList: {
    rights: [],
    run: (request) =>
      request.list(
        'Bridge listing will follow',
        'BridgeListComplete',
        [...request.exchange.core.board.bridges.values()].map((bridge) => ({
          event: 'BridgeListItem',
          fields: bridgeHeaders(bridge),
        })),
      ),
  },
  BridgeInfo: {
    rights: [],
    run: (request) => {
      const bridge = request.exchange.core.board.bridges.get(request.get('BridgeUniqueid'));
      if (bridge === undefined) {
        request.fail('Specified BridgeUniqueid not found');
        return;
      }
      request.list(
        'Bridge channel listing will follow',
        'BridgeInfoComplete',
        bridge.channels.map((channel) => ({ event: 'BridgeInfoChannel', fields: channelHeaders(channel) })),
        { more: bridgeHeaders(bridge) },
      );
    },
  },
  DeviceStateList: {
    rights: ['call', 'reporting'],
    run: (request) =>
      request.list(
        'Device State Changes will follow',
        'DeviceStateListComplete',
        request.exchange.core.devices.list().map((fields) => ({ event: 'DeviceStateChange', fields })),
      ),
  },
  ParkedCalls: {
    rights: ['call'],
    run: (request) => {
      const items = request.exchange.parking.list().map((fields) => ({ event: 'ParkedCall', fields }));
      request.list('Parked calls will follow', 'ParkedCallsComplete', items, { more: { Total: items.length } });
    },
  },
  Parkinglots: {
    rights: ['call'],
    run: (request) => {
      const { firstParkingSpace, parkingSpaces, parkingMs } = request.exchange.core.site;
      const lot = {
        Name: 'default',
        StartSpace: firstParkingSpace,
        StopSpace: firstParkingSpace + parkingSpaces - 1,
        Timeout: parkingMs / 1000,
      };
      request.list('Parking lots will follow', 'ParkinglotsComplete', [{ event: 'Parkinglot', fields: lot }]);
    },
  },
};
