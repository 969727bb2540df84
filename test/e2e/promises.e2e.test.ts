import type { Browser, Locator, Page } from 'playwright-core';
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
    await test.app.rooms.users.add({
      ...{ login: 'lena', surname: 'Юрьева', firstName: 'Елена', patronymic: 'Игоревна', position: 'специалист' },
      ...{ unit: 'Отдел', devices: [], roles: ['operator'], password: 'test-password' },
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
    const card = (page: Page) => page.getByRole('list', { name: 'Напоминания' }).getByRole('listitem');
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

  it('[CB-70] [3.5.5-г] all promises go to several colleagues or to one; their terms stay and alarm the new owner and the board', async () => {
    await promise();
    await promise();
    const panel = await screen('anna', '/operator');
    await panel.getByText('Все обещания').click();
    await panel.getByRole('button', { name: /^Передать (моё обещание|все мои)/ }).click();
    const to = panel.getByRole('combobox', { name: 'Кому' });
    await to.selectOption({ label: await optionOf(to, 'Орлова Ольга') });
    await to.selectOption({ label: await optionOf(to, 'Юрьева Елена') });
    await panel.getByRole('button', { name: 'Не передавать: Юрьева Елена Игоревна' }).waitFor();
    await shoot(panel, 'hand-over-operator');
    await panel.getByRole('button', { name: /^Передать (моё обещание|все мои)/ }).click();
    await panel.getByRole('button', { name: /^Передать (моё обещание|все мои)/ }).waitFor({ state: 'hidden' });
    const count = (login: string): number => test.app.rooms.callbacks.ownedBy(test.person(login).id).length;
    expect([count('anna'), count('olga') > 0, count('lena') > 0]).toEqual([0, true, true]);

    const board = await screen('vera', '/supervisor');
    await board.evaluate(() => {
      const start: () => void = Reflect.get(OscillatorNode.prototype, 'start');
      const counted = new Proxy(start, {
        apply(target, node, given) {
          document.body.dataset['sounded'] = String(Number(document.body.dataset['sounded'] ?? 0) + 1);
          return Reflect.apply(target, node, given) as void;
        },
      });
      Reflect.set(OscillatorNode.prototype, 'start', counted);
    });
    await board.getByRole('button', { name: 'Открыть: Орлова Ольга Петровна' }).click();
    await board.getByLabel('Сообщение или причина').fill('Ольга заболела');
    await board.getByRole('button', { name: 'Передать все обещания' }).click();
    const heir = board.getByRole('combobox', { name: 'Кому' });
    await heir.selectOption({ label: await optionOf(heir, 'Смирнова А. П.') });
    await shoot(board, 'hand-over-supervisor');
    await board.getByRole('button', { name: 'Передать', exact: true }).click();
    await board.getByText('Сделано').waitFor();
    expect([count('anna') > 0, count('olga')]).toEqual([true, 0]);
    await panel.getByText('Вам переданы обещания коллеги').waitFor();
    await board.keyboard.press('Escape');
    test.clock.advance(61 * MINUTE);
    await panel.getByText('Срок перезвонить вышел').first().waitFor();
    // A quarter of an hour later it is the supervisor's.
    test.clock.advance(15 * MINUTE);
    const late = board.getByText('срок перезвонить вышел, не позвонили');
    // The board is drawn a few times a second by the test's clock.
    await expect.poll(() => (test.clock.advance(1_000), late.count()), { timeout: 30_000 }).toBeGreaterThan(0);
    await expect.poll(() => board.evaluate(() => Number(document.body.dataset['sounded'] ?? 0))).toBeGreaterThan(0);
    await shoot(board, 'hand-over-overdue');

    // Who signs out says who keeps the promises; those kept stay on record.
    const kept = count('anna');
    await panel.keyboard.press('Escape');
    await panel.getByRole('button', { name: 'Выйти' }).click();
    await panel.getByRole('dialog').getByText('Кто перезвонит, пока вас нет?').waitFor();
    await shoot(panel, 'leave');
    await panel.keyboard.press('Escape');
    await panel.getByRole('dialog').waitFor({ state: 'hidden' });
    await panel.getByRole('button', { name: 'Выйти' }).click();
    await panel.getByRole('button', { name: 'Оставить за мной и выйти' }).click();
    await panel.getByLabel('Имя для входа').waitFor();
    expect(count('anna')).toBe(kept);
  });
});

/** The whole label of the option that begins so. */
async function optionOf(select: Locator, beginning: string): Promise<string> {
  const labels = await select.getByRole('option').allTextContents();
  return labels.find((label) => label.startsWith(beginning)) ?? `no ${beginning} among ${labels.join('; ')}`;
}
