import type { Known } from '../../machines/script/index.ts';
import type { InquiryId, PromiseId } from '../../machines/vocabulary/index.ts';
import type { CallbacksRoom } from './callbacksRoom.ts';

/** The callback that a script may speak of: the one that this call keeps, or the one promised in it. */
export function knownCallback(
  room: CallbacksRoom,
  live: {
    readonly rest: {
      readonly callbackId: PromiseId | null;
      readonly promised: PromiseId | null;
      readonly inquiryId: InquiryId | null;
    };
  },
): Known['callback'] {
  const { callbackId, promised } = live.rest;
  const state = room.get(promised ?? callbackId ?? '');
  if (!state) return undefined;
  const { number, dueAt } = state.context;
  return { number, dueAt, promised: promised !== null };
}
