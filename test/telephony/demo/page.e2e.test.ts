import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage, shoot } from '../../support/browser.ts';
import { describeWith } from '../../support/peers.ts';
import { ProductProcess } from '../../support/productProcess.ts';

const CALLER = 'Сидоров Пётр Алексеевич';
const PASSWORD = 'demo-demo';

/** The whole product as `npm start` runs it on a machine with only Node: one page plays the telephones, one works. */
describeWith(['chromium'], 'the demonstration in a browser', (chromium) => {
  let product: ProductProcess;
  let browser: Browser;
  let desk: Page;
  let panel: Page;
  const errors: string[][] = [];

  const press = (name: string | RegExp): Promise<void> =>
    desk.getByRole('button', { name, exact: true }).first().click();
  const telephone = (number: string) =>
    desk.getByRole('listitem').filter({ has: desk.getByText(number, { exact: true }) });
  const onDesk = (text: string | RegExp): Promise<void> => desk.getByText(text).first().waitFor();

  beforeAll(async () => {
    product = await ProductProcess.create({});
    await product.start();
    browser = await openBrowser(chromium);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU' });
    await context.request.post(`${product.url}/api/v1/session`, { data: { login: 'anna', password: PASSWORD } });
    for (const path of ['/demo', '/operator']) {
      const opened = await openPage(browser, { context });
      await opened.page.goto(product.url + path);
      if (path === '/demo') desk = opened.page;
      else panel = opened.page;
      errors.push(opened.errors);
    }
  });
  afterAll(async () => {
    await browser.close();
    await product.remove();
  });

  it('[DEMO-50] nobody is on shift: a caller waits, and rings where an operator says to be ready', async () => {
    await onDesk('Никто не звонит.');
    await shoot(desk, 'demo-01-quiet');
    await desk.getByRole('button', { name: `Позвонить: ${CALLER}` }).click();
    await onDesk(/ждёт в очереди «Общие вопросы»/);
    await panel
      .getByRole('button', { name: /PJSIP\/101/ })
      .first()
      .click();
    await panel.getByRole('button', { name: /Принимать звонки/ }).click();
    await onDesk(/звонит телефон 101/);
    await shoot(desk, 'demo-02-rings');
  });

  it('[DEMO-50] [3.5.5] lifted on the desk, the panel speaks; held on the desk, the panel counts', async () => {
    await press('Ответить');
    await panel
      .getByText(/Доброе утро|Добрый день|Добрый вечер|Здравствуйте/)
      .first()
      .waitFor();
    await press('Удержать');
    await onDesk(/на удержании/);
    await shoot(desk, 'demo-03-held');
    await shoot(panel, 'demo-04-panel-held');
    await press('Вернуться');
    await onDesk(/говорит с 101/);
  });

  it('[DEMO-50] a transfer to a busy colleague comes back, to a free one it arrives', async () => {
    await telephone('102')
      .getByRole('button', { name: /^Телефон 102/ })
      .click();
    await desk.getByRole('menuitem', { name: 'всегда занят' }).click();
    const target = telephone('101').getByPlaceholder('Кому: номер или имя');
    await target.fill('102');
    await telephone('101').getByRole('button', { name: 'Перевести', exact: true }).click();
    await telephone('101').getByRole('button', { name: 'Ответить', exact: true }).click();
    await onDesk(/говорит с 101/);
    await telephone('102')
      .getByRole('button', { name: /^Телефон 102/ })
      .click();
    await desk.getByRole('menuitem', { name: 'отвечает сам' }).click();
    await target.fill('102');
    await telephone('101').getByRole('button', { name: 'Перевести', exact: true }).click();
    await onDesk(/говорит с 102/);
    await desk.setViewportSize({ width: 1920, height: 1080 });
    await shoot(desk, 'demo-05-transferred');
    await desk.getByRole('button', { name: `Положить трубку: ${CALLER}` }).click();
    await onDesk('Никто не звонит.');
  });

  it('[DEMO-50] what cannot be done is said in words, and the pages have no faults', async () => {
    const field = telephone('103').getByPlaceholder('Номер или имя');
    await field.fill('999');
    await telephone('103').getByRole('button', { name: 'Набрать', exact: true }).click();
    await onDesk(/Такого номера нет/);
    expect(errors).toEqual([[], []]);
  });
});
