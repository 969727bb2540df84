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
    await page.getByLabel('Имя для входа').fill('anna', { timeout: 3000 });
    await page.locator('input[type=password]').fill('test-password');
    await shoot(page, '01-sign-in');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(500);
    await shoot(page, '02-signed-in');
    await test.command('anna', 'operator.chooseDevice', { device });
    await test.command('anna', 'operator.ready', {});
    await page.waitForTimeout(300);
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

  it('[E2E-03] number keys walk the script', async () => {
    for (let step = 6; step < 12; step += 1) {
      await page.keyboard.press('Digit1');
      await page.waitForTimeout(150);
      await shoot(page, `${String(step).padStart(2, '0')}-step`);
    }
    expect(errors.join('\n')).toBe('');
  });
});
