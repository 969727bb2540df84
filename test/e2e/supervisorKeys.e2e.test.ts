import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { boardShows } from '../support/boardShows.ts';
import { openBrowser, openPage, shoot, signIn } from '../support/browser.ts';
import { describeWith } from '../support/peers.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

describeWith(['chromium'], 'the supervisor’s board without a mouse', (chromium) => {
  let browser: Browser;
  let test: TestApp;
  let page: Page;
  let errors: string[];

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
    ({ page, errors } = await openPage(browser));
    await signIn(page, test.port, 'vera', '/supervisor');
    await page.getByRole('heading', { name: 'Операторы' }).waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
  });

  /** What has the focus, by the name that a screen reader says. */
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const { activeElement: at } = document;
      const labels = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement ? [...(at.labels ?? [])] : [];
      const label = labels.map(({ textContent }) => textContent).join(' ');
      return at === null || at === document.body
        ? ''
        : at.getAttribute('aria-label') || label || (at.textContent ?? '');
    });
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** Tab as often as it takes; whoever gets around without finding it is told what was met. */
  const go = async (name: string | RegExp, key = 'Tab'): Promise<void> => {
    const met: string[] = [];
    for (let presses = 0; presses < 60; presses += 1) {
      await press(key);
      met.push(await focused());
      if (met.at(-1)?.match(name)) return;
    }
    throw new Error(`never came to ${String(name)}, but to ${met.join(' | ')}`);
  };
  const comesTo = (name: RegExp): Promise<void> => expect.poll(focused).toMatch(name);
  const shows = (wanted: Locator, count = 1): Promise<void> => boardShows(test, wanted, count);
  const card = (state: string): Locator => page.locator(`[data-state=${state}]`, { hasText: 'Смирнова' });

  it('[E2E-35] an operator is found by arrows, told, heard and left; the focus comes back', async () => {
    const callId = test.exchange.ring('PJSIP/101');
    test.exchange.tell(callId, { type: 'call.answered', device: 'PJSIP/101' });
    await shows(card('onCall'));
    await go('Открыть: Смирнова');
    await press('ArrowRight');
    await comesTo(/Открыть: Орлова/);
    await press('Home', 'Enter');
    await page.getByRole('dialog').waitFor();
    await go('Сообщение или причина');
    await page.keyboard.type('Проверка качества');
    await go('Мой телефон');
    await page.keyboard.type('103');
    await press('ArrowDown', 'Enter');
    await go(/^Слушать/);
    await press('Enter');
    await page.getByText('Снимите трубку').waitFor();
    await shoot(page, 'board-keys');
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await comesTo(/Открыть: Смирнова/);
    // The call ends, the card moves behind the other one, and takes the focus along.
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    test.clock.advance(130_000);
    await shows(card('ready'));
    expect(await focused()).toMatch(/Открыть: Смирнова/);
    // Once past all of them, whatever their number.
    await press('Tab');
    expect(await focused()).not.toMatch(/Открыть/);
  });

  it('[E2E-36] an alert is answered with what was done, and the focus goes to what is next', async () => {
    await test.command('anna', 'operator.askHelp', { reason: 'Клиент просит начальника' });
    await test.command('olga', 'operator.askHelp', { reason: 'Сложный вопрос' });
    const answers = page.getByRole('button', { name: 'Ответить' });
    await shows(answers, 2);
    await go(/оператор просит помощи.*Смирнова/s);
    await press('ArrowRight');
    await comesTo(/^Ответить/);
    await press('Enter');
    await comesTo(/Что сделано/);
    await page.keyboard.type('Подошла');
    await press('Home', 'Enter');
    await shows(answers);
    // The next one's answer: it is opened, left, and one goes on from where one was.
    await comesTo(/^Ответить/);
    await press('Enter');
    await comesTo(/Что сделано/);
    await press('Escape');
    await comesTo(/^Ответить/);
    await press('ArrowLeft');
    await comesTo(/оператор просит помощи.*Орлова/s);
    // Once past all alerts, whatever their number.
    await press('Tab');
    expect(await focused()).not.toMatch(/Ответить/);
  });

  it('[E2E-37] a promise whose owner has gone is filtered and handed over', async () => {
    const callId = test.exchange.ring('PJSIP/101');
    test.exchange.tell(callId, { type: 'call.answered', device: 'PJSIP/101' });
    await test.command('anna', 'callback.promise', {
      ...{ callId, dueAt: test.clock.now() + 3_600_000, number: '+79065550101' },
      ...{ question: 'место в саду', clientName: 'Петрова Ольга' },
    });
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    test.clock.advance(130_000);
    await test.command('anna', 'operator.signOut', { keepsPromises: true });
    await shows(page.getByText('не на месте'));
    await go(/без хозяина/);
    await press('Enter');
    await go(/Перезвонить.*Петрова Ольга/s);
    await press('Enter');
    await page.getByRole('dialog').waitFor();
    await shoot(page, 'board-left');
    await go('Кому передать');
    await page.keyboard.type('Орлова');
    await press('ArrowDown', 'Enter');
    await go('Причина');
    await page.keyboard.type('Смена кончилась');
    await go('Перенести');
    await press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await shows(page.getByText('не на месте'), 0);
    await comesTo(/Перезвонить.*Орлова/s);
    expect(errors.join('\n')).toBe('');
  });
});
