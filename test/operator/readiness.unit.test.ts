import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readinessDueInstants,
  readinessMachine,
  shownReadiness,
  startReadiness,
  stepReadiness,
} from '../../machines/operator/index.ts';
import type {
  ReadinessContext,
  ReadinessEffect,
  ReadinessEvent,
  ReadinessPolicy,
  ReadinessState,
} from '../../machines/operator/index.ts';
import { as } from '../../machines/vocabulary/index.ts';
import type { CallId, DeviceId, QueueName } from '../../machines/vocabulary/index.ts';
import type { OperatorState } from '../../server/contract/index.ts';
import { leafNames, walk } from '../support/walkMachine.ts';
import { ANNA, EXCHANGE, OTHER_PHONE, PHONE, at, fact } from '../promises/facts.ts';

const ONE = as<CallId>('main/1.1');
const TWO = as<CallId>('main/2.2');
const POLICY: ReadinessPolicy = { wrapUpMs: 60_000, pauseAfterMissed: 2 };

const signedIn = (s: number): ReadinessEvent => ({ type: 'operator.signedIn', at: at(s), device: PHONE });
const signedOut = (s: number): ReadinessEvent => ({ type: 'operator.signedOut', at: at(s) });
const ready = (s: number): ReadinessEvent => ({ type: 'operator.ready', at: at(s) });
const paused = (s: number, reason = 'lunch'): ReadinessEvent => ({ type: 'operator.paused', at: at(s), reason });
const closed = (s: number, callId?: CallId): ReadinessEvent => ({
  type: 'operator.wrapUpClosed',
  at: at(s),
  ...(callId && { callId }),
});
const time = (s: number): ReadinessEvent => ({ type: 'time', at: at(s) });
const offered = (s: number, call = ONE, device = PHONE) => fact('call.offered', s, { device }, call);
const unanswered = (s: number, call = ONE) => fact('call.offerEnded', s, { device: PHONE, reason: 'noAnswer' }, call);
const answered = (s: number, call = ONE, device = PHONE) => fact('call.answered', s, { device }, call);
const left = (s: number, call = ONE) => fact('call.operatorLeft', s, { device: PHONE }, call);
const over = (s: number, call = ONE) => fact('call.ended', s, { by: 'client', cause: 16, causeText: '' }, call);
const memberPaused = (s: number, isPaused: boolean, reason: string): ReadinessEvent => ({
  type: 'queue.memberPaused',
  at: at(s),
  exchangeId: EXCHANGE,
  queue: as<QueueName>('general'),
  device: PHONE,
  paused: isPaused,
  reason,
});
const linkRestored = (s: number): ReadinessEvent => ({
  type: 'link.restored',
  at: at(s),
  exchangeId: EXCHANGE,
  exchangeRestarted: false,
});

const run = (events: readonly ReadinessEvent[], policy = POLICY) => {
  let state: ReadinessState = startReadiness({ operatorId: ANNA, at: at(0), policy });
  const effects: ReadinessEffect[] = [];
  for (const event of events) {
    const stepped = stepReadiness(state, event);
    state = stepped.state;
    effects.push(...stepped.effects);
  }
  return { state, effects, shown: shownReadiness(state) };
};
const READY = [signedIn(0), ready(1)];
const told = (effects: readonly ReadinessEffect[]) =>
  effects.flatMap((effect) => (effect.type === 'operator.pauseMember' ? [`${effect.paused}:${effect.reason}`] : []));

/** Everything that can happen to an operator, early and late. */
const EVENTS = [1, 30, 90].flatMap((s): ReadinessEvent[] => [
  signedIn(s),
  signedOut(s),
  ready(s),
  paused(s),
  closed(s),
  closed(s, ONE),
  closed(s, TWO),
  { type: 'operator.wrapUpOwed', at: at(s), callId: TWO },
  time(s),
  offered(s),
  offered(s, TWO),
  unanswered(s),
  answered(s),
  answered(s, TWO),
  left(s),
  over(s),
  over(s, TWO),
  memberPaused(s, true, 'x'),
  memberPaused(s, false, ''),
  linkRestored(s),
  { type: 'operator.panelLost', at: at(s) },
  { type: 'operator.panelBack', at: at(s) },
]);

describe('[ACD] readiness of one operator', () => {
  it.each<[OperatorState, readonly ReadinessEvent[]]>([
    ['offline', []],
    ['paused', [signedIn(0)]],
    ['ready', READY],
    ['paused', [...READY, paused(2)]],
    ['ringing', [...READY, offered(2)]],
    ['onCall', [...READY, offered(2), answered(3)]],
    ['wrapUp', [...READY, offered(2), answered(3), over(9)]],
    ['ready', [...READY, offered(2), answered(3), over(9), closed(12)]],
    ['ready', [...READY, offered(2), answered(3), over(9), time(69)]],
    ['wrapUp', [...READY, offered(2), answered(3), left(9), time(68)]],
    ['ready', [...READY, offered(2), unanswered(9)]],
    ['offline', [...READY, signedOut(5)]],
    ['paused', [signedOut(1), ready(2), signedIn(3)]],
  ])('[ACD-01] shows %s', (shown, events) => {
    expect(run(events).shown).toBe(shown);
  });

  it('[ACD-02] several calls at once: talking wins over ringing, ringing over wrap-up', () => {
    const talking = [...READY, offered(2), answered(3), offered(5, TWO)];
    expect(run(talking).shown).toBe('onCall');
    expect(run([...talking, over(9)]).shown).toBe('ringing');
    expect(run([...talking, over(9), unanswered(20, TWO)]).shown).toBe('wrapUp');
    expect(run([...talking, over(9), answered(12, TWO)]).shown).toBe('onCall');
    expect(run([...talking, answered(6, TWO), over(9)]).shown).toBe('onCall');
  });

  it('[ACD-03] a pause pressed during a call begins after it', () => {
    const { state, shown } = run([...READY, offered(2), answered(3), paused(4), over(9), closed(10)]);
    expect(shown).toBe('paused');
    expect(state.context.pauseReason).toBe('lunch');
  });

  it('[ACD-04] the queues are told once of each change, and again when they may think otherwise', () => {
    const { effects } = run([...READY, offered(2), answered(3), over(9), closed(12), paused(20), ready(30)]);
    expect(told(effects)).toEqual(['true:notReadyYet', 'false:', 'true:wrapUp', 'false:', 'true:lunch', 'false:']);
    expect(told(run([...READY, linkRestored(5)]).effects)).toEqual(['true:notReadyYet', 'false:', 'false:']);
    expect(told(run([...READY, paused(2), memberPaused(3, false, '')]).effects).at(-1)).toBe('true:lunch');
  });

  it('[ACD-05] our own pause coming back as a fact is no news, another one is', () => {
    expect(run([...READY, memberPaused(2, false, '')]).shown).toBe('ready');
    const elsewhere = run([...READY, memberPaused(2, true, 'supervisor')]);
    expect(elsewhere.shown).toBe('paused');
    expect(elsewhere.state.context.pauseReason).toBe('supervisor');
    const wrapping = run([...READY, offered(2), answered(3), over(9), memberPaused(9.1, true, 'wrapUp'), closed(12)]);
    expect(wrapping.shown).toBe('ready');
  });

  it('[ACD-04] the late echo of an own pause is not a pause made elsewhere', () => {
    const { state } = run([...READY, paused(2), ready(3), memberPaused(4, true, 'lunch'), memberPaused(5, false, '')]);
    expect(shownReadiness(state)).toBe('ready');
    expect(shownReadiness(run([...READY, memberPaused(4, true, 'by key')]).state)).toBe('paused');
  });

  it('[ACD-06] calls left ringing in a row pause the operator, who is told; an answer forgives', () => {
    const missed = run([...READY, offered(2), unanswered(20), offered(30, TWO), unanswered(50, TWO)]);
    expect(missed.shown).toBe('paused');
    expect(missed.state.context.pauseReason).toBe('missedCalls');
    expect(missed.effects).toContainEqual({ type: 'operator.missedCalls', operatorId: ANNA, missed: 2 });
    const forgiven = run([
      ...READY,
      offered(2),
      unanswered(20),
      offered(30, TWO),
      answered(31, TWO),
      over(40, TWO),
      closed(41),
      offered(50),
      unanswered(70),
    ]);
    expect(forgiven.shown).toBe('ready');
    expect(
      run([...READY, offered(2), unanswered(20), offered(30), unanswered(50)], { ...POLICY, pauseAfterMissed: null })
        .shown,
    ).toBe('ready');
  });

  it('[ACD-07] wrap-up can be without end, or without being', () => {
    const call = [...READY, offered(2), answered(3), over(9)];
    const endless = run(call, { ...POLICY, wrapUpMs: null });
    expect(endless.shown).toBe('wrapUp');
    expect(readinessDueInstants(endless.state)).toEqual([]);
    expect(run(call, { ...POLICY, wrapUpMs: 0 }).shown).toBe('ready');
    expect(readinessDueInstants(run(call).state)).toEqual([{ key: 'operator.wrapUp', at: at(69) }]);
  });

  it('[ACD-15] while one of two calls is still to be written up, queues do not ring', () => {
    const both = [...READY, offered(2), answered(3), offered(5, TWO), answered(6, TWO), over(8, TWO), over(9)];
    expect(run([...both, closed(12, ONE)]).shown).toBe('wrapUp');
    expect(run([...both, closed(12, TWO)]).shown).toBe('wrapUp');
    const done = run([...both, closed(12, ONE), closed(20, TWO)]);
    expect(done.shown).toBe('ready');
    expect(told(done.effects)).toEqual(['true:notReadyYet', 'false:', 'true:wrapUp', 'false:']);
    expect(run([...both, closed(12, ONE), time(69)]).shown).toBe('ready');
    expect(run([...both, answered(12, TWO), closed(13, ONE), over(14, TWO), closed(15, TWO)]).shown).toBe('ready');
  });

  it('[ACD-16] when one of two is written up after the time is over, the other one’s is over as well', () => {
    const both = [...READY, offered(2), answered(3), offered(5, TWO), answered(6, TWO), over(8, TWO), over(9)];
    const { shown, effects } = run([...both, closed(69, TWO)]);
    expect(shown).toBe('ready');
    expect(effects).toContainEqual({ type: 'operator.wrapUpEnded', operatorId: ANNA, callId: ONE });
  });

  it('[ACD-08] a call that the operator dials occupies him from the first moment', () => {
    const dialled = fact(
      'call.started',
      2,
      {
        direction: 'outbound',
        linkedid: as('1.1'),
        client: { number: '+79065550101', name: '' },
        dialled: '+79065550101',
        device: PHONE,
      },
      ONE,
    );
    expect(run([...READY, dialled]).shown).toBe('onCall');
    expect(run([...READY, dialled, over(9)]).shown).toBe('ready');
    expect(run([...READY, dialled, answered(5), over(9)]).shown).toBe('wrapUp');
  });

  it('[ACD-09] after a lost link only what the exchange confirms is left', () => {
    const talking = [...READY, offered(2), answered(3)];
    const gone = fact('call.confirmed', 30, { devices: [{ device: OTHER_PHONE, state: 'talking' as const }] }, ONE);
    const there = fact('call.confirmed', 30, { devices: [{ device: PHONE, state: 'onHold' as const }] }, ONE);
    expect(run([...talking, gone]).shown).toBe('ready');
    expect(run([...talking, there]).shown).toBe('onCall');
    expect(run([...READY, there]).shown).toBe('onCall');
  });

  it('[ACD-10] a telephone out of reach is told once; other telephones change nothing', () => {
    const state = (s: number, device: DeviceId, to: 'unavailable' | 'free'): ReadinessEvent => ({
      type: 'device.stateChanged',
      at: at(s),
      exchangeId: EXCHANGE,
      device,
      state: to,
    });
    const { effects } = run([
      ...READY,
      state(2, PHONE, 'unavailable'),
      state(3, PHONE, 'unavailable'),
      state(4, PHONE, 'free'),
      state(5, PHONE, 'unavailable'),
    ]);
    expect(effects.filter(({ type }) => type === 'operator.deviceLost')).toHaveLength(2);
    const before = run(READY).state;
    expect(stepReadiness(before, state(2, OTHER_PHONE, 'unavailable')).state).toBe(before);
    expect(stepReadiness(before, offered(2, ONE, OTHER_PHONE)).effects).toEqual([]);
  });

  it('[ACD-11] moving to another telephone releases the old one', () => {
    const moved = run([...READY, { type: 'operator.deviceChosen', at: at(5), device: OTHER_PHONE }]);
    expect(moved.effects.slice(-2)).toEqual([
      { type: 'operator.pauseMember', device: PHONE, paused: true, reason: 'offline' },
      { type: 'operator.pauseMember', device: OTHER_PHONE, paused: false, reason: '' },
    ]);
    expect(told(run([...READY, signedOut(5)]).effects).at(-1)).toBe('true:offline');
  });

  it('[ACD-12] a consultation that becomes part of the client’s call is one call', () => {
    const merged = fact('call.merged', 8, { absorbed: TWO }, ONE);
    const { shown, state } = run([...READY, offered(2), answered(3), answered(5, TWO), merged]);
    expect(shown).toBe('onCall');
    expect(Object.keys(state.context.calls)).toEqual([ONE]);
    expect(run([...READY, answered(5, TWO), merged, over(9)]).shown).toBe('wrapUp');
  });

  it('[ACD-13] any order of events: stored and restored it goes on alike, and the shown state is the true one', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 40 }), (list) => {
        let state = startReadiness({ operatorId: ANNA, at: at(0), policy: POLICY });
        for (const event of list) {
          const stepped = stepReadiness(state, event);
          const restored = stepReadiness(JSON.parse(JSON.stringify(state)) as ReadinessState, event);
          expect(restored).toEqual(stepped);
          state = stepped.state;
          const shown = shownReadiness(state);
          const kinds = Object.values(state.context.calls);
          expect(shown === 'onCall').toBe(kinds.includes('talking'));
          if (shown === 'ringing') expect(kinds).toContain('ringing');
          if (shown === 'ready') expect(state.context.told).toMatchObject({ paused: false });
          if (shown === 'paused' || shown === 'wrapUp') {
            if (state.context.device !== null) expect(state.context.told).toMatchObject({ paused: true });
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('[ACD-14] every state of the chart is reached; storing and restoring in mid-path changes nothing', () => {
    const { leaves, paths } = walk(
      readinessMachine,
      { operatorId: ANNA, at: at(0), policy: POLICY },
      EVENTS,
      (context: ReadinessContext) => [context.calls, Math.min(context.missed, 2), context.wrapUp === null],
    );
    expect(leafNames(readinessMachine).filter((name) => !leaves.has(name))).toEqual([]);
    expect(paths).toBeGreaterThan(50);
  });
});
