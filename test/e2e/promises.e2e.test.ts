import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MINUTE, type CallId } from '../../machines/vocabulary/index.ts';
import { openBrowser, openPage, shoot, signIn } from '../support/browser.ts';
import { describeWith } from '../support/peers.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

/** Promises on the screens of all who are signed in; the exchange's facts are the test's, the clock too. */
describeWith(['chromium'], 'promises in a browser', (chromium) => {
  let browser: Browser;
  let test: TestApp;
  const faults: string[] = [];
  const device = 'PJSIP/101';
  beforeAll(async () => {
    test = await testApp();
    await test.app.rooms.users.add({
      ...{ login: 'irina', surname: 'Громова', firstName: 'Ирина', patronymic: 'Олеговна', position: 'методист' },
      ...{ unit: 'Отдел', devices: [], roles: ['trainer'], password: 'test-password' },
    });
    await test.command('anna', 'operator.chooseDevice', { device });
    await test.command('anna', 'operator.ready', {});
    browser = await openBrowser(chromium);
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
    expect(faults).toEqual([]);
  });

  const screen = async (login: string, path: string): Promise<Page> => {
    const { page, errors } = await openPage(browser, { theme: login === 'vera' ? 'dark' : 'light' });
    page.on('pageerror', () => faults.push(...errors));
    await signIn(page, test.port, login, path);
    await page.getByRole('navigation', { name: 'Страницы' }).waitFor();
    return page;
  };
  const promise = async (): Promise<void> => {
    const callId: CallId = test.exchange.ring(device);
    test.exchange.tell(callId, { type: 'call.answered', device });
    const dueAt = test.clock.now() + 60 * MINUTE;
    const input = { callId, number: '89065550101', dueAt, question: 'Когда путёвка?', clientName: 'Петрова Ольга' };
    expect(await test.command('anna', 'callback.promise', input)).toMatchObject({ ok: true });
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    await test.command('anna', 'wrapUp.close', { callId, disposition: 'answered', note: '', satisfied: null });
  };

  it('[CB-59] a promise that comes due is on every screen, worse when it is late, and can be put away', async () => {
    const panel = await screen('anna', '/operator');
    const reports = await screen('anna', '/reports');
    const board = await screen('vera', '/supervisor');
    const figures = await screen('vera', '/reports');
    const studio = await screen('irina', '/studio');
    await promise();
    test.clock.advance(30 * MINUTE);
    const card = (page: Page) => page.getByRole('list', { name: 'Обещания перезвонить' }).getByRole('listitem');
    await panel.getByText('Скоро срок перезвонить').waitFor();
    await shoot(panel, 'reminder-panel');
    await card(reports).getByText('Перезвонить: Петрова Ольга').waitFor();
    await shoot(reports, 'reminder-reports');
    test.clock.advance(20 * MINUTE);
    await card(figures).getByText('ведёт Смирнова Анна Петровна').waitFor();
    // The board is drawn a few times a second by the test's clock.
    test.clock.advance(1_000);
    await board.getByText('пора перезвонить').waitFor();
    expect(await card(board).count()).toBe(0);
    await shoot(board, 'reminder-board');
    await card(reports).getByRole('button', { name: 'Убрать' }).click();
    expect(await card(reports).count()).toBe(0);
    expect(await card(studio).count()).toBe(0);
    test.clock.advance(10 * MINUTE);
    await card(reports).getByText('обещание ваше').waitFor();
    await card(studio).getByText('Обещан звонок клиенту').waitFor();
    expect(await studio.locator('body').innerText()).not.toContain('Петрова');
    await shoot(studio, 'reminder-studio');
    await card(reports).getByRole('link', { name: 'Открыть' }).click();
    await reports.getByText('Петрова Ольга').first().waitFor();
    expect(await card(reports).count()).toBe(0);
    await shoot(reports, 'reminder-opened');
  });
});
