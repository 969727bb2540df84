import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InquiryHistory } from '../../server/contract/index.ts';
import type { CallReply } from '../../server/web/presenters/call.ts';
import { channelOf } from '../support/asterisk/scenarios/dialling.ts';
import { openBrowser, openPage, shoot, signIn } from '../support/browser.ts';
import { describeWith } from '../support/peers.ts';
import { ProductStage } from '../support/productStage.ts';
import type { PhoneCall } from '../support/sip/phoneCall.ts';

/** A way to transfer blind: `from` is the telephone that has the client. */
type Means = (call: PhoneCall, from: '101' | '102', to: string) => Promise<unknown>;

describeWith(['asterisk', 'chromium'], '[3.5.1] transfers on a real Asterisk', (_root, chromium) => {
  let on: ProductStage;
  beforeAll(async () => {
    on = await ProductStage.open({}, { GATE_PROMPT: 'beep' });
  });
  afterAll(() => on.close());

  const MEANS: Readonly<Record<string, Means>> = {
    REFER: (call, _from, to) => call.refer(to),
    'the feature code': async (call, _from, to) => {
      await call.keys('#1');
      await on.stage.talk(1_200);
      await call.keys(to);
    },
    AMI: async (_call, from, to) => {
      const Channel = await channelOf(on.stage, `PJSIP/${from}`);
      return on.stage.ami.action({ Action: 'BlindTransfer', Channel, Context: 'transfer-gate', Exten: to });
    },
  };
  /** The client goes from Anna to Boris and back to Anna: two transfers. Unseen: the product is down for the second. */
  const twice = async (means: Means, isUnseen = false) => {
    const { client, operator, callId } = await on.talk();
    await means(operator, '101', '102');
    const second = await on.stage.phones['102'].answerNext();
    await on.boris.until(({ calls }) => calls[0]?.transfers.count === 1 && calls[0]?.phase === 'talking');
    let third: PhoneCall | undefined;
    const again = async (): Promise<void> => {
      await means(second, '102', '101');
      third = await on.stage.phones['101'].answerNext();
    };
    await (isUnseen ? on.crash(again) : again());
    await on.anna.until(({ calls }) => calls[0]?.transfers.atLimit === true && calls[0]?.phase === 'talking');
    return { client, third: third!, callId };
  };

  describe.each(Object.keys(MEANS))('[3.5.1] by %s', (name) => {
    const means = MEANS[name]!;
    const third = async (isStopped: boolean): Promise<void> => {
      const { client, third: call, callId } = await twice(means, isStopped && name === 'AMI');
      const refused = await on.anna.command('transfer.blind', { callId, number: '102' });
      expect(refused).toMatchObject({ ok: false, error: { code: 'transfer.limit' } });
      const goOn = async (): Promise<PhoneCall> => {
        await means(call, '101', '103');
        return on.stage.phones['101'].answerNext();
      };
      let back: PhoneCall | undefined;
      if (isStopped) await on.crash(async () => void (back = await goOn()));
      else back = await goOn();
      const view = await on.anna.until(({ calls }) => calls[0]?.phase === 'talking' && calls[0]?.confirmed);
      expect(view.calls[0]).toMatchObject({ callId, transfers: { count: 2, limit: 2 } });
      if (!isStopped) expect(view.notices.map(({ code }) => code)).toContain('transfer.refused');
      await client.bye();
      await back?.ended.promise;
      await on.wrapUp(on.anna, callId);
      const record = await on.history<CallReply>(callId);
      expect(record.transfers).toMatchObject({ count: 2, ...(isStopped ? {} : { refused: 1 }) });
      expect(record.ended).toMatchObject({ by: 'client' });
    };
    it('[3.5.1] the third is refused by the exchange, and the client is back with who tried', () => third(false));
    it('[3.5.1] the third is refused by the exchange with the product stopped', () => third(true));
  });

  it('[3.5.1] a number that the exchange does not know is refused, and the client stays', async () => {
    const { client, callId } = await on.talk();
    const refused = { ok: false, error: { code: 'telephony.noSuchNumber' } };
    expect(await on.anna.command('transfer.blind', { callId, number: '99999' })).toMatchObject(refused);
    expect(on.anna.view?.calls[0]).toMatchObject({ callId, phase: 'talking', transfers: { count: 0 } });
    await client.bye();
    await on.wrapUp(on.anna, callId);
  });

  it('[3.5.1] one more that a supervisor allowed with a reason is let through by the exchange too, and holds for the next call', async () => {
    const { client, third, callId } = await twice(MEANS['REFER']!);
    const { inquiry } = on.anna.view!.calls[0]!;
    const allowed = { inquiryId: inquiry.id, reason: 'нужен юрист' };
    const darya = await on.product.open('darya');
    expect(await darya.command('supervision.allowTransfer', allowed)).toMatchObject({ ok: true });
    darya.close();
    await on.anna.until(({ calls }) => calls[0]?.transfers.atLimit === false);
    await third.refer('102');
    const last = await on.stage.phones['102'].answerNext();
    const view = await on.boris.until(({ calls }) => calls[0]?.phase === 'talking');
    expect(view.calls[0]).toMatchObject({ callId, transfers: { count: 3, limit: 2, extra: 1, atLimit: true } });
    await client.bye();
    await last.ended.promise;
    await on.wrapUp(on.boris, callId);
    // The same client calls again about the same: the exchange knows what is used up.
    const again = await on.talk();
    const linked = { callId: again.callId, inquiryId: inquiry.id };
    expect(await on.anna.command('inquiry.link', linked)).toMatchObject({ ok: true });
    await on.anna.until(({ calls }) => calls[0]?.transfers.atLimit === true);
    await again.operator.refer('102');
    const back = await on.stage.phones['101'].answerNext();
    await on.anna.until(({ notices }) => notices.some(({ code }) => code === 'transfer.refused'));
    await again.client.bye();
    await back.ended.promise;
    await on.wrapUp(on.anna, again.callId);
  });

  it('[3.5.1] [INQ-23] a call linked by mistake goes on where it is sent, once the link is undone', async () => {
    const { client, callId } = await twice(MEANS['REFER']!);
    const { inquiry } = on.anna.view!.calls[0]!;
    await client.bye();
    await on.wrapUp(on.anna, callId);
    const again = await on.talk();
    const linked = { callId: again.callId, inquiryId: inquiry.id };
    expect(await on.anna.command('inquiry.link', linked)).toMatchObject({ ok: true });
    await on.anna.until(({ calls }) => calls[0]?.transfers.atLimit === true);
    expect(await on.anna.command('inquiry.unlink', { callId: again.callId })).toMatchObject({ ok: true });
    await on.anna.until(({ calls }) => calls[0]?.transfers.count === 0);
    await again.operator.refer('102');
    const last = await on.stage.phones['102'].answerNext();
    const view = await on.boris.until(({ calls }) => calls[0]?.phase === 'talking');
    expect(view.calls[0]).toMatchObject({ callId: again.callId, transfers: { count: 1, atLimit: false } });
    await again.client.bye();
    await last.ended.promise;
    await on.wrapUp(on.boris, again.callId);
  });

  it('[3.5.1] an attended one of two lines beyond the limit, which nobody can refuse, is flagged at once', async () => {
    const { client, third, callId } = await twice(MEANS['REFER']!);
    await third.hold();
    const line = on.stage.phones['101'].dial('102');
    const colleague = await on.stage.phones['102'].answerNext();
    await line.answered.promise;
    await on.stage.talk(200);
    await third.referReplacing(line, '102');
    await on.boris.until(({ calls }) => calls.some((call) => call.callId === callId && call.phase === 'talking'));
    await on.anna.until(({ notices }) => notices.some(({ code }) => code === 'transfer.limitExceeded'));
    await client.bye();
    await colleague.ended.promise;
    await on.wrapUp(on.boris, callId);
    await on.wrapUpAll(on.anna);
    expect((await on.history<CallReply>(callId)).transfers).toMatchObject({ count: 3 });
  });

  it('[3.5.1] what the next operator needs is on the panel while the telephone rings', async () => {
    const browser = await openBrowser(chromium);
    const { page } = await openPage(browser);
    await signIn(page, Number(new URL(on.product.url).port), 'boris', '/operator');
    const { client, operator, callId } = await on.talk();
    // By day and by night the same.
    await on.anna.command('script.open', { callId, scriptId: 'inbound' });
    await on.anna.until(({ calls }) => calls[0]?.script?.step.stepId === 'greeting');
    /** The first answer that is open leads on. */
    const onward = async (): Promise<void> => {
      const step = on.anna.view?.calls[0]?.script?.step;
      const choiceId = step?.choices.find((choice) => choice.enabled)?.id;
      await on.anna.command('script.choose', { callId, stepId: step?.stepId, choiceId });
      await on.anna.until(({ calls }) => calls[0]?.script?.step.stepId !== step?.stepId);
    };
    await onward();
    const { stepId, fields } = on.anna.view!.calls[0]!.script!.step;
    const name = { callId, stepId, fieldId: fields[0]?.id, value: 'Пётр Сергеевич' };
    expect(await on.anna.command('script.answer', name)).toMatchObject({ ok: true });
    await on.anna.until(({ calls }) => calls[0]?.client.name === 'Пётр Сергеевич');
    await onward();
    await on.anna.command('hold.name', { callId, promisedMs: 120_000 });
    await operator.hold();
    await on.anna.until(({ calls }) => calls[0]?.hold?.state === 'running');
    const before = on.anna.view!.calls[0]!;
    await operator.refer('102');
    const ringing = await on.stage.phones['102'].nextCall();
    const view = await on.boris.until(({ calls }) => calls[0]?.phase === 'ringing');
    expect(view.calls[0]).toMatchObject({
      callId,
      client: { name: 'Пётр Сергеевич' },
      inquiry: { id: before.inquiry.id },
      learned: before.learned,
      transfers: { count: 1, limit: 2 },
      hold: { dueAt: before.hold?.dueAt },
      script: { step: { lines: [expect.stringContaining('Борис Сергеевич')] } },
    });
    await page.getByText('Пётр Сергеевич').first().waitFor();
    await shoot(page, 'transferred-ringing');
    await ringing.answer();
    await page.getByText('На линии').first().waitFor();
    await page.getByText('перевод 1 из 2').waitFor();
    await shoot(page, 'transferred-talking');
    await client.bye();
    await on.wrapUp(on.boris, callId);
    const history = await on.product.get<InquiryHistory>(
      `/inquiries/${encodeURIComponent(before.inquiry.id)}`,
      await on.product.signIn('boris'),
    );
    expect(history.calls[0]).toMatchObject({ holds: [{ outcome: 'kept' }], transfers: [{ kind: 'blind', to: '102' }] });
    await browser.close();
  });
});
