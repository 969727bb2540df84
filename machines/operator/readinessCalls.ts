import type { CallFact, CallId, DeviceId, Fact, Instant } from '../vocabulary/index.ts';
import { isCallFact } from '../vocabulary/index.ts';
import type { CallAtDevice, ReadinessContext, ReadinessEvent } from './readinessTypes.ts';

type Calls = ReadinessContext['calls'];
type FactOf<Type extends CallFact['type']> = Extract<CallFact, { type: Type }>;

const without = (calls: Calls, callId: CallId): Calls =>
  Object.fromEntries(Object.entries(calls).filter(([id]) => id !== callId));
const put = (calls: Calls, callId: CallId, is: CallAtDevice): Calls => ({ ...calls, [callId]: is });

/** What each kind of fact does to the calls at this telephone; the others do nothing. */
const CHANGES: { readonly [Type in CallFact['type']]?: (calls: Calls, fact: FactOf<Type>, device: DeviceId) => Calls } =
  {
    'call.started': (calls, fact, device) => (fact.device === device ? put(calls, fact.callId, 'dialling') : calls),
    'call.offered': (calls, fact, device) =>
      fact.device === device && calls[fact.callId] !== 'talking' ? put(calls, fact.callId, 'ringing') : calls,
    'call.offerEnded': (calls, fact, device) =>
      fact.device === device && calls[fact.callId] === 'ringing' ? without(calls, fact.callId) : calls,
    'call.answered': (calls, fact, device) => (fact.device === device ? put(calls, fact.callId, 'talking') : calls),
    'call.operatorLeft': (calls, fact, device) => (fact.device === device ? without(calls, fact.callId) : calls),
    'call.ended': (calls, fact) => without(calls, fact.callId),
    'call.merged': (calls, fact) => {
      const absorbed = calls[fact.absorbed];
      if (absorbed === undefined) return calls;
      return put(without(calls, fact.absorbed), fact.callId, calls[fact.callId] ?? absorbed);
    },
    // After a lost link: what the exchange says now is all there is.
    'call.confirmed': (calls, fact, device) => {
      const seen = fact.devices.find((one) => one.device === device);
      if (seen === undefined) return without(calls, fact.callId);
      return put(calls, fact.callId, seen.state === 'ringing' ? 'ringing' : 'talking');
    },
  };

export const callsAfter = ({ calls, device }: ReadinessContext, fact: CallFact): Calls => {
  const change = CHANGES[fact.type] as ((calls: Calls, fact: CallFact, device: DeviceId) => Calls) | undefined;
  return device === null || change === undefined ? calls : change(calls, fact, device);
};

const isFact = (event: ReadinessEvent): event is Fact => !event.type.startsWith('operator.') && event.type !== 'time';

const missedAfter = (context: ReadinessContext, fact: CallFact): number => {
  if (!('device' in fact) || fact.device !== context.device) return context.missed;
  if (fact.type === 'call.answered' || fact.type === 'call.started') return 0;
  return fact.type === 'call.offerEnded' && fact.reason === 'noAnswer' ? context.missed + 1 : context.missed;
};

const wrapUpAfter = (
  context: ReadinessContext,
  calls: Calls,
  callId: CallId,
  at: Instant,
): ReadinessContext['wrapUp'] => {
  const leftTalk = context.calls[callId] === 'talking' && calls[callId] === undefined;
  return leftTalk ? wrapUpOf(context, callId, at) : context.wrapUp;
};

/** From now on this call is to be written up, before those that wait already. */
export const wrapUpOf = (context: ReadinessContext, callId: CallId, at: Instant): ReadinessContext['wrapUp'] => {
  const { wrapUpMs } = context.policy;
  if (wrapUpMs === 0) return context.wrapUp;
  const earlier = wrapUpsOf(context).filter((id) => id !== callId);
  return {
    callId,
    startedAt: at,
    until: wrapUpMs === null ? null : at + wrapUpMs,
    ...(earlier.length > 0 && { earlier }),
  };
};

/** Every call that waits to be written up, the one in hand last. */
export const wrapUpsOf = ({ wrapUp }: Pick<ReadinessContext, 'wrapUp'>): readonly CallId[] =>
  wrapUp ? [...(wrapUp.earlier ?? []), wrapUp.callId] : [];

/** One is written up: the one before it is next, within the same time. */
export const wrapUpWithout = ({ wrapUp }: ReadinessContext, closed?: CallId): ReadinessContext['wrapUp'] => {
  if (!wrapUp) return null;
  const rest = wrapUpsOf({ wrapUp }).filter((id) => id !== (closed ?? wrapUp.callId));
  const callId = rest.at(-1);
  const { earlier: _, ...time } = wrapUp;
  return callId === undefined ? null : { ...time, callId, ...(rest.length > 1 && { earlier: rest.slice(0, -1) }) };
};

/** The context after one fact of the exchange. */
export const afterFact = (context: ReadinessContext, event: ReadinessEvent): Partial<ReadinessContext> => {
  if (!isFact(event) || !isCallFact(event)) return {};
  const calls = callsAfter(context, event);
  // A call that is confirmed goes on, with whomever it went to unseen, and its record with it.
  const goesOn = event.type === 'call.merged' || event.type === 'call.confirmed';
  return {
    calls,
    missed: missedAfter(context, event),
    wrapUp: goesOn ? context.wrapUp : wrapUpAfter(context, calls, event.callId, event.at),
  };
};

export const isTalking = ({ calls }: ReadinessContext): boolean =>
  Object.values(calls).some((is) => is === 'talking' || is === 'dialling');
export const isRinging = ({ calls }: ReadinessContext): boolean => Object.values(calls).includes('ringing');
