import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallReply } from '../../server/web/presenters/call.ts';
import { describeWith } from '../support/peers.ts';
import { ProductStage, type Talk } from '../support/productStage.ts';

/** Holds that are not the plain one, by telephones that speak SIP on a real exchange. */
describeWith(['asterisk'], '[3.5.5-б] holds of every kind on a real Asterisk', () => {
  let on: ProductStage;
  beforeAll(async () => {
    on = await ProductStage.open();
  });
  afterAll(() => on.close());

  const name = (callId: string, promisedMs = 60_000) => on.anna.command('hold.name', { callId, promisedMs });
  const holdIs = (state: string) => on.anna.until(({ calls }) => calls[0]?.hold?.state === state);
  const noHold = () => on.anna.until(({ calls }) => calls[0]?.phase === 'talking' && calls[0].hold === undefined);
  const holdsOf = async ({ client, callId }: Talk, panel = on.anna): Promise<CallReply['holds']> => {
    await client.bye();
    await on.wrapUp(panel, callId);
    return (await on.history<CallReply>(callId)).holds;
  };

  it('[HOLD-40] a second hold is a promise of its own, named while the client waits already', async () => {
    const talk = await on.talk();
    await name(talk.callId);
    await talk.operator.hold();
    await holdIs('running');
    await talk.operator.resume();
    await noHold();
    await talk.operator.hold();
    const { heldAt } = (await holdIs('unpromised')).calls[0]?.hold ?? {};
    await name(talk.callId, 120_000);
    expect((await holdIs('running')).calls[0]?.hold?.dueAt).toBe((heldAt ?? 0) + 120_000);
    await talk.operator.resume();
    await noHold();
    expect(await holdsOf(talk)).toMatchObject([
      { outcome: 'kept', promisedMs: 60_000 },
      { outcome: 'kept', promisedMs: 120_000 },
    ]);
  });

  it('[HOLD-41] a consultation of the exchange is waiting under the same promise, and ends with the return', async () => {
    const talk = await on.talk();
    await name(talk.callId);
    await on.anna.command('transfer.consult', { callId: talk.callId, number: '102' });
    const colleague = await on.stage.phones['102'].answerNext();
    await holdIs('running');
    // The colleague's own key makes nobody wait who was promised anything.
    await colleague.hold();
    await on.stage.talk(300);
    expect(on.anna.view?.calls[0]?.hold?.state).toBe('running');
    await colleague.resume();
    await on.anna.command('transfer.cancel', { callId: talk.callId });
    await noHold();
    expect(await holdsOf(talk)).toMatchObject([{ outcome: 'kept', promisedMs: 60_000 }]);
    await colleague.ended.promise;
  });

  it('[HOLD-42] a consultation on a second line: the promise goes on until the key lets go', async () => {
    const talk = await on.talk();
    await name(talk.callId);
    await talk.operator.hold();
    await holdIs('running');
    const line = on.stage.phones['101'].dial('102');
    const colleague = await on.stage.phones['102'].answerNext();
    await line.answered.promise;
    await on.stage.talk(300);
    expect(on.anna.view?.calls[0]?.hold?.state).toBe('running');
    await line.bye();
    await colleague.ended.promise;
    await talk.operator.resume();
    await noHold();
    expect(await holdsOf(talk)).toMatchObject([{ outcome: 'kept' }]);
    for (const panel of [on.anna, on.boris]) await on.wrapUpAll(panel);
  });

  it('[HOLD-43] a client who puts us on hold is promised nothing', async () => {
    const talk = await on.talk();
    const { mark } = on.stage.ami;
    await talk.client.hold();
    await on.stage.ami.event('Hold', {}, mark);
    await on.stage.talk(2_000);
    expect(on.anna.view?.calls[0]).toMatchObject({ phase: 'talking' });
    expect(on.anna.view?.calls[0]?.hold).toBeUndefined();
    await talk.client.resume();
    expect(await holdsOf(talk)).toEqual([]);
  });

  it('[HOLD-44] transferred while held, the client waits on until somebody answers', async () => {
    const talk = await on.talk();
    await name(talk.callId);
    await talk.operator.hold();
    await holdIs('running');
    await talk.operator.refer('102');
    const ringing = await on.stage.phones['102'].nextCall();
    await on.boris.until(({ calls }) => calls[0]?.hold?.state === 'running');
    await ringing.answer();
    await on.boris.until(({ calls }) => calls[0]?.phase === 'talking' && calls[0].hold === undefined);
    const [hold] = await holdsOf(talk, on.boris);
    expect(hold).toMatchObject({ outcome: 'kept', promisedMs: 60_000 });
  });

  it('[HOLD-48] a transfer that is keyed in on the telephone is no hold without a promise', async () => {
    const talk = await on.talk();
    await talk.operator.keys('#1');
    await on.anna.until(({ calls }) => calls[0]?.keying === true);
    await on.stage.talk(2_000);
    expect(on.anna.view?.calls[0]).toMatchObject({ phase: 'onHold', keying: true });
    expect(on.anna.view?.calls[0]?.hold).toBeUndefined();
    await talk.operator.keys('102');
    await on.stage.phones['102'].answerNext();
    await on.boris.until(({ calls }) => calls[0]?.phase === 'talking' && calls[0].transfers.count === 1);
    await talk.client.bye();
    await on.wrapUp(on.boris, talk.callId);
  });

  it('[HOLD-45] who hangs up on a waiting client has broken the promise', async () => {
    const talk = await on.talk();
    await name(talk.callId);
    await talk.operator.hold();
    await holdIs('running');
    await talk.operator.bye();
    await talk.client.ended.promise;
    await on.wrapUp(on.anna, talk.callId);
    expect((await on.history<CallReply>(talk.callId)).holds).toMatchObject([{ outcome: 'broken' }]);
  });

  it('[HOLD-46] a hold that ends while the product is down is kept as far as anybody can say', async () => {
    const talk = await on.talk();
    await name(talk.callId, 300_000);
    await talk.operator.hold();
    await holdIs('running');
    await on.crash(async () => {
      await talk.operator.resume();
    });
    await noHold();
    expect(await holdsOf(talk)).toMatchObject([{ outcome: 'kept', promisedMs: 300_000 }]);
  });

  it('[HOLD-47] an exchange that restarts in mid-hold ends the call; nobody says that the promise was kept', async () => {
    const talk = await on.talk();
    await name(talk.callId, 300_000);
    await talk.operator.hold();
    await holdIs('running');
    // A restart within five seconds of the last start would pass for the same one: uptimes are whole seconds.
    await on.stage.talk(6_000);
    await on.stage.asterisk.kill();
    await on.anna.until(({ calls, links }) => links[0]?.status !== 'up' && calls[0]?.confirmed === false);
    expect(on.anna.view?.calls[0]?.hold?.state).toBe('running');
    await on.stage.asterisk.start();
    await on.anna.until(({ links }) => links[0]?.status === 'up');
    await on.wrapUp(on.anna, talk.callId);
    expect((await on.history<CallReply>(talk.callId)).holds).toMatchObject([{ outcome: 'unknown' }]);
  });
});
