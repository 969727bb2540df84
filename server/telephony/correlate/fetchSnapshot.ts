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
  const onHold = await askHolds(connection, channels);
  return { askedAt, trueAt, restarted, channels, queues, deviceStates, parked, onHold };
};

/** Questions under way at once: an exchange has hundreds of channels, the link bounds what is pending. */
const AT_ONCE = 50;
const UP = '6';

/**
 * No list says who is on hold, and a telephone that holds by itself (re-INVITE) stays `INUSE` on Asterisk 22. The
 * channel that waits knows: `CHANNEL(onhold)`. A channel that is gone meanwhile, or a right that is missing, leaves its
 * answer out.
 */
const askHolds = async (
  connection: Pick<AmiConnection, 'action'>,
  channels: readonly AmiPacket[],
): Promise<ReadonlyMap<string, boolean>> => {
  const held = new Map<string, boolean>();
  const asked = channels.filter(
    ({ channel = '', channelstate, bridgeid = '' }) =>
      channelstate === UP && bridgeid !== '' && !isLocalChannel(channel),
  );
  for (let from = 0; from < asked.length; from += AT_ONCE) {
    await Promise.all(
      asked.slice(from, from + AT_ONCE).map(async ({ channel = '', uniqueid = '' }) => {
        const value = await askHold(connection, channel);
        if (value === '0' || value === '1') held.set(uniqueid, value === '1');
      }),
    );
  }
  return held;
};
const askHold = async (connection: Pick<AmiConnection, 'action'>, channel: string): Promise<string | undefined> => {
  try {
    return (await connection.action('Getvar', { Channel: channel, Variable: 'CHANNEL(onhold)' }))['value'];
  } catch (fault) {
    if (!(fault instanceof AppError) || fault.code === 'telephony.linkLost') throw fault;
    return undefined;
  }
};
