import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallReply } from '../../server/web/presenters/call.ts';
import { CLIENT_NUMBER, GENERAL } from '../support/asterisk/scenarios.ts';
import { EVENT_TOKEN, openStage, type Stage } from '../support/asterisk/stage.ts';
import { openBrowser, openPage, shoot } from '../support/browser.ts';
import { describeWith } from '../support/peers.ts';
import { ProductProcess, type PanelClient } from '../support/productProcess.ts';
import type { PhoneCall } from '../support/sip/phoneCall.ts';

/** The product as people run it, on a real exchange, with telephones that speak SIP and a browser that is looked at. */
describeWith(['asterisk', 'chromium'], 'the product on a real Asterisk', (_root, chromium) => {
  let stage: Stage;
  let product: ProductProcess;
  let anna: PanelClient;
  let boris: PanelClient;

  const signIn = async (): Promise<void> => {
    anna = await product.open('anna');
    boris = await product.open('boris');
  };
  beforeAll(async () => {
    stage = await openStage({ holdByNotify: true });
    const { amiPort, amiUsername, amiSecret } = stage.asterisk;
    product = await ProductProcess.create({
      AMI_HOST: '127.0.0.1',
      AMI_PORT: String(amiPort),
      AMI_USERNAME: amiUsername,
      AMI_SECRET: amiSecret,
      AMI_EVENT_TOKEN: EVENT_TOKEN,
      MONGODB_URI: '',
    });
    await product.addUser('anna', 'Смирнова Анна Петровна', 'operator', 'PJSIP/101');
    await product.addUser('boris', 'Гаврилов Борис Сергеевич', 'operator', 'PJSIP/102');
    await product.addUser('darya', 'Котова Дарья Викторовна', 'supervisor');
    await product.start();
    await signIn();
    await anna.until((view) => view.links[0]?.status === 'up');
    await anna.command('operator.chooseDevice', { device: 'PJSIP/101' });
    await boris.command('operator.chooseDevice', { device: 'PJSIP/102' });
    await anna.command('operator.ready', {});
    for (const other of ['102', '103'])
      await stage.ami.action({ Action: 'QueuePause', Interface: `PJSIP/${other}`, Paused: 'true' });
  });
  afterAll(async () => {
    anna.close();
    boris.close();
    await product.remove();
    await stage.close();
  });

  interface Talk {
    readonly client: PhoneCall;
    readonly operator: PhoneCall;
    readonly callId: string;
  }
  const talk = async (): Promise<Talk> => {
    await anna.until((view) => view.operator.state === 'ready');
    const client = stage.client.dial(GENERAL);
    const operator = await stage.phones['101'].answerNext();
    const view = await anna.until(({ calls }) => calls[0]?.phase === 'talking');
    return { client, operator, callId: view.calls[0]!.callId };
  };
  const history = async (callId: string): Promise<CallReply> =>
    product.get<CallReply>(`/calls/${encodeURIComponent(callId)}`, await product.signIn('darya'));

  it('[SYS-01] an inbound call is answered, held, resumed, transferred blind and ended; the record is that of the line', async () => {
    const { client, operator, callId } = await talk();
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
    await boris.until(({ calls }) => calls[0]?.phase === 'wrapUp');
    await boris.command('wrapUp.close', { callId, disposition: 'answered', note: '', satisfied: true });
    const record = await history(callId);
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
    const steps: readonly [string, (talk: Talk) => Promise<void>][] = [
      ['while talking', async () => undefined],
      [
        'while on hold',
        async ({ operator, callId }) => {
          await anna.command('hold.name', { callId, promisedMs: 120_000 });
          await operator.hold();
          await anna.until(({ calls }) => calls[0]?.hold?.state === 'running');
        },
      ],
    ];
    it.each(steps)('[SYS-02] %s: the same call on the same step, with its instants', async (_title, bring) => {
      const line = await talk();
      await bring(line);
      const before = anna.view?.calls[0];
      await product.kill('SIGKILL');
      anna.close();
      boris.close();
      await product.start();
      await signIn();
      const after = await anna.until(({ calls, links }) => links[0]?.status === 'up' && calls[0]?.confirmed === true);
      expect(after.calls[0]).toMatchObject({
        callId: before?.callId,
        phase: before?.phase,
        startedAt: before?.startedAt,
        answeredAt: before?.answeredAt,
        script: { step: { stepId: before?.script?.step.stepId } },
      });
      expect(after.calls[0]?.hold?.dueAt).toBe(before?.hold?.dueAt);
      await line.client.bye();
      await anna.until(({ calls }) => calls[0]?.phase === 'wrapUp');
      await anna.command('wrapUp.close', { callId: line.callId, disposition: 'answered', note: '', satisfied: true });
      expect(await history(line.callId)).toMatchObject({ ended: { by: 'client' } });
    });
  });

  describe('in a browser', () => {
    let browser: Browser;
    let page: Page;
    beforeAll(async () => {
      browser = await openBrowser(chromium);
      ({ page } = await openPage(browser));
    });
    afterAll(() => browser.close());

    it('[SYS-03] the panel shows the step of a real call', async () => {
      await page.goto(product.url);
      await page.getByLabel('Имя для входа').fill('anna');
      await page.locator('input[type=password]').fill('test-password');
      await page.keyboard.press('Enter');
      await page.getByText('Смирнова Анна Петровна').first().waitFor();
      const { client, callId } = await talk();
      await page
        .getByText(/Министерство образования/)
        .first()
        .waitFor();
      await shoot(page, 'real-call');
      await client.bye();
      await anna.until(({ calls }) => calls[0]?.phase === 'wrapUp');
      await anna.command('wrapUp.close', { callId, disposition: 'answered', note: '', satisfied: true });
    });
  });
});
