import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage, shoot, signIn } from '../support/browser.ts';
import { describeWith } from '../support/peers.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

describeWith(['chromium'], 'the administrator’s page in a browser', (chromium) => {
  let browser: Browser;
  let test: TestApp;
  beforeAll(async () => {
    test = await testApp();
    const common = { patronymic: 'Юрьевич', position: 'администратор', unit: 'Отдел ИТ', devices: [] };
    await test.app.rooms.users.add({
      ...common,
      login: 'root',
      surname: 'Фомин',
      firstName: 'Алексей',
      roles: ['admin'],
      password: 'test-password',
    });
    browser = await openBrowser(chromium);
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
  });

  it('[E2E-40] adds a person, who can sign in, and makes a token for a television', async () => {
    const { page, errors } = await openPage(browser);
    await page.goto(`http://127.0.0.1:${test.port}/admin`);
    await page.getByLabel('Имя для входа').fill('root');
    await page.locator('input[type=password]').fill('test-password');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Добавить человека' }).click();
    await page.locator('[data-autofocus]:focus').waitFor();
    await page.keyboard.type('nina');
    await page.getByLabel('Фамилия').fill('Ушакова');
    await page.getByLabel('Имя', { exact: true }).fill('Нина');
    await page.getByLabel('Пароль').fill('long-enough');
    await page.getByLabel('методист').check();
    await page.getByRole('button', { name: 'Закрыть', exact: true }).waitFor();
    await shoot(page, 'admin-new');
    await page.getByRole('button', { name: 'Сохранить' }).click();
    await page.getByRole('button', { name: 'Ушакова Нина' }).click();
    await page.getByRole('button', { name: 'Ключ табло' }).click();
    await page.getByText(/wallboard#token=/).waitFor();
    await shoot(page, 'admin-person');
    await page.getByRole('button', { name: 'Отозвать ключ: табло' }).click();
    await page.getByRole('button', { name: 'Точно отозвать?' }).click();
    await page.getByText(/действует до/).waitFor({ state: 'detached' });
    expect(test.person('nina').roles).toEqual(expect.arrayContaining(['operator', 'trainer']));
    expect(errors.join('\n')).toBe('');
  });

  it('[E2E-41] what does not come from the storage is said on every page, and comes when asked once more', async () => {
    const { page } = await openPage(browser);
    await signIn(page, test.port, 'root', '/admin');
    let away = true;
    await page.route(/\/api\/v1\/(people|site-documents|training\/tasks)$/, (route) =>
      away
        ? route.fulfill({
            status: 503,
            contentType: 'application/problem+json',
            body: JSON.stringify({ code: 'storage.unavailable' }),
          })
        : route.continue(),
    );
    for (const [path, there] of [
      ['/admin', 'Фомин Алексей Юрьевич'],
      ['/studio/documents', 'Апелляция по экзамену'],
      ['/training', /Заданий пока нет|Клиент торопится/],
    ] as const) {
      away = true;
      await page.goto(`http://127.0.0.1:${test.port}${path}`);
      await page.getByRole('alert').getByText('Хранилище сервера сейчас недоступно').waitFor();
      await shoot(page, `away${path.replaceAll('/', '-')}`);
      away = false;
      await page.getByRole('button', { name: 'Повторить' }).click();
      await page.getByText(there).first().waitFor();
      await page.getByRole('alert').waitFor({ state: 'detached' });
    }
  });
});
