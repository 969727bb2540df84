import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage, shoot } from '../support/browser.ts';
import { describeWith } from '../support/peers.ts';
import { studioTest, type StudioTest } from '../studio/support.ts';
import { eventually } from '../support/eventually.ts';

describeWith(['chromium'], 'the training room and the reference in a browser', (chromium) => {
  let browser: Browser;
  let studio: StudioTest;
  let ira: Page;
  let anna: Page;
  const faults: string[][] = [];

  async function signedIn(login: string, landing: string): Promise<Page> {
    const { page, errors } = await openPage(browser);
    page.setDefaultTimeout(15_000);
    faults.push(errors);
    await page.goto(url('/'));
    await page.getByLabel('Имя для входа').fill(login);
    await page.locator('input[type=password]').fill('test-password');
    await page.keyboard.press('Enter');
    await page.getByText(landing).first().waitFor();
    return page;
  }
  const url = (path: string): string => `http://127.0.0.1:${studio.test.port}${path}`;
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
  /** The rehearsal lives in the time that the test moves. */
  const until = (holds: () => Promise<boolean>): Promise<void> =>
    eventually(async () => {
      studio.test.clock.advance(50);
      expect(await holds()).toBe(true);
    }, 20);
  async function because(page: Page, act: string, reason: string): Promise<void> {
    await button(page, act).first().click();
    await page.getByRole('dialog').locator('textarea').fill(reason);
    await page.getByRole('dialog').getByRole('button', { name: act }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  beforeAll(async () => {
    studio = await studioTest();
    browser = await openBrowser(chromium);
    ira = await signedIn('ira', 'Новый сценарий');
    anna = await signedIn('anna', 'телефон');
  });
  afterAll(async () => {
    await browser.close();
    await studio.test.close();
  });

  it('[STUDIO-60] a call is played in the operator’s own panel, and looked at again moment by moment', async () => {
    await ira.goto(url('/training'));
    await button(ira, 'Начать репетицию').click();
    const panel = ira.frameLocator('iframe');
    await until(() => panel.getByText('Жду звонка').first().isVisible());
    await button(ira, 'Клиент звонит').click();
    await until(() => button(ira, 'Снять трубку').isVisible());
    await button(ira, 'Снять трубку').click();
    await until(() =>
      panel
        .getByText(/Ирина Львовна. Чем могу помочь/)
        .first()
        .isVisible(),
    );
    await panel.getByRole('button', { name: /Клиент изложил вопрос/ }).click();
    await until(() =>
      panel
        .getByText(/ваше имя и отчество/)
        .first()
        .isVisible(),
    );
    await button(ira, 'Удержание').click();
    await until(() => button(ira, 'Вернуться').isVisible());
    await button(ira, '×20').click();
    await shoot(ira, 'rehearsal-hold');
    await button(ira, '×1').click();
    await button(ira, 'Клиент кладёт трубку').click();
    await until(() => panel.getByText('Разговор завершён').first().isVisible());
    await shoot(ira, 'rehearsal-wrap-up');
    await button(ira, 'Закончить').click();
    await ira.getByText(/^1 из \d+$/).waitFor();
    for (let step = 0; step < 3; step += 1) await ira.keyboard.press('ArrowRight');
    await ira.getByText(/^4 из \d+$/).waitFor();
    await ira
      .getByText(/Чем могу помочь|ваше имя и отчество/)
      .first()
      .waitFor();
    await shoot(ira, 'rehearsal-replay');
    expect([...studio.test.app.rooms.calls.all()]).toEqual([]);
  });

  it('[STUDIO-61] a newcomer takes a task, gets marks by the clauses, and the trainer sees them', async () => {
    await ira.goto(url('/training/tasks/new'));
    await ira.getByLabel('Название').fill('Звонок ошибочный');
    await ira.getByLabel('Клиент и его история').fill('Человек искал поликлинику и ошибся номером.');
    await ira.getByRole('checkbox', { name: 'Приветствие', exact: true }).check();
    await button(ira, 'Сохранить задание').click();
    await ira.getByRole('heading', { name: 'Звонок ошибочный' }).waitFor();

    await anna.goto(url('/training'));
    await anna
      .getByRole('listitem')
      .filter({ hasText: 'Звонок ошибочный' })
      .getByRole('button', { name: 'Пройти' })
      .click();
    await anna.getByText(/Чем могу помочь/).waitFor();
    await anna.getByText('Человек искал поликлинику').waitFor();
    await shoot(anna, 'training-task');
    await anna.keyboard.press('2');
    await anna
      .getByText(/Разговор/)
      .last()
      .waitFor();
    await button(anna, 'Закончить и узнать результат').click();
    await anna.getByText('Поздоровались и назвали себя').waitFor();
    await anna.getByText('п. 3.5.5').first().waitFor();
    await shoot(anna, 'training-marks');
    await button(anna, 'Посмотреть по шагам').click();
    await anna.getByRole('button', { name: /Звонок ошибочный/ }).waitFor();

    await ira.goto(url('/training'));
    await ira.getByRole('row', { name: /Смирнова Анна Петровна.*Звонок ошибочный/ }).waitFor();
    await shoot(ira, 'training-results');
  });

  it('[STUDIO-62] an article is corrected: a fault stands beside its field, the revision is told, the old one comes back', async () => {
    await ira.goto(url('/studio/documents/article/apostille'));
    const spoken = ira.getByLabel('Ответ вслух');
    const before = await spoken.inputValue();
    await spoken.fill('Да.');
    await because(ira, 'Сохранить', 'короче');
    await ira.getByText('1 место нужно исправить, ничего не сохранено').waitFor();
    await shoot(ira, 'reference-fault');
    await spoken.fill('Апостиль ставят по заявлению через портал Госуслуг.');
    await because(ira, 'Сохранить', 'короче');
    await ira.getByText(/Редакция 2/).waitFor();
    expect(studio.test.app.rooms.studio.documents.get('article', 'apostille').content).toMatchObject({
      spoken: 'Апостиль ставят по заявлению через портал Госуслуг.',
    });
    await button(ira, 'История').click();
    await ira.locator('ins', { hasText: 'Апостиль ставят по заявлению' }).waitFor();
    await because(ira, 'Вернуть эту редакцию', 'прежняя полнее');
    await ira
      .getByText(/Редакция 3/)
      .first()
      .waitFor();
    await button(ira, 'К форме').click();
    await expect.poll(() => spoken.inputValue()).toBe(before);
  });

  it('[STUDIO-66] lists are walked and their records moved by the arrows, the hand staying where it was', async () => {
    await ira.goto(url('/studio/documents'));
    const entries = ira.getByRole('navigation', { name: 'Справочники' });
    await entries.getByRole('link', { name: 'Итоги звонка' }).focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'Enter']) await ira.keyboard.press(key);
    const records = ira.locator('section[data-at] > header strong');
    const [first = '', second = '', third = ''] = await records
      .first()
      .waitFor()
      .then(() => records.allTextContents());
    await ira.getByRole('button', { name: first, exact: true }).press('Enter');
    for (const key of ['Tab', 'Enter', 'Enter']) await ira.keyboard.press(key);
    expect((await records.allTextContents()).slice(0, 3)).toEqual([second, third, first]);
    for (const key of ['Shift+Tab', 'Enter', 'Enter']) await ira.keyboard.press(key);
    expect((await records.allTextContents()).slice(0, 3)).toEqual([first, second, third]);
    expect(await ira.evaluate(() => document.activeElement?.textContent)).toBe(first);
    // As it was: there is nothing to save, and among what is searched for nothing is moved.
    expect(await button(ira, 'Сохранить').isDisabled()).toBe(true);
    await ira.getByRole('searchbox', { name: 'Найти в списке' }).fill(first);
    expect(await ira.getByRole('button', { name: 'Ниже' }).count()).toBe(0);
  });

  it('[STUDIO-65] a second wording is put on trial and kept; figures are asked for days of one’s own', async () => {
    await ira.goto(url('/studio/inbound/greeting'));
    await button(ira, 'Испытать вторую формулировку').click();
    const second = ira.getByLabel('Вторая формулировка 1');
    await second.fill('{greeting}! {organization}, меня зовут {operator.name}. Слушаю вас.');
    await button(ira, 'Закончить: оставить вторую').click();
    const first = ira.getByRole('group', { name: 'Что сказать' }).locator('textarea').first();
    await expect.poll(() => first.inputValue()).toContain('Слушаю вас');
    await button(ira, 'Испытать вторую формулировку').waitFor();
    await ira.getByRole('tab', { name: 'Карта' }).click();
    await ira.getByLabel('По звонкам').selectOption({ label: 'свой период' });
    await ira.getByLabel('по', { exact: true }).fill('2030-01-01');
    await ira.getByText(/^\d+ звон/).waitFor();
  });

  /** A call on which the operator finds no answer for what the client says. */
  async function missed(said: string): Promise<void> {
    const { test } = studio;
    await test.command('anna', 'operator.chooseDevice', { device: 'PJSIP/101' });
    await test.command('anna', 'operator.ready', {});
    const callId = test.exchange.ring('PJSIP/101');
    test.exchange.tell(callId, { type: 'call.answered', device: 'PJSIP/101' });
    test.clock.advance(1_000);
    await studio.done('anna', 'script.noAnswer', { callId, stepId: 'greeting', said });
    test.clock.advance(10_000);
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    await studio.done('anna', 'wrapUp.close', { callId, disposition: 'cutOff', note: '', satisfied: false });
    await test.app.rooms.archive.settled();
    await test.clock.advanceAsync(60_000);
  }

  it('[STUDIO-63] what callers said becomes a button with one click, or an article', async () => {
    await missed('Где музей просвещения?');
    await missed('Как попасть на экскурсию?');
    await ira.goto(url('/studio/inbox'));
    const item = (said: string) => ira.getByRole('listitem').filter({ hasText: said });
    await item('экскурсию').getByRole('button', { name: 'Сделать ответом' }).click();
    await ira.getByRole('heading', { name: 'Входящий звонок' }).waitFor();
    await ira.getByText('Как попасть на экскурсию?').first().waitFor();
    await ira.goto(url('/studio/inbox'));
    await item('музей').getByRole('button', { name: 'Сделать статьёй' }).click();
    await ira.getByRole('dialog').getByRole('combobox').selectOption({ index: 1 });
    await ira.getByLabel('Ответ, который прочитают вслух').fill('Музей просвещения открыт по будням.');
    await shoot(ira, 'inbox-article');
    await button(ira, 'Добавить в базу знаний').click();
    await ira.getByText('Здесь появятся слова клиентов').waitFor();
    await ira.getByLabel('показать и разобранные').check();
    await item('музей').getByRole('link', { name: 'открыть' }).click();
    await ira.getByRole('heading', { name: 'Где музей просвещения?' }).waitFor();
    expect(faults.flat().join('\n')).toBe('');
  });
});
