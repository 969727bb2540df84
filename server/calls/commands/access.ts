import { AppError, type DeviceId } from '../../../machines/vocabulary/index.ts';
import type { CommandContext } from '../../commands.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Exchange } from '../../telephony/exchange.ts';
import type { CallsRoom } from '../callsRoom.ts';
import type { LiveCall } from '../liveCall.ts';

/** What the operator's commands work on. */
export interface CallDesk {
  readonly calls: CallsRoom;
  readonly ledger: Ledger;
  exchangeOf(live: LiveCall): Exchange;
}

/** The call, if it is on this person's panel. Throws `call.unknown` or `call.notYours`. */
export function ownCall(desk: Pick<CallDesk, 'calls'>, callId: string, { person }: CommandContext): LiveCall {
  const live = desk.calls.get(callId);
  if (!live) throw new AppError('call.unknown', 'this call is over', { kind: 'user' });
  if (!live.watchers().includes(person.id))
    throw new AppError('call.notYours', 'this call is with another operator', { kind: 'user' });
  return live;
}

/** The telephone at which this person has the call in hand. Throws `call.notInHand`. */
export function deviceInHand(live: LiveCall, { person }: CommandContext): DeviceId {
  const segment = live.record.segments.findLast(
    (each) => each.operatorId === person.id && each.answeredAt !== undefined && each.leftAt === undefined,
  );
  if (!segment) throw new AppError('call.notInHand', 'you are not connected to this call', { kind: 'user' });
  return segment.device;
}

/** The same, also while that telephone rings for a call of this person's own. Throws `call.notInHand`. */
export function deviceToEnd(live: LiveCall, context: CommandContext): DeviceId {
  const { direction, answeredAt, segments } = live.record;
  const calling = segments.find((each) => each.operatorId === context.person.id && each.leftAt === undefined);
  return direction === 'outbound' && answeredAt === undefined && calling ? calling.device : deviceInHand(live, context);
}

/** On disk, or the screen is told that it is not yet. */
export const kept = async (desk: CallDesk): Promise<{ saved: boolean }> => desk.ledger.flush();
