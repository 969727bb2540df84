import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** A real Chromium without a screen, with the scroll bars that people have. Screenshots go to an ignored folder. */
export async function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    ignoreDefaultArgs: ['--hide-scrollbars'],
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  readonly context?: BrowserContext;
}
/** A page that fails the test on any error of its own. */
export async function openPage(browser: Browser, options: PageOptions = {}): Promise<{ page: Page; errors: string[] }> {
  const context =
    options.context ??
    (await browser.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      colorScheme: options.theme ?? 'light',
      locale: 'ru-RU',
      timezoneId: 'Europe/Moscow',
    }));
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (fault) => errors.push(String(fault)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return { page, errors };
}

/** Signs in as a person of the test app and opens a page of the product. */
export async function signIn(page: Page, port: number, login: string, path: string): Promise<void> {
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.getByLabel('Имя для входа').fill(login);
  await page.locator('input[type=password]').fill('test-password');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Страницы' }).waitFor();
  await page.goto(`http://127.0.0.1:${port}${path}`);
}

export async function shoot(page: Page, name: string): Promise<void> {
  const folder = 'test/artifacts/screens';
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
