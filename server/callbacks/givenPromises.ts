import type { InquiryId, Instant } from '../../machines/vocabulary/index.ts';
import type { CallbackDocument } from './callbackDocument.ts';
import type { CallbacksRoom } from './callbacksRoom.ts';

/** What became of a promise to call back, for whoever talks to the client next. */
export interface GivenPromise {
  readonly inquiryId: InquiryId;
  readonly createdAt: Instant;
  readonly outcome: 'promiseOpen' | 'promiseKept' | 'promiseBroken';
}
/** A few calls have a few promises. */
const AT_MOST = 50;

/** Promises given in the talks of these inquiries, those that were withdrawn left out. */
export async function givenPromises(
  room: CallbacksRoom,
  inquiryIds: readonly InquiryId[],
): Promise<readonly GivenPromise[]> {
  if (inquiryIds.length === 0) return [];
  const open = room
    .nearest(room.size)
    .filter(({ context }) => inquiryIds.includes(context.inquiryId))
    .map(({ context }): GivenPromise => given(context, 'promiseOpen'));
  const page = await room.setup.collection.find({ where: { inquiryId: { in: inquiryIds } }, limit: AT_MOST });
  const closed = page.items.flatMap(({ document: { outcome, promise } }): GivenPromise[] => {
    if (outcome === 'cancelled') return [];
    return [given(promise, outcome === 'kept' || outcome === 'keptLate' ? 'promiseKept' : 'promiseBroken')];
  });
  return [...open, ...closed];
}

const given = (
  { inquiryId, createdAt }: CallbackDocument['promise'],
  outcome: GivenPromise['outcome'],
): GivenPromise => ({ inquiryId, createdAt, outcome });
