import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage, shoot } from '../support/browser.ts';
import { describeWith } from '../support/peers.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

describeWith(['chromium'], 'the supervisor’s board in a browser', (chromium) => {
  let browser: Browser;
  let test: TestApp;

  beforeAll(async () => {
    test = await testApp();
    browser = await openBrowser(chromium);
    for (const [login, device] of [
      ['anna', 'PJSIP/101'],
      ['olga', 'PJSIP/102'],
    ] as const) {
      test.exchange.tellExchange({ type: 'queue.memberChanged', queue: 'general', device, present: true });
      await test.command(login, 'operator.chooseDevice', { device });
      await test.command(login, 'operator.ready', {});
    }
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
  });

  it.each([
    [1280, 800],
    [1920, 1080],
    [3840, 2160],
  ])('[E2E-20] what breaks next is pushed and readable at %i×%i', async (width, height) => {
    const { page, errors } = await openPage(browser, { width, height });
    await page.goto(`http://127.0.0.1:${test.port}/`);
    await page.getByLabel('Имя для входа').fill('vera');
    await page.locator('input[type=password]').fill('test-password');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Что сломается раньше' }).waitFor();
    const device = 'PJSIP/101';
    const callId = test.exchange.ring(device);
    test.exchange.tell(callId, { type: 'call.answered', device });
    await test.command('anna', 'hold.name', { callId, promisedMs: 60_000 });
    test.exchange.tell(callId, { type: 'call.held', by: 'operator', device });
    await test.app.rooms.ledger.flush();
    test.clock.advance(40_000);
    await page.getByText('Удержание', { exact: true }).first().waitFor();
    test.exchange.ring('PJSIP/102', { number: '+79065550103', name: 'Кузнецова' });
    await test.command('anna', 'operator.askHelp', { reason: 'Клиент просит начальника' });
    await test.app.rooms.ledger.flush();
    test.clock.advance(100);
    await page.getByText('просит помощи').first().waitFor();
    await shoot(page, `board-${width}`);
    await page.getByLabel(/Открыть: Смирнова/).click();
    await page.getByRole('button', { name: 'Слушать' }).waitFor();
    await shoot(page, `board-operator-${width}`);
    await page.goto(`http://127.0.0.1:${test.port}/wallboard`);
    await page.getByText('обещания под угрозой').waitFor();
    await shoot(page, `wallboard-${width}`);
    expect(errors.join('\n')).toBe('');
    for (const live of [...test.app.rooms.calls.all()])
      test.exchange.tell(live.callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    test.clock.advance(130_000);
    await page.context().close();
  });
});
