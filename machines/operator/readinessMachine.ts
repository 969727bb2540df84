import { assign, setup } from 'xstate';
import type { Instant, OperatorId } from '../vocabulary/index.ts';
import { afterFact, isRinging, isTalking, wrapUpOf, wrapUpWithout } from './readinessCalls.ts';
import type { ReadinessContext, ReadinessEffect, ReadinessEvent, ReadinessPolicy } from './readinessTypes.ts';
import { DEFAULT_READINESS_POLICY, PAUSE_REASONS } from './readinessTypes.ts';

export interface ReadinessInput {
  readonly operatorId: OperatorId;
  readonly at: Instant;
  readonly policy?: ReadinessPolicy;
}
interface Now {
  readonly context: ReadinessContext;
  readonly event: ReadinessEvent;
}
const tellMissed = ({ context }: Now): ReadinessEffect => ({
  type: 'operator.missedCalls',
  operatorId: context.operatorId,
  missed: context.missed,
});
const tellPanelLost = ({ context }: Now): ReadinessEffect => ({
  type: 'operator.panelLost',
  operatorId: context.operatorId,
});
const tellDeviceLost = ({ context }: Now): ReadinessEffect => ({
  type: 'operator.deviceLost',
  operatorId: context.operatorId,
  device: context.device!,
});
const tellWrapUpEnded = ({ context }: Now): ReadinessEffect => ({
  type: 'operator.wrapUpEnded',
  operatorId: context.operatorId,
  callId: context.wrapUp!.callId,
});
const isOwnDevice = ({ context, event }: Now): boolean =>
  'device' in event && event.device !== null && event.device === context.device;

const types = {} as { context: ReadinessContext; events: ReadinessEvent; input: ReadinessInput };

/**
 * One operator. `presence` is what the person said, `line` what the telephone does; both go on beside each other, so a
 * pause pressed during a call begins after it. Several calls at once: talking wins over ringing, ringing over wrap-up.
 */
export const readinessMachine = setup({
  types,
  actions: {
    tell: (_now, _effect: ReadinessEffect) => undefined,
    takeDevice: assign(({ context, event }) =>
      event.type === 'operator.signedIn' || event.type === 'operator.deviceChosen'
        ? { device: event.device, deviceLostAt: null, calls: event.device === context.device ? context.calls : {} }
        : {},
    ),
    leaveDevice: assign({ device: null, calls: {}, wrapUp: null, missed: 0, deviceLostAt: null }),
    noteReason: assign(({ event }) => {
      if (event.type === 'operator.paused' || event.type === 'queue.memberPaused') return { pauseReason: event.reason };
      return event.type === 'operator.signedIn' ? { pauseReason: PAUSE_REASONS.notReadyYet } : {};
    }),
    noteMissed: assign({ pauseReason: PAUSE_REASONS.missedCalls }),
    losePanel: assign(({ context, event }) => ({ panelLostAt: context.panelLostAt ?? event.at })),
    findPanel: assign({ panelLostAt: null }),
    noteLost: assign({ pauseReason: PAUSE_REASONS.panelLost }),
    forgetReason: assign({ pauseReason: '', missed: 0 }),
    takeFact: assign(({ context, event }) => afterFact(context, event)),
    oweWrapUp: assign(({ context, event }) =>
      event.type === 'operator.wrapUpOwed' ? { wrapUp: wrapUpOf(context, event.callId, event.at) } : {},
    ),
    loseDevice: assign(({ event }) => ({ deviceLostAt: event.at })),
    findDevice: assign({ deviceLostAt: null }),
    closeOne: assign(({ context, event }) =>
      event.type === 'operator.wrapUpClosed' ? { wrapUp: wrapUpWithout(context, event.callId) } : {},
    ),
    // Whatever the event: the one that closed another call brings the end of the time to light as well.
    endWrapUp: assign({ wrapUp: null }),
  },
  guards: {
    hasNoPanel: ({ context }) => Boolean(context.panelLostAt),
    pausedForPanel: ({ context }) => context.pauseReason === PAUSE_REASONS.panelLost,
    hasDevice: ({ context }) => context.device !== null,
    talks: ({ context }) => isTalking(context),
    rings: ({ context }) => !isTalking(context) && isRinging(context),
    wrapsUp: ({ context }) => !isTalking(context) && !isRinging(context) && context.wrapUp !== null,
    isFree: ({ context }) => !isTalking(context) && !isRinging(context) && context.wrapUp === null,
    wrapUpIsOver: ({ context, event }) => (context.wrapUp?.until ?? Infinity) <= event.at,
    missesTooMany: ({ context }) =>
      context.policy.pauseAfterMissed !== null && context.missed >= context.policy.pauseAfterMissed,
    // What we told the exchange comes back as a fact; only a pause that we did not ask for is news.
    pausedElsewhere: ({ context, event }) =>
      event.type === 'queue.memberPaused' &&
      event.device === context.device &&
      event.paused &&
      !context.saidReasons.includes(event.reason),
    deviceGone: ({ context, event }) =>
      event.type === 'device.stateChanged' &&
      isOwnDevice({ context, event }) &&
      event.state === 'unavailable' &&
      !context.deviceLostAt,
    deviceBack: ({ context, event }) =>
      event.type === 'device.stateChanged' && isOwnDevice({ context, event }) && event.state !== 'unavailable',
  },
}).createMachine({
  id: 'readiness',
  context: ({ input }) => ({
    operatorId: input.operatorId,
    device: null,
    policy: input.policy ?? DEFAULT_READINESS_POLICY,
    calls: {},
    pauseReason: '',
    missed: 0,
    wrapUp: null,
    deviceLostAt: null,
    panelLostAt: null,
    told: null,
    saidReasons: [],
    since: input.at,
  }),
  type: 'parallel',
  states: {
    presence: {
      initial: 'offline',
      on: {
        'operator.signedOut': { target: '.offline', actions: ['leaveDevice', 'forgetReason', 'findPanel'] },
        'operator.deviceChosen': { actions: 'takeDevice' },
      },
      states: {
        offline: { on: { 'operator.signedIn': { target: 'paused', actions: ['takeDevice', 'noteReason'] } } },
        ready: {
          always: [
            {
              guard: 'missesTooMany',
              target: 'paused',
              actions: ['noteMissed', { type: 'tell', params: tellMissed }],
            },
            // Also when somebody else ends the break of who has closed the screen.
            {
              guard: 'hasNoPanel',
              target: 'paused',
              actions: ['noteLost', { type: 'tell', params: tellPanelLost }],
            },
          ],
          on: {
            'operator.paused': { target: 'paused', actions: 'noteReason' },
            'operator.panelLost': { actions: 'losePanel' },
            'queue.memberPaused': { guard: 'pausedElsewhere', target: 'paused', actions: 'noteReason' },
          },
        },
        paused: {
          on: {
            'operator.ready': { guard: 'hasDevice', target: 'ready', actions: 'forgetReason' },
            'operator.paused': { actions: 'noteReason' },
            'operator.panelLost': { actions: 'losePanel' },
            'operator.panelBack': [
              { guard: 'pausedForPanel', target: 'ready', actions: ['findPanel', 'forgetReason'] },
              { actions: 'findPanel' },
            ],
          },
        },
      },
    },
    line: {
      initial: 'idle',
      on: {
        'call.*': { actions: 'takeFact' },
        'operator.wrapUpClosed': { actions: 'closeOne' },
        'operator.wrapUpOwed': { actions: 'oweWrapUp' },
        'device.stateChanged': [
          { guard: 'deviceGone', actions: ['loseDevice', { type: 'tell', params: tellDeviceLost }] },
          { guard: 'deviceBack', actions: 'findDevice' },
        ],
      },
      states: {
        idle: {
          always: [
            { guard: 'talks', target: 'onCall' },
            { guard: 'rings', target: 'ringing' },
            { guard: 'wrapsUp', target: 'wrapUp' },
          ],
        },
        ringing: {
          always: [
            { guard: 'talks', target: 'onCall' },
            { guard: 'wrapsUp', target: 'wrapUp' },
            { guard: 'isFree', target: 'idle' },
          ],
        },
        onCall: {
          always: [
            { guard: 'rings', target: 'ringing' },
            { guard: 'wrapsUp', target: 'wrapUp' },
            { guard: 'isFree', target: 'idle' },
          ],
        },
        wrapUp: {
          always: [
            { guard: 'talks', target: 'onCall' },
            { guard: 'rings', target: 'ringing' },
            { guard: 'isFree', target: 'idle' },
            {
              guard: 'wrapUpIsOver',
              target: 'idle',
              actions: [{ type: 'tell', params: tellWrapUpEnded }, 'endWrapUp'],
            },
          ],
        },
      },
    },
  },
});
