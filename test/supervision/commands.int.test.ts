import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallId } from '../../machines/vocabulary/index.ts';
import type { Notice, OperatorState } from '../../server/contract/index.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

const DEVICE = 'PJSIP/101';

describe('what a supervisor does', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await testApp();
    await test.command('anna', 'operator.chooseDevice', { device: DEVICE });
    await test.command('anna', 'operator.ready', {});
  });
  afterEach(() => test.close());

  const id = (login: string): string => test.person(login).id;
  const state = (): OperatorState | undefined => test.app.rooms.operators.view(test.person('anna').id)?.state;
  const notices = (login: string): readonly Notice[] => test.app.rooms.notices.of(test.person(login).id);
  const audited = async (what: string) => {
    await test.app.rooms.ledger.flush();
    const { items } = await test.app.rooms.audit.collection.find({ where: { what } });
    return items.map(({ document: { whoName, whom, reason } }) => ({ whoName, whom, reason }));
  };
  const talk = (): CallId => {
    const callId = test.exchange.ring(DEVICE);
    test.exchange.tell(callId, { type: 'call.answered', device: DEVICE });
    return callId;
  };
  const promise = async (): Promise<string> => {
    const callId = talk();
    const made = await test.command('anna', 'callback.promise', {
      callId,
      number: '+79065550101',
      dueAt: test.clock.now() + 3_600_000,
      question: 'место в саду',
      clientName: 'Иванов',
    });
    return (made as { value: { promiseId: string } }).value.promiseId;
  };
  const owner = (promiseId: string): string | null | undefined =>
    test.app.rooms.callbacks.get(promiseId)?.context.owner;

  it('[SUP-40] writes to one, to a unit, to everyone: operators read it with the writer’s name, others do not', async () => {
    const write = (to: Record<string, unknown>, text: string) =>
      test.command('vera', 'supervision.message', { to, text });
    await write({ operatorIds: [id('anna')] }, 'Анна, хорошо держитесь');
    await write({ unit: 'Отдел приёма обращений' }, 'В 15:00 собираемся');
    await write({}, 'Сайт не работает');
    await write({ unit: 'Другой отдел' }, 'Не вам');
    expect(notices('anna').map(({ text }) => text)).toEqual([
      'Сайт не работает',
      'В 15:00 собираемся',
      'Анна, хорошо держитесь',
    ]);
    expect(notices('olga').map(({ text }) => text)).toEqual(['Сайт не работает', 'В 15:00 собираемся']);
    expect(notices('anna')[0]?.from).toBe('Котова Вера Петровна');
    expect(notices('vera')).toEqual([]);
    expect(await audited('message.sent')).toHaveLength(4);
  });

  it.each([
    ['supervision.pause', 'paused', 'operator.pausedBySupervisor'],
    ['supervision.signOut', 'offline', 'operator.signedOutBySupervisor'],
  ])('[SUP-41] %s: the operator is told why, and it is on record', async (command, then, code) => {
    expect(await test.command('vera', command, { operatorId: id('anna'), reason: '' })).toMatchObject({ ok: false });
    expect(state()).toBe('ready');
    await test.command('vera', command, { operatorId: id('anna'), reason: 'обед' });
    expect(state()).toBe(then);
    expect(notices('anna')[0]).toMatchObject({ code, text: 'обед', from: 'Котова Вера Петровна' });
    expect(await audited(code)).toEqual([{ whoName: 'Котова Вера Петровна', whom: id('anna'), reason: 'обед' }]);
  });

  it('[SUP-42] ends a break and a wrap-up', async () => {
    await test.command('anna', 'operator.pause', { reason: 'lunch' });
    await test.command('vera', 'supervision.endPause', { operatorId: id('anna'), reason: 'очередь стоит' });
    expect(state()).toBe('ready');
    const callId = talk();
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    expect(state()).toBe('wrapUp');
    await test.command('vera', 'supervision.endWrapUp', { operatorId: id('anna'), reason: 'очередь стоит' });
    expect(state()).toBe('ready');
    expect(await audited('operator.wrapUpEnded')).toHaveLength(1);
  });

  it('[SUP-43] [3.5.5-г] moves one callback, or all of an operator, to a colleague or to nobody', async () => {
    const promiseId = await promise();
    const move = (to: string | null) =>
      test.command('vera', 'supervision.moveCallback', { promiseId, to, reason: 'Анна ушла' });
    expect(owner(promiseId)).toBe(id('anna'));
    expect(await move('nobody-known')).toMatchObject({ ok: false, error: { code: 'people.unknown' } });
    expect(await move(id('vera'))).toMatchObject({ ok: false });
    expect(await move(id('olga'))).toMatchObject({ ok: true });
    expect(owner(promiseId)).toBe(id('olga'));
    const all = { operatorId: id('olga'), to: [], reason: 'конец смены' };
    expect(await test.command('vera', 'supervision.handOverAll', all)).toMatchObject({ ok: true, value: { count: 1 } });
    expect(owner(promiseId)).toBeNull();
    expect(await audited('callback.moved')).toEqual([
      { whoName: 'Котова Вера Петровна', whom: promiseId, reason: 'Анна ушла' },
    ]);
    expect(notices('anna')[0]).toMatchObject({ code: 'callback.takenFromYou', text: 'Анна ушла' });
    expect(notices('olga').map(({ code }) => code)).toEqual(['callback.allTakenFromYou', 'callback.handedToYou']);
    expect(notices('olga')[1]).toMatchObject({ from: 'Котова Вера Петровна', callback: { promiseId } });
  });

  it('[SUP-45] [3.5.5-г] moves the term of a callback within the rule and working time, and its owner is told', async () => {
    const promiseId = await promise();
    const due = (): number | undefined => test.app.rooms.callbacks.get(promiseId)?.context.dueAt;
    const move = (input: object) =>
      test.command('vera', 'supervision.moveCallback', { promiseId, reason: 'Клиент попросил позже', ...input });
    const first = due() ?? 0;
    const later = { dueAt: first + 1_800_000, clientInformed: true };
    const refused = async (input: object) => (await move(input)) as { ok: boolean; error?: { code: string } };
    expect((await refused({})).ok).toBe(false);
    expect((await refused({ ...later, reason: ' ' })).ok).toBe(false);
    expect((await refused({ ...later, dueAt: test.clock.now() - 1 })).error?.code).toBe('callback.past');
    expect((await refused({ ...later, dueAt: first + 7 * 86_400_000 })).error?.code).toBe('callback.tooLate');
    expect((await refused({ ...later, dueAt: first + 12 * 3_600_000 })).error?.code).toMatch(/outsideHours|tooLate/);
    // Refused as a whole: nobody else has it now.
    expect((await refused({ dueAt: later.dueAt, to: id('olga') })).error?.code).toBe('callback.clientMustKnow');
    expect([due(), owner(promiseId)]).toEqual([first, id('anna')]);
    expect(await audited('callback.rescheduled')).toEqual([]);

    expect(await move(later)).toMatchObject({ ok: true });
    expect([due(), owner(promiseId)]).toEqual([later.dueAt, id('anna')]);
    expect(notices('anna')[0]).toMatchObject({
      code: 'callback.rescheduled',
      text: 'Клиент попросил позже',
      from: 'Котова Вера Петровна',
      callback: { promiseId, client: 'Иванов', dueAt: later.dueAt },
    });
    expect(await move({ dueAt: first, clientInformed: true, to: null })).toMatchObject({ ok: true });
    expect([due(), owner(promiseId)]).toEqual([first, null]);
    await test.app.rooms.ledger.flush();
    const { items } = await test.app.rooms.audit.collection.find({
      where: { whom: promiseId },
      orderBy: { column: 'at' },
    });
    expect(items.map(({ document: { what, details } }) => [what, details])).toEqual([
      ['callback.rescheduled', { dueBefore: first, dueAt: later.dueAt }],
      ['callback.rescheduled', { dueBefore: later.dueAt, dueAt: first }],
      ['callback.moved', { from: id('anna'), to: null }],
    ]);
  });

  it('[SUP-45] a call taken over leaves its operator told by whom and why', async () => {
    talk();
    const asked = { operatorId: id('anna'), device: 'PJSIP/190', reason: 'угрозы клиента' };
    expect(await test.command('vera', 'listening.takeOver', asked)).toMatchObject({ ok: true });
    const told = { code: 'call.takenOver', text: 'угрозы клиента', from: 'Котова Вера Петровна' };
    expect(notices('anna')[0]).toMatchObject(told);
  });

  it('[SUP-44] operators do none of this', async () => {
    const asked = { operatorId: id('anna'), reason: 'просто так' };
    for (const command of ['supervision.pause', 'supervision.signOut', 'supervision.endWrapUp'])
      expect(await test.command('olga', command, asked)).toMatchObject({ ok: false });
    expect(state()).toBe('ready');
  });
});
