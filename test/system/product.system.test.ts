import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallView } from '../../server/contract/index.ts';
import type { CallReply } from '../../server/web/presenters/call.ts';
import { CLIENT_NUMBER, GENERAL } from '../support/asterisk/scenarios/dialling.ts';
import { openBrowser, openPage, shoot } from '../support/browser.ts';
import { describeWith } from '../support/peers.ts';
import { ProductStage, type Talk } from '../support/productStage.ts';

/** The product as people run it, on a real exchange, with telephones that speak SIP and a browser that is looked at. */
describeWith(['asterisk', 'chromium'], 'the product on a real Asterisk', (_root, chromium) => {
  let on: ProductStage;
  beforeAll(async () => {
    on = await ProductStage.open();
  });
  afterAll(() => on.close());

  it('[SYS-01] an inbound call is answered, held, resumed, transferred blind and ended; the record is that of the line', async () => {
    const { client, operator, callId } = await on.talk();
    const { anna, boris, stage } = on;
    expect(anna.view?.calls[0]).toMatchObject({
      client: { number: CLIENT_NUMBER },
      script: { step: { kind: 'greeting' } },
    });
    expect(anna.view?.calls[0]?.script?.step.lines[0]).toContain('Анна Петровна');
    await anna.command('hold.name', { callId, promisedMs: 60_000 });
    const marks = stage.ami.mark;
    await operator.hold();
    await anna.until(({ calls }) => calls[0]?.hold?.state === 'running');
    await stage.talk(400);
    await operator.resume();
    await anna.until(({ calls }) => calls[0]?.phase === 'talking' && calls[0]?.hold === undefined);
    const realMs = await stage.ami.between('Hold', 'Unhold', marks);
    await operator.refer('102');
    const second = await stage.phones['102'].answerNext();
    const moved = await boris.until(({ calls }) => calls[0]?.phase === 'talking');
    expect(moved.calls[0]).toMatchObject({ callId, transfers: { count: 1, limit: 2 } });
    await client.bye();
    await second.ended.promise;
    await on.wrapUp(boris, callId);
    const record = await on.history<CallReply>(callId);
    expect(record).toMatchObject({
      direction: 'inbound',
      queue: 'general-questions',
      transfers: { count: 1, items: [{ kind: 'blind', fromDevice: 'PJSIP/101', to: '102' }] },
      ended: { by: 'client' },
      disposition: 'answered',
    });
    expect(record.operators.filter((each) => each.answeredAt !== null)).toHaveLength(2);
    expect(record.holds[0]).toMatchObject({ promisedMs: 60_000, outcome: 'kept' });
    expect(Math.abs((record.holds[0]?.realMs ?? 0) - realMs)).toBeLessThanOrEqual(50);
  });

  describe('killed in mid-call', () => {
    /** What a restart must not change. */
    const essence = (call: CallView | undefined): object => ({
      callId: call?.callId,
      phase: call?.phase,
      startedAt: call?.startedAt,
      answeredAt: call?.answeredAt,
      step: call?.script?.step.stepId,
      transfers: call?.transfers,
      inquiry: call?.inquiry.id,
      dueAt: call?.hold?.dueAt,
    });
    const survives = async (): Promise<void> => {
      const before = essence(on.anna.view?.calls[0]);
      await on.crash();
      const after = await on.anna.until(
        ({ calls, links }) => links[0]?.status === 'up' && calls[0]?.confirmed !== false,
      );
      expect(essence(after.calls[0])).toEqual(before);
    };
    const finish = async ({ client, callId }: Talk): Promise<void> => {
      await client.bye();
      await on.wrapUp(on.anna, callId);
      expect(await on.history(callId)).toMatchObject({ ended: { by: 'client' }, disposition: 'answered' });
    };

    it('[SYS-02] while the telephone rings', async () => {
      await on.anna.until((view) => view.operator.state === 'ready');
      const client = on.stage.client.dial(GENERAL);
      const operator = await on.stage.phones['101'].nextCall();
      await on.anna.until(({ calls }) => calls[0]?.phase === 'ringing');
      await survives();
      await operator.answer();
      const view = await on.anna.until(({ calls }) => calls[0]?.phase === 'talking');
      await finish({ client, operator, callId: view.calls[0]?.callId ?? '' });
    });
    it('[SYS-02] while talking, on a later step with an answer', async () => {
      const talk = await on.talk();
      const step = on.anna.view?.calls[0]?.script?.step;
      const choiceId = step?.choices.find((choice) => choice.enabled)?.id;
      await on.anna.command('script.choose', { callId: talk.callId, stepId: step?.stepId, choiceId });
      await on.anna.until(({ calls }) => calls[0]?.script?.step.stepId !== step?.stepId);
      await survives();
      await finish(talk);
    });
    it('[SYS-02] while the client is on hold under a promise', async () => {
      const talk = await on.talk();
      await on.anna.command('hold.name', { callId: talk.callId, promisedMs: 120_000 });
      await talk.operator.hold();
      await on.anna.until(({ calls }) => calls[0]?.hold?.state === 'running');
      await survives();
      await finish(talk);
    });
    it('[SYS-02] after a transfer', async () => {
      const talk = await on.talk();
      await talk.operator.refer('102');
      const second = await on.stage.phones['102'].answerNext();
      await on.boris.until(({ calls }) => calls[0]?.phase === 'talking');
      await second.refer('101');
      await on.stage.phones['101'].answerNext();
      await on.anna.until(({ calls }) => calls[0]?.phase === 'talking');
      await survives();
      await finish(talk);
    });
    it('[SYS-02] in wrap-up', async () => {
      const { client, callId } = await on.talk();
      await client.bye();
      await on.anna.until(({ calls }) => calls[0]?.phase === 'wrapUp');
      await survives();
      await on.wrapUp(on.anna, callId);
      expect(await on.history(callId)).toMatchObject({ disposition: 'answered' });
    });
  });

  it('[SYS-03] the panel of each operator in a browser shows the step of a real call', async () => {
    const browser = await openBrowser(chromium);
    const { page } = await openPage(browser);
    await page.goto(on.product.url);
    await page.getByLabel('Имя для входа').fill('anna');
    await page.locator('input[type=password]').fill('test-password');
    await page.keyboard.press('Enter');
    await page.getByText('Смирнова Анна Петровна').first().waitFor();
    const { client, callId } = await on.talk();
    await page
      .getByText(/Министерство образования/)
      .first()
      .waitFor();
    await shoot(page, 'real-call');
    await client.bye();
    await on.wrapUp(on.anna, callId);
    await browser.close();
  });
});
