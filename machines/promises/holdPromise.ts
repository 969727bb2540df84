import { assign, setup } from 'xstate';
import type { CallId, Instant, PromiseId } from '../vocabulary/index.ts';
import { pure } from '../step.ts';
import type { MachineState } from '../step.ts';
import {
  WARN_FIRST_MS,
  WARN_LAST_MS,
  askAt,
  endingOf,
  notBeforeOf,
  outcomeOfEnd,
  outcomeOfReturn,
} from './holdRules.ts';
import { tellEnded, tellReturnFirst, tellStarted, tellUnpromised, tellWarned } from './holdEffects.ts';
import type { HoldContext, HoldEffect, HoldEvent, HoldNamed, HoldOutcome } from './holdTypes.ts';
import { NOT_WAITING, isReturn, waitAfter, waitBegunBy } from './holdWait.ts';

/** Born when a time is named (`named`), or when the client is about to be seen waiting without one. */
export interface HoldInput {
  readonly callId: CallId;
  readonly named?: HoldNamed;
  /** The promise that this one prolongs. */
  readonly prolongs?: PromiseId;
}
export type HoldState = MachineState<HoldContext>;

/** What this event means for a client who waits under a promise. */
const verdict = (context: HoldContext, event: HoldEvent): HoldOutcome | undefined => {
  if (isReturn(context, event)) return outcomeOfReturn(context, event.at, notBeforeOf(context, event));
  return event.type === 'call.ended' ? outcomeOfEnd(context, event) : undefined;
};

const inWindow = (context: HoldContext, at: Instant, windowMs: number): boolean =>
  context.dueAt !== null &&
  context.promisedMs !== null &&
  context.promisedMs > windowMs &&
  at >= context.dueAt - windowMs &&
  at < context.dueAt;

const end = (outcome: HoldOutcome) =>
  ({
    type: 'final',
    entry: { type: 'tell', params: tellEnded(outcome) },
  }) as const;
const endsAs = <Outcome extends HoldOutcome>(outcome: Outcome) =>
  ({ guard: { type: 'is', params: { outcome } }, target: `#hold.${outcome}`, actions: 'end' }) as const;

const types = {} as { context: HoldContext; events: HoldEvent; input: HoldInput; tags: HoldTag };

/**
 * One waiting of a client: from the named time, or from the unpromised hold, to its outcome. The promise starts at the
 * fact of the hold, never at a click, and is judged by the instants of facts alone, so late timers change nothing.
 *
 * A transfer while the client waits: he was promised that a person returns to him by a time, so a completed transfer
 * ends the promise when it connects him to a person. Attended: at the transfer. Blind: when somebody answers (until
 * then `handedOver`). More time needs a return to the line first, so `hold.extended` only notes the wish; `holdBook`
 * opens the next promise, with an apology, at the return.
 */
export const holdPromiseMachine = setup({
  types,
  actions: {
    tell: (_now, _effect: HoldEffect) => undefined,
    begin: assign(({ context, event }) => ({
      wait: waitBegunBy(event) ?? context.wait,
      heldAt: event.at,
      dueAt: context.promisedMs === null ? null : event.at + context.promisedMs,
    })),
    changeWait: assign(({ context, event }) => ({
      wait: waitAfter(context.wait, event),
      unseenSince: event.type === 'call.confirmed' ? null : context.unseenSince,
    })),
    promise: assign(({ context, event }) => {
      if (event.type !== 'hold.named' || context.heldAt === null) return {};
      const { promiseId, promisedMs, by, at: namedAt } = event;
      return { promiseId, promisedMs, by, namedAt, dueAt: context.heldAt + promisedMs };
    }),
    wishMoreTime: assign(({ event }) => {
      if (event.type !== 'hold.extended' && event.type !== 'hold.named') return {};
      const { promiseId, promisedMs, by } = event;
      return { extension: { promiseId, promisedMs, by } };
    }),
    convert: assign(({ event }) => (event.type === 'hold.converted' ? { callbackId: event.callbackId } : {})),
    handOver: assign({ handedOverAt: ({ event }) => event.at }),
    loseSight: assign({ unseenSince: ({ context, event }) => context.unseenSince ?? event.at }),
    end: assign(({ context, event }) => ({
      endedAt: event.at,
      endedNotBefore: notBeforeOf(context, event),
      ending: endingOf(context, event),
    })),
  },
  guards: {
    isNamed: ({ context }) => context.promiseId !== null,
    begins: ({ event }) => waitBegunBy(event) !== undefined,
    is: ({ context, event }, params: { outcome: HoldOutcome }) => verdict(context, event) === params.outcome,
    isOver: ({ context, event }) =>
      isReturn(context, event) || event.type === 'call.ended' || event.type === 'call.transferred',
    isBlind: ({ event }) => event.type === 'call.transferred' && event.kind === 'blind',
    isDue: ({ context, event }) => context.dueAt !== null && event.at >= context.dueAt,
    isNear: ({ context, event }) => inWindow(context, event.at, WARN_FIRST_MS),
    isVeryNear: ({ context, event }) => inWindow(context, event.at, WARN_LAST_MS),
    graceIsOver: ({ context, event }) => context.heldAt !== null && event.at >= askAt(context),
  },
}).createMachine({
  id: 'hold',
  context: ({ input }) => ({
    callId: input.callId,
    promiseId: input.named?.promiseId ?? null,
    by: input.named?.by ?? null,
    promisedMs: input.named?.promisedMs ?? null,
    namedAt: input.named?.at ?? null,
    prolongs: input.prolongs ?? null,
    heldAt: null,
    dueAt: null,
    wait: NOT_WAITING,
    extension: null,
    callbackId: null,
    handedOverAt: null,
    unseenSince: null,
    endedAt: null,
    endedNotBefore: null,
    ending: 'open',
  }),
  initial: 'begun',
  states: {
    begun: { always: [{ guard: 'isNamed', target: 'named' }, { target: 'unnamed' }] },
    /** Nobody waits yet: the first fact of waiting makes it `unpromised`. */
    unnamed: { on: { 'call.*': { guard: 'begins', target: 'unpromised', actions: 'begin' } } },
    named: {
      on: {
        'hold.named': { target: 'replaced', actions: 'end' },
        'hold.withdrawn': { target: 'withdrawn', actions: 'end' },
        'hold.converted': { target: 'withdrawn', actions: ['convert', 'end'] },
        'call.ended': { target: 'withdrawn', actions: 'end' },
        'call.transferred': { target: 'withdrawn', actions: 'end' },
        // Who named it has given the client away all the same: whoever gets him next has promised nothing.
        'call.transferRefused': { target: 'withdrawn', actions: 'end' },
        'call.*': { guard: 'begins', target: 'promised', actions: 'begin' },
      },
    },
    promised: {
      tags: ['clientWaits'],
      entry: { type: 'tell', params: tellStarted },
      on: {
        'hold.converted': { actions: 'convert' },
        'link.lost': { actions: 'loseSight' },
        'call.*': [
          endsAs('kept'),
          endsAs('convertedToCallback'),
          endsAs('unknown'),
          endsAs('broken'),
          endsAs('clientLeft'),
          { actions: 'changeWait' },
        ],
      },
      initial: 'onHold',
      states: {
        onHold: {
          on: {
            'hold.named': { actions: ['wishMoreTime', { type: 'tell', params: tellReturnFirst }] },
            'hold.extended': { actions: ['wishMoreTime', { type: 'tell', params: tellReturnFirst }] },
            'call.transferred': { guard: 'isBlind', target: 'handedOver', actions: 'handOver' },
          },
          initial: 'running',
          states: {
            running: {
              always: { guard: 'isDue', target: 'overdue' },
              initial: 'calm',
              states: {
                calm: {
                  always: [
                    { guard: 'isVeryNear', target: 'warned10' },
                    { guard: 'isNear', target: 'warned30' },
                  ],
                },
                warned30: {
                  tags: ['hurry'],
                  entry: { type: 'tell', params: tellWarned(30) },
                  always: { guard: 'isVeryNear', target: 'warned10' },
                },
                warned10: { tags: ['hurry'], entry: { type: 'tell', params: tellWarned(10) } },
              },
            },
            overdue: { tags: ['overdue'], entry: { type: 'tell', params: tellWarned(0) } },
          },
        },
        /** Transferred blind, nobody has answered yet: ringing is waiting as well. */
        handedOver: {
          initial: 'inTime',
          states: {
            inTime: { always: { guard: 'isDue', target: 'overdue' } },
            overdue: { tags: ['overdue'], entry: { type: 'tell', params: tellWarned(0) } },
          },
        },
      },
    },
    unpromised: {
      tags: ['clientWaits'],
      on: {
        'hold.named': { target: 'promised', actions: 'promise' },
        'hold.converted': { actions: 'convert' },
        'link.lost': { actions: 'loseSight' },
        'call.*': [{ guard: 'isOver', target: 'noPromise', actions: 'end' }, { actions: 'changeWait' }],
      },
      initial: 'fresh',
      states: {
        fresh: { always: { guard: 'graceIsOver', target: 'asked' } },
        asked: { tags: ['askForTime'], entry: { type: 'tell', params: tellUnpromised } },
      },
    },
    kept: end('kept'),
    broken: end('broken'),
    clientLeft: end('clientLeft'),
    convertedToCallback: end('convertedToCallback'),
    replaced: end('replaced'),
    withdrawn: end('withdrawn'),
    unknown: end('unknown'),
    noPromise: end('noPromise'),
  },
});

/** `clientWaits`: nobody talks to him. `hurry`: 30 s or less are left. `askForTime`: no time was named. */
export type HoldTag = 'clientWaits' | 'hurry' | 'overdue' | 'askForTime';

export const holdPromise = pure<typeof holdPromiseMachine, HoldEffect>(holdPromiseMachine);
