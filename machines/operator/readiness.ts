import type { DeviceId, Instant } from '../vocabulary/index.ts';
import { pure } from '../step.ts';
import type { MachineState, Stepped } from '../step.ts';
import { readinessMachine } from './readinessMachine.ts';
import type { ReadinessInput } from './readinessMachine.ts';
import type { ReadinessContext, ReadinessEffect, ReadinessEvent, ReadinessTrouble } from './readinessTypes.ts';
import { PAUSE_REASONS } from './readinessTypes.ts';

export type ReadinessState = MachineState<ReadinessContext>;
/** Shown on every screen; the wire's `OperatorState`. What the telephone does wins over what the person said. */
export type ShownReadiness = 'offline' | 'ready' | 'paused' | 'ringing' | 'onCall' | 'wrapUp';

interface Regions {
  readonly presence: 'offline' | 'ready' | 'paused';
  readonly line: 'idle' | 'ringing' | 'onCall' | 'wrapUp';
}
const readiness = pure<typeof readinessMachine, ReadinessEffect>(readinessMachine);
const regionsOf = (state: ReadinessState): Regions => state.value as unknown as Regions;

export const shownReadiness = (state: ReadinessState): ShownReadiness => {
  const { presence, line } = regionsOf(state);
  return line === 'idle' ? presence : line;
};

/** What the queues of the exchange should know: they ring an operator who is ready and not in wrap-up. */
const wantedPause = (state: ReadinessState): { readonly paused: boolean; readonly reason: string } => {
  const { presence, line } = regionsOf(state);
  if (presence === 'offline') return { paused: true, reason: PAUSE_REASONS.offline };
  if (presence === 'paused') return { paused: true, reason: state.context.pauseReason };
  return line === 'wrapUp' ? { paused: true, reason: PAUSE_REASONS.wrapUp } : { paused: false, reason: '' };
};

const pauseMember = (device: DeviceId, paused: boolean, reason: string): ReadinessEffect => ({
  type: 'operator.pauseMember',
  device,
  paused,
  reason,
});

/** An echo is seconds late at most; an operator changes his mind a few times in that. */
const REMEMBERED_REASONS = 8;
const remembered = (
  { saidReasons }: ReadinessContext,
  said: { readonly paused: boolean; readonly reason: string },
): readonly string[] =>
  said.paused
    ? [...saidReasons.filter((reason) => reason !== said.reason), said.reason].slice(-REMEMBERED_REASONS)
    : saidReasons;

/** Tells the exchange once what it does not know: the old telephone is released, the present one set right. */
const toldExchange = (state: ReadinessState, again: boolean): Stepped<ReadinessContext, ReadinessEffect> => {
  const { device, told } = state.context;
  const released = told !== null && told.device !== device && !told.paused;
  const release = released ? [pauseMember(told.device, true, PAUSE_REASONS.offline)] : [];
  if (device === null) return { state: { ...state, context: { ...state.context, told: null } }, effects: release };
  const wanted = wantedPause(state);
  const isTold = told?.device === device && told.paused === wanted.paused && told.reason === wanted.reason;
  if (isTold && !again) return { state, effects: [] };
  return {
    state: {
      ...state,
      context: { ...state.context, told: { device, ...wanted }, saidReasons: remembered(state.context, wanted) },
    },
    effects: [...release, pauseMember(device, wanted.paused, wanted.reason)],
  };
};

/** After these the exchange may think otherwise than it was told: the link was away, or somebody unpaused by a key. */
const mustTellAgain = (state: ReadinessState, event: ReadinessEvent): boolean =>
  event.type === 'link.restored' ||
  (event.type === 'queue.memberPaused' &&
    event.device === state.context.device &&
    event.paused !== wantedPause(state).paused);

export const readableReadiness = readiness.readable;
export const startReadiness = (input: ReadinessInput): ReadinessState => readiness.start(input).state;

/** One event of one operator, in order: the next state and what is to be done. */
export const stepReadiness = (
  before: ReadinessState,
  event: ReadinessEvent,
): Stepped<ReadinessContext, ReadinessEffect> => {
  const { state, effects } = readiness.step(before, event);
  const isSame = shownReadiness(before) === shownReadiness(state);
  const stamped = isSame ? state : { ...state, context: { ...state.context, since: event.at } };
  const told = toldExchange(stamped, mustTellAgain(stamped, event));
  return { state: told.state, effects: [...effects, ...told.effects] };
};

/** Read off the state, so a restart forgets none and what has passed is gone. */
export const readinessTroubles = (state: ReadinessState): readonly ReadinessTrouble[] => {
  const { pauseReason, deviceLostAt, panelLostAt, since } = state.context;
  const paused = regionsOf(state).presence === 'paused' ? pauseReason : '';
  return [
    ...(paused === PAUSE_REASONS.missedCalls ? [{ code: 'missedCalls', since } as const] : []),
    ...(paused === PAUSE_REASONS.panelLost ? [{ code: 'panelLost', since: panelLostAt ?? since } as const] : []),
    ...(deviceLostAt ? [{ code: 'deviceLost', since: deviceLostAt } as const] : []),
  ];
};

export { wrapUpsOf } from './readinessCalls.ts';

/** The instant at which wrap-up ends by itself. */
export const readinessDueInstants = (state: ReadinessState): readonly { key: string; at: Instant }[] => {
  const until = state.context.wrapUp?.until ?? null;
  return until === null || regionsOf(state).line !== 'wrapUp' ? [] : [{ key: 'operator.wrapUp', at: until }];
};
