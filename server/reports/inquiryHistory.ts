import type { CallId, PromiseId } from '../../machines/vocabulary/index.ts';
import type { CallbacksRoom } from '../callbacks/callbacksRoom.ts';
import type { CallbackDocument } from '../callbacks/callbackDocument.ts';
import type { CallsRoom } from '../calls/callsRoom.ts';
import type { InquiryCall, InquiryCallback, InquiryHistory } from '../contract/rest.ts';
import type { Inquiry } from '../inquiries/inquiry.ts';
import type { InquiryRoom } from '../inquiries/inquiryRoom.ts';
import type { Collection } from '../storage/port.ts';
import { historyOf, type CallHistoryDocument, type CallNames } from './callHistory.ts';

export interface InquiryHistorySources {
  readonly inquiries: InquiryRoom;
  readonly calls: CallsRoom;
  readonly callbacks: CallbacksRoom;
  readonly names: CallNames;
  readonly history: Collection<CallHistoryDocument>;
  readonly closedCallbacks: Collection<CallbackDocument>;
}

/** One inquiry on one screen: everything that happened to it, from live state and from history. */
export class InquiryHistoryReader {
  readonly #sources: InquiryHistorySources;

  constructor(sources: InquiryHistorySources) {
    this.#sources = sources;
  }

  async of(inquiryId: string): Promise<InquiryHistory | undefined> {
    const inquiry = await this.#sources.inquiries.find(inquiryId);
    if (!inquiry) return undefined;
    const [calls, callbacks] = await Promise.all([
      Promise.all(inquiry.calls.map(({ callId }) => this.#call(callId))),
      Promise.all(inquiry.callbacks.map((promiseId) => this.#callback(promiseId))),
    ]);
    return {
      id: inquiry.id,
      ...(inquiry.learned.topic ? { topic: inquiry.learned.topic } : {}),
      openedAt: inquiry.openedAt,
      ...(inquiry.closed ? { closed: { at: inquiry.closed.at, satisfied: inquiry.closed.satisfied } } : {}),
      client: clientOf(inquiry),
      transfers: transfersOf(inquiry, this.#sources.inquiries),
      calls: calls.flatMap((call) => call ?? []).sort((a, b) => b.at - a.at),
      callbacks: callbacks.flatMap((callback) => callback ?? []),
    };
  }

  async #call(callId: CallId): Promise<InquiryCall | undefined> {
    const { calls, history, names } = this.#sources;
    const live = calls.get(callId);
    const document = live ? historyOf(live, names) : (await history.get(callId))?.document;
    return document && this.#present(callId, document);
  }
  #present(callId: CallId, document: CallHistoryDocument): InquiryCall {
    const { record, facts, wrapUp } = document;
    const operators = record.segments.flatMap((each) =>
      each.answeredAt !== undefined && each.operatorId
        ? [this.#sources.names.person(each.operatorId)?.name ?? each.device]
        : [],
    );
    return {
      callId,
      at: facts.startedAt,
      direction: record.direction,
      operators: [...new Set(operators)],
      talkMs: facts.talkMs,
      ...(wrapUp.disposition ? { disposition: wrapUp.disposition } : {}),
      ...(wrapUp.note ? { note: wrapUp.note } : {}),
      learned: [],
      holds: document.holds.flatMap((hold) =>
        // Named and withdrawn before anybody waited, or over as soon as it began: nothing happened to the client.
        hold.heldAt === null || hold.brief === true
          ? []
          : {
              ...(hold.promisedMs === null ? {} : { promisedMs: hold.promisedMs }),
              realMs: hold.onHoldMs,
              outcome: holdOutcome(hold.outcome),
            },
      ),
      transfers: record.transfers.map(({ kind, target, at }) => ({ kind, to: target.number, at })),
    };
  }

  async #callback(promiseId: PromiseId): Promise<InquiryCallback | undefined> {
    const { callbacks, closedCallbacks, names } = this.#sources;
    const open = callbacks.get(promiseId);
    const closed = open ? undefined : (await closedCallbacks.get(promiseId))?.document;
    const promise = open?.context ?? closed?.promise;
    if (!promise) return undefined;
    const owner = promise.owner ? names.person(promise.owner)?.name : undefined;
    return {
      promiseId,
      madeAt: promise.createdAt,
      dueAt: promise.dueAt,
      question: promise.question,
      ...(owner ? { owner } : {}),
      outcome: closed?.outcome ?? 'open',
      attempts: promise.attempts.map(({ at, outcome, note }) => ({ at, outcome, ...(note ? { note } : {}) })),
    };
  }
}

const clientOf = (inquiry: Inquiry): InquiryHistory['client'] => ({
  number: inquiry.number,
  ...(inquiry.learned.name ? { name: inquiry.learned.name } : {}),
});
const transfersOf = (inquiry: Inquiry, room: InquiryRoom): InquiryHistory['transfers'] => {
  const { limit } = room.transfers(inquiry.id);
  return { count: inquiry.tally.transfers.length, limit: limit + inquiry.tally.allowances.length };
};
const holdOutcome = (outcome: string): InquiryCall['holds'][number]['outcome'] => {
  if (outcome === 'kept' || outcome === 'broken' || outcome === 'clientLeft') return outcome;
  return outcome === 'convertedToCallback' ? 'kept' : 'unpromised';
};
