import type { ScriptState } from '../../machines/script/index.ts';
import type { CallbackDocument } from '../callbacks/callbackDocument.ts';
import type { Inquiry } from '../inquiries/inquiry.ts';
import type { CallHistoryDocument } from './callHistory.ts';

/** Telephones of the staff are not personal data of clients; longer numbers may be. */
const INTERNAL = /^\d{1,5}$/;
const internalOnly = (number: string): string => (INTERNAL.test(number) ? number : '');

/** A call without its client: number, names, notes, answers and words go; times, counts, marks and the way stay. */
export function erasedCall(document: CallHistoryDocument, at: number): CallHistoryDocument {
  const { record, facts } = document;
  return {
    ...document,
    record: {
      ...record,
      client: { number: '', name: '' },
      dialled: record.direction === 'inbound' ? record.dialled : internalOnly(record.dialled),
      transfers: record.transfers.map((transfer) => ({
        ...transfer,
        target: { ...transfer.target, number: internalOnly(transfer.target.number) },
      })),
      recordings: [],
      survey: {},
    },
    scripts: document.scripts.map((script) => ({
      ...script,
      state: { ...(script.state as ScriptState), fields: {} },
    })),
    unanswered: document.unanswered.map((each) => ({ ...each, said: '' })),
    wrapUp: { ...document.wrapUp, note: '' },
    facts: { ...facts, number: '', clientName: null },
    erasedAt: at,
  };
}

/** Topic, situation and profile are no person's; name and question are. */
export const erasedInquiry = (inquiry: Inquiry): Inquiry => {
  const { name: _name, question: _question, ...learned } = inquiry.learned;
  return { ...inquiry, number: '', learned };
};

export const erasedCallback = ({ outcome, promise }: CallbackDocument): CallbackDocument => ({
  outcome,
  promise: {
    ...promise,
    number: '',
    clientName: '',
    question: '',
    attempts: promise.attempts.map((attempt) => ({ ...attempt, note: '' })),
    history: promise.history.map(({ at, by, what }) => ({ at, by, what, text: '' })),
  },
});
