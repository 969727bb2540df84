import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallId } from '../../machines/vocabulary/index.ts';
import { openBrowser, openPage, shoot } from '../support/browser.ts';
import { describeWith } from '../support/peers.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

/** The operator's panel over the whole server; the exchange's facts are the test's. */
describeWith(['chromium'], 'the operator’s panel in a browser', (chromium) => {
  let browser: Browser;
  let test: TestApp;
  let page: Page;
  let errors: string[];
  const device = 'PJSIP/101';
  let callId: CallId;

  beforeAll(async () => {
    test = await testApp();
    browser = await openBrowser(chromium);
    ({ page, errors } = await openPage(browser));
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
  });

  it('[E2E-01] signs in, chooses the telephone and goes ready', async () => {
    await page.goto(`http://127.0.0.1:${test.port}/`);
    await shoot(page, '00-first');
    await page.getByLabel('Имя для входа').fill('anna');
    await page.locator('input[type=password]').fill('test-password');
    await shoot(page, '01-sign-in');
    await page.keyboard.press('Enter');
    await page.getByText('Смирнова Анна Петровна').first().waitFor();
    await shoot(page, '02-signed-in');
    await test.command('anna', 'operator.chooseDevice', { device });
    await test.command('anna', 'operator.ready', {});
    await page.getByText('Жду звонка').first().waitFor();
    await shoot(page, '03-idle');
  });

  it('[E2E-02] a ringing call shows the caller and the greeting', async () => {
    callId = test.exchange.ring(device);
    await page.getByText('+7 906 555-01-01').first().waitFor();
    await shoot(page, '04-ringing');
    test.clock.advance(4_000);
    test.exchange.tell(callId, { type: 'call.answered', device });
    await page
      .getByText(/Доброе утро|Добрый день/)
      .first()
      .waitFor();
    await shoot(page, '05-greeting');
  });

  it('[E2E-03] the name once written stands in the next lines', async () => {
    await page.keyboard.press('Digit1');
    await page.getByText('Знакомство').first().waitFor();
    await shoot(page, '06-identity');
    await page.getByLabel('Имя и отчество').fill('Пётр Сергеевич');
    await page.getByLabel('Имя и отчество').blur();
    await page.getByRole('button', { name: /Клиент представился/ }).click();
    await page
      .getByText(/Пётр Сергеевич, /)
      .first()
      .waitFor();
    await shoot(page, '07-purpose');
    expect(test.app.presenter.view(test.person('anna').id)?.calls[0]?.client.name).toBe('Пётр Сергеевич');
  });

  it('[3.5.5-б] the promised time runs down in the middle, and the way back stands under it', async () => {
    await test.command('anna', 'hold.name', { callId, promisedMs: 60_000 });
    test.exchange.tell(callId, { type: 'call.held', by: 'operator', device });
    await page
      .getByText(/01:00|00:5\d/)
      .first()
      .waitFor();
    await page
      .getByText(/спасибо за ожидание/i)
      .first()
      .waitFor();
    await shoot(page, '08-hold');
    test.clock.advance(20_000);
    test.exchange.tell(callId, { type: 'call.resumed', by: 'operator', device });
    await page.getByText('На линии').first().waitFor();
  });

  it('[E2E-04] a reload and a second tab show the same call on the same step', async () => {
    const step = (): string | undefined => test.app.rooms.calls.get(callId)?.rest.script?.state.step;
    const before = step();
    await page.reload();
    await page.getByText('На линии').first().waitFor();
    const { page: second } = await openPage(browser, { context: page.context() });
    await second.goto(`http://127.0.0.1:${test.port}/operator`);
    await second.getByText('На линии').first().waitFor();
    expect(step()).toBe(before);
    await second.close();
  });

  it('[E2E-05] the client hangs up, the call is written up, and it is in today’s list', async () => {
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: 'Normal Clearing' });
    await page.getByText('Разговор завершён').first().waitFor();
    await shoot(page, '09-wrap-up');
    await test.command('anna', 'wrapUp.close', { callId, disposition: 'answered', note: '', satisfied: true });
    await page.getByText('Жду звонка').first().waitFor();
    await page.getByText('Пётр Сергеевич').first().waitFor();
    await shoot(page, '10-today');
    expect(errors.join('\n')).toBe('');
  });
});
