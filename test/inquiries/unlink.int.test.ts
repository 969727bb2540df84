import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, MINUTE, type CallId } from '../../machines/vocabulary/index.ts';
import type { CallView } from '../../server/contract/index.ts';
import type { TestApp } from '../support/testApp.ts';
import { device, inquiryIdOf, inquiryStage, petrov } from './stage.ts';

describe('[3.1.4] a link to an earlier inquiry can be undone while its call is not written up', () => {
  const on = inquiryStage();
  const { panel, rooms, talk, inquiryOf, learn, transfer, finish, until, settle, toldToGate, leavesMemory, find } = on;
  let test: TestApp;
  beforeEach(() => {
    test = on.app();
  });

  const view = (callId: CallId): CallView | undefined => panel().calls.find((call) => call.callId === callId);
  const link = async (callId: CallId, inquiryId: string): Promise<void> => {
    expect(await test.command('anna', 'inquiry.link', { callId, inquiryId })).toMatchObject({ ok: true });
  };
  const undo = (callId: CallId, login = 'anna') => test.command(login, 'inquiry.unlink', { callId });
  const promise = async (callId: CallId, question: string): Promise<string> => {
    const dueAt = test.clock.now() + 60 * MINUTE;
    const input = { callId, number: petrov.number, dueAt, question, clientName: 'Пётр Сергеевич' };
    const answer = await test.command('anna', 'callback.promise', input);
    return (answer as { value: { promiseId: string } }).value.promiseId;
  };
  const startBack = (promiseId: string, linkedid: string): CallId => {
    const back = `main/${linkedid}` as CallId;
    const started = { type: 'call.started', direction: 'outbound', linkedid, client: petrov, dialled: petrov.number };
    test.exchange.tell(back, { ...started, device, originateToken: promiseId }, { type: 'call.answered', device });
    return back;
  };
  /** A question that was closed two days ago, and a client on the line who is linked to it. */
  const linkedCall = async (): Promise<{ first: CallId; again: CallId }> => {
    const first = talk();
    learn(first, { topic: 'camp', name: 'Пётр' });
    transfer(first);
    await finish(first, true);
    test.clock.leap(2 * DAY);
    const again = talk();
    await until(() => view(again)?.inquiry.proposed !== undefined);
    transfer(again);
    await link(again, inquiryIdOf(first));
    return { first, again };
  };

  it('[INQ-08] each is what it would be without the link, with what happened since on its own side', async () => {
    const { first, again } = await linkedCall();
    const before = await find(inquiryIdOf(first));
    expect(before).toMatchObject({ closed: null, calls: [{}, {}], tally: { transfers: [{}, {}] } });
    learn(again, { topic: 'exam' });
    await test.command('vera', 'supervision.allowTransfer', {
      inquiryId: inquiryIdOf(first),
      callId: again,
      reason: 'нужен юрист',
    });
    test.clock.advance(1_000);
    transfer(again);
    const promiseId = await promise(again, 'Когда экзамен?');
    expect(rooms().callbacks.get(promiseId)?.context.inquiryId).toBe(inquiryIdOf(first));
    expect(toldToGate()).toEqual([again, 3, 3]);

    expect(await undo(again)).toMatchObject({ ok: true });
    expect(view(again)).toMatchObject({
      inquiry: { id: inquiryIdOf(again), callNumber: 1, topic: 'exam' },
      transfers: { count: 2, extra: 1, limit: 2 },
    });
    expect(rooms().calls.get(again)?.rest).toMatchObject({ inquiryId: inquiryIdOf(again), callNumber: 1 });
    expect(toldToGate()).toEqual([again, 2, 3]);
    expect(rooms().callbacks.get(promiseId)?.context.inquiryId).toBe(inquiryIdOf(again));
    expect(await find(inquiryIdOf(again))).toMatchObject({
      mergedInto: null,
      learned: { topic: 'exam', name: 'Пётр Сергеевич', question: 'Когда экзамен?' },
      callbacks: [promiseId],
      calls: [{ callId: again }],
    });
    expect(await find(inquiryIdOf(first))).toMatchObject({
      closed: { satisfied: true },
      learned: { topic: 'camp', name: 'Пётр' },
      callbacks: [],
      calls: [{ callId: first }],
      tally: { transfers: [{ callId: first }], allowances: [] },
    });
    expect(await find(inquiryIdOf(first))).not.toHaveProperty('linked');
    await leavesMemory(inquiryIdOf(first));
    // In reports, too, nobody says any more that it is somebody else's question.
    await settle();
    const period = { from: 0, to: test.clock.now() + 1 };
    expect((await rooms().reports.inquiries(period, { limit: 5 })).items).toMatchObject([
      { inquiryId: inquiryIdOf(again), calls: 1, repeatCalls: 0, transfers: 2, callbacks: 1, open: true },
      { inquiryId: inquiryIdOf(first), calls: 1, repeatCalls: 0, transfers: 1, callbacks: 0, satisfied: true },
    ]);
    await finish(again, true);
    await leavesMemory(inquiryIdOf(again));
    expect(await find(inquiryIdOf(again))).toMatchObject({ mergedInto: null, live: [] });
    expect(await rooms().archive.collection.get(again)).toMatchObject({
      document: { inquiryId: inquiryIdOf(again), callNumber: 1, facts: { repeat: false, topic: 'exam' } },
    });
  });

  it('[INQ-09] the panel says what the call is linked to, and does not propose again what was undone', async () => {
    const { first, again } = await linkedCall();
    expect(view(again)?.inquiry).toMatchObject({ linked: { id: inquiryIdOf(first), topic: 'camp' } });
    await until(() => view(again)?.earlier.length === 1);
    // Up to the end of the wrap-up.
    test.exchange.tell(again, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    expect(view(again)).toMatchObject({ phase: 'wrapUp', inquiry: { linked: { id: inquiryIdOf(first) } } });
    expect(await undo(again)).toMatchObject({ ok: true });
    await until(() => view(again)?.earlier.length === 1);
    await settle();
    expect(view(again)?.inquiry).toEqual({ id: inquiryIdOf(again), callNumber: 1 });
    await test.crash();
    test = on.app();
    await until(() => view(again)?.earlier.length === 1);
    expect(view(again)?.inquiry).toEqual({ id: inquiryIdOf(again), callNumber: 1 });
    // The next call is another one: of it nobody has said anything.
    await finish(again);
    const next = talk();
    await until(() => view(next)?.inquiry.proposed !== undefined);
  });

  it('[INQ-10] nothing to undo, somebody else’s call, a written-up call: refused in words, nothing changed', async () => {
    const notLinked = { ok: false, error: { code: 'inquiry.notLinked' } };
    const { first, again } = await linkedCall();
    expect(await undo(again, 'olga')).toMatchObject({ ok: false, error: { code: 'call.notYours' } });
    for (const input of [{}, { callId: 7 }, { callId: '' }, null])
      expect(await test.command('anna', 'inquiry.unlink', input)).toMatchObject({
        error: { code: 'command.badInput' },
      });
    expect(await undo('main/1.1' as CallId)).toMatchObject({ ok: false, error: { code: 'call.unknown' } });
    expect(view(again)?.inquiry.id).toBe(inquiryIdOf(first));
    expect(await undo(again)).toMatchObject({ ok: true });
    expect(await undo(again)).toMatchObject(notLinked);
    await link(again, inquiryIdOf(first));
    await finish(again, false);
    expect(await undo(again)).toMatchObject({ ok: false, error: { code: 'call.unknown' } });
    expect(await find(inquiryIdOf(first))).toMatchObject({ closed: { satisfied: false }, calls: [{}, {}] });
    expect(await find(inquiryIdOf(first))).not.toHaveProperty('linked');
  });

  it('[INQ-11] the call that keeps a promise belongs to its question: no person linked it', async () => {
    const first = talk();
    const promiseId = await promise(first, 'Когда смена?');
    await finish(first);
    await test.command('anna', 'callback.call', { promiseId });
    const back = startBack(promiseId, '1700005001.1');
    expect(inquiryOf(back)).toBe(inquiryIdOf(first));
    expect(await undo(back)).toMatchObject({ ok: false, error: { code: 'inquiry.notLinked' } });
    expect(inquiryOf(back)).toBe(inquiryIdOf(first));
  });

  it('[INQ-12] what came with the call goes with it, closed meanwhile or not, and the other keeps its own', async () => {
    const earliest = talk();
    const theirs = await promise(earliest, 'О лагере');
    await finish(earliest);
    test.clock.leap(DAY);
    const first = talk();
    test.exchange.tell(first, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    const again = talk();
    await link(again, inquiryIdOf(first));
    // The first is still written up; its operator takes both to the wrong question.
    await link(first, inquiryIdOf(earliest));
    const ours = await promise(again, 'Об экзамене');
    expect(inquiryOf(again)).toBe(inquiryIdOf(earliest));
    expect(view(again)?.inquiry).toMatchObject({ callNumber: 3, linked: { id: inquiryIdOf(first) } });
    await finish(again, false);
    await test.command('anna', 'callback.call', { promiseId: theirs });
    const back = startBack(theirs, '1700005002.1');
    expect(rooms().calls.get(back)?.rest.callNumber).toBe(4);
    expect(await rooms().archive.collection.get(again)).toMatchObject({
      document: { inquiryId: inquiryIdOf(earliest), callNumber: 3 },
    });

    expect(await undo(first)).toMatchObject({ ok: true });
    expect([inquiryOf(first), inquiryOf(back)]).toEqual([inquiryIdOf(first), inquiryIdOf(earliest)]);
    expect(rooms().calls.get(back)?.rest.callNumber).toBe(2);
    expect(rooms().callbacks.get(ours)?.context.inquiryId).toBe(inquiryIdOf(first));
    expect(rooms().callbacks.get(theirs)?.context.inquiryId).toBe(inquiryIdOf(earliest));
    const [one, other] = [await find(inquiryIdOf(first)), await find(inquiryIdOf(earliest))];
    expect(one.calls.map(({ callId }) => callId)).toEqual([first, again]);
    expect(one).toMatchObject({ callbacks: [ours], live: [first] });
    expect(other.calls.map(({ callId }) => callId)).toEqual([earliest, back]);
    expect(other).toMatchObject({ callbacks: [theirs], live: [back] });
    // History follows behind the call.
    let number = 0;
    await until(() => {
      void rooms()
        .archive.collection.get(again)
        .then((stored) => (number = stored?.document.callNumber ?? 0));
      return number === 2;
    });
    expect(await rooms().archive.collection.get(again)).toMatchObject({
      document: { inquiryId: inquiryIdOf(first), callNumber: 2, facts: { repeat: true } },
    });
  });

  it('[INQ-24] a promise that was closed meanwhile goes with its call as well', async () => {
    const { first, again } = await linkedCall();
    const promiseId = await promise(again, 'Когда экзамен?');
    expect(
      await test.command('anna', 'callback.cancel', { promiseId, reason: 'Ответили в этом же разговоре' }),
    ).toMatchObject({ ok: true });
    let closedOf = '';
    const isClosedOf = (inquiryId: string) => (): boolean => {
      void rooms()
        .callbacks.setup.collection.get(promiseId)
        .then((stored) => (closedOf = stored?.document.promise.inquiryId ?? ''));
      return closedOf === inquiryId;
    };
    await until(isClosedOf(inquiryIdOf(first)));
    expect(await undo(again)).toMatchObject({ ok: true });
    await until(isClosedOf(inquiryIdOf(again)));
  });

  it('[INQ-13] a kill at any moment of link and undo leaves the same', async () => {
    const { first, again } = await linkedCall();
    const promiseId = await promise(again, 'Когда экзамен?');
    const states = () =>
      structuredClone({
        inquiries: [inquiryIdOf(first), inquiryIdOf(again)].map((id) => rooms().inquiries.get(id)),
        call: rooms().calls.get(again)?.rest,
        callback: rooms().callbacks.get(promiseId)?.context.inquiryId,
        linked: view(again)?.inquiry,
        transfers: view(again)?.transfers,
      });
    const kill = async (): Promise<void> => {
      await leavesMemory(inquiryIdOf(rooms().inquiries.get(inquiryIdOf(again))?.live.length ? first : again));
      await rooms().ledger.flush();
      const before = states();
      await test.crash();
      expect(states()).toEqual(before);
    };
    await kill();
    // As far as a snapshot goes it is the same as by the journal alone.
    await rooms().checkpoints.write();
    await kill();
    expect(await undo(again)).toMatchObject({ ok: true });
    await kill();
    await rooms().checkpoints.write();
    await kill();
    expect(toldToGate()).toEqual([again, 1, 2]);
  });

  it('[INQ-14] the gate hears of none as well, and again when the exchange was away', async () => {
    const first = talk();
    transfer(first);
    test.clock.advance(1_000);
    transfer(first);
    await finish(first);
    test.clock.leap(DAY);
    const again = talk();
    await link(again, inquiryIdOf(first));
    expect(toldToGate()).toEqual([again, 2, 2]);
    const alarms = rooms().alerts.all().length;
    expect(await undo(again)).toMatchObject({ ok: true });
    expect(toldToGate()).toEqual([again, 0, 2]);
    test.exchange.asked.length = 0;
    test.exchange.tellExchange({ type: 'link.restored', exchangeRestarted: false });
    expect(toldToGate()).toEqual([again, 0, 2]);
    expect(await test.command('anna', 'transfer.blind', { callId: again, number: '102' })).toMatchObject({ ok: true });
    expect(rooms().alerts.all()).toHaveLength(alarms);
  });
});
