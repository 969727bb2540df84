import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toWallClock } from '../../client/src/shared/time/siteTime.ts';
import { openBrowser, openPage, shoot } from '../support/browser.ts';
import { describeWith } from '../support/peers.ts';
import { stepOf, studioTest, type StudioTest } from '../studio/support.ts';
import { eventually } from '../support/eventually.ts';

const LONG =
  'Сейчас я очень подробно расскажу вам о том, как именно нужно подать заявление в летний лагерь, какие документы ' +
  'понадобятся, куда их принести, сколько ждать ответа и что делать, если мест уже не осталось.';
/** With what the checker finds on it in its name, too. */
const ANSWER = /^Ответ ответ/;

describeWith(['chromium'], 'a trainer’s day in the studio', (chromium) => {
  let browser: Browser;
  let studio: StudioTest;
  let ira: Page;
  let lev: Page;
  const errors: string[] = [];

  async function signedIn(login: string, landing: string): Promise<Page> {
    const opened = await openPage(browser);
    opened.page.setDefaultTimeout(15_000);
    await opened.page.goto(url('/'));
    await opened.page.getByLabel('Имя для входа').fill(login);
    await opened.page.locator('input[type=password]').fill('test-password');
    await opened.page.keyboard.press('Enter');
    await opened.page.getByText(landing).first().waitFor();
    opened.page.on('close', () => errors.push(...opened.errors));
    return opened.page;
  }
  const url = (path: string): string => `http://127.0.0.1:${studio.test.port}${path}`;
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

  beforeAll(async () => {
    studio = await studioTest();
    browser = await openBrowser(chromium);
    ira = await signedIn('ira', 'Новый сценарий');
    lev = await signedIn('lev', 'Новый сценарий');
    await button(ira, 'Новый сценарий').click();
    await ira.getByLabel('Название').fill('Летний лагерь');
    await button(ira, 'Создать и открыть').click();
    await button(ira, ANSWER).waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await studio.test.close();
  });

  const findings = () => ira.getByRole('region', { name: 'Замечания' });
  /** The checker waits for a pause in the writing, by the clock that the test moves. */
  const told = (message: RegExp, isTold: boolean): Promise<void> =>
    eventually(async () => {
      studio.test.clock.advance(500);
      const all = findings().getByRole('button', { expanded: false });
      if (await all.isVisible()) await all.click();
      expect(message.test(await findings().innerText())).toBe(isTold);
    }, 100);
  const wording = (text: string) => () => ira.getByLabel('Формулировка 1').fill(text);
  const kind = (label: string) => async () =>
    void (await ira.getByRole('combobox', { name: 'Вид', exact: true }).selectOption({ label }));

  it.each<[string, string | RegExp, () => Promise<unknown>, RegExp]>([
    [
      'a step that others lead to is gone',
      'Прощание: вопрос решён прощание',
      () => button(ira, 'Удалить шаг').click(),
      /ведёт на шаг «farewell», а его в сценарии нет/,
    ],
    [
      'a filling that does not exist',
      ANSWER,
      wording('Добрый день, {client.shoeSize}!'),
      /Подстановки \{client\.shoeSize\} нет/,
    ],
    ['a bracket that is not closed', ANSWER, wording('[{client.name}, отвечаю.'), /Скобка \[ не закрыта/],
    ['a line too long for one breath', ANSWER, wording(LONG), /Длинная фраза/],
    ['officialese', ANSWER, wording('В целях осуществления приёма нужны документы.'), /Канцелярит/],
    [
      'nothing to say',
      ANSWER,
      () => ira.getByRole('group', { name: 'Что сказать' }).getByRole('button', { name: 'Убрать' }).click(),
      /нечего сказать/,
    ],
    [
      'a limit that is no length of time',
      ANSWER,
      async () => {
        await button(ira, 'Добавить предел времени').click();
        await ira.getByLabel('Через сколько').fill('скоро');
      },
      /не длительность/,
    ],
    ['a hold without times', ANSWER, kind('удержание'), /какие сроки возврата предложить/],
    ['a callback without a number', ANSWER, kind('обратный звонок'), /Не спрашивают номер для связи/],
    ['a step to which nobody comes', ANSWER, () => button(ira, 'Добавить шаг').click(), /никто не попадёт/],
    ['a button without words', ANSWER, () => ira.getByLabel('Кнопка 1').fill(''), /Не заполнено: надпись на кнопке/],
    [
      'a button that does nothing',
      ANSWER,
      () => ira.getByRole('combobox', { name: 'Куда ведёт' }).first().selectOption({ label: 'остаться на шаге' }),
      /Кнопка ничего не делает/,
    ],
  ])('[STUDIO-50] the checker tells beside the writing: %s', async (_, step, breakIt, message) => {
    await button(ira, step).click();
    await breakIt();
    await told(message, true);
    await ira.keyboard.press('F8');
    while (await button(ira, 'Отменить').isEnabled()) await button(ira, 'Отменить').click();
    await told(message, false);
  });

  type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  async function drag(from: Box, to: Box): Promise<void> {
    await ira.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await ira.mouse.down();
    await ira.mouse.move(to.x, to.y, { steps: 12 });
    await ira.mouse.move(to.x + to.width / 2, to.y + to.height / 2);
    await ira.mouse.up();
  }
  const version = (): number | undefined => studio.test.app.rooms.scripts.currentOf('letniy-lager')?.version;
  async function say(text: string): Promise<void> {
    await ira.getByRole('tab', { name: 'Текст' }).click();
    await button(ira, ANSWER).click();
    await ira.getByLabel('Формулировка 1').fill(text);
    await ira.getByText('Сохранено', { exact: true }).waitFor();
  }
  /** `at`: to be published later, by the wall clock of the site. */
  async function reviewed(reason: string, at?: string): Promise<void> {
    await ira.getByRole('tab', { name: 'Версии' }).click();
    await eventually(async () => {
      studio.test.clock.advance(500);
      expect(await button(ira, 'Отправить на проверку').isEnabled()).toBe(true);
    }, 100);
    await dialogue(ira, 'Отправить на проверку', reason);
    await lev.goto(url('/studio/letniy-lager'));
    await lev.getByRole('tab', { name: 'Версии' }).click();
    await dialogue(lev, 'Согласовать', 'хорошо');
    await dialogue(lev, 'Опубликовать', reason, at);
  }
  async function dialogue(page: Page, act: string, reason: string, at?: string): Promise<void> {
    await button(page, act).first().click();
    await page.getByRole('dialog').locator('textarea').fill(reason);
    if (at !== undefined) await page.getByLabel('Когда').fill(at);
    await page.getByRole('dialog').getByRole('button', { name: act }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  it('[STUDIO-51] reviewed and published; a call goes on with its words while the next version comes; compared and rolled back', async () => {
    await say('[{client.name}, ]сейчас расскажу про лагерь.');
    await reviewed('новая тема');
    await eventually(() => expect(version()).toBe(1));

    const anna = await signedIn('anna', 'телефон');
    const { test } = studio;
    await test.command('anna', 'operator.chooseDevice', { device: 'PJSIP/101' });
    await test.command('anna', 'operator.ready', {});
    const callId = test.exchange.ring('PJSIP/101');
    test.exchange.tell(callId, { type: 'call.answered', device: 'PJSIP/101' });
    await studio.done('anna', 'script.open', { callId, scriptId: 'letniy-lager' });
    await button(anna, /Клиент изложил вопрос/).click();
    await anna.getByText(/сейчас расскажу про лагерь/i).waitFor();

    await say('[{client.name}, ]про лагерь рассказываю по порядку.');
    const { clock } = studio.test;
    const soon = clock.now() + 3_600_000;
    await reviewed('понятнее', toWallClock(soon, 'Europe/Moscow'));
    await lev.getByRole('heading', { name: 'Ждёт публикации' }).waitFor();
    await lev.getByText('Опубликуется').waitFor();
    expect(version()).toBe(1);
    clock.advance(soon - clock.now());
    await eventually(() => expect(version()).toBe(2));
    await anna.getByText(/сейчас расскажу про лагерь/i).waitFor();
    expect(test.app.rooms.calls.get(callId)?.rest.script?.version).toBe(1);
    await shoot(anna, 'studio-call-on-version-1');

    await lev.reload();
    await lev.getByRole('tab', { name: 'Версии' }).click();
    await lev.getByText('1 звонок идёт на ней').waitFor();
    await lev.getByLabel('Что сравнить').selectOption({ label: 'Версия 1' });
    await lev.getByLabel('С чем сравнить').selectOption({ label: 'Версия 2' });
    await lev.getByText('изменён текст шага «Ответ»').first().waitFor();
    await lev.getByRole('heading', { name: 'Какая формулировка лучше: по звонкам' }).waitFor();
    await lev.getByText('Сравнить нельзя').waitFor();
    await shoot(lev, 'studio-compare');
    await dialogue(lev, 'Вернуть эту версию', 'прежняя понятнее');
    await eventually(() => expect(version()).toBe(3));
    await lev.getByRole('heading', { name: 'Версия 3 у операторов' }).waitFor();
    await anna.close();
  });

  it('[STUDIO-52] a step is taken to another script with the keyboard, and the map makes a way to it by a drag', async () => {
    await ira.getByRole('tab', { name: 'Текст' }).click();
    await button(ira, ANSWER).click();
    await ira.keyboard.press('Control+c');
    await ira.goto(url('/studio/complaint'));
    await ira.locator('article button').first().click();
    await ira.keyboard.press('Control+v');
    await button(ira, ANSWER).waitFor();
    await ira.getByText('Сохранено', { exact: true }).waitFor();
    await ira.getByRole('tab', { name: 'Карта' }).click();
    const node = (title: string) => ira.locator('.react-flow__node', { hasText: title }).first();
    await node('Ответ').waitFor();
    await button(ira, 'Fit View').or(ira.locator('.react-flow__controls-fitview')).first().click();
    const first = ira.locator('.react-flow__node').first();
    const out = await first.locator('.react-flow__handle.source').boundingBox();
    const into = await node('Ответ').locator('.react-flow__handle.target').boundingBox();
    if (!out || !into) throw new Error('the map has no handles');
    await drag(out, into);
    await ira.getByText('Сохранено', { exact: true }).waitFor();
    await eventually(async () => {
      const { script } = await studio.open('ira', 'complaint', 'probe');
      const leads = script.steps.flatMap((step) => (step['choices'] ?? []) as { to?: string }[]);
      expect(leads.map(({ to }) => to)).toContain('answer');
    });
    // Its way is picked with the keyboard, turned by its end to another step, deleted, and brought back.
    const isLed = (to: string, isThere: boolean): Promise<void> =>
      eventually(async () => {
        const { script } = await studio.open('ira', 'complaint', 'probe');
        const choices = script.steps.flatMap((step) => (step['choices'] ?? []) as { label?: unknown; to?: string }[]);
        expect(choices.some((choice) => choice.label === 'Новый ответ' && choice.to === to)).toBe(isThere);
      });
    await ira.locator('.react-flow__pane').focus();
    await ira.keyboard.press('Shift+ArrowUp');
    await ira.getByText('Кнопка «Новый ответ»').waitFor();
    const end = await ira.locator('.react-flow__edge.selected .react-flow__edgeupdater-target').boundingBox();
    const other = await ira.locator('.react-flow__node').nth(2).locator('.react-flow__handle.target').boundingBox();
    if (!end || !other) throw new Error('the way has no end to drag');
    await drag(end, other);
    await isLed('answer', false);
    await ira.keyboard.press('Delete');
    await ira.getByText('Кнопка «Новый ответ»').waitFor({ state: 'detached' });
    await ira.keyboard.press('Control+z');
    await ira.keyboard.press('Control+z');
    await isLed('answer', true);
    await ira.keyboard.press('Control+z');
    await ira.keyboard.press('Control+z');
    await eventually(async () => {
      const { script } = await studio.open('ira', 'complaint', 'probe');
      expect(script.steps.map(({ id }) => id)).not.toContain('answer');
    });
  });

  it('[STUDIO-55] a script leaves as a file, all of them as a folder, and a file that comes in is a draft', async () => {
    await ira.goto(url('/studio'));
    const [folder] = await Promise.all([ira.waitForEvent('download'), button(ira, 'Выгрузить все').click()]);
    expect(folder.suggestedFilename()).toBe('scripts.zip');
    const zip = (await readFile(await folder.path())).toString('latin1');
    expect(zip.startsWith('PK')).toBe(true);
    for (const name of ['inbound', 'letniy-lager']) expect(zip).toContain(`scripts/${name}.yaml`);
    await ira.goto(url('/studio/letniy-lager'));
    await ira.getByRole('tab', { name: 'Версии' }).click();
    const [file] = await Promise.all([ira.waitForEvent('download'), button(ira, 'Скачать YAML').first().click()]);
    const source = await readFile(await file.path(), 'utf8');
    expect(source).toContain('id: letniy-lager');
    await ira.goto(url('/studio'));
    const buffer = Buffer.from(source.replace('Всего доброго!', 'Хорошего лета!'));
    await ira.getByLabel('Файлы сценариев').setInputFiles([
      { name: file.suggestedFilename(), mimeType: 'application/yaml', buffer },
      { name: 'broken.yaml', mimeType: 'application/yaml', buffer: Buffer.from('steps: [') },
    ]);
    const told = ira.getByRole('dialog');
    await told.getByText('1 файл стал черновиком').waitFor();
    await told.getByText('Не загружен: broken.yaml').waitFor();
    await told.getByRole('link', { name: 'letniy-lager.yaml' }).click();
    await ira.getByText('Хорошего лета!').first().waitFor();
    expect(version()).toBe(3);
  });

  it('[STUDIO-53] the draft is walked as a conversation, and the walk hears what is written', async () => {
    await ira.goto(url('/studio/letniy-lager'));
    await ira.getByRole('tab', { name: 'Пройти' }).click();
    await ira.getByRole('heading', { name: 'Приветствие' }).waitFor();
    await ira.keyboard.press('1');
    await ira.getByRole('heading', { name: 'Ответ' }).waitFor();
    await ira.getByLabel('Формулировка 1').fill('Расскажу всё по порядку.');
    await ira.getByRole('region', { name: 'Ответ' }).getByText('«Расскажу всё по порядку.»').waitFor();
    await shoot(ira, 'studio-walk');
    await button(ira, 'Отменить').click();
  });

  it('[STUDIO-26] what the language can do is written without YAML', async () => {
    await ira.goto(url('/studio/letniy-lager'));
    await ira.getByRole('tab', { name: 'Текст' }).click();
    const fold = (name: string) => ira.locator('summary', { hasText: name }).first();
    await fold('Этапы разговора').click();
    await button(ira, 'Добавить этап').click();
    await fold('Языки, пункты').click();
    await ira.getByLabel('Пункты Порядка, которые').fill('3.5.5, 1.4');
    await button(ira, ANSWER).click();
    await fold('Кому и в какое время').click();
    await ira.getByLabel('утро', { exact: true }).check();
    await fold('Кому и в какое время: утро').waitFor();
    await fold('Что запишет').click();
    await ira.getByLabel('Записать ещё…').selectOption({ label: 'новую отметку…' });
    await ira.getByLabel('Как назвать отметку').fill('Уже ответили');
    await ira.keyboard.press('Enter');
    await button(ira, 'Добавить вопрос').click();
    await fold('Какой ответ годится').click();
    await ira.getByLabel('Что это').selectOption({ label: 'электронная почта' });
    await ira.getByLabel('Имя ответа').fill('mail');
    await fold('Что показать и предложить рядом').click();
    await ira.getByLabel('Электронная почта министерства').check();
    await ira.getByLabel('Итог звонка, который').selectOption({ label: 'Ответ дан' });
    await shoot(ira, 'studio-form');
    await ira.getByText('Сохранено', { exact: true }).waitFor();
    const { script } = await studio.open('ira', 'letniy-lager', 'probe');
    expect(script.head).toMatchObject({ clauses: ['3.5.5', '1.4'], mainPath: ['greeting'] });
    expect(stepOf(script.steps, 'answer')).toMatchObject({
      say: [{ dayPart: ['morning'] }],
      questions: [{ field: 'mail', type: 'text', format: 'email' }],
      contactPoints: ['email'],
      disposition: 'answered',
      choices: [{ set: { 'uzhe-otvetili': true } }, {}],
    });
    while (await button(ira, 'Отменить').isEnabled()) await button(ira, 'Отменить').click();
  });

  it('[STUDIO-54] the printed book fits A4 and says which version it is, of which day', async () => {
    await ira.goto(url('/studio/letniy-lager/book'));
    await ira.getByRole('heading', { name: /^Путь 1/ }).waitFor();
    await ira.getByText(/Версия 3, 2\d ноября 2026/).waitFor();
    await ira.getByText('Утвердил(а): Зорин Лев').waitFor();
    const pdf = (await ira.pdf({ preferCSSPageSize: true })).toString('latin1');
    const [, width = '', height = ''] = /MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
    // 210 × 297 mm in points.
    expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
    expect(Number(/\/Count (\d+)/.exec(pdf)?.[1])).toBeGreaterThanOrEqual(2);
    // Nothing but the book is on the paper.
    await ira.emulateMedia({ media: 'print' });
    expect(await ira.getByRole('navigation').count()).toBe(0);
    expect((await ira.locator('article').boundingBox())?.x).toBe(0);
    await ira.emulateMedia({ media: null });
  });
});
