import type { InquiryId, PromiseId } from '../../machines/vocabulary/index.ts';
import type { CallbacksRoom } from './callbacksRoom.ts';

/** Promises that were closed as another inquiry's are this one's. */
export async function moveClosedPromises(
  room: CallbacksRoom,
  { id, callbacks }: { readonly id: InquiryId; readonly callbacks: readonly PromiseId[] },
  from: InquiryId,
): Promise<void> {
  const { collection } = room.setup;
  for (const promiseId of callbacks) {
    const document = (await collection.get(promiseId))?.document;
    if (document?.promise.inquiryId !== from) continue;
    await collection.put(promiseId, { ...document, promise: { ...document.promise, inquiryId: id } });
  }
}
