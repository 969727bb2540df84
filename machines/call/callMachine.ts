import { assign, setup, type SnapshotFrom } from 'xstate';
import { advance, begin } from '../step.ts';
import { inHand, lastAnswered, newRecord, openHold, recorded, ringingSegments } from './record.ts';
import type { CallEvent, CallRecord } from './record.ts';

/** Late facts of a call that is over change nothing. */
const OVER = { 'call.ended': {}, 'call.confirmed': {}, 'call.parked': {} };

/**
 * One conversation with a client. `phase` is where it is, `trust` whether we still know it (a lost link makes it
 * unconfirmed, never ended by guess), `ledger` writes every event into the record.
 */
export const callMachine = setup({
  types: {
    context: {} as CallRecord,
    events: {} as CallEvent,
    input: {} as Extract<CallEvent, { type: 'call.started' }>,
  },
  actions: {
    record: assign(({ context, event }) => recorded(context, event)),
    stampPhase: assign(({ event }) => ('at' in event ? { phaseSince: event.at } : {})),
  },
  guards: {
    byOperator: ({ event }) =>
      event.type === 'call.held' || event.type === 'call.resumed' ? event.by === 'operator' : false,
    somebodyElseRings: ({ context, event }) =>
      'device' in event && ringingSegments(context).some((segment) => segment.device !== event.device),
    somebodyElseTalks: ({ context, event }) =>
      'device' in event &&
      context.segments.some(
        (each) => each.answeredAt !== undefined && each.leftAt === undefined && each.device !== event.device,
      ),
    attendedToKnown: ({ context, event }) =>
      event.type === 'call.transferred' &&
      event.kind === 'attended' &&
      context.segments.some(
        (each) => each.device !== event.fromDevice && each.answeredAt !== undefined && each.leftAt === undefined,
      ),
    toSomebody: ({ event }) => event.type === 'call.unparked' && event.device !== undefined,
    clientStillHeld: ({ context }) => openHold(context) !== undefined,
    inQueue: ({ context }) => context.queueEnteredAt !== undefined && context.queueWaitMs === undefined,
    wasAnswered: ({ context }) => lastAnswered(context) !== undefined,
    foundOnHold: ({ event }) =>
      event.type === 'call.confirmed' && event.devices.some((each) => each.state === 'onHold'),
    foundConsulting: ({ event }) =>
      event.type === 'call.confirmed' && event.devices.some((each) => each.state === 'consulting'),
    foundTalking: ({ event }) =>
      event.type === 'call.confirmed' && event.devices.some((each) => each.state === 'talking'),
    foundRinging: ({ event }) =>
      event.type === 'call.confirmed' && event.devices.some((each) => each.state === 'ringing'),
  },
}).createMachine({
  id: 'call',
  type: 'parallel',
  context: ({ input }) => newRecord(input),
  states: {
    ledger: { on: { '*': { actions: 'record' } } },
    trust: {
      initial: 'confirmed',
      states: {
        confirmed: { on: { 'call.linkLost': 'unconfirmed' } },
        unconfirmed: { tags: 'unconfirmed', on: { 'call.confirmed': 'confirmed', 'call.ended': 'confirmed' } },
      },
    },
    phase: {
      initial: 'arriving',
      on: {
        'call.ended': [{ guard: 'wasAnswered', target: '.wrapUp' }, { target: '.closed' }],
        'call.parked': '.parked',
        'call.confirmed': [
          { guard: 'foundConsulting', target: '.consulting' },
          { guard: 'foundOnHold', target: '.onHold' },
          { guard: 'foundTalking', target: '.talking' },
          { guard: 'foundRinging', target: '.ringing' },
        ],
      },
      states: {
        arriving: {
          tags: 'live',
          entry: 'stampPhase',
          on: { 'call.queueEntered': 'queued', 'call.offered': 'ringing', 'call.answered': 'talking' },
        },
        queued: {
          tags: 'live',
          entry: 'stampPhase',
          on: { 'call.offered': 'ringing', 'call.answered': 'talking', 'call.queueLeft': 'arriving' },
        },
        ringing: {
          tags: 'live',
          entry: 'stampPhase',
          on: {
            'call.answered': 'talking',
            'call.offerEnded': [
              { guard: 'somebodyElseRings' },
              { guard: 'inQueue', target: 'queued' },
              { target: 'arriving' },
            ],
          },
        },
        talking: {
          tags: ['live', 'inHand'],
          entry: 'stampPhase',
          on: {
            'call.held': { guard: 'byOperator', target: 'onHold' },
            'call.consultStarted': 'consulting',
            'call.transferred': [{ guard: 'attendedToKnown', target: 'talking' }, { target: 'transferring' }],
            'call.operatorLeft': [{ guard: 'somebodyElseTalks' }, { target: 'arriving' }],
            'call.queueEntered': 'queued',
          },
        },
        onHold: {
          tags: ['live', 'inHand', 'clientWaits'],
          entry: 'stampPhase',
          on: {
            'call.resumed': { guard: 'byOperator', target: 'talking' },
            'call.answered': 'talking',
            'call.consultStarted': 'consulting',
            'call.transferred': [{ guard: 'attendedToKnown', target: 'talking' }, { target: 'transferring' }],
            'call.operatorLeft': [{ guard: 'somebodyElseTalks' }, { target: 'arriving' }],
          },
        },
        consulting: {
          tags: ['live', 'inHand', 'clientWaits'],
          entry: 'stampPhase',
          on: {
            'call.consultEnded': [{ guard: 'clientStillHeld', target: 'onHold' }, { target: 'talking' }],
            'call.resumed': { guard: 'byOperator', target: 'talking' },
            'call.transferred': [{ guard: 'attendedToKnown', target: 'talking' }, { target: 'transferring' }],
            'call.operatorLeft': [{ guard: 'somebodyElseTalks' }, { target: 'arriving' }],
          },
        },
        parked: {
          tags: ['live', 'clientWaits'],
          entry: 'stampPhase',
          on: {
            'call.unparked': [{ guard: 'toSomebody', target: 'talking' }, { target: 'arriving' }],
            'call.answered': 'talking',
            'call.offered': 'ringing',
          },
        },
        transferring: {
          tags: ['live', 'clientWaits'],
          entry: 'stampPhase',
          on: {
            'call.offered': 'ringing',
            'call.answered': 'talking',
            'call.queueEntered': 'queued',
            'call.transferRefused': 'arriving',
          },
        },
        wrapUp: { entry: 'stampPhase', on: { 'wrapUp.closed': 'closed', ...OVER } },
        closed: { entry: 'stampPhase', on: OVER },
      },
    },
  },
});

export type CallSnapshot = SnapshotFrom<typeof callMachine>;
export type Phase =
  | 'arriving'
  | 'queued'
  | 'ringing'
  | 'talking'
  | 'onHold'
  | 'consulting'
  | 'parked'
  | 'transferring'
  | 'wrapUp'
  | 'closed';
/** What is stored of a call: JSON. */
export interface CallState {
  readonly value: CallSnapshot['value'];
  readonly record: CallRecord;
}

export const startCall = (event: Extract<CallEvent, { type: 'call.started' }>): CallSnapshot =>
  begin(callMachine, event)[0];
export const stepCall = (snapshot: CallSnapshot, event: CallEvent): CallSnapshot =>
  advance(callMachine, snapshot, event)[0];
export const storeCall = (snapshot: CallSnapshot): CallState => ({ value: snapshot.value, record: snapshot.context });
export const restoreCall = (state: CallState): CallSnapshot =>
  callMachine.resolveState({ value: state.value, context: state.record });

export const phaseOf = (snapshot: CallSnapshot): Phase => (snapshot.value as { phase: Phase }).phase;
export const isConfirmed = (snapshot: CallSnapshot): boolean => !snapshot.hasTag('unconfirmed');
export const isLive = (snapshot: CallSnapshot): boolean => snapshot.hasTag('live');
export { inHand, lastAnswered, openHold, ringingSegments };
