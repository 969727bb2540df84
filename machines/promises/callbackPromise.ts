import { assign, setup } from 'xstate';
import { pure } from '../step.ts';
import type { MachineState } from '../step.ts';
import {
  noteOf,
  tellAttemptDue,
  tellClosed,
  tellConfirmWanted,
  tellDialLost,
  tellEscalated,
} from './callbackEffects.ts';
import {
  CONFIRM_AGAIN_MS,
  DIAL_GIVE_UP_MS,
  answeredInTime,
  clientKnows,
  escalationsAt,
  mayGiveUp,
  newCallback,
  outcomeOfLine,
  rescheduled,
  triedInTime,
  withAttempt,
} from './callbackRules.ts';
import type {
  Attempt,
  CallbackContext,
  CallbackEffect,
  CallbackEvent,
  CallbackInput,
  CallbackOutcome,
} from './callbackTypes.ts';

export type CallbackState = MachineState<CallbackContext>;
/**
 * `live`: not closed. `due`: near the term. `overdue`: past it. `calling`: a call is under way. `talking`: the client
 * answered. `toConfirm`: the operator is asked whether it was the client; `askedAgain` after
 * a while.
 */
export type CallbackTag = 'live' | 'due' | 'overdue' | 'calling' | 'talking' | 'toConfirm' | 'askedAgain';

const closed = (outcome: CallbackOutcome) =>
  ({ type: 'final', entry: { type: 'tell', params: tellClosed(outcome) } }) as const;

const types = {} as { context: CallbackContext; events: CallbackEvent; input: CallbackInput; tags: CallbackTag };

/**
 * A promise to call a client back (3.5.5-г, 3.5.11). Two things go on beside each other: the term, and the line. It is
 * kept only by a call with this promise's token that the client answered and that the operator confirms as a talk with
 * the client; on time by the instant of the answer.
 */
export const callbackPromiseMachine = setup({
  types,
  actions: {
    tell: (_now, _effect: CallbackEffect) => undefined,
    note: assign({ history: ({ context, event }) => [...context.history, noteOf(event)] }),
    countEscalations: assign({
      escalated: ({ context, event }) => context.escalated + escalationsAt(context, event.at).length,
    }),
    take: assign({ owner: ({ context, event }) => (event.type === 'callback.taken' ? event.by : context.owner) }),
    handOver: assign({
      owner: ({ context, event }) => (event.type === 'callback.handedOver' ? event.to : context.owner),
    }),
    move: assign({
      inquiryId: ({ context, event }) => (event.type === 'callback.moved' ? event.inquiryId : context.inquiryId),
    }),
    reschedule: assign(({ context, event }) =>
      event.type === 'callback.rescheduled' ? rescheduled(context, event.dueAt, event.at) : {},
    ),
    correctNumber: assign(({ event }) => {
      if (event.type !== 'callback.numberCorrected') return {};
      const { number, extension = '' } = event;
      return { number, extension, numberIsWrong: false, counted: 0, nextAttemptAt: null };
    }),
    dial: assign(({ context, event }) =>
      event.type === 'callback.dialled'
        ? {
            line: {
              token: event.token,
              by: event.by,
              dialledAt: event.at,
              callId: null,
              answeredAt: null,
              endedAt: null,
            },
            owner: context.owner ?? event.by,
          }
        : {},
    ),
    lineStarted: assign(({ context, event }) =>
      event.type === 'line.started' && context.line !== null ? { line: { ...context.line, callId: event.callId } } : {},
    ),
    lineAnswered: assign(({ context, event }) =>
      context.line === null ? {} : { line: { ...context.line, answeredAt: event.at } },
    ),
    lineEnded: assign(({ context, event }) =>
      context.line === null ? {} : { line: { ...context.line, endedAt: event.at } },
    ),
    attemptOfLine: assign(({ context, event }) => {
      if (event.type !== 'line.ended' || context.line === null) return {};
      const attempt: Attempt = {
        at: context.line.dialledAt,
        by: context.line.by,
        outcome: outcomeOfLine(event),
        callId: event.callId,
        note: '',
      };
      return withAttempt(context, attempt, event.nextAttemptAt);
    }),
    attemptByWord: assign(({ context, event }) => {
      if (event.type !== 'callback.attempted' && event.type !== 'callback.denied') return {};
      const { by, outcome, note, nextAttemptAt } = event;
      // A word about an answered call belongs to that call.
      const line = event.type === 'callback.denied' ? context.line : null;
      const seen = { at: line?.dialledAt ?? event.at, ...(line?.callId ? { callId: line.callId } : {}) };
      return withAttempt(context, { by, outcome, note, ...seen }, nextAttemptAt);
    }),
    talked: assign({ talkedAt: ({ context }) => context.line?.answeredAt ?? null }),
    close: assign({ closedAt: ({ event }) => event.at }),
    forgetLine: assign({ line: null }),
    forgetPause: assign({ nextAttemptAt: null }),
  },
  guards: {
    isOverdue: ({ context, event }) => event.at >= context.dueAt && !answeredInTime(context),
    isDueSoon: ({ context, event }) => event.at >= context.dueAt - context.policy.dueSoonMs,
    hasEscalation: ({ context, event }) => escalationsAt(context, event.at).length > 0 && !answeredInTime(context),
    clientKnows: ({ context, event }) => clientKnows(context, event),
    isItsToken: ({ context, event }) => 'token' in event && event.token === context.line?.token,
    isItsCall: ({ context, event }) =>
      (event.type === 'line.answered' || event.type === 'line.ended') && event.callId === context.line?.callId,
    dialIsLost: ({ context, event }) => context.line !== null && event.at >= context.line.dialledAt + DIAL_GIVE_UP_MS,
    pauseIsOver: ({ context, event }) => context.nextAttemptAt !== null && event.at >= context.nextAttemptAt,
    talkedInTime: ({ context }) => answeredInTime(context) && !context.missedTerm,
    isPast: ({ context, event }) => event.at > context.dueAt || context.missedTerm,
    mayGiveUp: ({ context }) => mayGiveUp(context),
    mayGiveUpTriedInTime: ({ context }) => mayGiveUp(context) && triedInTime(context) && !context.missedTerm,
    wordIsLate: ({ context, event }) =>
      context.line !== null && context.line.endedAt !== null && event.at >= context.line.endedAt + CONFIRM_AGAIN_MS,
  },
}).createMachine({
  id: 'callback',
  context: ({ input }) => newCallback(input),
  initial: 'live',
  states: {
    live: {
      tags: ['live'],
      type: 'parallel',
      on: {
        'callback.taken': { actions: ['take', 'note'] },
        'callback.handedOver': { actions: ['handOver', 'note'] },
        'callback.moved': { actions: 'move' },
      },
      states: {
        term: {
          initial: 'open',
          on: {
            'callback.rescheduled': { guard: 'clientKnows', target: '.open', actions: ['reschedule', 'note'] },
          },
          always: { guard: 'hasEscalation', actions: [{ type: 'tell', params: tellEscalated }, 'countEscalations'] },
          states: {
            open: {
              always: [
                { guard: 'isOverdue', target: 'overdue' },
                { guard: 'isDueSoon', target: 'due' },
              ],
            },
            due: {
              tags: ['due'],
              always: { guard: 'isOverdue', target: 'overdue' },
            },
            overdue: { tags: ['overdue'] },
          },
        },
        line: {
          initial: 'idle',
          states: {
            idle: {
              always: { guard: 'pauseIsOver', actions: ['forgetPause', { type: 'tell', params: tellAttemptDue }] },
              on: {
                'callback.dialled': { target: 'dialling', actions: ['dial', 'note'] },
                'callback.attempted': { actions: ['attemptByWord', 'note'] },
                'callback.numberCorrected': { actions: ['correctNumber', 'note'] },
                'callback.cancelled': [
                  { guard: 'isPast', target: '#callback.broken', actions: ['close', 'note'] },
                  { target: '#callback.cancelled', actions: ['close', 'note'] },
                ],
                'callback.givenUp': [
                  { guard: 'mayGiveUpTriedInTime', target: '#callback.unreachable', actions: ['close', 'note'] },
                  { guard: 'mayGiveUp', target: '#callback.broken', actions: ['close', 'note'] },
                ],
                // The call came after we had given it up.
                'line.started': { guard: 'isItsToken', target: 'ringing', actions: 'lineStarted' },
              },
            },
            dialling: {
              tags: ['calling'],
              on: {
                'line.started': { guard: 'isItsToken', target: 'ringing', actions: 'lineStarted' },
                'callback.dialFailed': { guard: 'isItsToken', target: 'idle', actions: 'note' },
                time: { guard: 'dialIsLost', target: 'idle', actions: { type: 'tell', params: tellDialLost } },
              },
            },
            ringing: {
              tags: ['calling'],
              on: {
                'line.answered': { guard: 'isItsCall', target: 'answered', actions: ['lineAnswered', 'note'] },
                'line.ended': { guard: 'isItsCall', target: 'idle', actions: ['attemptOfLine', 'note'] },
              },
            },
            answered: {
              tags: ['toConfirm'],
              on: {
                'callback.confirmed': [
                  { guard: 'talkedInTime', target: '#callback.kept', actions: ['talked', 'close', 'note'] },
                  { target: '#callback.keptLate', actions: ['talked', 'close', 'note'] },
                ],
                'callback.denied': { target: 'idle', actions: ['attemptByWord', 'note'] },
                // Agreed with the client in this very call.
                'callback.rescheduled': { guard: 'clientKnows', target: 'idle', actions: 'forgetLine' },
              },
              initial: 'talking',
              states: {
                talking: {
                  tags: ['calling', 'talking'],
                  on: {
                    'line.ended': {
                      guard: 'isItsCall',
                      target: 'toConfirm',
                      actions: ['lineEnded', { type: 'tell', params: tellConfirmWanted(false) }],
                    },
                  },
                },
                toConfirm: { always: { guard: 'wordIsLate', target: 'toConfirmAgain' } },
                toConfirmAgain: { tags: ['askedAgain'], entry: { type: 'tell', params: tellConfirmWanted(true) } },
              },
            },
          },
        },
      },
    },
    kept: closed('kept'),
    keptLate: closed('keptLate'),
    broken: closed('broken'),
    unreachable: closed('unreachable'),
    cancelled: closed('cancelled'),
  },
});

export const callbackPromise = pure<typeof callbackPromiseMachine, CallbackEffect>(callbackPromiseMachine);
