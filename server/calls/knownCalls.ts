import { isLive, openHold, phaseOf, type CallRecord, type TransferRecord } from '../../machines/call/index.ts';
import {
  callIdOf,
  type CallId,
  type DeviceId,
  type Direction,
  type ExchangeId,
  type QueueName,
  type Target,
} from '../../machines/vocabulary/index.ts';
import type { CallsRoom } from './callsRoom.ts';

/** What an exchange's first resync needs to recognise the calls that the store remembers. */
export interface KnownCall {
  readonly callId: CallId;
  readonly absorbed: readonly CallId[];
  readonly direction: Direction;
  readonly devices: readonly DeviceId[];
  readonly held: readonly DeviceId[];
  readonly queue?: QueueName;
  readonly parked: boolean;
  readonly consult?: { readonly device: DeviceId; readonly target: Target };
  readonly transfers: readonly Pick<TransferRecord, 'kind' | 'fromDevice' | 'target'>[];
}

export const knownCalls = (calls: Pick<CallsRoom, 'all'>, exchangeId: ExchangeId): readonly KnownCall[] =>
  [...calls.all()].flatMap(({ callId, record, snapshot }) =>
    record.exchangeId !== exchangeId || !isLive(snapshot)
      ? []
      : [
          {
            callId,
            absorbed: record.linkedids.slice(1).map((linkedid) => callIdOf(exchangeId, linkedid)),
            direction: record.direction,
            held: heldBy(record),
            parked: phaseOf(snapshot) === 'parked',
            transfers: record.transfers,
            ...(record.queue === undefined ? {} : { queue: record.queue }),
            ...(record.consult === undefined ? {} : { consult: record.consult }),
            devices: record.segments.flatMap((each) =>
              each.answeredAt !== undefined && each.leftAt === undefined ? [each.device] : [],
            ),
          },
        ],
  );

const heldBy = (record: CallRecord): readonly DeviceId[] => {
  const device = openHold(record)?.device;
  return device === undefined ? [] : [device];
};
