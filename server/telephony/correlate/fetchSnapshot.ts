import { AppError, type Instant } from '../../../machines/vocabulary/index.ts';
import type { AmiConnection, AmiPacket } from '../connection/connection.ts';
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
 * link. Queues and device states may be missing.
 */
export const fetchSnapshot = async (
  connection: Pick<AmiConnection, 'list'>,
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
  const [channels, queues, deviceStates] = await Promise.all([
    connection.list('CoreShowChannels'),
    orNothing('QueueStatus'),
    orNothing('DeviceStateList'),
  ]);
  return { askedAt, trueAt, restarted, channels, queues, deviceStates };
};
