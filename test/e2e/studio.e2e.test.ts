import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage, shoot } from '../support/browser.ts';
import { describeWith } from '../support/peers.ts';
import { studioTest, type StudioTest } from '../studio/support.ts';
import { eventually } from '../support/eventually.ts';

describeWith(['chromium'], 'the trainer’s studio in a browser', (chromium) => {
  let browser: Browser;
  let studio: StudioTest;

  beforeAll(async () => {
    studio = await studioTest();
    browser = await openBrowser(chromium);
  });
  afterAll(async () => {
    await browser.close();
    await studio.test.close();
  });

  const url = (path: string): string => `http://127.0.0.1:${studio.test.port}${path}`;
  async function signedIn(login: string, options: Parameters<typeof openPage>[1] = {}) {
    const opened = await openPage(browser, options);
    await opened.page.goto(url('/'));
    await opened.page.getByLabel('Имя для входа').fill(login);
    await opened.page.locator('input[type=password]').fill('test-password');
    await opened.page.keyboard.press('Enter');
    await opened.page.getByRole('heading', { name: 'Сценарии', exact: true }).waitFor();
    return opened;
  }
  const saved = (page: Page) => page.getByText('Сохранено', { exact: true }).waitFor();

  /** Frame times while a hand moves something. */
  async function framesOf(page: Page, gesture: () => Promise<void>): Promise<{ median: number; p95: number }> {
    const frames = page.evaluate(
      () =>
        new Promise<number[]>((done) => {
          const times: number[] = [];
          const draw = (at: number): void => {
            times.push(at);
            if (times.length < 60) requestAnimationFrame(draw);
            else done(times.slice(1).map((time, index) => time - (times[index] ?? time)));
          };
          requestAnimationFrame(draw);
        }),
    );
    await gesture();
    const sorted = (await frames).toSorted((a, b) => a - b);
    return { median: sorted[30] ?? 0, p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0 };
  }

  /** The checker waits for a pause in the writing, by the clock that the test moves. */
  const checked = (page: Page, errors: boolean): Promise<void> =>
    eventually(async () => {
      studio.test.clock.advance(500);
      expect(await page.getByRole('button', { name: /ошиб/ }).isVisible()).toBe(errors);
    }, 100);

  it('[STUDIO-01] a script is made from nothing, broken, mended, reviewed and published', async () => {
    const { page, errors } = await signedIn('ira');
    await page.getByRole('button', { name: 'Новый сценарий' }).click();
    await page.getByLabel('Название').fill('Летний лагерь');
    await page.getByRole('button', { name: 'Создать и открыть' }).click();
    await page.getByRole('button', { name: 'Ответ ответ' }).click();
    await page.getByText('«Пётр Сергеевич, отвечаю на ваш вопрос.»').first().waitFor();
    await page.getByRole('button', { name: 'Прощание: вопрос решён прощание' }).click();
    await page.getByRole('button', { name: 'Удалить шаг' }).click();
    await checked(page, true);
    await shoot(page, 'studio-findings');
    await page.keyboard.press('F8');
    await page.getByRole('button', { name: 'Отменить', exact: true }).click();
    await checked(page, false);
    await page.getByRole('button', { name: 'Ответ ответ' }).click();
    await page.getByLabel('Формулировка 1').fill('[{client.name}, ]сейчас всё расскажу про лагерь.');
    await page.getByText('«Пётр Сергеевич, сейчас всё расскажу про лагерь.»').waitFor();
    await saved(page);
    await page.getByRole('tab', { name: 'Версии' }).click();
    await page.getByRole('button', { name: 'Отправить на проверку' }).click();
    await page.getByLabel('Почему').fill('новая тема');
    await page.getByRole('dialog').getByRole('button', { name: 'Отправить на проверку' }).click();
    await page.getByText('Согласует другой сотрудник').waitFor();

    const other = await signedIn('lev');
    await other.page.goto(url('/studio/letniy-lager'));
    await other.page.getByRole('tab', { name: 'Версии' }).click();
    await other.page.getByRole('button', { name: 'Согласовать' }).click();
    await other.page.getByRole('dialog').getByRole('button', { name: 'Согласовать' }).click();
    await other.page.getByRole('button', { name: 'Опубликовать' }).click();
    await other.page.getByLabel('Почему').fill('к открытию сезона');
    await other.page.getByRole('dialog').getByRole('button', { name: 'Опубликовать' }).click();
    await other.page.getByRole('heading', { name: 'Версия 1 у операторов' }).waitFor();
    await shoot(other.page, 'studio-versions');
    expect(studio.test.app.rooms.scripts.currentOf('letniy-lager')?.version).toBe(1);
    expect([...errors, ...other.errors].join('\n')).toBe('');
    await other.page.context().close();
    await page.context().close();
  });

  it.each([
    [1280, 800, 'light'],
    [1920, 1080, 'dark'],
  ] as const)('[STUDIO-02] text, map, source and versions are readable at %i×%i, %s', async (width, height, theme) => {
    const { page, errors } = await signedIn('ira', { width, height, theme });
    await shoot(page, `studio-list-${width}`);
    await page.goto(url('/studio/inbound'));
    await page.getByRole('button', { name: /^Приветствие/ }).click();
    await page.getByText('Так увидит оператор').waitFor();
    await page.getByText('«Доброе', { exact: false }).first().waitFor();
    await shoot(page, `studio-text-${width}`);
    await page.getByRole('tab', { name: 'Карта' }).click();
    await page.locator('.react-flow__node').first().waitFor();
    await shoot(page, `studio-map-${width}`);
    await page.getByRole('tab', { name: 'YAML' }).click();
    await page.getByRole('textbox', { name: 'YAML' }).waitFor();
    await shoot(page, `studio-source-${width}`);
    await page.getByRole('tab', { name: 'Версии' }).click();
    await page.getByRole('heading', { name: 'Версия 1 у операторов' }).waitFor();
    await shoot(page, `studio-versions-${width}`);
    await page.goto(url('/studio/complaint/book'));
    await page.getByRole('heading', { name: /^Путь 1/ }).waitFor();
    await shoot(page, `studio-book-${width}`);
    await page.goto(url('/studio/inbox'));
    await page.getByText('Здесь появятся слова клиентов').waitFor();
    expect(errors.join('\n')).toBe('');
    await page.context().close();
  });

  it.each([20, 100, 500])('[STUDIO-04] the map of %i steps is drawn in part and moves smoothly', async (count) => {
    const scriptId = `big-${count}`;
    await studio.done('ira', 'studio.create', { scriptId, title: `Большой сценарий, ${count}` });
    const { revision } = await studio.open('ira', scriptId);
    const ids = Array.from({ length: count }, (_, index) => `s${index}`);
    const edits = ids.map((id, index) => ({
      op: 'addStep' as const,
      step: {
        id,
        kind: 'answer',
        title: `Шаг ${index + 1}`,
        say: `Рассказываю о порядке, часть ${index + 1}.`,
        choices: [1, 2, 7]
          .map((by) => ids[index + by])
          .filter((to) => to !== undefined)
          .map((to, at) => ({ id: `c${at}`, label: `Дальше ${at + 1}`, to })),
      },
      after: ids[index - 1] ?? 'answer',
    }));
    await studio.edit('ira', scriptId, revision, ...edits.slice(0, 490));
    const { page, errors } = await signedIn('lev');
    await page.goto(url(`/studio/${scriptId}`));
    await page.getByRole('tab', { name: 'Карта' }).click();
    await page.locator('.react-flow__node').first().waitFor();
    expect(await page.locator('.react-flow__node').count()).toBeLessThan(60);
    await shoot(page, `studio-map-${count}-steps`);
    const moved = await framesOf(page, async () => {
      await page.mouse.move(700, 600);
      await page.mouse.down();
      for (let x = 700; x > 150; x -= 10) await page.mouse.move(x, 600 - (700 - x) / 4);
      await page.mouse.up();
    });
    // One that is wholly in sight, wherever the layout has put it.
    const id = await page.locator('.react-flow__node').evaluateAll((nodes) => {
      const inSight = nodes.find((each) => {
        const { left, top, right, bottom } = each.getBoundingClientRect();
        return left > 80 && top > 150 && right < 600 && bottom < 550;
      });
      return inSight?.getAttribute('data-id') ?? '';
    });
    const node = page.locator(`.react-flow__node[data-id="${id}"]`);
    const box = (await node.boundingBox()) ?? { x: 0, y: 0 };
    const dragged = await framesOf(page, async () => {
      await page.mouse.move(box.x + 40, box.y + 20);
      await page.mouse.down();
      for (let by = 0; by < 300; by += 6) await page.mouse.move(box.x + 40 + by, box.y + 20 + by / 2);
      await page.mouse.up();
    });
    expect(((await node.boundingBox())?.x ?? 0) - box.x).toBeGreaterThan(200);
    for (const [what, { median, p95 }] of Object.entries({ moved, dragged }))
      process.stdout.write(`${count} steps, ${what}: median frame ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms\n`);
    expect(errors.join('\n')).toBe('');
    await page.context().close();
  });

  it('[STUDIO-03] two write at once, one without network for a minute: no edit is lost', async () => {
    const a = await signedIn('ira');
    const b = await signedIn('lev');
    for (const { page } of [a, b]) {
      await page.goto(url('/studio/complaint'));
      await page.locator('article button').first().click();
      await page.getByLabel('Формулировка 1').waitFor();
    }
    await a.page.getByText('Зорин Л. Л.').first().waitFor();
    await a.page.context().setOffline(true);
    await a.page.getByText('Нет связи с сервером').waitFor();
    await a.page.getByLabel('Формулировка 1').fill('Здравствуйте! Слушаю вас внимательно.');
    await a.page.getByRole('button', { name: 'Что случилось цель звонка' }).click();
    await a.page.getByLabel('Название', { exact: true }).fill('Что произошло');
    await b.page.getByLabel('Формулировка 1').fill('Здравствуйте! Расскажите, что случилось.');
    await saved(b.page);
    await studio.test.clock.advanceAsync(60_000);
    await a.page.getByText('Нет связи: правки сохранены на этом компьютере').waitFor();
    await a.page.context().setOffline(false);
    await a.page.getByText('Две разные правки').waitFor();
    await shoot(a.page, 'studio-conflict');
    await b.page.getByText('Слушаю вас внимательно').first().waitFor();
    await b.page.getByText('Что произошло').first().waitFor();
    await b.page.getByRole('button', { name: 'Взять предложенное' }).click();
    await b.page.getByText('Две разные правки').waitFor({ state: 'detached' });
    expect(await b.page.getByLabel('Формулировка 1').inputValue()).toContain('внимательно');
    await a.page.context().close();
    await b.page.context().close();
  });
});
