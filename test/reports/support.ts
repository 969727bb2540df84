import type { CallHistoryDocument, CallFigures } from '../../server/reports/callHistory.ts';

const NOTHING: CallFigures = {
  startedAt: 0,
  endedAt: 0,
  direction: 'inbound',
  queue: 'general',
  number: '+79065550101',
  clientName: null,
  operatorId: null,
  operatorName: null,
  unit: null,
  topic: null,
  scriptId: null,
  disposition: null,
  satisfied: null,
  answered: false,
  abandoned: false,
  queueWaitMs: 0,
  talkMs: 0,
  onHoldMs: 0,
  wrapUpMs: 0,
  holdCount: 0,
  holdsKept: 0,
  holdsBroken: 0,
  transferCount: 0,
  refusedTransfers: 0,
  repeat: false,
};

/** A closed call in the history with these figures; the record says the same as far as screens read it. */
export function callDocument(
  callId: string,
  given: Partial<CallFigures>,
  more: Partial<CallHistoryDocument> & { recordings?: string[] } = {},
): CallHistoryDocument {
  const facts = { ...NOTHING, ...given };
  const answeredAt = facts.startedAt + facts.queueWaitMs;
  const endedAt = answeredAt + facts.talkMs + facts.onHoldMs;
  const { recordings = [], ...rest } = more;
  const device = 'PJSIP/101';
  const record = {
    callId,
    exchangeId: 'main',
    linkedids: ['1700000000.1'],
    direction: facts.direction,
    client: { number: facts.number, name: 'Иванов' },
    dialled: '84712000000',
    startedAt: facts.startedAt,
    phaseSince: endedAt,
    ...(facts.queue === null ? {} : { queue: facts.queue, queueEnteredAt: facts.startedAt }),
    ...(facts.answered ? { answeredAt } : {}),
    segments:
      facts.operatorId === null
        ? []
        : [{ device, operatorId: facts.operatorId, offeredAt: facts.startedAt, answeredAt, leftAt: endedAt }],
    holds: [],
    transfers: [],
    refusedTransfers: facts.refusedTransfers,
    recordings,
    survey: {},
    ended: { at: endedAt, by: 'client', cause: 16, causeText: '' },
    wrapUpEndedAt: endedAt + facts.wrapUpMs,
  };
  const document = {
    record,
    holds: [],
    scripts: [],
    inquiryId: null,
    callNumber: facts.repeat ? 2 : 1,
    callbackId: null,
    used: [],
    unanswered: [],
    wrapUp: { disposition: facts.disposition, note: '', satisfied: facts.satisfied, closedBy: facts.operatorId },
    facts: { ...facts, endedAt },
    ...rest,
  };
  return document as unknown as CallHistoryDocument;
}
