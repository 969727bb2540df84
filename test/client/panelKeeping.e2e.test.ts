import { describe, expect, it } from 'vitest';
import { startFakePanelServer } from '../support/fakePanelServer.ts';
import { panelStage } from '../support/panelStage.ts';
import { describeWith } from '../support/peers.ts';

describeWith(['chromium'], 'what the panel keeps', (chromium) => {
  const panel = panelStage(chromium);

  describe('[PANEL-27] nothing typed is lost', () => {
    it('[PANEL-27] a reload in mid-word keeps the word', async () => {
      await panel.open('identity');
      await panel.page.keyboard.type('Пётр Серг');
      await panel.page.reload();
      await expect.poll(() => panel.page.getByLabel('Имя, отчество').inputValue()).toBe('Пётр Серг');
    });
    it('[PANEL-27] a reload in wrap-up keeps the note and the result', async () => {
      await panel.open('wrapUp');
      await panel.page.keyboard.press('2');
      await panel.page.keyboard.press('w');
      await panel.page.keyboard.type('Обещал уточнить номер');
      await panel.page.reload();
      await expect.poll(() => panel.page.locator('textarea').inputValue()).toBe('Обещал уточнить номер');
      expect(await panel.page.locator('[aria-pressed="true"]').innerText()).toContain('Обещали перезвонить');
    });
    it('[3.5.5] results of other calls are not offered; one that asks for words asks once', async () => {
      await panel.open('wrapUp');
      expect(await panel.page.getByRole('button', { name: 'Перезвонили' }).count()).toBe(0);
      await panel.page.keyboard.press('5');
      expect(await panel.page.getByRole('radio', { name: 'нет' }).isChecked()).toBe(true);
      await panel.page.keyboard.press('Enter');
      await panel.page.getByText('Запишите подробности').waitFor();
      expect(panel.sent('wrapUp.close')).toEqual([]);
      await panel.page.keyboard.type('Вопрос района');
      await panel.page.keyboard.press('Control+Enter');
      await expect
        .poll(() => panel.sent('wrapUp.close'))
        .toMatchObject([{ input: { disposition: 'wrong', note: 'Вопрос района', satisfied: false } }]);
    });
    it('[PANEL-27] without a network the panel says so, and sends when it is back', async () => {
      await panel.open('answer');
      panel.server.network(false);
      await panel.page.getByText('Нет связи с сервером').waitFor();
      await panel.page.keyboard.press('1');
      await panel.page.getByText('Ещё не отправлено').waitFor();
      expect(panel.sent('script.choose')).toEqual([]);
      panel.server.network(true);
      await expect.poll(() => panel.sent('script.choose').length).toBe(1);
      await panel.page.getByText('Нет связи с сервером').waitFor({ state: 'detached' });
    });
  });

  describe('[PANEL-32] several tabs are one panel', () => {
    it('[PANEL-32] a choice in one tab is the step of both', async () => {
      panel.server.openCall();
      await panel.page.goto(`${panel.server.url}/operator`);
      await panel.page.waitForSelector('header');
      const other = await panel.page.context().newPage();
      await other.goto(`${panel.server.url}/operator`);
      await other.waitForSelector('h1');
      await panel.page.bringToFront();
      await panel.page.keyboard.press('Escape');
      await panel.page.keyboard.press('1');
      await expect.poll(() => panel.page.locator('h1').innerText()).toBe('Знакомство');
      await expect.poll(() => other.locator('h1').innerText()).toBe('Знакомство');
      await other.keyboard.press('Escape');
      await other.keyboard.press('Backspace');
      await expect.poll(() => panel.page.locator('h1').innerText()).toBe('Приветствие');
    });
    it('[PANEL-32] the language chosen in one tab is that of both', async () => {
      await panel.open('greeting');
      const other = await panel.page.context().newPage();
      await other.goto(`${panel.server.url}/operator`);
      await other.getByText('Нет нужного ответа').waitFor();
      await panel.page.getByRole('button', { name: 'Screen in English' }).click();
      await other.getByText('The answer I need is missing').waitFor();
      expect(await other.evaluate(() => document.documentElement.lang)).toBe('en');
    });
    it('[PANEL-32] who is signed out elsewhere signs in again and finds the call in place', async () => {
      panel.server.openCall();
      await panel.page.goto(`${panel.server.url}/operator`);
      await panel.page.waitForSelector('h1');
      await panel.server.signOut();
      await panel.page.getByLabel('Имя для входа').waitFor();
      await panel.page.getByText('Смирнова Анна Петровна').click();
      await expect.poll(() => panel.page.locator('h1').innerText()).toBe('Приветствие');
    });
  });

  describe('[PANEL-36] a page that cannot be read takes nothing away', () => {
    it('[PANEL-36] without a network the panel is there to come back to, and with one the other page is read', async () => {
      await panel.open('greeting');
      const { page } = panel;
      const rail = (name: string) => page.getByRole('navigation', { name: 'Страницы' }).getByRole('link', { name });
      await page.route(/\/api\/v1\/(training|rehearsals)/, (route) => route.fulfill({ json: [] }));
      await page.context().setOffline(true);
      await page.getByText('Нет связи с сервером').waitFor();
      await rail('Учебный класс').click();
      await page.getByText('Страница сломалась').waitFor();
      await page.getByRole('button', { name: 'Открыть заново' }).click();
      await rail('Пульт оператора').click();
      await expect.poll(() => page.locator('h1').innerText()).toBe('Приветствие');
      await page.context().setOffline(false);
      await page.getByText('Нет связи с сервером').waitFor({ state: 'detached' });
      await rail('Учебный класс').click();
      await page.getByRole('heading', { name: 'Учебный класс' }).waitFor();
    });
  });

  describe('[PANEL-28] sign-in', () => {
    it('[PANEL-28] a wrong password is explained, a demo person enters by one click', async () => {
      await panel.server.close();
      panel.server = await startFakePanelServer({ signedIn: false });
      await panel.page.goto(panel.server.url);
      await panel.page.getByLabel('Имя для входа').fill('anna');
      await panel.page.getByLabel('Пароль').fill('nein');
      const enter = panel.page.getByRole('button', { name: 'Войти' });
      const before = await enter.boundingBox();
      await panel.page.keyboard.press('Enter');
      await panel.page.getByText('Имя или пароль не подходят').waitFor();
      expect(await enter.boundingBox()).toEqual(before);
      await panel.page.getByText('Орлов Борис Ильич').click();
      await panel.page.waitForSelector('header');
      expect(new URL(panel.page.url()).pathname).toBe('/operator');
    });
  });
});
