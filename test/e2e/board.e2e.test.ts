import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, shoot, type PageOptions } from '../support/browser.ts';
import { loadedExchange, type LoadedExchange } from '../support/loadedExchange.ts';
import { loadedProduct, type LoadedProduct } from '../support/loadedProduct.ts';
import { describeWith } from '../support/peers.ts';

const SIZES = [
  [1280, 800],
  [1920, 1080],
  [3840, 2160],
] as const;

describeWith(['chromium'], 'the board under the load of a contact centre', (chromium) => {
  describe.each([5, 50, 500])('with %i operators', (operators) => {
    let browser: Browser;
    let exchange: LoadedExchange;
    let product: LoadedProduct;

    beforeAll(async () => {
      exchange = await loadedExchange(operators, { seed: 5, callsPerSecond: operators / 25, pace: 0.2 });
      product = await loadedProduct(exchange.environment, { operators, supervisors: 1 });
      browser = await openBrowser(chromium);
      exchange.load.fill(Math.ceil(operators * 0.5));
      exchange.load.start();
    });
    afterAll(async () => {
      await browser.close();
      await product.close();
      await exchange.close();
    });

    async function open(path: string, options: PageOptions = {}): Promise<{ page: Page; errors: string[] }> {
      const opened = await openPage(browser, options);
      await opened.page
        .context()
        .addCookies([{ name: 'session', value: product.supervisors[0] ?? '', domain: '127.0.0.1', path: '/' }]);
      await opened.page.goto(`http://127.0.0.1:${product.port}${path}`);
      return opened;
    }
    const busy = (page: Page) => page.getByText('на линии').first().waitFor();

    it.each(SIZES)('[E2E-23] board, people as cards and lines, wallboard at %i×%i', async (width, height) => {
      const { page, errors } = await open('/supervisor', { width, height });
      const name = `load-${operators}-${width}`;
      await busy(page);
      await page.getByRole('button', { name: 'Карточки' }).click();
      await shoot(page, `${name}-grid`);
      await page.getByRole('button', { name: 'Список' }).click();
      await busy(page);
      await shoot(page, `${name}-list`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await page.goto(`http://127.0.0.1:${product.port}/wallboard`);
      await page.getByText('обещания под угрозой').waitFor();
      await shoot(page, `${name}-wallboard`);
      expect(errors.join('\n')).toBe('');
      await page.context().close();
    });

    it.each(['Карточки', 'Список'])(
      '[E2E-24] %s: scrolling draws only what is on screen, frame by frame',
      async (look) => {
        const { page } = await open('/supervisor', { width: 1920, height: 1080 });
        await busy(page);
        await page.getByRole('button', { name: look }).click();
        await busy(page);
        const { frames, drawn } = await scroll(page);
        const sorted = frames.toSorted((a, b) => a - b);
        const at = (share: number): number => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
        process.stderr.write(
          `${operators} operators, ${look}: frames p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(0.999)} ms, drawn ${drawn}\n`,
        );
        expect(drawn).toBeLessThan(200);
        await page.context().close();
      },
    );
  });

  describe('without the network', () => {
    let browser: Browser;
    let exchange: LoadedExchange;
    let product: LoadedProduct;
    beforeAll(async () => {
      exchange = await loadedExchange(20, { seed: 6, callsPerSecond: 1, pace: 0.2 });
      product = await loadedProduct(exchange.environment, { operators: 20, supervisors: 1 });
      browser = await openBrowser(chromium);
      exchange.load.fill(8);
    });
    afterAll(async () => {
      await browser.close();
      await product.close();
      await exchange.close();
    });

    it.each([
      ['/supervisor', 'связи с сервером нет, данные на'],
      ['/wallboard', 'нет связи, данные на'],
    ])('[E2E-25] %s greys, says how old its data is, and is whole again', async (path, words) => {
      const { page } = await openPage(browser, { theme: 'dark', width: 1920, height: 1080 });
      const context = page.context();
      await context.addCookies([
        { name: 'session', value: product.supervisors[0] ?? '', domain: '127.0.0.1', path: '/' },
      ]);
      await page.goto(`http://127.0.0.1:${product.port}${path}`);
      await page.getByText('на линии').first().waitFor();
      await context.setOffline(true);
      await page.getByText(words).first().waitFor();
      expect(await page.locator('[data-stale], [data-lost]').count()).toBeGreaterThan(0);
      await shoot(page, `offline${path.replace('/', '-')}`);
      exchange.load.fill(4);
      await context.setOffline(false);
      await page.getByText(words).first().waitFor({ state: 'detached' });
      const onCall = path === '/supervisor' ? page.locator('button[data-state="onCall"]') : undefined;
      if (onCall) await expect.poll(() => onCall.count()).toBeGreaterThanOrEqual(12);
      await shoot(page, `online${path.replace('/', '-')}`);
      await context.close();
    });

    it('[E2E-22] goes by the server’s clock: on a computer that is wrong, in a tab whose timers sleep', async () => {
      const { page } = await openPage(browser, { width: 1280, height: 800 });
      const context = page.context();
      await context.addCookies([
        { name: 'session', value: product.supervisors[0] ?? '', domain: '127.0.0.1', path: '/' },
      ]);
      // What a browser does to a tab in the background for long: its timers fire once a minute.
      await context.addInitScript(() => {
        const { now } = Date;
        Date.now = () => now() + 7 * 60_000;
        const every = window.setInterval.bind(window);
        Object.assign(window, {
          setInterval: (call: () => void, ms = 0) => every(call, Math.max(ms, 60_000)),
        });
        Object.defineProperty(document, 'hidden', { get: () => true });
      });
      await page.goto(`http://127.0.0.1:${product.port}/supervisor`);
      const age = page.getByText(/^на \d\d:\d\d:\d\d$/).first();
      await age.waitFor();
      const clock = new Intl.DateTimeFormat('ru-RU', { timeZone: 'Europe/Moscow', timeStyle: 'medium' });
      const near = [0, 1, 2, 3, 4].map((second) => `на ${clock.format(Date.now() - second * 1_000)}`);
      expect(near).toContain(await age.textContent());
      const card = page.locator('button[data-state="ready"]').first();
      const seconds = async (): Promise<number> => {
        const [, minutes, rest] = /(\d\d):(\d\d)/.exec((await card.textContent()) ?? '') ?? [];
        return Number(minutes) * 60 + Number(rest);
      };
      const first = await seconds();
      expect(first).toBeLessThan(6 * 60);
      await expect.poll(seconds).toBeGreaterThanOrEqual(first + 2);
      await context.close();
    });

    it('[E2E-26] speaks English, and keeps its rules beside the board', async () => {
      const { page } = await openPage(browser, { width: 1280, height: 800 });
      await page
        .context()
        .addCookies([{ name: 'session', value: product.supervisors[0] ?? '', domain: '127.0.0.1', path: '/' }]);
      await page.goto(`http://127.0.0.1:${product.port}/supervisor`);
      await page.getByRole('button', { name: 'Правила и пороги' }).click();
      await page.getByLabel('принятые в срок / принятые').click();
      await page.getByText('Сохранено').first().waitFor();
      await page.getByLabel('Слушать: Оператор видит').click();
      await page.getByRole('region', { name: 'Прослушивание' }).getByRole('button', { name: 'Сохранить' }).click();
      await page.getByRole('region', { name: 'Прослушивание' }).getByText('Сохранено').waitFor();
      await shoot(page, 'rules-1280');
      await page.reload();
      await page.getByRole('button', { name: 'Screen in English' }).click();
      await page.getByText('What breaks first').waitFor();
      await shoot(page, 'board-english');
      await page.getByRole('button', { name: 'Rules and limits' }).click();
      expect(await page.getByLabel('answered in time / answered', { exact: true }).isChecked()).toBe(true);
      expect(await page.getByLabel('Listen: Operator is told').isChecked()).toBe(true);
      await shoot(page, 'rules-english');
      await page.context().close();
    });
  });
});

/** Scrolls the operators up and down for 120 frames; how long each frame took, and how many rows existed at the end. */
const scroll = (page: Page): Promise<{ frames: number[]; drawn: number }> =>
  page.evaluate(async () => {
    const first = document.querySelector('button[aria-label^="Открыть:"]');
    let box = first?.parentElement ?? null;
    while (box && getComputedStyle(box).overflowY !== 'auto') box = box.parentElement;
    const frames: number[] = [];
    let last = performance.now();
    for (let frame = 0; frame < 120; frame += 1) {
      box?.scrollBy(0, frame < 60 ? 120 : -120);
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      frames.push(now - last);
      last = now;
    }
    return { frames, drawn: document.querySelectorAll('button[aria-label^="Открыть:"]').length };
  });
