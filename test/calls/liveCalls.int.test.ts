import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError, as, HOUR, type CallId } from '../../machines/vocabulary/index.ts';
import type { PanelView } from '../../server/contract/index.ts';
import { flush } from '../support/fakeClock.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

describe('a call from the exchange to the panel', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await testApp();
    await test.command('anna', 'operator.chooseDevice', { device: 'PJSIP/101' });
    await test.command('anna', 'operator.ready', {});
  });
  afterEach(() => test.close());
  const panel = (login = 'anna'): PanelView => test.app.presenter.view(test.person(login).id)!;
  const device = 'PJSIP/101';
  const answered = (): CallId => {
    const callId = test.exchange.ring(device);
    test.clock.advance(3_000);
    test.exchange.tell(callId, { type: 'call.answered', device });
    return callId;
  };

  it('[CALL-01] a ringing call shows who calls and the greeting of the hour with the operator named', () => {
    test.exchange.ring(device);
    const [call] = panel().calls;
    expect(call).toMatchObject({ phase: 'ringing', client: { number: '+79065550101' }, queue: 'general' });
    expect(call?.script?.step.kind).toBe('greeting');
    expect(call?.script?.step.lines[0]).toContain('Анна Петровна');
    expect(call?.script?.step.lines[0]).toMatch(/^Доброе утро|^Добрый день/);
    expect(panel().operator.state).toBe('ringing');
  });

  it('[CALL-01] whoever did not take a call sees who it was, until the next is in hand', () => {
    const callId = test.exchange.ring(device);
    test.exchange.tell(callId, { type: 'call.offerEnded', device, reason: 'noAnswer' });
    expect(panel().notices).toMatchObject([{ level: 'info', code: 'operator.missedCall', text: 'Иванов' }]);
    test.exchange.tell(callId, { type: 'call.offered', device }, { type: 'call.answered', device });
    expect(panel().notices).toEqual([]);
  });

  it.each([
    ['false', 'Вне рабочего времени'],
    ['true', 'Входящий звонок'],
  ])('[2.6.1] [CALL-09] at ten in the evening, AROUND_THE_CLOCK=%s, a call opens «%s»', async (set, title) => {
    await test.close();
    test = await testApp({ AROUND_THE_CLOCK: set });
    test.clock.advance(13 * HOUR);
    await test.command('anna', 'operator.chooseDevice', { device });
    await test.command('anna', 'operator.ready', {});
    test.exchange.ring(device);
    expect(panel().calls[0]?.script).toMatchObject({ title });
  });

  it('[CALL-01] whoever calls out and does not lift their own receiver is told so, and can end it before', async () => {
    const calls = (own: CallId): void => {
      const client = { number: '+79065550101', name: '' };
      test.exchange.tell(own, { type: 'call.started', direction: 'outbound', linkedid: own, client, device });
      test.exchange.tell(own, { type: 'call.offered', device });
      expect(panel().calls[0]).toMatchObject({ phase: 'ringing', direction: 'outbound' });
    };
    const notLifted = { type: 'call.offerEnded', device, reason: 'noAnswer' };
    const over = { type: 'call.ended', by: 'exchange', cause: 0, causeText: '' };
    const [first, second] = [as<CallId>('main/first'), as<CallId>('main/second')];
    calls(first);
    test.exchange.tell(first, notLifted, over);
    expect(panel().notices).toMatchObject([{ code: 'operator.notLifted', text: '+79065550101' }]);
    await test.command('anna', 'notice.dismiss', { id: panel().notices[0]?.id });
    calls(second);
    expect(await test.command('anna', 'call.hangUp', { callId: second })).toMatchObject({ ok: true });
    expect(test.exchange.asked.at(-1)).toEqual({ verb: 'hangUp', args: [second, device] });
    test.exchange.tell(second, notLifted, over);
    expect(panel().notices).toEqual([]);
    expect(panel().operator.state).toBe('ready');
  });

  it('[CALL-01] whoever dials on the telephone is busy from the first moment until it is over', () => {
    const own = as<CallId>('main/dialled');
    const client = { number: '+79065550101', name: '' };
    test.exchange.tell(own, { type: 'call.started', direction: 'outbound', linkedid: own, client, device });
    expect(panel().operator.state).toBe('onCall');
    test.exchange.tell(own, { type: 'call.ended', by: 'exchange', cause: 17, causeText: 'User busy' });
    expect(panel().operator.state).toBe('ready');
  });

  it('[CALL-02] holding, resuming and hanging up on the telephone move the call', () => {
    const callId = answered();
    expect(panel().operator.state).toBe('onCall');
    test.exchange.tell(callId, { type: 'call.held', by: 'operator', device });
    expect(panel().calls[0]?.phase).toBe('onHold');
    test.exchange.tell(callId, { type: 'call.resumed', by: 'operator', device });
    expect(panel().calls[0]?.phase).toBe('talking');
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: 'Normal Clearing' });
    expect(panel().calls[0]?.phase).toBe('wrapUp');
    expect(panel().operator.state).toBe('wrapUp');
  });

  it('[CALL-02] who hangs up after a promise, without a farewell, has the result chosen', async () => {
    const callId = answered();
    const promise = { callId, number: '+79065550101', question: 'Очередь', clientName: 'Пётр' };
    const dueAt = test.clock.now() + 3_600_000;
    expect(await test.command('anna', 'callback.promise', { ...promise, dueAt })).toMatchObject({ ok: true });
    test.exchange.tell(callId, { type: 'call.ended', by: 'operator', cause: 16, causeText: 'Normal Clearing' });
    expect(panel().calls[0]?.wrapUp).toMatchObject({ disposition: 'callbackPromised' });
    const another = answered();
    test.exchange.tell(another, { type: 'call.ended', by: 'operator', cause: 16, causeText: 'Normal Clearing' });
    expect(panel().calls.find((call) => call.callId === another)?.wrapUp).not.toHaveProperty('disposition');
  });

  it('[3.5.5-б] a named hold runs from the fact of the hold and is kept; who comes back late apologises', async () => {
    const callId = answered();
    expect(await test.command('anna', 'hold.name', { callId, promisedMs: 120_000 })).toMatchObject({ ok: true });
    test.clock.advance(5_000);
    test.exchange.tell(callId, { type: 'call.held', by: 'operator', device });
    expect(panel().calls[0]?.hold).toMatchObject({ state: 'running', dueAt: test.clock.now() + 120_000, saved: true });
    test.clock.advance(60_000);
    test.exchange.tell(callId, { type: 'call.resumed', by: 'operator', device });
    expect(test.app.rooms.calls.get(callId)?.rest.holds.finished).toMatchObject([
      { outcome: 'kept', promisedMs: 120_000 },
    ]);
    const line = (): string | undefined => panel().calls[0]?.script?.step.lines[0];
    expect(line()).toBe('Спасибо за ожидание!');
    await test.command('anna', 'hold.name', { callId, promisedMs: 60_000 });
    test.exchange.tell(callId, { type: 'call.held', by: 'operator', device });
    test.clock.advance(90_000);
    test.exchange.tell(callId, { type: 'call.resumed', by: 'operator', device });
    expect(line()).toMatch(/прошу прощения/i);
  });

  it('[3.5.5-б] a time to which the client did not agree is withdrawn: a later hold asks for its own', async () => {
    const callId = answered();
    await test.command('anna', 'hold.name', { callId, promisedMs: 60_000 });
    expect(panel().calls[0]?.hold?.state).toBe('named');
    expect(await test.command('anna', 'hold.withdraw', { callId })).toMatchObject({ ok: true });
    expect(panel().calls[0]?.hold).toBeUndefined();
    test.exchange.tell(callId, { type: 'call.held', by: 'operator', device });
    test.clock.advance(2_000);
    expect(panel().calls[0]?.hold?.state).toBe('unpromised');
    // Pressed as the hold begins: what the client was told stands.
    await test.command('anna', 'hold.name', { callId, promisedMs: 60_000 });
    await test.command('anna', 'hold.withdraw', { callId });
    expect(panel().calls[0]?.hold?.state).toBe('running');
    // Turned into a callback meanwhile: back on the line the client is told by when.
    const dueAt = test.clock.now() + 60 * 60_000;
    const wanted = { callId, number: '+79065550101', dueAt, question: 'Когда путёвка?', clientName: '' };
    expect(await test.command('anna', 'callback.promise', wanted)).toMatchObject({ ok: true });
    test.exchange.tell(callId, { type: 'call.resumed', by: 'operator', device });
    const { lines, choices } = panel().calls[0]!.script!.step;
    expect(lines[0]).toMatch(/спасибо за ожидание! .* перезвоню вам сегодня до 10:00/i);
    expect(choices.map(({ id }) => id)).toEqual(['answer', 'again', 'promised']);
  });

  it('[PANEL-14] the client who is talked to stands before the one who waits on hold', async () => {
    const first = answered();
    await test.command('anna', 'hold.name', { callId: first, promisedMs: 60_000 });
    test.exchange.tell(first, { type: 'call.held', by: 'operator', device });
    const second = test.exchange.ring(device, { number: '+79065550202', name: '' });
    expect(panel().calls.map(({ callId }) => callId)).toEqual([first, second]);
    test.exchange.tell(second, { type: 'call.answered', device });
    expect(panel().calls.map(({ callId, hold }) => [callId, hold?.state])).toEqual([
      [second, undefined],
      [first, 'running'],
    ]);
    // More time is wished for: a screen that is opened anew knows it, too.
    await test.command('anna', 'hold.name', { callId: first, promisedMs: 120_000 });
    expect(panel().calls[1]?.hold).toMatchObject({ state: 'running', moreMs: 120_000 });
  });

  it('[3.5.5-в] who comes back late finds the apology on the screen, who comes back in time the thanks', async () => {
    const callId = answered();
    const holdFor = async (waitedMs: number): Promise<string> => {
      await test.command('anna', 'hold.name', { callId, promisedMs: 60_000 });
      test.exchange.tell(callId, { type: 'call.held', by: 'operator', device });
      test.clock.advance(waitedMs);
      test.exchange.tell(callId, { type: 'call.resumed', by: 'operator', device });
      return panel().calls[0]!.script!.step.lines[0]!;
    };
    expect(await holdFor(61_000)).toContain('рошу прощения, что вам пришлось ждать дольше');
    expect(await holdFor(50_000)).toContain('пасибо за ожидание');
  });

  it('[CALL-03] a crash in mid-call loses nothing: step, answers, hold and its instant', async () => {
    const callId = answered();
    await test.command('anna', 'hold.name', { callId, promisedMs: 120_000 });
    test.exchange.tell(callId, { type: 'call.held', by: 'operator', device });
    await flush();
    const before = panel();
    await test.crash();
    const after = panel();
    // Until the exchange has confirmed it, nobody pretends to know.
    expect(after.calls).toEqual(before.calls.map((call) => ({ ...call, confirmed: false })));
    expect(after.operator).toEqual(before.operator);
    test.clock.advance(120_000);
    await flush();
    expect(panel().calls[0]?.hold?.state).toBe('overdue');
  });

  it('[CALL-04] wrap-up is closed by the operator and the call is in the history', async () => {
    const callId = answered();
    test.clock.advance(60_000);
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    const closed = await test.command('anna', 'wrapUp.close', {
      callId,
      disposition: 'answered',
      note: 'всё ясно',
      satisfied: true,
    });
    expect(closed).toMatchObject({ ok: true });
    expect(panel()).toMatchObject({ calls: [], operator: { state: 'ready' } });
    await test.app.rooms.archive.settled();
    const stored = await test.app.rooms.archive.collection.get(callId);
    expect(stored?.document.facts).toMatchObject({ talkMs: 60_000, disposition: 'answered', satisfied: true });
    expect(panel().today).toMatchObject([{ callId }]);
  });

  it('[CALL-04] the time to write a call up waits while the operator speaks on another, then runs anew', async () => {
    const end = (callId: CallId): void =>
      test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    const first = answered();
    end(first);
    const endedAt = test.clock.now();
    test.clock.advance(10_000);
    const second = answered();
    const before = test.clock.now() - endedAt;
    test.clock.advance(200_000);
    expect(panel().calls.map(({ callId, phase }) => [callId, phase])).toEqual([
      [second, 'talking'],
      [first, 'wrapUp'],
    ]);
    end(second);
    const until = test.clock.now() + 120_000;
    expect(panel().calls.map(({ wrapUp }) => wrapUp?.until)).toEqual([until, until]);
    test.clock.advance(120_000);
    expect(panel().calls).toEqual([]);
    await test.app.rooms.archive.settled();
    // Written before that talk and after it; the talk itself is none of it.
    const wrapUps = [first, second].map((callId) => test.app.rooms.archive.collection.get(callId));
    expect((await Promise.all(wrapUps)).map((stored) => stored?.document.facts.wrapUpMs)).toEqual([
      before + 120_000,
      120_000,
    ]);
  });

  it('[CALL-08] a colleague who cannot be asked is told of, but not to who ended it', async () => {
    const callId = answered();
    const asks = { type: 'call.consultStarted', device, target: { number: '102', device: 'PJSIP/102' } };
    const fails = { type: 'call.consultEnded', device, outcome: 'failed' };
    test.exchange.tell(callId, asks);
    expect(await test.command('anna', 'transfer.cancel', { callId })).toMatchObject({ ok: true });
    test.exchange.tell(callId, fails);
    expect(panel().notices).toEqual([]);
    test.exchange.tell(callId, asks);
    test.exchange.cancelConsult = () => Promise.reject(new AppError('telephony.refused', 'no such channel'));
    expect(await test.command('anna', 'transfer.cancel', { callId })).toMatchObject({ ok: false });
    test.exchange.tell(callId, fails);
    expect(panel().notices).toMatchObject([{ level: 'warning', code: 'transfer.noConsult' }]);
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: 'Normal Clearing' });
    expect(panel().notices).toEqual([]);
  });

  it('[CALL-04] whoever is left with the record of a call that came back in vain is rung by no queue meanwhile', async () => {
    const callId = answered();
    const target = { number: '102', device: 'PJSIP/102' };
    test.exchange.tell(
      callId,
      { type: 'call.transferred', kind: 'blind', fromDevice: device, target },
      { type: 'call.operatorLeft', device },
    );
    expect(panel().operator.state).toBe('ready');
    test.exchange.tell(
      callId,
      { type: 'call.offered', device },
      { type: 'call.offerEnded', device, reason: 'noAnswer' },
    );
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: 'Normal Clearing' });
    expect(panel().calls).toMatchObject([{ callId, phase: 'wrapUp' }]);
    expect(panel().operator.state).toBe('wrapUp');
    const closing = { callId, disposition: 'cutOff', note: '', satisfied: null };
    expect(await test.command('anna', 'wrapUp.close', closing)).toMatchObject({ ok: true });
    expect(panel().operator.state).toBe('ready');
  });
  it('[3.5.1] a consultation that the gate refuses is told of once, in its own words', () => {
    const callId = answered();
    const target = { number: '102', device: 'PJSIP/102' };
    test.exchange.tell(callId, { type: 'call.consultStarted', device, target });
    test.exchange.tell(callId, { type: 'call.transferRefused', fromDevice: device, target, count: 2 });
    test.exchange.tell(callId, { type: 'call.consultEnded', device, outcome: 'failed' });
    expect(panel().notices.map(({ code }) => code)).toEqual(['transfer.refused']);
  });
  it('[3.5.1] a client whom nobody answered comes back: the transfer counts, and the operator reads why', () => {
    const callId = answered();
    const target = { number: '102', device: 'PJSIP/102' };
    test.exchange.tell(callId, { type: 'call.transferred', kind: 'blind', fromDevice: device, target });
    test.exchange.tell(callId, { type: 'call.operatorLeft', device }, { type: 'call.offered', device: 'PJSIP/102' });
    test.exchange.tell(callId, { type: 'call.offerEnded', device: 'PJSIP/102', reason: 'noAnswer' });
    test.exchange.tell(callId, { type: 'call.offered', device });
    expect(panel().notices).toMatchObject([{ level: 'warning', code: 'transfer.returned' }]);
    expect(panel().calls[0]).toMatchObject({ callId, phase: 'ringing', transfers: { count: 1, limit: 2 } });
  });

  it('[CALL-05] a command on a step that was left is refused as stale', async () => {
    const callId = answered();
    const result = await test.command('anna', 'script.choose', { callId, stepId: 'nowhere', choiceId: 'x' });
    expect(result).toMatchObject({ ok: false, error: { code: 'script.stale' } });
  });

  it('[CALL-06] another operator cannot touch the call', async () => {
    const callId = answered();
    const result = await test.command('olga', 'hold.name', { callId, promisedMs: 60_000 });
    expect(result).toMatchObject({ ok: false, error: { code: 'call.notYours' } });
  });

  it('[3.5.5-б] no time is promised to a client who is not on the line: it would be on no record', async () => {
    const ringing = test.exchange.ring(device);
    const early = await test.command('anna', 'hold.name', { callId: ringing, promisedMs: 60_000 });
    expect(early).toMatchObject({ ok: false, error: { code: 'call.notInHand' } });
    test.exchange.tell(ringing, { type: 'call.answered', device });
    test.exchange.tell(ringing, { type: 'call.ended', by: 'client', cause: 16, causeText: 'Normal Clearing' });
    const late = await test.command('anna', 'hold.name', { callId: ringing, promisedMs: 60_000 });
    expect(late).toMatchObject({ ok: false, error: { code: 'call.notInHand' } });
  });

  it('[CALL-07] a lost link makes live calls unconfirmed and ends none', () => {
    const callId = answered();
    test.exchange.tellExchange({ type: 'link.lost', reason: 'test' });
    expect(panel().calls[0]).toMatchObject({ callId, confirmed: false, phase: 'talking' });
    test.exchange.tell(callId, { type: 'call.confirmed', devices: [{ device, state: 'onHold' }] });
    expect(panel().calls[0]).toMatchObject({ confirmed: true, phase: 'onHold' });
  });

  it('[CALL-07] who handed a call on while the link was away has nothing to write up, and is ready', () => {
    const callId = answered();
    test.exchange.tellExchange({ type: 'link.lost', reason: 'test' });
    test.exchange.tell(callId, { type: 'call.confirmed', devices: [{ device: 'PJSIP/102', state: 'talking' }] });
    expect(panel()).toMatchObject({ calls: [], operator: { state: 'ready' } });
  });

  it('[3.5.1] transfers are counted and the one beyond the limit is refused with the count', async () => {
    const callId = answered();
    await test.command('olga', 'operator.chooseDevice', { device: 'PJSIP/102' });
    const to = (fromDevice: string, target: string): void => {
      test.exchange.tell(
        callId,
        { type: 'call.transferred', kind: 'blind', fromDevice, target: { number: target.slice(6), device: target } },
        { type: 'call.operatorLeft', device: fromDevice },
        { type: 'call.offered', device: target },
        { type: 'call.answered', device: target },
      );
    };
    to('PJSIP/101', 'PJSIP/102');
    expect(panel('olga').calls[0]?.transfers).toMatchObject({ count: 1, limit: 2, atLimit: false });
    to('PJSIP/102', 'PJSIP/101');
    expect(panel().calls[0]?.transfers).toMatchObject({ count: 2, atLimit: true });
    const third = await test.command('anna', 'transfer.blind', { callId, number: '102' });
    expect(third).toMatchObject({ ok: false, error: { code: 'transfer.limit', details: { count: 2, limit: 2 } } });
  });

  it('[3.5.1] for whom it rings after a transfer, the panel stands on the line that answering opens', async () => {
    const callId = answered();
    await test.command('olga', 'operator.chooseDevice', { device: 'PJSIP/102' });
    test.exchange.tell(callId, { type: 'call.held', by: 'operator', device });
    const before = panel().calls[0]?.script?.step.stepId;
    const target = { number: '102', device: 'PJSIP/102' };
    test.exchange.tell(
      callId,
      { type: 'call.transferred', kind: 'blind', fromDevice: device, target },
      { type: 'call.operatorLeft', device },
      { type: 'call.offered', device: 'PJSIP/102' },
    );
    const ahead = panel('olga').calls[0];
    expect(ahead).toMatchObject({ phase: 'ringing', transfers: { count: 1 } });
    expect(ahead?.script?.step.stepId).not.toBe(before);
    expect(ahead?.script?.step.lines[0]).toContain('Ольга Петровна');
    test.exchange.tell(callId, { type: 'call.answered', device: 'PJSIP/102' });
    expect(panel('olga').calls[0]?.script?.step).toMatchObject({ stepId: ahead?.script?.step.stepId });
  });
});
