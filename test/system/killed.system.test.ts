import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallbackView } from '../../server/contract/index.ts';
import type { CallReply } from '../../server/web/presenters/call.ts';
import { describeWith } from '../support/peers.ts';
import { ProductStage } from '../support/productStage.ts';

/** `kill -9` of the product in the middle of what it has promised to keep; the line goes on without it. */
describeWith(['asterisk'], '[SYS-04] killed during transfers and callbacks', () => {
  let on: ProductStage;
  beforeAll(async () => {
    on = await ProductStage.open();
  });
  afterAll(() => on.close());

  const linkUp = () => on.anna.until(({ links }) => links[0]?.status === 'up');
  const promise = async (): Promise<CallbackView> => {
    const { client, callId } = await on.talk();
    const path = '/calendar/deadline?rule=callback';
    const { dueAt } = await on.product.get<{ dueAt: number }>(path, await on.product.signIn('anna'));
    const wanted = { number: '+7 906 555-01-01', dueAt, question: 'Когда зачислят', clientName: 'Пётр Сергеевич' };
    expect(await on.anna.command('callback.promise', { callId, ...wanted })).toMatchObject({ value: { saved: true } });
    await client.bye();
    await on.wrapUp(on.anna, callId);
    return (await on.anna.until(({ callbacks }) => callbacks.length === 1)).callbacks[0]!;
  };
  const isSame = async ({ promiseId, dueAt, question, inquiryId }: CallbackView): Promise<CallbackView> => {
    await linkUp();
    const { callbacks } = await on.anna.until((view) => view.callbacks.length === 1);
    expect(callbacks[0]).toMatchObject({ promiseId, dueAt, question, inquiryId });
    return callbacks[0]!;
  };
  const kept = async ({ promiseId }: CallbackView): Promise<void> => {
    expect(await on.anna.command('callback.confirm', { promiseId })).toMatchObject({ ok: true });
    await on.anna.until(({ callbacks }) => callbacks.length === 0);
  };

  it('[SYS-04] while a transferred client hears ringing, who answers with nobody looking', async () => {
    const { client, operator, callId } = await on.talk();
    await on.anna.command('hold.name', { callId, promisedMs: 300_000 });
    await operator.hold();
    const { dueAt } = (await on.anna.until(({ calls }) => calls[0]?.hold?.state === 'running')).calls[0]!.hold!;
    await operator.refer('102');
    const ringing = await on.stage.phones['102'].nextCall();
    await on.boris.until(({ calls }) => calls[0]?.phase === 'ringing' && calls[0].hold?.dueAt === dueAt);
    await on.crash(() => ringing.answer());
    const view = await on.boris.until(({ calls }) => calls[0]?.phase === 'talking' && calls[0].confirmed);
    expect(view.calls[0]).toMatchObject({ callId, transfers: { count: 1 } });
    await client.bye();
    await on.wrapUp(on.boris, callId);
    const record = await on.history<CallReply>(callId);
    expect(record).toMatchObject({
      transfers: { count: 1, items: [{ kind: 'blind', fromDevice: 'PJSIP/101', to: '102' }] },
      holds: [{ outcome: 'kept', promisedMs: 300_000 }],
    });
  });

  it('[SYS-04] while the exchange keeps the client for a consultation', async () => {
    const { client, callId } = await on.talk();
    await on.anna.command('hold.name', { callId, promisedMs: 300_000 });
    await on.anna.command('transfer.consult', { callId, number: '102' });
    const colleague = await on.stage.phones['102'].answerNext();
    const { dueAt } = (await on.anna.until(({ calls }) => calls[0]?.phase === 'consulting')).calls[0]!.hold!;
    await on.crash();
    const view = await on.anna.until(({ calls }) => calls[0]?.confirmed === true && calls[0].phase === 'consulting');
    expect(view.calls[0]).toMatchObject({ callId, hold: { dueAt }, transfers: { count: 0 } });
    expect(await on.anna.command('transfer.complete', { callId })).toMatchObject({ ok: true });
    await on.boris.until(({ calls }) => calls[0]?.callId === callId && calls[0].transfers.count === 1);
    await client.bye();
    await colleague.ended.promise;
    await on.wrapUp(on.boris, callId);
  });

  it('[SYS-04] while the operator’s own telephone rings for a callback', async () => {
    const due = await promise();
    void on.anna.command('callback.call', { promiseId: due.promiseId });
    const operator = await on.stage.phones['101'].nextCall();
    await on.anna.until(({ callbacks }) => callbacks[0]?.state === 'calling');
    await on.crash();
    await isSame(due);
    await operator.answer();
    const city = await on.stage.phones.city.answerNext();
    await on.anna.until(({ calls }) => calls[0]?.phase === 'talking' && calls[0].inquiry.callNumber === 2);
    await kept(due);
    await city.bye();
    await on.wrapUpAll(await settled());
  });

  it('[SYS-04] while the client’s telephone rings, who answers with nobody looking', async () => {
    const due = await promise();
    void on.anna.command('callback.call', { promiseId: due.promiseId });
    await on.stage.phones['101'].answerNext();
    const city = await on.stage.phones.city.nextCall();
    await on.anna.until(({ callbacks }) => callbacks[0]?.state === 'calling');
    await on.crash(() => city.answer());
    const after = await isSame(due);
    await on.anna.until(({ callbacks }) => callbacks[0]?.talkedAt !== undefined);
    expect(after.attempts).toBe(0);
    await kept(due);
    await city.bye();
    await on.wrapUpAll(await settled());
  });

  it('[SYS-04] while they talk, and they hang up with nobody looking: the word is asked for, nothing is taken as kept', async () => {
    const due = await promise();
    void on.anna.command('callback.call', { promiseId: due.promiseId });
    const operator = await on.stage.phones['101'].answerNext();
    const city = await on.stage.phones.city.answerNext();
    const { talkedAt } = (await on.anna.until(({ callbacks }) => callbacks[0]?.talkedAt !== undefined)).callbacks[0]!;
    await on.crash(async () => {
      await city.bye();
      await operator.ended.promise;
    });
    expect(await isSame(due)).toMatchObject({ talkedAt });
    await kept(due);
    await on.wrapUpAll(await settled());
  });

  /** The panel once its call has ended. */
  const settled = async () => {
    await on.anna.until(({ calls }) => calls.every(({ phase }) => phase === 'wrapUp'));
    return on.anna;
  };
});
