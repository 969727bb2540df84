import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertRow, BoardView, RiskRow } from '../../server/contract/index.ts';
import type { CallId } from '../../machines/vocabulary/index.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

const DEVICE = 'PJSIP/101';
const MINUTE = 60_000;

describe('what the board warns of', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await testApp();
    await test.command('anna', 'operator.chooseDevice', { device: DEVICE });
    await test.command('anna', 'operator.ready', {});
  });
  afterEach(() => test.close());

  const board = async (): Promise<BoardView> => {
    await test.app.rooms.ledger.flush();
    return test.app.topics.board?.snapshot(test.person('vera')) as BoardView;
  };
  const risk = async (key: string): Promise<RiskRow | undefined> =>
    (await board()).risks.find((each) => each.key === key);
  const alerts = (): readonly AlertRow[] => test.app.rooms.alerts.all();
  const codes = (): string[] => alerts().map(({ code }) => code);
  const talk = (): CallId => {
    const callId = test.exchange.ring(DEVICE);
    test.exchange.tell(callId, { type: 'call.answered', device: DEVICE });
    return callId;
  };
  const limits = (changed: Record<string, number>, queue: string | null = null) =>
    test.command('vera', 'supervision.settings', {
      formula: 'answeredWithin/offered',
      queue,
      thresholds: { ...test.app.rooms.settings.of(queue ?? undefined), ...changed },
    });

  it('[SUP-30] a caller who waits: amber, then red, by the thresholds of the queue', async () => {
    await limits({ waitWarnMs: 5_000, waitBreachMs: 9_000 }, 'general');
    const callId = test.exchange.ring(DEVICE);
    const other = test.exchange.ring('PJSIP/102', { number: '+79065550102', name: 'Петрова' }, 'second');
    const { since = 0, warnAt, breachAt } = (await risk(`waiting/${callId}`)) ?? {};
    expect([warnAt, breachAt]).toEqual([since + 5_000, since + 9_000]);
    test.clock.advance(5_000);
    expect(codes()).toEqual(['waiting.warning']);
    test.clock.advance(4_000);
    expect(codes()).toEqual(['waiting.warning', 'waiting.breach']);
    expect(alerts().every((alert) => alert.riskKey === `waiting/${callId}`)).toBe(true);
    expect((await risk(`waiting/${other}`))?.warnAt).toBe(since + 20_000);
  });

  it('[SUP-31] a talk without end is told of at two levels, and not before', async () => {
    const callId = talk();
    test.clock.advance(10 * MINUTE - 1_000);
    expect(await risk(`longTalk/${callId}`)).toBeUndefined();
    test.clock.advance(1_000);
    expect(await risk(`longTalk/${callId}`)).toMatchObject({ code: 'longTalk', operatorId: test.person('anna').id });
    expect(codes()).toContain('longTalk.warning');
    test.clock.advance(10 * MINUTE);
    expect(codes()).toContain('longTalk.breach');
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    expect(await risk(`longTalk/${callId}`)).toBeUndefined();
  });

  it('[SUP-32] a break without end likewise, and it is over with the break', async () => {
    await test.command('anna', 'operator.pause', { reason: 'lunch' });
    const key = `trouble/${test.person('anna').id}/longPause`;
    // A lunch has an hour of its own; any break is red 25 minutes after it is amber.
    test.clock.advance(60 * MINUTE - 1);
    expect(await risk(key)).toBeUndefined();
    test.clock.advance(1);
    expect(await risk(key)).toMatchObject({ code: 'longPause' });
    expect(codes()).toEqual(['longPause.warning']);
    test.clock.advance(25 * MINUTE);
    expect(codes()).toEqual(['longPause.warning', 'longPause.breach']);
    await test.command('vera', 'supervision.endPause', { operatorId: test.person('anna').id, reason: 'очередь стоит' });
    expect(await risk(key)).toBeUndefined();
  });

  it('[SUP-33] new limits hold for the calls that go on', async () => {
    const callId = talk();
    test.clock.advance(2 * MINUTE);
    await limits({ talkWarnMs: MINUTE, talkBreachMs: 3 * MINUTE }, 'general');
    test.clock.advance(1);
    expect(await risk(`longTalk/${callId}`)).toBeDefined();
    expect(codes()).toEqual(['longTalk.warning']);
    expect(await limits({ talkWarnMs: MINUTE, talkBreachMs: 1_000 })).toMatchObject({ ok: false });
  });

  it('[SUP-34] an alert is answered once, with what was done, by whom and when; without words it is not', async () => {
    test.exchange.ring(DEVICE);
    test.clock.advance(60_000);
    const alertKeys = alerts().map(({ key }) => key);
    const answer = (done: string) => test.command('vera', 'supervision.acknowledge', { alertKeys, done });
    expect(await answer(' ')).toMatchObject({ ok: false });
    expect(await answer('Посадила ещё двоих')).toMatchObject({ ok: true });
    expect(await answer('Ещё раз')).toMatchObject({ ok: false, error: { code: 'alert.gone' } });
    await test.crash();
    expect(alerts()).toHaveLength(2);
    for (const { acknowledged } of alerts())
      expect(acknowledged).toEqual({ by: 'Котова Вера Петровна', done: 'Посадила ещё двоих', at: test.clock.now() });
    const { items } = await test.app.rooms.audit.collection.find({ where: { what: 'alert.acknowledged' } });
    expect(items.map(({ document }) => document.reason)).toEqual(['Посадила ещё двоих', 'Посадила ещё двоих']);
  });

  it('[SUP-35] “help me” outlives a restart; who comes is told to the operator and answers the alert', async () => {
    const operatorId = test.person('anna').id;
    await test.command('anna', 'operator.askHelp', { reason: 'Клиент угрожает' });
    await test.crash();
    const asks = async () => (await board()).operators.find(({ key }) => key === operatorId)?.help;
    expect(await asks()).toMatchObject({ reason: 'Клиент угрожает' });
    expect(await risk(`trouble/${operatorId}/helpAsked`)).toMatchObject({ text: 'Клиент угрожает' });
    await test.command('vera', 'supervision.helpTaken', { operatorId });
    expect(await asks()).toBeUndefined();
    expect(alerts()[0]?.acknowledged).toMatchObject({ by: 'Котова Вера Петровна', done: 'usual.coming' });
    expect(test.app.rooms.notices.of(operatorId)[0]).toMatchObject({ code: 'help.coming' });
  });

  it('[SUP-39] calls that are not taken and a lost telephone outlive a restart, and are gone when they are over', async () => {
    const operatorId = test.person('anna').id;
    const troubles = async (): Promise<string[]> =>
      (await board()).risks.flatMap(({ kind, code = '' }) => (kind === 'operatorTrouble' ? [code] : [])).toSorted();
    const line = (state: 'unavailable' | 'free'): void =>
      test.exchange.tellExchange({ type: 'device.stateChanged', device: DEVICE, state });
    for (const _ of [1, 2]) {
      const callId = test.exchange.ring(DEVICE);
      test.exchange.tell(callId, { type: 'call.offerEnded', device: DEVICE, reason: 'noAnswer' });
      test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    }
    test.clock.advance(MINUTE);
    line('unavailable');
    expect(await troubles()).toEqual(['deviceLost', 'missedCalls']);
    const before = await risk(`trouble/${operatorId}/deviceLost`);
    await test.crash();
    expect(await troubles()).toEqual(['deviceLost', 'missedCalls']);
    expect(await risk(`trouble/${operatorId}/deviceLost`)).toEqual(before);
    // What the exchange tells again on connecting is no news.
    line('unavailable');
    expect(codes().filter((code) => code === 'deviceLost')).toHaveLength(1);
    line('free');
    expect(await troubles()).toEqual(['missedCalls']);
    await test.command('anna', 'operator.ready', {});
    expect(await troubles()).toEqual([]);
  });

  it('[SUP-39] what an operator was told of such trouble goes with it', async () => {
    const operatorId = test.person('anna').id;
    const told = (): string[] => test.app.rooms.notices.of(operatorId).map(({ code }) => code);
    for (const _ of [1, 2]) {
      const callId = test.exchange.ring(DEVICE);
      test.exchange.tell(callId, { type: 'call.offerEnded', device: DEVICE, reason: 'noAnswer' });
      test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    }
    test.exchange.tellExchange({ type: 'device.stateChanged', device: DEVICE, state: 'unavailable' });
    expect(told()).toEqual(['operator.deviceLost', 'operator.missedCalls']);
    test.exchange.tellExchange({ type: 'device.stateChanged', device: DEVICE, state: 'free' });
    expect(told()).toEqual(['operator.missedCalls']);
    await test.command('anna', 'operator.ready', {});
    expect(told()).toEqual([]);
  });

  it('[SUP-36] answering the alert of “help me” is coming to help', async () => {
    const operatorId = test.person('anna').id;
    await test.command('anna', 'operator.askHelp', { reason: 'Клиент угрожает' });
    await test.command('vera', 'supervision.acknowledge', { alertKeys: [alerts()[0]?.key], done: 'Подсела к ней' });
    expect(await risk(`trouble/${operatorId}/helpAsked`)).toBeUndefined();
    expect(test.app.rooms.notices.of(operatorId)[0]).toMatchObject({ code: 'help.coming' });
  });

  it('[SUP-37] [3.7.4] a television in the hall gets times and figures, nobody’s name or number', async () => {
    const callId = talk();
    await test.command('anna', 'operator.askHelp', { reason: 'Клиент угрожает' });
    await test.command('anna', 'hold.name', { callId, promisedMs: MINUTE });
    test.exchange.tell(callId, { type: 'call.held', by: 'operator', device: DEVICE });
    await test.app.rooms.ledger.flush();
    const whole = JSON.stringify(test.app.topics.board?.snapshot(test.person('vera')));
    const shown = test.app.topics.wallboard?.snapshot(test.person('vera')) as BoardView;
    for (const secret of ['Иванов', 'Смирнова', 'угрожает']) {
      expect(whole).toContain(secret);
      expect(JSON.stringify(shown)).not.toContain(secret);
    }
    expect(shown.risks.map(({ kind }) => kind)).toContain('hold');
    expect(shown.operators.find(({ state }) => state === 'onCall')).toBeDefined();
  });

  it('[SUP-46] who leaves is gone from the queue at once: its row is told anew', async () => {
    test.exchange.tellExchange({ type: 'queue.memberChanged', queue: 'general', device: DEVICE, present: true });
    await test.app.rooms.ledger.flush();
    const told: string[] = [];
    test.app.rooms.ledger.addPublisher({ prepare: (touched) => void told.push(...touched) });
    await test.command('anna', 'operator.signOut', {});
    expect(told).toContain('queue/general');
    expect((await board()).queues.find(({ key }) => key === 'general')).toMatchObject({ ready: 0 });
  });

  it('[SUP-38] figures of today begin anew at midnight; a call that began before it stays with its day', async () => {
    const queue = async () => (await board()).queues.find(({ key }) => key === 'general');
    const handled = async () => (await board()).operators.find(({ key }) => key === test.person('anna').id)?.handled;
    const end = async (callId: CallId): Promise<void> => {
      test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
      await test.command('vera', 'supervision.endWrapUp', { operatorId: test.person('anna').id, reason: 'тест' });
      await test.app.rooms.archive.settled();
    };
    test.exchange.tellExchange({ type: 'queue.memberChanged', queue: 'general', device: DEVICE, present: true });
    const first = talk();
    // The waiting is over: it counts at once, the talk when it is over too.
    expect(await queue()).toMatchObject({ offered: 1, answered: 1, serviceLevel: 1, asaMs: 0 });
    expect(await queue()).not.toHaveProperty('ahtMs');
    await end(first);
    expect(await queue()).toMatchObject({ offered: 1, answered: 1, ahtMs: expect.any(Number) as number });
    expect(await handled()).toBe(1);
    const midnight = Date.UTC(2026, 10, 23, 21, 0, 0);
    test.clock.advance(midnight - test.clock.now() - MINUTE);
    await test.command('anna', 'operator.ready', {});
    const late = talk();
    test.clock.advance(2 * MINUTE);
    expect(await queue()).toMatchObject({ offered: 0, answered: 0 });
    expect(await handled()).toBe(0);
    await end(late);
    expect(await queue()).toMatchObject({ offered: 0 });
    await end(talk());
    expect(await queue()).toMatchObject({ offered: 1, occupancy: expect.any(Number) as number });
    expect(await handled()).toBe(1);
  });
});
