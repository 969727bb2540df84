import { callbackOutcome } from '../../machines/promises/index.ts';
import type { CallbackContext, CallbackOutcome, CallbackState } from '../../machines/promises/index.ts';
import { AppError } from '../../machines/vocabulary/index.ts';
import type { CollectionSpec } from '../storage/port.ts';

/** A closed promise, for search and reports; the whole of it. */
export interface CallbackDocument {
  readonly outcome: CallbackOutcome;
  readonly promise: CallbackContext;
}

export const documentOf = (state: CallbackState): CallbackDocument | undefined => {
  const outcome = callbackOutcome(state);
  return outcome === undefined ? undefined : { outcome, promise: state.context };
};

const isDocument = (value: unknown): value is CallbackDocument =>
  typeof value === 'object' && value !== null && 'outcome' in value && 'promise' in value;

export const callbacksSpec: CollectionSpec<CallbackDocument> = {
  name: 'callbacks',
  version: 1,
  packed: true,
  columns: {
    number: { type: 'text', of: ({ promise }) => promise.number },
    inquiryId: { type: 'text', of: ({ promise }) => promise.inquiryId },
    owner: { type: 'text', of: ({ promise }) => promise.owner },
    outcome: { type: 'text', of: ({ outcome }) => outcome },
    createdAt: { type: 'instant', of: ({ promise }) => promise.createdAt },
    dueAt: { type: 'instant', of: ({ promise }) => promise.dueAt },
    closedAt: { type: 'instant', of: ({ promise }) => promise.closedAt },
    attempts: { type: 'integer', of: ({ promise }) => promise.attempts.length },
  },
  indexes: [
    { columns: ['number', 'createdAt'] },
    { columns: ['inquiryId'] },
    { columns: ['owner', 'closedAt'] },
    { columns: ['closedAt'] },
  ],
  check: (value) => {
    if (!isDocument(value)) throw new AppError('storage.badDocument', 'this is not a closed callback');
    return value;
  },
};
