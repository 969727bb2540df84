import type { HistoryRow, InquiryRow } from '../contract/index.ts';
import type { Inquiry } from '../inquiries/inquiry.ts';
import { repeatCallsOf } from '../inquiries/inquiry.ts';
import type { CallHistoryDocument } from './callHistory.ts';

/** One call of a list. */
export function historyRow(callId: string, { facts, record, erasedAt }: CallHistoryDocument): HistoryRow {
  return {
    callId,
    at: facts.startedAt,
    direction: record.direction,
    number: facts.number,
    clientName: facts.clientName,
    operatorName: facts.operatorName,
    unit: facts.unit,
    queue: facts.queue,
    topic: facts.topic,
    disposition: facts.disposition,
    satisfied: facts.satisfied,
    answered: facts.answered,
    abandoned: facts.abandoned,
    queueWaitMs: facts.queueWaitMs,
    talkMs: facts.talkMs,
    onHoldMs: facts.onHoldMs,
    holdsKept: facts.holdsKept,
    holdsBroken: facts.holdsBroken,
    transfers: facts.transferCount,
    repeat: facts.repeat,
    recorded: record.recordings.length > 0,
    erased: erasedAt !== undefined,
  };
}

export const inquiryRow = (inquiry: Inquiry): InquiryRow => ({
  inquiryId: inquiry.id,
  openedAt: inquiry.openedAt,
  lastCallAt: inquiry.calls.at(-1)?.at ?? inquiry.openedAt,
  number: inquiry.number,
  clientName: inquiry.learned.name ?? null,
  topic: inquiry.learned.topic ?? null,
  calls: inquiry.calls.length,
  repeatCalls: repeatCallsOf(inquiry),
  transfers: inquiry.tally.transfers.length,
  callbacks: inquiry.callbacks.length,
  open: inquiry.closed === null && inquiry.mergedInto === null,
  satisfied: inquiry.closed?.satisfied ?? null,
});
