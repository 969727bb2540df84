import type { CallHistoryDocument, CallNames } from '../reports/callHistory.ts';
import type { Collection } from '../storage/port.ts';
import type { ReviewedCall } from './reviewRoom.ts';

/** Who talked in a closed call; the one who had it last comes first. */
export async function reviewedCall(
  history: Collection<CallHistoryDocument>,
  names: CallNames,
  callId: string,
): Promise<ReviewedCall | undefined> {
  const document = (await history.get(callId))?.document;
  if (!document) return undefined;
  const talked = document.record.segments.flatMap(({ operatorId, answeredAt }) =>
    operatorId && answeredAt !== undefined ? [operatorId] : [],
  );
  const operators = [...new Set(talked.toReversed())].map((id) => {
    const person = names.person(id);
    return { id, name: person?.name ?? id, unit: person?.unit ?? '' };
  });
  return { callId, at: document.facts.startedAt, operators };
}
