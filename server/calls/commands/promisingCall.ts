import { AppError } from '../../../machines/vocabulary/index.ts';
import type { CallbackCommandsSetup } from '../../callbacks/commands.ts';
import type { CallsRoom } from '../callsRoom.ts';
import type { KnownOf } from '../scriptWorld.ts';

/** The call on this person's panel in which a callback is promised. */
export const promisingCall =
  (calls: CallsRoom, knownOf: KnownOf): CallbackCommandsSetup['promisingCall'] =>
  (callId, { person, at }) => {
    const live = calls.get(callId);
    if (!live) throw new AppError('call.unknown', 'this call is over', { kind: 'user' });
    const { inquiryId } = live.rest;
    if (!live.watchers().includes(person.id) || !inquiryId)
      throw new AppError('call.notYours', 'this call is with another operator', { kind: 'user' });
    return { callId: live.callId, inquiryId, clientKind: knownOf(live, person.id, at).client.kind };
  };
