import { AppError, type Instant } from '../../../machines/vocabulary/index.ts';
import type { AmiConnection, AmiPacket } from '../connection/connection.ts';
import { isLocalChannel } from './names.ts';
import type { ExchangeSnapshot } from './resync.ts';

export interface SnapshotContext {
  readonly askedAt: Instant;
  readonly trueAt: Instant;
  readonly restarted: boolean;
  /** A list that this exchange does not give (a module or a right is missing): the picture is whole without it. */
  readonly onMissing: (action: string, fault: AppError) => void;
}

/**
 * Asks the exchange for its lists. Without `CoreShowChannels` there is no picture: its fault rejects, as does a lost
 * link. Queues, device states and parking may be missing.
 */
export const fetchSnapshot = async (
  connection: Pick<AmiConnection, 'list' | 'action'>,
  { askedAt, trueAt, restarted, onMissing }: SnapshotContext,
): Promise<ExchangeSnapshot> => {
  const orNothing = async (action: string): Promise<readonly AmiPacket[]> => {
    try {
      return await connection.list(action);
    } catch (fault) {
      if (!(fault instanceof AppError) || fault.code === 'telephony.linkLost') throw fault;
      onMissing(action, fault);
      return [];
    }
  };
  const [channels, queues, deviceStates, parked] = await Promise.all([
    connection.list('CoreShowChannels'),
    orNothing('QueueStatus'),
    orNothing('DeviceStateList'),
    orNothing('ParkedCalls'),
  ]);
  const up = channels.filter(({ channel = '', channelstate }) => channelstate === UP && !isLocalChannel(channel));
  // A telephone that holds by itself (re-INVITE) stays `INUSE` on Asterisk 22. Of a Local channel the half at whose bridge
  // the hold was pressed says so, and passes it on to nobody.
  const bridged = channels.filter(({ channelstate, bridgeid = '' }) => channelstate === UP && bridgeid !== '');
  const [holds, trails] = await Promise.all([
    askEach(connection, bridged, 'CHANNEL(onhold)'),
    askEach(connection, up, 'SHARED(GATE_TRAIL)'),
  ]);
  const onHold = new Map([...holds].map(([uniqueid, value]) => [uniqueid, value === '1']));
  return { askedAt, trueAt, restarted, channels, queues, deviceStates, parked, onHold, trails };
};

/** Questions under way at once: an exchange has hundreds of channels, the link bounds what is pending. */
const AT_ONCE = 50;
const UP = '6';

/**
 * What no list says and the channel itself knows. A channel that is gone meanwhile, or a right that is missing, leaves its
 * answer out.
 */
const askEach = async (
  connection: Pick<AmiConnection, 'action'>,
  channels: readonly AmiPacket[],
  variable: string,
): Promise<ReadonlyMap<string, string>> => {
  const values = new Map<string, string>();
  for (let from = 0; from < channels.length; from += AT_ONCE) {
    await Promise.all(
      channels.slice(from, from + AT_ONCE).map(async ({ channel = '', uniqueid = '' }) => {
        const value = await ask(connection, channel, variable);
        if (value !== undefined && value !== '') values.set(uniqueid, value);
      }),
    );
  }
  return values;
};
const ask = async (
  connection: Pick<AmiConnection, 'action'>,
  channel: string,
  variable: string,
): Promise<string | undefined> => {
  try {
    return (await connection.action('Getvar', { Channel: channel, Variable: variable }))['value'];
  } catch (fault) {
    if (!(fault instanceof AppError) || fault.code === 'telephony.linkLost') throw fault;
    return undefined;
  }
};
