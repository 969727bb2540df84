import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY, type CallId } from '../../machines/vocabulary/index.ts';
import { openBrowser, openPage, shoot, signIn } from '../support/browser.ts';
import { describeWith } from '../support/peers.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

/** One question over many calls on the panel; the exchange's facts are the test's, the clock too. */
describeWith(['chromium'], 'inquiries in a browser', (chromium) => {
  let browser: Browser;
  let test: TestApp;
  const device = 'PJSIP/101';
  beforeAll(async () => {
    test = await testApp();
    await test.command('anna', 'operator.chooseDevice', { device });
    await test.command('anna', 'operator.ready', {});
    browser = await openBrowser(chromium);
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
  });

  const talk = (): CallId => {
    const callId = test.exchange.ring(device);
    test.exchange.tell(callId, { type: 'call.answered', device });
    return callId;
  };

  it('[INQ-21] a link is one press, and so is the way back; what was undone is not proposed again', async () => {
    const first = talk();
    const earlier = test.app.rooms.calls.get(first)!.rest.inquiryId!;
    test.app.rooms.inquiries.learn(earlier, { topic: 'camps' }, test.clock.now(), first);
    test.exchange.tell(first, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    await test.command('anna', 'wrapUp.close', { callId: first, disposition: 'answered', note: '', satisfied: false });
    test.clock.leap(DAY);

    const { page, errors } = await openPage(browser);
    await signIn(page, test.port, 'anna', '/operator');
    const again = talk();
    const link = part(page);
    await link.getByText('Клиент о том же?').waitFor();
    await shoot(page, 'link-proposed');
    await link.getByRole('button', { name: 'Да, то же обращение' }).click();
    await link.getByText(/^Звонок продолжает обращение: Детский отдых и лагеря, /).waitFor();
    await page.getByText('обращение 2-е').waitFor();
    await shoot(page, 'link-done');
    await link.getByRole('button', { name: 'Отменить связь' }).click();
    await link.waitFor({ state: 'detached' });
    await page.getByText('обращение 2-е').waitFor({ state: 'detached' });
    expect(test.app.rooms.calls.get(again)?.rest.inquiryId).toBe(`q-${again}`);
    await shoot(page, 'link-undone');
    expect(errors).toEqual([]);
  });
});

const part = (page: Page) => page.getByRole('region', { name: 'Продолжение обращения' });
