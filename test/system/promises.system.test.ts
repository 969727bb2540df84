import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallReply } from '../../server/web/presenters/call.ts';
import { describeWith } from '../support/peers.ts';
import { ProductStage } from '../support/productStage.ts';

describeWith(['asterisk'], 'promises on a real Asterisk', () => {
  let on: ProductStage;
  beforeAll(async () => {
    on = await ProductStage.open();
  });
  afterAll(() => on.close());

  describe('[3.5.5-б] a hold by re-INVITE', () => {
    it('is kept when the operator returns in time', async () => {
      const { client, operator, callId } = await on.talk();
      await on.anna.command('hold.name', { callId, promisedMs: 60_000 });
      await operator.hold();
      await on.anna.until(({ calls }) => calls[0]?.hold?.state === 'running');
      await operator.resume();
      await on.anna.until(({ calls }) => calls[0]?.hold === undefined);
      await client.bye();
      await on.wrapUp(on.anna, callId);
      expect((await on.history<CallReply>(callId)).holds).toMatchObject([{ outcome: 'kept', promisedMs: 60_000 }]);
    });

    it('is broken when the time runs out first', async () => {
      const { client, operator, callId } = await on.talk();
      await on.anna.command('hold.name', { callId, promisedMs: 10_000 });
      await operator.hold();
      await on.anna.until(({ calls }) => calls[0]?.hold?.state === 'overdue');
      await operator.resume();
      await on.anna.until(({ calls }) => calls[0]?.hold === undefined);
      await client.bye();
      await on.wrapUp(on.anna, callId);
      const [hold] = (await on.history<CallReply>(callId)).holds;
      expect(hold).toMatchObject({ outcome: 'broken', promisedMs: 10_000 });
      expect(hold?.realMs).toBeGreaterThan(10_000);
    });

    it('ends as left when the client hangs up while waiting', async () => {
      const { client, operator, callId } = await on.talk();
      await on.anna.command('hold.name', { callId, promisedMs: 60_000 });
      await operator.hold();
      await on.anna.until(({ calls }) => calls[0]?.hold?.state === 'running');
      await client.bye();
      await on.wrapUp(on.anna, callId);
      expect((await on.history<CallReply>(callId)).holds).toMatchObject([{ outcome: 'clientLeft' }]);
    });

    it('is asked for when the operator holds without naming a time', async () => {
      const { client, operator, callId } = await on.talk();
      await operator.hold();
      await on.anna.until(({ calls }) => calls[0]?.hold?.state === 'unpromised');
      await client.bye();
      await on.wrapUp(on.anna, callId);
    });
  });

  it('[3.5.5-г] a callback is promised, called by one key and kept when the client was talked to', async () => {
    const { client, callId } = await on.talk();
    const proposal = await on.product.get<{ dueAt: number }>(
      '/calendar/deadline?rule=callback',
      await on.product.signIn('anna'),
    );
    const promised = await on.anna.command('callback.promise', {
      callId,
      number: '+7 906 555-01-01',
      dueAt: proposal.dueAt,
      question: 'Когда зачислят в первый класс',
      clientName: 'Пётр Сергеевич',
    });
    expect(promised).toMatchObject({ ok: true, value: { saved: true } });
    await client.bye();
    await on.wrapUp(on.anna, callId);
    const due = (await on.anna.until(({ callbacks }) => callbacks.length === 1)).callbacks[0];
    await on.crash();
    const after = (await on.anna.until(({ callbacks, links }) => callbacks.length === 1 && links[0]?.status === 'up'))
      .callbacks[0];
    expect(after).toMatchObject({ promiseId: due?.promiseId, dueAt: due?.dueAt, question: due?.question });
    // Her own telephone is not lifted: the client has heard nothing, so she may call at once.
    const unlifted = on.anna.command('callback.call', { promiseId: due?.promiseId });
    (await on.stage.phones['101'].nextCall()).reject();
    expect(await unlifted).toMatchObject({ ok: true });
    const tried = await on.anna.until(
      ({ callbacks }) => callbacks[0]?.attempts === 1 && callbacks[0].state !== 'calling',
    );
    expect(tried.callbacks[0]).not.toHaveProperty('nextAttemptAt');
    const calling = on.anna.command('callback.call', { promiseId: due?.promiseId });
    const operator = await on.stage.phones['101'].answerNext();
    const city = await on.stage.phones.city.answerNext();
    expect(await calling).toMatchObject({ ok: true });
    const talking = await on.anna.until(({ calls }) => calls[0]?.phase === 'talking');
    expect(talking.calls[0]).toMatchObject({ direction: 'outbound', inquiry: { callNumber: 3 } });
    expect(await on.anna.command('callback.confirm', { promiseId: due?.promiseId })).toMatchObject({ ok: true });
    await city.bye();
    await operator.ended.promise;
    await on.wrapUp(on.anna, talking.calls[0]?.callId ?? '');
    expect((await on.anna.until(({ callbacks }) => callbacks.length === 0)).callbacks).toEqual([]);
  });
});
