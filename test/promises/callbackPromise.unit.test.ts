import { describe, expect, it } from 'vitest';
import {
  callbackDueInstants,
  callbackOutcome,
  callbackPromise,
  callbackViewOf,
  mayCall,
} from '../../machines/promises/index.ts';
import type {
  CallbackEffect,
  CallbackEvent,
  CallbackInput,
  CallbackRecord,
  CallbackState,
} from '../../machines/promises/index.ts';
import { as } from '../../machines/vocabulary/index.ts';
import type { CallId } from '../../machines/vocabulary/index.ts';
import type { CallbackView } from '../../server/contract/index.ts';
import {
  LINE,
  TOKEN,
  answered,
  at,
  attempted,
  callbackInput as input,
  cancelled,
  confirmedBy,
  denied,
  dialled,
  givenUp,
  lineEnded,
  rescheduled,
  started,
  time,
} from './callbackEvents.ts';
import { ANNA, BORIS } from './facts.ts';

const run = (...events: CallbackEvent[]): { state: CallbackState; effects: CallbackEffect[] } =>
  runFrom(input(), events);
const runFrom = (born: CallbackInput, events: readonly CallbackEvent[]) => {
  let { state } = callbackPromise.start(born);
  const effects: CallbackEffect[] = [];
  for (const event of events) {
    const stepped = callbackPromise.step(state, event);
    state = stepped.state;
    effects.push(...stepped.effects);
  }
  return { state, effects };
};
const recordIn = (effects: CallbackEffect[]): CallbackRecord | undefined =>
  effects.find((effect) => effect.type === 'callback.closed')?.record;
const talk = (from: number): CallbackEvent[] => [
  dialled(from),
  started(from + 0.2),
  answered(from + 0.5),
  lineEnded(from + 4),
];

describe('[3.5.5-г] the callback promise', () => {
  it('[3.5.5-г] is kept only by an answered call with its token that the operator confirms', () => {
    const { state, effects } = run(...talk(60), confirmedBy(65));
    expect(callbackOutcome(state)).toBe('kept');
    expect(recordIn(effects)).toMatchObject({ outcome: 'kept', talkedAt: at(60.5), lateMs: 0, attempts: 0 });
    expect(effects.map(({ type }) => type)).toEqual(['callback.confirmWanted', 'callback.closed']);
  });

  it.each<[string, CallbackEvent[]]>([
    ['without any call', [confirmedBy(65)]],
    ['while it rings', [dialled(60), started(60.1), confirmedBy(65)]],
    ['when nobody answered', [dialled(60), started(60.1), lineEnded(61), confirmedBy(65)]],
    [
      'after a call with another token',
      [dialled(60), { ...started(60.1), token: 'other' } as CallbackEvent, answered(61), confirmedBy(65)],
    ],
    ['after a call of others', [dialled(60), started(60.1, as<CallId>('main/9.9')), answered(61), confirmedBy(65)]],
  ])('[3.5.5-г] is not kept by a word %s', (_name, events) => {
    expect(callbackOutcome(run(...events).state)).toBeUndefined();
  });

  it('[3.5.5-г] kept on time or late is judged by the instant of the answer, not of the confirmation', () => {
    expect(callbackOutcome(run(...talk(119), confirmedBy(200)).state)).toBe('kept');
    expect(callbackOutcome(run(...talk(120), confirmedBy(125)).state)).toBe('keptLate');
  });

  it('[CB-01] answered in time, nobody is alarmed while the operator’s word is awaited; he is asked again', () => {
    const { state, effects } = run(...talk(80), time(95), time(110), time(120), time(130));
    expect(effects.map(({ type }) => type)).toEqual(['callback.confirmWanted', 'callback.confirmWanted']);
    expect(effects[1]).toMatchObject({ again: true });
    expect(callbackPromise.hasTag(state, 'overdue')).toBe(false);
    const back = callbackPromise.step(state, denied(131)).state;
    expect(callbackPromise.hasTag(back, 'overdue')).toBe(true);
  });

  it('[3.5.5-г] reminds the owner, then the supervisor, then everyone, at set times, each once', () => {
    const { effects, state } = run(time(89), time(90), time(90), time(110), time(120), time(135), time(180), time(999));
    const steps = effects.flatMap((effect) => (effect.type === 'callback.escalated' ? effect.steps : []));
    expect(steps.map(({ key, to }) => `${key}:${to}`)).toEqual([
      'dueSoon:owner',
      'dueNow:supervisor',
      'overdue:everyone',
      'overdueSupervisor:supervisor',
      'overdueLong:supervisor',
    ]);
    expect(callbackPromise.hasTag(state, 'overdue')).toBe(true);
  });

  it('[CB-02] what was missed while the server was away is told at once, in one word', () => {
    const { effects } = run(time(125));
    expect(effects).toHaveLength(1);
    expect(effects[0]).toMatchObject({ type: 'callback.escalated', dueAt: at(120) });
  });

  it('[CB-03] a promise born late does not escalate for times before its birth', () => {
    const { effects } = runFrom(input({ createdAt: at(115) }), [time(116)]);
    expect(effects).toEqual([]);
  });

  it('[CB-04] wants a time event exactly at its next instants', () => {
    expect(callbackDueInstants(run().state)).toEqual([
      { key: 'callback.due', at: at(90) },
      { key: 'callback.overdue', at: at(120) },
      { key: 'callback.escalation', at: at(90) },
    ]);
    expect(callbackDueInstants(run(dialled(10)).state)).toContainEqual({ key: 'callback.dial', at: at(11.5) });
    expect(callbackDueInstants(run(...talk(10)).state)).toEqual([{ key: 'callback.confirm', at: at(29) }]);
    expect(callbackDueInstants(run(cancelled(5)).state)).toEqual([]);
  });
});

describe('[3.5.5-г] attempts', () => {
  it.each([
    [17, 'busy'],
    [1, 'wrongNumber'],
    [28, 'wrongNumber'],
    [19, 'noAnswer'],
    [0, 'noAnswer'],
  ])('[CB-05] a call that ends unanswered with cause %i is an attempt: %s', (cause, outcome) => {
    const { state } = run(dialled(10), started(10.1), lineEnded(11, cause));
    expect(state.context.attempts).toMatchObject([{ outcome, callId: LINE, by: ANNA }]);
  });

  it('[CB-06] our own hang-up is on record but does not count', () => {
    const { state } = run(dialled(10), started(10.1), lineEnded(11, 16, 'operator'));
    expect(state.context).toMatchObject({ counted: 0, attempts: [{ outcome: 'notCounted' }], nextAttemptAt: null });
    expect(mayCall(state, at(11))).toEqual({ ok: true });
  });

  it('[CB-07] attempts keep their distance; when it is over, a reminder', () => {
    const { state } = run(attempted(10, 'busy'));
    expect(mayCall(state, at(20))).toEqual({ ok: false, reason: 'callback.tooSoon', nextAttemptAt: at(40) });
    const { effects, state: ready } = run(attempted(10, 'busy'), time(40));
    expect(effects).toEqual([{ type: 'callback.attemptDue', promiseId: 'c1', owner: ANNA }]);
    expect(mayCall(ready, at(40))).toEqual({ ok: true });
  });

  it('[CB-08] after the last attempt of the rule it can be given up: unreachable, if tried in time', () => {
    const three = [attempted(10, 'noAnswer'), attempted(50, 'noAnswer'), attempted(90, 'busy')];
    const { state } = run(...three);
    expect(mayCall(state, at(119))).toEqual({ ok: false, reason: 'callback.noAttemptsLeft' });
    expect(callbackOutcome(run(...three, givenUp(100)).state)).toBe('unreachable');
    expect(callbackOutcome(run(...three.slice(1), givenUp(100)).state)).toBeUndefined();
    const late = [attempted(130, 'noAnswer'), attempted(150, 'noAnswer'), attempted(190, 'busy')];
    expect(callbackOutcome(run(...late, givenUp(200)).state)).toBe('broken');
  });

  it('[CB-09] a wrong number stops calling until it is corrected', () => {
    const { state } = run(attempted(10, 'wrongNumber'));
    expect(mayCall(state, at(60))).toEqual({ ok: false, reason: 'callback.wrongNumber' });
    const corrected = callbackPromise.step(state, {
      type: 'callback.numberCorrected',
      at: at(61),
      by: ANNA,
      number: '+79065550102',
      reason: 'из обращения',
    }).state;
    expect(corrected.context.number).toBe('+79065550102');
    expect(mayCall(corrected, at(61))).toEqual({ ok: true });
  });

  it('[CB-10] somebody else or a machine answered: an attempt, not a talk', () => {
    const { state } = run(...talk(10), denied(15));
    expect(state.context.attempts).toMatchObject([{ outcome: 'noAnswer', callId: LINE, note: 'автоответчик' }]);
    expect(mayCall(state, at(16)).ok).toBe(false);
  });

  it('[CB-11] a command to call after which no call is seen is told, and the call may be made again', () => {
    const { state, effects } = run(dialled(10), time(12));
    expect(effects).toEqual([{ type: 'callback.dialLost', promiseId: 'c1', by: ANNA }]);
    expect(mayCall(state, at(12))).toEqual({ ok: true });
    expect(callbackOutcome(run(dialled(10), time(12), started(13), answered(14), confirmedBy(15)).state)).toBe('kept');
  });

  it('[CB-12] a refused command to call costs nothing', () => {
    const { state } = run(dialled(10), {
      type: 'callback.dialFailed',
      at: at(10),
      token: TOKEN,
      reason: 'telephony.linkLost',
    });
    expect(state.context.attempts).toEqual([]);
    expect(mayCall(state, at(10))).toEqual({ ok: true });
  });
});

describe('[3.5.5-г] taking, handing over, new terms, closing', () => {
  it('[CB-13] is taken and handed over with a reason, on record', () => {
    const { state } = runFrom(input({ owner: null }), [
      { type: 'callback.taken', at: at(1), by: ANNA },
      { type: 'callback.handedOver', at: at(2), by: ANNA, to: BORIS, reason: 'конец смены' },
      { type: 'callback.handedOver', at: at(3), by: BORIS, to: null, reason: 'больничный' },
    ]);
    expect(state.context.owner).toBeNull();
    expect(state.context.history.map(({ what, by, text, to }) => [what, by, text, to])).toEqual([
      ['callback.created', ANNA, 'Когда придёт путёвка в детский сад?', undefined],
      ['callback.taken', ANNA, '', undefined],
      ['callback.handedOver', ANNA, 'конец смены', BORIS],
      ['callback.handedOver', BORIS, 'больничный', null],
    ]);
  });

  it('[CB-14] a new term needs the client’s knowledge: a word that he was told, a try, or a talk', () => {
    expect(run(rescheduled(10, 200, false)).state.context.dueAt).toBe(at(120));
    expect(run(rescheduled(10, 200, true)).state.context.dueAt).toBe(at(200));
    expect(run(attempted(5, 'noAnswer'), rescheduled(10, 200, false)).state.context.dueAt).toBe(at(200));
    const inTalk = run(dialled(5), started(5.1), answered(5.5), rescheduled(7, 200, false));
    expect(inTalk.state.context).toMatchObject({ dueAt: at(200), firstDueAt: at(120), reschedules: 1, line: null });
    expect(mayCall(inTalk.state, at(8))).toEqual({ ok: true });
    expect(run(rescheduled(10, 5, true)).state.context.dueAt).toBe(at(120));
  });

  it('[CB-15] a term that passed before it was moved stays missed: a later talk is late', () => {
    const { state } = run(time(121), rescheduled(122, 200, true));
    expect(callbackPromise.hasTag(state, 'overdue')).toBe(false);
    expect(callbackOutcome(run(time(121), rescheduled(122, 200, true), ...talk(130), confirmedBy(140)).state)).toBe(
      'keptLate',
    );
    expect(callbackOutcome(run(rescheduled(100, 200, true), ...talk(130), confirmedBy(140)).state)).toBe('kept');
  });

  it('[CB-16] a new term escalates anew', () => {
    const { effects } = run(time(90), rescheduled(95, 300, true), time(270));
    const keys = effects.flatMap((effect) =>
      effect.type === 'callback.escalated' ? effect.steps.map(({ key }) => key) : [],
    );
    expect(keys).toEqual(['dueSoon', 'dueSoon']);
  });

  it('[CB-17] cancelled with a reason before the term, broken after it, not at all during a call', () => {
    expect(callbackOutcome(run(cancelled(60)).state)).toBe('cancelled');
    expect(callbackOutcome(run(cancelled(121)).state)).toBe('broken');
    expect(callbackOutcome(run(dialled(60), started(60.1), cancelled(61)).state)).toBeUndefined();
  });

  it('[CB-19] an extension goes with its number, and with the old number when that is corrected', () => {
    const words = { saved: true, nameOf: () => '', human: (text: string) => text };
    const { state } = callbackPromise.start(input({ extension: '123' }));
    expect(callbackViewOf(state, words).extension).toBe('123');
    const number = { at: at(1), by: ANNA, number: '+79065550102', reason: '' };
    const { state: after } = callbackPromise.step(state, { type: 'callback.numberCorrected', ...number });
    expect(callbackViewOf(after, words)).not.toHaveProperty('extension');
  });

  it('[CB-18] the wire’s view says what the list draws', () => {
    const words = { saved: true, nameOf: () => 'Анна Петровна', human: (number: string) => number };
    const view: CallbackView = callbackViewOf(run(time(121)).state, words);
    expect(view).toMatchObject({ state: 'overdue', owner: { id: ANNA, name: 'Анна Петровна' }, attempts: 0 });
    expect(callbackViewOf(run().state, words).state).toBe('open');
    expect(callbackViewOf(run(time(95)).state, words).state).toBe('due');
    expect(callbackViewOf(run(time(95), dialled(96)).state, words).state).toBe('calling');
    expect(callbackViewOf(run(...talk(10)).state, words)).toMatchObject({ state: 'open', talkedAt: at(10.5) });
  });
});
