import { escalationsAt, recordOfCallback } from './callbackRules.ts';
import type { CallbackContext, CallbackEffect, CallbackEvent, CallbackNote, CallbackOutcome } from './callbackTypes.ts';

/** Makers of effects and of notes: the machine names them. */
interface Now {
  readonly context: CallbackContext;
  readonly event: CallbackEvent;
}
export const tellEscalated = ({ context, event }: Now): CallbackEffect => ({
  type: 'callback.escalated',
  promiseId: context.promiseId,
  dueAt: context.dueAt,
  owner: context.owner,
  steps: escalationsAt(context, event.at),
});
export const tellAttemptDue = ({ context }: Now): CallbackEffect => ({
  type: 'callback.attemptDue',
  promiseId: context.promiseId,
  owner: context.owner,
});
export const tellDialLost = ({ context }: Now): CallbackEffect => ({
  type: 'callback.dialLost',
  promiseId: context.promiseId,
  by: context.line!.by,
});
export const tellConfirmWanted =
  (again: boolean) =>
  ({ context }: Now): CallbackEffect => ({
    type: 'callback.confirmWanted',
    promiseId: context.promiseId,
    by: context.line!.by,
    again,
  });
export const tellClosed =
  (outcome: CallbackOutcome) =>
  ({ context }: Now): CallbackEffect => ({ type: 'callback.closed', record: recordOfCallback(context, outcome) });

const textOf = (event: CallbackEvent): string => {
  if ('reason' in event) return event.reason;
  return 'note' in event ? event.note : '';
};
const changedTo = (event: CallbackEvent): Pick<CallbackNote, 'to'> => {
  if (event.type === 'callback.handedOver') return { to: event.to };
  if (event.type === 'callback.rescheduled') return { to: event.dueAt };
  return event.type === 'callback.numberCorrected' ? { to: event.number } : {};
};
export const noteOf = (event: CallbackEvent): CallbackNote => ({
  at: event.at,
  by: 'by' in event && event.type !== 'line.ended' ? event.by : null,
  what: event.type,
  text: textOf(event),
  ...changedTo(event),
});
