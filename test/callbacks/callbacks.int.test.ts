import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError, MINUTE } from '../../machines/vocabulary/index.ts';
import type { CallId } from '../../machines/vocabulary/index.ts';
import type { DeadlineProposal, PanelView, RemindersView } from '../../server/contract/index.ts';
import { flush } from '../support/fakeClock.ts';
import { ORIGINATE_TOKEN } from '../../server/telephony/asteriskCommands.ts';
import { readClient } from '../studio/readClient.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

const ZONE = 'Asia/Vladivostok';

/** Everything begins on Monday 23 November 2026 at 9:00 in Moscow. */
describe('[3.5.5-г] a callback, from the promise in a call to its keeping', () => {
  let test: TestApp;
  const device = 'PJSIP/101';
  const client = '+79065550101';
  beforeEach(async () => {
    test = await testApp();
    await test.command('anna', 'operator.chooseDevice', { device });
    await test.command('anna', 'operator.ready', {});
    await test.command('olga', 'operator.chooseDevice', { device: 'PJSIP/102' });
    await test.command('olga', 'operator.ready', {});
  });
  afterEach(() => test.close());

  const panel = (login = 'anna'): PanelView => test.app.presenter.view(test.person(login).id)!;
  const talk = (): CallId => {
    const callId = test.exchange.ring(device);
    test.exchange.tell(callId, { type: 'call.answered', device });
    return callId;
  };
  const hangUp = (callId: CallId): void =>
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
  const wrapUp = (callId: CallId, satisfied: boolean | null) =>
    test.command('anna', 'wrapUp.close', { callId, disposition: 'answered', note: '', satisfied });
  const promise = async (
    number = '8 (906) 555-01-01',
    inMs = 120 * MINUTE,
    clientName = 'Петрова',
  ): Promise<string> => {
    const callId = talk();
    const input = { callId, number, dueAt: test.clock.now() + inMs, question: 'Когда путёвка?', clientName };
    const result = await test.command('anna', 'callback.promise', input);
    expect(result).toMatchObject({ ok: true, value: { saved: true } });
    hangUp(callId);
    await wrapUp(callId, null);
    return (result as { value: { promiseId: string } }).value.promiseId;
  };
  /** What the exchange tells of a call that `callback.call` asked for. */
  const originated = (promiseId: string, number = 1): CallId => {
    const callId = `main/170000100${number}.1` as CallId;
    test.exchange.tell(callId, {
      type: 'call.started',
      direction: 'outbound',
      linkedid: `170000100${number}.1`,
      client: { number: client, name: '' },
      dialled: client,
      device,
      originateToken: promiseId,
    });
    return callId;
  };
  const closedAs = async (promiseId: string): Promise<unknown> => {
    await test.app.rooms.ledger.flush();
    await flush(20);
    for (let i = 0; i < 200; i += 1) {
      const stored = await test.app.rooms.callbacks.setup.collection.get(promiseId);
      if (stored) return stored.document.outcome;
    }
    return undefined;
  };

  it('[3.5.5-г] promised by a step of the script, it can be called: the exchange takes its token', async () => {
    const callId = talk();
    const say = async (name: string, input: object): Promise<void> => {
      const stepId = panel().calls[0]?.script?.step.stepId;
      expect(await test.command('anna', name, { callId, stepId, ...input })).toMatchObject({ ok: true });
    };
    await say('script.choose', { choiceId: 'stated' });
    await say('script.choose', { choiceId: 'anonymous' });
    await say('script.answer', { fieldId: 'topic', value: 'other' });
    await say('script.choose', { choiceId: 'clear' });
    await say('script.choose', { choiceId: 'callback' });
    await say('script.answer', { fieldId: 'phone', value: client });
    await say('script.choose', { choiceId: 'promised' });
    hangUp(callId);
    await wrapUp(callId, false);
    const { promiseId } = panel().callbacks[0]!;
    expect(promiseId).toMatch(ORIGINATE_TOKEN);
    expect(await test.command('anna', 'callback.call', { promiseId })).toMatchObject({ ok: true });
  });

  it('[3.5.5-г] is promised with a number as people write it, shown at once, and kept by a talk', async () => {
    const promiseId = await promise();
    expect(panel().callbacks).toMatchObject([
      { promiseId, number: '+7 906 555-01-01', clientName: 'Петрова', state: 'open', saved: true, attempts: 0 },
    ]);
    test.clock.advance(30 * MINUTE);
    expect(await test.command('anna', 'callback.call', { promiseId })).toMatchObject({ ok: true });
    expect(test.exchange.asked.filter(({ verb }) => verb === 'originate')).toMatchObject([
      { args: [{ device, number: client, token: promiseId }] },
    ]);
    const callId = originated(promiseId);
    expect(panel().callbacks[0]?.state).toBe('calling');
    expect(await test.command('anna', 'callback.confirm', { promiseId })).toMatchObject({
      error: { code: 'callback.notTalked' },
    });
    test.exchange.tell(callId, { type: 'call.answered', device });
    expect(panel().calls[0]?.inquiry.callNumber).toBe(2);
    const { dueAt } = panel().callbacks[0]!;
    // Why we call stands beside the script, with the client's name.
    const callback = { promiseId, question: 'Когда путёвка?', dueAt };
    expect(panel().calls[0]).toMatchObject({ client: { callerName: 'Петрова' }, callback });
    test.clock.advance(2 * MINUTE);
    hangUp(callId);
    expect(panel().callbacks[0]?.talkedAt).toBe(test.clock.now() - 2 * MINUTE);
    expect(await test.command('anna', 'callback.confirm', { promiseId })).toMatchObject({ ok: true });
    expect(panel().callbacks).toEqual([]);
    expect(await closedAs(promiseId)).toBe('kept');
  });

  it('[3.5.5-г] a client whom nobody asked for a name keeps the one of the promise to the end of the wrap-up', async () => {
    // As the exchange named the caller: no way to address a person, so the inquiry does not learn it.
    const promiseId = await promise(undefined, undefined, 'Иванов');
    await test.command('anna', 'callback.call', { promiseId });
    const callId = originated(promiseId);
    test.exchange.tell(callId, { type: 'call.answered', device });
    expect(panel().calls[0]).toMatchObject({ phase: 'talking', client: { callerName: 'Иванов' } });
    hangUp(callId);
    await test.command('anna', 'callback.confirm', { promiseId });
    expect(await closedAs(promiseId)).toBe('kept');
    expect(panel().calls[0]).toMatchObject({ phase: 'wrapUp', client: { callerName: 'Иванов' } });
    expect(panel().calls[0]?.client.name).toBeUndefined();
  });

  it.each([
    ['no number', '12345', 60, 'number.invalid'],
    ['a moment that has passed', client, 0, 'callback.past'],
    ['later than the rule allows', client, 60 * 24 * 7, 'callback.tooLate'],
    ['a moment at which nobody works', client, 60 * 14, 'callback.outsideHours'],
  ])('[CB-40] refuses %s, with the reason', async (_name, number, minutes, code) => {
    const callId = talk();
    const dueAt = test.clock.now() + minutes * MINUTE;
    const input = { callId, number, dueAt, question: 'Когда?', clientName: '' };
    expect(await test.command('anna', 'callback.promise', input)).toMatchObject({ ok: false, error: { code } });
    expect(panel().callbacks).toEqual([]);
  });

  it('[CB-41] reminds the owner and the supervisor, and everyone when it is overdue', async () => {
    const promiseId = await promise();
    const codes = (login: string): string[] =>
      test.app.rooms.notices
        .of(test.person(login).id)
        .map(({ code }) => code)
        .filter((code) => code.startsWith('callback.'));
    test.clock.advance(90 * MINUTE);
    expect(codes('anna')).toEqual(['callback.dueSoon']);
    expect(codes('vera')).toEqual([]);
    test.clock.advance(20 * MINUTE);
    expect(codes('vera')).toEqual(['callback.dueNow']);
    test.clock.advance(10 * MINUTE);
    expect(codes('olga')).toEqual(['callback.overdue']);
    expect(panel().callbacks).toMatchObject([{ promiseId, state: 'overdue' }]);
    test.clock.advance(60 * MINUTE);
    expect(codes('vera')).toEqual(['callback.overdueLong', 'callback.overdueSupervisor', 'callback.dueNow']);
  });

  it('[CB-55] an owner who has gone is reminded in vain: then everyone is', async () => {
    await promise();
    const { operators, ledger } = test.app.rooms;
    operators.tell(test.person('anna').id, { type: 'operator.signedOut', at: test.clock.now() });
    await ledger.flush();
    test.clock.advance(90 * MINUTE);
    expect(panel('olga').notices.map(({ code }) => code)).toContain('callback.dueSoon');
  });

  it('[CB-56] escalations to the supervisor are alerts of the board, to be answered, also after a restart', async () => {
    await promise();
    const alerts = () => test.app.rooms.alerts.all().map(({ code, text, level }) => ({ code, text, level }));
    test.clock.advance(110 * MINUTE);
    const dueNow = { code: 'callback.dueNow', text: 'Петрова', level: 'warning' };
    expect(alerts()).toEqual([dueNow]);
    test.clock.advance(25 * MINUTE);
    await test.crash();
    expect(alerts()).toEqual([dueNow, { code: 'callback.overdueSupervisor', text: 'Петрова', level: 'breach' }]);
  });

  it('[CB-57] a notice says whom to call and by when, and goes when it is true no more', async () => {
    const promiseId = await promise();
    const { dueAt } = panel().callbacks[0]!;
    test.clock.advance(90 * MINUTE);
    expect(panel().notices).toMatchObject([
      { code: 'callback.dueSoon', callback: { promiseId, client: 'Петрова', dueAt } },
    ]);
    const wanted = { promiseId, dueAt: dueAt + 60 * MINUTE, reason: 'попросили позже', clientInformed: true };
    expect(await test.command('anna', 'callback.reschedule', wanted)).toMatchObject({ ok: true });
    expect(panel().notices).toEqual([]);
  });

  describe('[CB-58] every signed-in screen is reminded', () => {
    const reminded = (login: string) => {
      const view = test.app.topics.reminders!;
      return 'snapshot' in view ? (view.snapshot(test.person(login)) as RemindersView).promises : [];
    };
    beforeEach(async () => {
      await test.app.rooms.users.add({
        ...{ login: 'irina', surname: 'Громова', firstName: 'Ирина', patronymic: 'Олеговна', position: 'методист' },
        ...{ unit: 'Отдел', devices: [], roles: ['trainer'], password: 'test-password' },
      });
    });

    it('[CB-58] the owner first, the supervisor near the term, everyone past it; a name for those who serve clients', async () => {
      const promiseId = await promise();
      const everyone = (): number[] => ['anna', 'olga', 'vera', 'irina'].map((login) => reminded(login).length);
      expect(everyone()).toEqual([0, 0, 0, 0]);
      test.clock.advance(90 * MINUTE);
      expect(everyone()).toEqual([1, 0, 0, 0]);
      expect(reminded('anna')).toMatchObject([{ promiseId, client: 'Петрова', mine: true, isLate: false }]);
      test.clock.advance(20 * MINUTE);
      expect(everyone()).toEqual([1, 0, 1, 0]);
      test.clock.advance(10 * MINUTE);
      expect(everyone()).toEqual([1, 1, 1, 1]);
      expect(reminded('irina')[0]).not.toHaveProperty('client');
      expect(reminded('irina')).toMatchObject([{ owner: 'Смирнова Анна Петровна', mine: false, isLate: true }]);
    });

    it('[CB-58] what nobody at work owns is every operator’s', async () => {
      await promise();
      test.clock.advance(90 * MINUTE);
      test.app.rooms.operators.tell(test.person('anna').id, { type: 'operator.signedOut', at: test.clock.now() });
      expect(reminded('olga')).toHaveLength(1);
    });

    it('[CB-58] a restart forgets none; who has reached the client is left in peace, and what is kept is gone', async () => {
      const promiseId = await promise();
      test.clock.advance(95 * MINUTE);
      await test.crash();
      expect(reminded('anna')).toMatchObject([{ promiseId }]);
      await test.command('anna', 'callback.call', { promiseId });
      const callId = originated(promiseId);
      test.exchange.tell(callId, { type: 'call.answered', device });
      expect(reminded('anna')).toEqual([]);
      hangUp(callId);
      await test.command('anna', 'callback.confirm', { promiseId });
      expect(reminded('anna')).toEqual([]);
    });
  });

  it('[CB-42] sorted by the nearest breach: one’s own and nobody’s', async () => {
    const far = await promise(client, 180 * MINUTE);
    const near = await promise(client, 60 * MINUTE);
    expect(panel().callbacks.map(({ promiseId }) => promiseId)).toEqual([near, far]);
    expect(panel('olga').callbacks).toEqual([]);
    await test.command('anna', 'callback.handOver', { promiseId: far, to: null, reason: 'конец смены' });
    expect(panel('olga').callbacks.map(({ promiseId }) => promiseId)).toEqual([far]);
    await test.command('olga', 'callback.take', { promiseId: far });
    expect(panel().callbacks.map(({ promiseId }) => promiseId)).toEqual([near]);
    expect(panel('olga').callbacks[0]?.owner?.name).toContain('Ольга');
  });

  it('[CB-43] a colleague’s promise is not touched, a supervisor may hand it over', async () => {
    const promiseId = await promise();
    for (const [name, input] of [
      ['callback.call', { promiseId }],
      ['callback.take', { promiseId }],
      ['callback.cancel', { promiseId, reason: 'не моё' }],
      ['callback.handOver', { promiseId, to: null, reason: 'не моё' }],
    ] as const) {
      expect(await test.command('olga', name, input)).toMatchObject({ error: { code: 'callback.notYours' } });
    }
    const to = test.person('olga').id;
    expect(await test.command('vera', 'callback.handOver', { promiseId, to, reason: 'больничный' })).toMatchObject({
      ok: true,
    });
    expect(panel('olga').callbacks).toMatchObject([{ promiseId }]);
  });

  it('[CB-65] two who press at once on nobody’s promise: one calls, the other hears who does', async () => {
    const promiseId = await promise();
    await test.command('anna', 'callback.handOver', { promiseId, to: null, reason: 'конец смены' });
    const press = (login: string) => test.command(login, 'callback.call', { promiseId });
    const [first, second] = await Promise.all([press('anna'), press('olga')]);
    expect(first).toMatchObject({ ok: true });
    expect(second).toMatchObject({ error: { code: 'callback.notYours' } });
    expect(test.exchange.asked.filter(({ verb }) => verb === 'originate')).toHaveLength(1);
    expect(panel('olga').callbacks).toEqual([]);
    // The same press twice, from two windows of one person.
    expect(await press('anna')).toMatchObject({ error: { code: 'callback.calling' } });
  });

  it('[CB-66] what comes due and whose owner is not at work is on every panel, taken or called at once; the owner hears of it', async () => {
    const promiseId = await promise();
    const anna = test.person('anna').id;
    test.app.rooms.operators.tell(anna, { type: 'operator.signedOut', at: test.clock.now() });
    await test.app.rooms.ledger.flush();
    expect(panel('olga').callbacks).toEqual([]);
    test.clock.advance(90 * MINUTE);
    expect(panel('olga').callbacks).toMatchObject([{ promiseId, state: 'due', owner: { id: anna } }]);
    expect(await test.command('olga', 'callback.call', { promiseId })).toMatchObject({ ok: true });
    expect(panel('olga').callbacks).toMatchObject([{ promiseId, owner: { id: test.person('olga').id } }]);
    expect(panel('anna').notices.map(({ code }) => code)).toContain('callback.takenFromYou');
  });

  it('[CB-44] nobody answered: an attempt, and the next one after a pause in working time', async () => {
    const promiseId = await promise();
    await test.command('anna', 'callback.call', { promiseId });
    const callId = originated(promiseId);
    test.clock.advance(MINUTE);
    test.exchange.tell(callId, { type: 'call.ended', by: 'exchange', cause: 19, causeText: 'No Answer' });
    const [view] = panel().callbacks;
    expect(view).toMatchObject({ attempts: 1, state: 'open', nextAttemptAt: test.clock.now() + 30 * MINUTE });
    expect(await test.command('anna', 'callback.call', { promiseId })).toMatchObject({
      error: { code: 'callback.tooSoon', details: { nextAttemptAt: view?.nextAttemptAt } },
    });
    test.clock.advance(30 * MINUTE);
    expect(panel().notices.map(({ code }) => code)).toContain('callback.attemptDue');
    expect(await test.command('anna', 'callback.call', { promiseId })).toMatchObject({ ok: true });
  });

  it('[CB-67] who does not lift the own receiver has not tried the client: it is called again at once', async () => {
    const promiseId = await promise();
    for (const reason of ['noAnswer', 'busy', 'rejected', 'cancelled']) {
      expect(await test.command('anna', 'callback.call', { promiseId })).toMatchObject({ ok: true });
      const callId = originated(promiseId, panel().callbacks[0]!.attempts + 1);
      test.exchange.tell(
        callId,
        { type: 'call.offered', device },
        { type: 'call.offerEnded', device, reason },
        { type: 'call.ended', by: 'exchange', cause: 17, causeText: 'User busy' },
      );
    }
    expect(panel().callbacks[0]).toMatchObject({ attempts: 4, state: 'open' });
    expect(panel().callbacks[0]).not.toHaveProperty('nextAttemptAt');
  });

  it('[CB-45] a new term needs the client’s knowledge', async () => {
    const promiseId = await promise();
    const input = { promiseId, dueAt: test.clock.now() + 240 * MINUTE, reason: 'ждём ответа' };
    expect(await test.command('anna', 'callback.reschedule', input)).toMatchObject({
      error: { code: 'callback.clientMustKnow' },
    });
    expect(await test.command('anna', 'callback.reschedule', { ...input, clientInformed: true })).toMatchObject({
      ok: true,
    });
    expect(panel().callbacks[0]?.dueAt).toBe(input.dueAt);
  });

  it('[CB-45] a new term is proposed by the rule of the promise and the zone of its number', async () => {
    test.clock.advance(4 * 60 * MINUTE);
    // At one o’clock it is evening in the far east: only our mornings are a decent hour there.
    const promiseId = await promise('+7 423 222-33-44', 21 * 60 * MINUTE);
    const client = await readClient(test.port, 'anna');
    const termOf = (query: string) => client.get<DeadlineProposal>(`/calendar/deadline?rule=callback${query}`);
    const [own, anybodys] = [await termOf(`&promiseId=${promiseId}`), await termOf('')];
    const { calendar } = test.app.rooms.callbacks.setup;
    expect(own.dueAt).toBe(calendar.deadline('callback', test.clock.now(), ZONE).dueAt);
    expect(own.dueAt).toBeGreaterThan(anybodys.dueAt);
  });

  it('[CB-46] a link that is away refuses the call in words and costs no attempt', async () => {
    const promiseId = await promise();
    const originate = test.exchange.originate;
    test.exchange.originate = () => Promise.reject(new AppError('telephony.linkLost', 'planted'));
    expect(await test.command('anna', 'callback.call', { promiseId })).toMatchObject({
      error: { code: 'telephony.linkLost' },
    });
    test.exchange.originate = originate;
    expect(panel().callbacks).toMatchObject([{ state: 'open', attempts: 0 }]);
    expect(await test.command('anna', 'callback.call', { promiseId })).toMatchObject({ ok: true });
  });

  it('[CB-47] a crash before, during and after the call loses nothing and moves no term', async () => {
    const promiseId = await promise();
    const before = panel().callbacks;
    await test.crash();
    expect(panel().callbacks).toEqual(before);
    await test.command('anna', 'callback.call', { promiseId });
    await test.crash();
    expect(panel().callbacks).toMatchObject([{ state: 'calling', dueAt: before[0]?.dueAt }]);
    const callId = originated(promiseId);
    test.exchange.tell(callId, { type: 'call.answered', device });
    await flush();
    await test.crash();
    expect(panel().calls[0]?.inquiry).toMatchObject({ id: before[0]?.inquiryId, callNumber: 2 });
    hangUp(callId);
    await test.command('anna', 'callback.confirm', { promiseId });
    await test.crash();
    expect(panel().callbacks).toEqual([]);
    expect(await closedAs(promiseId)).toBe('kept');
  });

  it('[CB-48] a crash over the term: overdue and told at once after the start', async () => {
    const promiseId = await promise();
    await flush();
    await test.app.abandon();
    test.clock.advance(150 * MINUTE);
    await test.crash();
    test.clock.advance(0);
    await flush();
    expect(panel().callbacks).toMatchObject([{ promiseId, state: 'overdue' }]);
    expect(panel('olga').notices.map(({ code }) => code)).toContain('callback.overdue');
  });

  it('[CB-49] a whole shift is handed over at once', async () => {
    await promise();
    await promise(client, 60 * MINUTE);
    const [anna, olga] = [test.person('anna').id, test.person('olga').id];
    const input = { to: [olga], reason: 'конец смены' };
    expect(await test.command('olga', 'callback.handOverAll', { ...input, from: anna })).toMatchObject({
      error: { code: 'callback.notYours' },
    });
    expect(await test.command('anna', 'callback.handOverAll', input)).toMatchObject({ ok: true, value: { count: 2 } });
    expect(panel('olga').callbacks).toHaveLength(2);
    expect(panel().callbacks).toEqual([]);
  });

  it('[CB-68] whoever has just called says how it went: that promise stays, whatever becomes of the shift', async () => {
    const promiseId = await promise();
    await test.command('anna', 'callback.call', { promiseId });
    const callId = originated(promiseId);
    test.exchange.tell(callId, { type: 'call.answered', device });
    hangUp(callId);
    const reason = 'конец смены';
    const single = { promiseId, to: test.person('olga').id, reason };
    expect(await test.command('anna', 'callback.handOver', single)).toMatchObject({
      error: { code: 'callback.calling' },
    });
    const all = { to: [test.person('olga').id], reason };
    expect(await test.command('anna', 'callback.handOverAll', all)).toMatchObject({ ok: true, value: { count: 0 } });
    test.app.rooms.operators.tell(test.person('anna').id, { type: 'operator.signedOut', at: test.clock.now() });
    test.clock.advance(100 * MINUTE);
    expect(panel('olga').callbacks).toEqual([]);
    expect(await test.command('anna', 'callback.confirm', { promiseId })).toMatchObject({ ok: true });
    expect(await closedAs(promiseId)).toBe('kept');
  });

  it('[CB-64] [3.5.5-г] several colleagues share them by the nearest term in turn; terms stay and are watched for them', async () => {
    for (const hours of [3, 1, 2]) await promise(client, hours * 60 * MINUTE);
    const [anna, olga, vera] = ['anna', 'olga', 'vera'].map((login) => test.person(login).id);
    const lena = await test.app.rooms.users.add({
      ...{ login: 'lena', surname: 'Юрьева', firstName: 'Елена', patronymic: 'Игоревна', position: 'специалист' },
      ...{ unit: 'Отдел', devices: [], roles: ['operator'], password: 'test-password' },
    });
    const before = panel().callbacks.map(({ promiseId, dueAt }) => [promiseId, dueAt]);
    const hand = (to: unknown[]) => test.command('anna', 'callback.handOverAll', { to, reason: 'конец смены' });
    // Nobody, or one who takes no calls: nothing is handed over, and nothing is lost.
    expect(await hand([olga, 'nobody'])).toMatchObject({ error: { code: 'people.unknown' } });
    expect(await hand([vera])).toMatchObject({ error: { code: 'people.unknown' } });
    expect(panel().callbacks).toHaveLength(3);

    expect(await hand([lena.id, olga])).toMatchObject({ ok: true, value: { count: 3 } });
    const owned = (owner: unknown) =>
      test.app.rooms.callbacks.ownedBy(owner as never).map(({ context }) => [context.promiseId, context.dueAt]);
    expect(owned(lena.id)).toEqual([before[0], before[2]]);
    expect(owned(olga)).toEqual([before[1]]);
    expect(owned(anna)).toEqual([]);
    expect(panel('olga').notices[0]).toMatchObject({ code: 'callback.allHandedToYou', text: 'конец смены' });
    test.clock.advance(2 * 60 * MINUTE);
    expect(panel('olga').notices.map(({ code }) => code)).toContain('callback.overdue');
  });
});
