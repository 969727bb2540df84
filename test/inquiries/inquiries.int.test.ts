import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../machines/vocabulary/index.ts';
import type { CallId } from '../../machines/vocabulary/index.ts';
import { repeatCallsOf } from '../../server/inquiries/inquiry.ts';
import { InquiryHistoryReader } from '../../server/reports/inquiryHistory.ts';
import { flush } from '../support/fakeClock.ts';
import type { TestApp } from '../support/testApp.ts';
import { device, inquiryIdOf, inquiryStage, petrov } from './stage.ts';

describe('[3.1.4] one question of one client over all its calls', () => {
  const on = inquiryStage();
  const { panel, rooms, talk, inquiryOf, learn, transfer, finish, until, settle, toldToGate, leavesMemory, find } = on;
  let test: TestApp;
  beforeEach(() => {
    test = on.app();
  });

  it('[3.1.4] is opened by the first call and closed by its result', async () => {
    const callId = talk();
    const id = inquiryOf(callId);
    expect(panel().calls[0]?.inquiry).toEqual({ id, callNumber: 1 });
    await finish(callId, true);
    expect(await find(id)).toMatchObject({ closed: { satisfied: true, by: test.person('anna').id }, live: [] });
    await leavesMemory(id);
  });

  it('[3.1.4] a repeat call is proposed by number and topic, linked by the operator, shown and counted', async () => {
    const first = talk();
    learn(first, { topic: 'camp' });
    await finish(first, false);
    test.clock.leap(DAY);
    const other = talk();
    learn(other, { topic: 'exam' });
    await finish(other, true);
    test.clock.leap(DAY);

    const again = talk();
    await until(() => panel().calls[0]?.inquiry.proposed !== undefined);
    expect(panel().calls[0]?.inquiry.proposed).toMatchObject({ id: inquiryIdOf(other), topic: 'exam' });
    learn(again, { topic: 'camp' });
    expect(panel().calls[0]?.inquiry.proposed).toMatchObject({ id: inquiryIdOf(first), topic: 'camp' });
    learn(again, { topic: 'licence' });
    expect(panel().calls[0]?.inquiry.proposed).toBeUndefined();

    const linked = await test.command('anna', 'inquiry.link', { callId: again, inquiryId: inquiryIdOf(first) });
    expect(linked).toMatchObject({ ok: true });
    expect(panel().calls[0]?.inquiry).toMatchObject({ id: inquiryIdOf(first), callNumber: 2 });
    expect(panel().calls[0]?.inquiry.proposed).toBeUndefined();
    await finish(again, true);
    const inquiry = await find(inquiryIdOf(first));
    expect(repeatCallsOf(inquiry)).toBe(1);
    expect(inquiry.calls.map(({ callId }) => callId)).toEqual([first, again]);
    expect(inquiry.closed?.satisfied).toBe(true);
    expect(await find(inquiryIdOf(again))).toMatchObject({ mergedInto: inquiry.id });
  });
  it('[3.5.6] who calls a client sees what there was with him before', async () => {
    const first = talk();
    learn(first, { topic: 'camps' });
    await finish(first, false);
    test.clock.leap(DAY);
    test.exchange.tell('main/1700001001.1' as CallId, {
      type: 'call.started',
      direction: 'outbound',
      linkedid: '1700001001.1',
      // As trunks write it.
      client: { ...petrov, number: '89065550101' },
      dialled: petrov.number,
      device,
    });
    test.exchange.tell('main/1700001001.1' as CallId, { type: 'call.answered', device });
    await until(() => panel().calls[0]?.earlier.length === 1);
    expect(panel().calls[0]?.earlier[0]?.summary).toBe('Детский отдых и лагеря');
  });
  it('[3.5.5-г] the next talk shows what became of a promise of the one before', async () => {
    const first = talk();
    const given = { callId: first, number: petrov.number, dueAt: test.clock.now() + DAY, question: 'Когда?' };
    expect(await test.command('anna', 'callback.promise', { ...given, clientName: '' })).toMatchObject({ ok: true });
    const { promiseId } = panel().callbacks[0]!;
    await finish(first, false);
    const before = async (): Promise<string | undefined> => {
      const again = talk();
      await until(() => panel().calls[0]?.earlier.some(({ inquiryId }) => inquiryId === inquiryIdOf(first)) === true);
      const contact = panel().calls[0]?.earlier.find(({ inquiryId }) => inquiryId === inquiryIdOf(first));
      await finish(again, null);
      return contact?.outcome;
    };
    expect(await before()).toBe('promiseOpen');
    expect(await test.command('anna', 'callback.call', { promiseId })).toMatchObject({ ok: true });
    const back = 'main/1700001002.1' as CallId;
    test.exchange.tell(back, {
      type: 'call.started',
      direction: 'outbound',
      linkedid: '1700001002.1',
      client: petrov,
      dialled: petrov.number,
      device,
      originateToken: promiseId,
    });
    test.exchange.tell(back, { type: 'call.answered', device });
    test.clock.advance(MINUTE);
    expect(await test.command('anna', 'callback.confirm', { promiseId })).toMatchObject({ ok: true });
    await finish(back, true);
    expect(await before()).toBe('promiseKept');
  });

  it('[3.1.4] who was cut off and calls again while the first call is still written up is recognised', async () => {
    const first = talk();
    learn(first, { topic: 'camp' });
    test.exchange.tell(first, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    const again = talk({ ...petrov, number: petrov.number.replace('+7', '8') });
    await until(() => panel().calls.some(({ callId, inquiry }) => callId === again && inquiry.proposed !== undefined));
    const proposed = panel().calls.find(({ callId }) => callId === again)?.inquiry.proposed;
    expect(proposed).toMatchObject({ id: inquiryIdOf(first), topic: 'camp' });
    await test.command('anna', 'inquiry.link', { callId: again, inquiryId: inquiryIdOf(first) });
    expect(repeatCallsOf(await find(inquiryIdOf(first)))).toBe(1);
  });

  it('[3.5.5-г] what is written into a promise is known of the inquiry, unless it was known better', async () => {
    const callId = talk();
    const dueAt = test.clock.now() + 60 * 60_000;
    const wanted = { callId, number: petrov.number, dueAt, question: 'Когда путёвка?', clientName: 'Пётр Сергеевич' };
    expect(await test.command('anna', 'callback.promise', wanted)).toMatchObject({ ok: true });
    expect(panel().calls[0]?.client.name).toBe('Пётр Сергеевич');
    expect(rooms().inquiries.get(inquiryOf(callId))?.learned.question).toBe('Когда путёвка?');
    const again = { ...wanted, question: 'Другое', clientName: petrov.name };
    expect(await test.command('anna', 'callback.promise', again)).toMatchObject({ ok: true });
    expect(rooms().inquiries.get(inquiryOf(callId))?.learned).toMatchObject({
      name: 'Пётр Сергеевич',
      question: 'Когда путёвка?',
    });
  });

  it('[3.1.4] the call of another number, or after two weeks, proposes nothing', async () => {
    await finish(talk(), false);
    talk({ number: '+79065550202', name: '' });
    await settle();
    expect(panel().calls[0]?.inquiry.proposed).toBeUndefined();
    await finish(panel().calls[0]!.callId, null);
    test.clock.leap(15 * DAY);
    talk();
    await settle();
    expect(panel().calls[0]?.inquiry.proposed).toBeUndefined();
  });

  it('[3.5.1] transfers of all calls of the inquiry count together once they are linked', async () => {
    const first = talk();
    transfer(first);
    await finish(first, false);
    const again = talk();
    transfer(again);
    expect(panel().calls[0]?.transfers).toMatchObject({ count: 1, atLimit: false });
    await test.command('anna', 'inquiry.link', { callId: again, inquiryId: inquiryIdOf(first) });
    expect(panel().calls[0]?.transfers).toMatchObject({ count: 2, limit: 2, atLimit: true });
    expect(await test.command('anna', 'transfer.blind', { callId: again, number: '102' })).toMatchObject({
      error: { code: 'transfer.limit' },
    });
    // The telephone's own keys meet the exchange's gate: it must know of the earlier call as well.
    expect(toldToGate()).toEqual([again, 2, 2]);
    test.exchange.asked.length = 0;
    test.exchange.tellExchange({ type: 'link.restored', exchangeRestarted: false });
    expect(toldToGate()).toEqual([again, 2, 2]);
  });
  it('[3.5.1] who is on another call of a linked inquiry goes with it: the count is one', async () => {
    await finish(talk(), false);
    const earliest = inquiryIdOf('main/1700000000.1' as CallId);
    test.clock.leap(DAY);
    const first = talk();
    transfer(first);
    test.exchange.tell(first, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    const again = talk();
    expect(await test.command('anna', 'inquiry.link', { callId: again, inquiryId: inquiryIdOf(first) })).toMatchObject({
      ok: true,
    });
    // The first call is still being written up, and its operator links it, too.
    expect(await test.command('anna', 'inquiry.link', { callId: first, inquiryId: earliest })).toMatchObject({
      ok: true,
    });
    expect(inquiryOf(again)).toBe(earliest);
    transfer(again);
    expect(panel().calls.find(({ callId }) => callId === again)).toMatchObject({
      inquiry: { id: earliest, callNumber: 3 },
      transfers: { count: 2, atLimit: true },
    });
    // Two who link to each other's question at once make one of it, not a ring.
    rooms().inquiries.merged(inquiryIdOf(again) as never, earliest as never, test.clock.now());
    rooms().inquiries.merged(earliest as never, inquiryIdOf(first) as never, test.clock.now());
    expect((await rooms().inquiries.load(inquiryIdOf(again), test.clock.now()))?.id).toBe(earliest);
  });
  it('[INQ-07] an inquiry that took in the conversation of a consultation is written when its own call is over', async () => {
    const callId = talk();
    const second = 'main/1700001003.1' as CallId;
    test.exchange.tell(
      second,
      {
        ...{ type: 'call.started', direction: 'internal', linkedid: '1700001003.1', dialled: '101' },
        client: { number: '102', name: '' },
      },
      { type: 'call.answered', device },
    );
    test.exchange.tell(callId, { type: 'call.merged', absorbed: second });
    // The talk of two colleagues is no call of the client.
    expect(
      rooms()
        .inquiries.get(inquiryIdOf(callId))
        ?.calls.map((call) => call.callId),
    ).toEqual([callId]);
    await finish(callId, true);
    await leavesMemory(inquiryIdOf(callId));
    expect(await find(inquiryIdOf(callId))).toMatchObject({ closed: { satisfied: true }, live: [] });
  });

  it('[3.5.1] one beyond the limit alarms the supervisor; one more may be allowed with a reason', async () => {
    const callId = talk();
    transfer(callId);
    test.clock.advance(1_000);
    transfer(callId);
    const id = inquiryOf(callId);
    rooms().inquiries.allowOneMore(id as never, test.person('vera').id, 'нужен юрист', test.clock.now());
    expect(panel().calls[0]?.transfers).toMatchObject({ count: 2, extra: 1, atLimit: false });
    test.clock.advance(1_000);
    transfer(callId);
    const alarms = (): string[] =>
      rooms()
        .notices.of(test.person('vera').id)
        .map(({ code }) => code);
    expect(alarms()).toEqual([]);
    test.clock.advance(1_000);
    transfer(callId);
    expect(alarms()).toEqual(['transfer.limitExceeded']);
    expect(rooms().alerts.all()).toMatchObject([{ code: 'transfer.limitExceeded', level: 'breach', callId }]);
    expect(rooms().inquiries.get(id)?.tally.allowances).toMatchObject([{ reason: 'нужен юрист' }]);
    expect(toldToGate()).toEqual([callId, 4, 3]);
  });

  it('[INQ-05] what changes an inquiry beside its call is drawn at once on the panels that show it', async () => {
    const callId = talk();
    await settle();
    const touched: string[] = [];
    rooms().ledger.addPublisher({ prepare: (keys) => void touched.push(...keys) });
    const allowed = { inquiryId: inquiryOf(callId), reason: 'нужен юрист' };
    expect(await test.command('vera', 'supervision.allowTransfer', allowed)).toMatchObject({ ok: true });
    expect(touched).toContain(`operator/${test.person('anna').id}`);
  });

  it('[INQ-01] what is learned and promised after the hang-up belongs to the inquiry as well', async () => {
    const callId = talk();
    transfer(callId);
    learn(callId, { topic: 'camp', name: 'Пётр Сергеевич' });
    const id = inquiryOf(callId);
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    await settle();
    expect(panel().calls[0]).toMatchObject({
      phase: 'wrapUp',
      inquiry: { id, topic: 'camp' },
      transfers: { count: 1 },
    });
    const dueAt = test.clock.now() + 60 * MINUTE;
    const promised = { callId, number: petrov.number, dueAt, question: 'Когда смена?', clientName: '' };
    expect(await test.command('anna', 'callback.promise', promised)).toMatchObject({ ok: true });
    await finish(callId, false);
    expect(await find(id)).toMatchObject({
      learned: { topic: 'camp', name: 'Пётр Сергеевич' },
      callbacks: [expect.stringMatching(/^c-/)],
      // A callback is still promised: the question is open, whatever the operator felt.
      closed: null,
      tally: { transfers: [{ kind: 'blind' }] },
    });
  });

  it('[INQ-02] a callback continues it with all it had, also over a restart between loading and calling', async () => {
    const callId = talk();
    transfer(callId);
    learn(callId, { topic: 'camp' });
    const id = inquiryOf(callId);
    const dueAt = test.clock.now() + 60 * MINUTE;
    await test.command('anna', 'callback.promise', {
      callId,
      number: petrov.number,
      dueAt,
      question: '?',
      clientName: '',
    });
    await finish(callId, null);
    const promiseId = panel().callbacks[0]!.promiseId;
    await test.command('anna', 'callback.call', { promiseId });
    await test.crash();
    await settle();
    const back = 'main/1700009999.1' as CallId;
    test.exchange.tell(
      back,
      {
        type: 'call.started',
        direction: 'outbound',
        linkedid: '1700009999.1',
        client: petrov,
        dialled: petrov.number,
        device,
        originateToken: promiseId,
      },
      { type: 'call.answered', device },
    );
    await until(() => panel().calls[0]?.inquiry.topic !== undefined);
    expect(panel().calls[0]).toMatchObject({
      inquiry: { id, callNumber: 2, topic: 'camp' },
      transfers: { count: 1, limit: 2 },
    });
    expect(toldToGate()).toEqual([back, 1, 2]);
    // Written up before the word that it was the client: the question is solved all the same.
    await finish(back, true);
    await test.command('anna', 'callback.confirm', { promiseId });
    const inquiry = await find(id);
    expect(inquiry.calls.map((call) => call.callId)).toEqual([callId, back]);
    expect(repeatCallsOf(inquiry)).toBe(0);
    expect(inquiry.closed?.satisfied).toBe(true);
  });

  it('[INQ-03] its history is on one screen: calls, holds, transfers, callbacks', async () => {
    const callId = talk();
    await test.command('anna', 'hold.name', { callId, promisedMs: 60_000 });
    test.exchange.tell(callId, { type: 'call.held', by: 'operator', device });
    test.clock.advance(20_000);
    test.exchange.tell(callId, { type: 'call.resumed', by: 'operator', device });
    transfer(callId);
    const dueAt = test.clock.now() + 60 * MINUTE;
    await test.command('anna', 'callback.promise', {
      callId,
      number: petrov.number,
      dueAt,
      question: 'Когда?',
      clientName: '',
    });
    const id = inquiryOf(callId);
    await finish(callId, null);
    const reader = new InquiryHistoryReader({
      inquiries: rooms().inquiries,
      calls: rooms().calls,
      callbacks: rooms().callbacks,
      names: rooms().names,
      history: rooms().archive.collection,
      closedCallbacks: rooms().callbacks.setup.collection,
    });
    expect(await reader.of(id)).toMatchObject({
      transfers: { count: 1, limit: 2 },
      calls: [{ callId, holds: [{ promisedMs: 60_000, realMs: 20_000, outcome: 'kept' }], transfers: [{ to: '101' }] }],
      callbacks: [{ question: 'Когда?', outcome: 'open' }],
    });
  });

  it('[INQ-04] a crash at any moment of the call leaves the inquiry as it was', async () => {
    const callId = talk();
    transfer(callId);
    learn(callId, { topic: 'camp' });
    await flush();
    const before = rooms().inquiries.get(inquiryOf(callId));
    await test.crash();
    expect(rooms().inquiries.get(inquiryOf(callId))).toEqual(before);
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    await flush();
    await test.crash();
    expect(rooms().inquiries.get(inquiryIdOf(callId))).toEqual(before);
    await finish(callId, true);
    await test.crash();
    await leavesMemory(inquiryIdOf(callId));
    expect(await find(inquiryIdOf(callId))).toMatchObject({ closed: { satisfied: true }, tally: { transfers: [{}] } });
  });
});
