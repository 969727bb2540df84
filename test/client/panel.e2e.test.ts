import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from '../support/browser.ts';
import { describeWith } from '../support/peers.ts';
import { startFakePanelServer, type FakePanelServer } from '../support/fakePanelServer.ts';
import { contactPoints, libraryIds, startLiveScript, viewOf } from '../support/liveScript.ts';
import { knownAt, SCENARIOS } from '../support/panelScenarios.ts';

/** The panel in a real browser against a server that shows what it is told to: every situation, no exchange needed. */
const FILES = 'test/artifacts/client';
const PICTURES = 'test/artifacts/panel';
let browser: Browser;
let server: FakePanelServer;
let page: Page;
let faults: string[];

async function open(situation: string): Promise<void> {
  server.show(situation);
  await page.goto(`${server.url}/operator`);
  await page.waitForSelector('header');
}
const stage = () => page.locator('main');
const sent = (name: string) => server.commands.filter((command) => command.name === name);
const arrived = (name: string) => expect.poll(() => sent(name).length).toBeGreaterThan(0);
const DURING_A_CALL = Object.keys(SCENARIOS).filter((name) => !/^(device|idle|idleEmpty|paused)$/.test(name));

/** Runs in the page: adds up how far things moved without the person's doing. */
function watchShifts(): void {
  const seen = window as unknown as { shifted: number };
  seen.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shifted += (entry as unknown as { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
}

describeWith(['chromium'], 'the panel against a server that obeys', (chromium) => {
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    // As it ships: a test run's NODE_ENV would bring React's development build.
    execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--outDir', `../${FILES}`], {
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: 'pipe',
    });
    browser = await openBrowser(chromium);
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    server = await startFakePanelServer({ files: FILES });
    ({ page } = await openPage(browser));
    faults = [];
    page.on('pageerror', (fault) => faults.push(fault.message));
  });
  afterEach(async () => {
    await page.context().close();
    await server.close();
    expect(faults).toEqual([]);
  });

  describe('[PANEL-23] nothing scrolls during a call', () => {
    const scrolling = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('*')]
          .filter((one) => {
            const { overflowX, overflowY } = getComputedStyle(one);
            const down = /auto|scroll/.test(overflowY) && one.scrollHeight > one.clientHeight + 1;
            return down || (/auto|scroll/.test(overflowX) && one.scrollWidth > one.clientWidth + 1);
          })
          .map((one) => one.className),
      );
    it('[PANEL-23] at 1280×800 in every situation', async () => {
      for (const name of DURING_A_CALL) {
        await open(name);
        expect(await scrolling(), name).toEqual([]);
        await page.screenshot({ path: `${PICTURES}/${name}.png` });
      }
    });
    it('[PANEL-23] at 1280×800 on every step of the library', async () => {
      await open('greeting');
      const base = SCENARIOS['greeting']!(Date.now());
      const known = { ...knownAt(Date.now()), contactPoints: contactPoints() };
      for (const id of libraryIds()) {
        const run = startLiveScript(id, known);
        const { state } = run.view();
        for (const key of run.compiled.steps.keys()) {
          // Steps of other scripts are looked at with their own.
          if (key.includes('/')) continue;
          const there = { ...state, step: key, path: [...state.path, { step: key, at: known.now, via: 'test' }] };
          const step = viewOf(run.compiled, there, known);
          server.push({ ...base, calls: [{ ...base.calls[0]!, script: { ...run.view(), step, state: there } }] });
          await page.waitForFunction((title) => document.querySelector('h1')?.textContent === title, step.title);
          expect(await scrolling(), `${id} ${key}`).toEqual([]);
        }
      }
    });
    it('[PANEL-23] the check sees what scrolls', async () => {
      await open('nine');
      await page.setViewportSize({ width: 1280, height: 560 });
      expect((await scrolling()).length).toBeGreaterThan(0);
      await page.setViewportSize({ width: 1280, height: 800 });
    });
  });

  describe('[PANEL-24] a call that arrives moves nothing', () => {
    const shifts = () => page.evaluate(() => (window as unknown as { shifted: number }).shifted);
    it('[PANEL-24] from waiting to ringing, talking, held and back', async () => {
      await page.addInitScript(watchShifts);
      await open('idle');
      await page.evaluate(() => document.fonts.ready);
      const before = await shifts();
      // One call, so that what is known of the client is the same throughout.
      const talking = SCENARIOS['greeting']!(Date.now());
      const [call] = talking.calls;
      const held = (name: string) => SCENARIOS[name]!(Date.now()).calls[0]!.hold!;
      const phases = [
        { phase: 'ringing' as const },
        { phase: 'talking' as const },
        ...['hold72', 'hold25', 'hold8', 'holdOver'].map((name) => ({ phase: 'onHold' as const, hold: held(name) })),
        { phase: 'talking' as const },
      ];
      for (const change of phases) {
        server.push({ ...talking, calls: [{ ...call!, ...change }] });
        await page.waitForTimeout(200);
      }
      server.push({ ...talking, calls: [call!, ...SCENARIOS['second']!(Date.now()).calls.slice(1)] });
      await page.waitForTimeout(200);
      // Words and meter of the hold's own band change their shape at each threshold: that is what they are for.
      expect((await shifts()) - before).toBeLessThan(0.001);
    });
    it('[PANEL-24] the measure sees a shift', async () => {
      await page.addInitScript(watchShifts);
      await open('purpose');
      await page.evaluate(() =>
        document.querySelector('main')!.before(Object.assign(document.createElement('div'), { style: 'height:90px' })),
      );
      await page.evaluate(() => document.querySelector<HTMLElement>('header')!.style.setProperty('margin-top', '90px'));
      await expect.poll(shifts).toBeGreaterThan(0.001);
    });
  });

  describe('[PANEL-25] keys', () => {
    it('[PANEL-25] a number chooses, 0 asks, Backspace goes back, Enter goes on', async () => {
      await open('answer');
      await page.keyboard.press('2');
      await arrived('script.choose');
      expect(sent('script.choose')[0]?.input['choiceId']).toBe('choice-2');
      await page.keyboard.press('Backspace');
      await arrived('script.back');
      await page.keyboard.press('0');
      await page.locator('textarea:focus').waitFor();
      await page.keyboard.type('Спросил про льготы');
      await page.keyboard.press('Enter');
      await arrived('script.noAnswer');
      expect(sent('script.noAnswer')[0]?.input['said']).toBe('Спросил про льготы');
    });
    it('[PANEL-25] Enter goes on after a click on whatever button, and does not press it once more', async () => {
      await open('hold72');
      await page.getByRole('button', { name: 'Screen in English' }).click();
      await page.keyboard.press('Enter');
      await arrived('hold.resume');
      await page.getByRole('button', { name: 'Экран по-русски' }).waitFor();
    });
    it('[PANEL-25] what is typed wrong keeps the cursor', async () => {
      await open('nine');
      const wrong = page.locator('input[aria-invalid="true"]');
      await wrong.press('Enter');
      await expect.poll(() => wrong.evaluate((input) => input === document.activeElement)).toBe(true);
    });
    it('[PANEL-25] the key of a closed choice brings the cursor to what keeps it closed', async () => {
      await open('identity');
      const name = page.locator('input[data-empty]');
      const focused = () => name.evaluate((input) => input === document.activeElement);
      await name.press('Escape');
      expect(await focused()).toBe(false);
      await page.keyboard.press('1');
      await expect.poll(focused).toBe(true);
      expect(sent('script.choose')).toEqual([]);
    });
    it('[PANEL-25] letters work in the Russian layout, and never while typing', async () => {
      await open('answer');
      const press = (code: string, key: string) =>
        page.evaluate(
          ([c, k]) => document.body.dispatchEvent(new KeyboardEvent('keydown', { code: c!, key: k!, bubbles: true })),
          [code, key],
        );
      await press('KeyH', 'р');
      await expect.poll(() => stage().innerText()).toContain('На какое время отойти?');
      await page.keyboard.press('3');
      await arrived('hold.name');
      expect(sent('hold.name')[0]?.input['promisedMs']).toBe(180_000);
      await press('Escape', 'Escape');
      await page.keyboard.press('/');
      await page.keyboard.type('ht0');
      expect(sent('script.noAnswer')).toEqual([]);
      expect(await page.locator('#answer-search').inputValue()).toBe('ht0');
      await page.keyboard.press('Escape');
      expect(await page.locator('#answer-search').inputValue()).toBe('');
    });
    it('[PANEL-25] the best answer of the topic stands in front of the operator by one key', async () => {
      await open('answer');
      await page.getByText('Ответ по теме').waitFor();
      await page.keyboard.press('a');
      await arrived('knowledge.use');
      expect(await stage().innerText()).toContain('Очередь сохраняется с прежней датой');
      await page.keyboard.press('Backspace');
      expect(await stage().innerText()).toContain('Пётр Сергеевич, очередь сохраняется');
      expect(sent('script.back')).toEqual([]);
    });
  });

  describe('[PANEL-26] a choice paints its step without waiting for the server', () => {
    it('[PANEL-26] with a server that needs a second the step is there in a few frames', async () => {
      server.openCall();
      await page.goto(`${server.url}/operator`);
      await page.waitForSelector('header');
      // The script machine is read when the browser has time.
      await page.waitForFunction(() =>
        performance.getEntriesByType('resource').some((one) => one.name.includes('/versions/')),
      );
      await page.waitForTimeout(300);
      server.slow(1_000);
      const before = await stage().innerText();
      await page.keyboard.press('Escape');
      await page.keyboard.press('1');
      await page.waitForFunction((old) => document.querySelector('main')?.innerText !== old, before, { timeout: 500 });
      expect(await stage().innerText()).toContain('Знакомство');
      await arrived('script.choose');
      await page.waitForTimeout(1_400);
      expect(await stage().innerText()).toContain('Знакомство');
    });
    it('[PANEL-26] what the server refuses is taken back and explained in the same place', async () => {
      server.openCall();
      server.answer('script.choose', { ok: false, error: { code: 'script.stale' } });
      await page.goto(`${server.url}/operator`);
      await page.waitForSelector('header');
      await page.waitForTimeout(500);
      await page.keyboard.press('Escape');
      await page.keyboard.press('1');
      await expect.poll(() => stage().innerText()).toContain('Шаг уже сменился');
      expect(await stage().innerText()).toContain('Приветствие');
    });
  });

  describe('[PANEL-27] nothing typed is lost', () => {
    it('[PANEL-27] a reload in mid-word keeps the word', async () => {
      await open('identity');
      await page.keyboard.type('Пётр Серг');
      await page.reload();
      await expect.poll(() => page.getByLabel('Имя, отчество').inputValue()).toBe('Пётр Серг');
    });
    it('[PANEL-27] a reload in wrap-up keeps the note and the result', async () => {
      await open('wrapUp');
      await page.keyboard.press('2');
      await page.keyboard.press('w');
      await page.keyboard.type('Обещал уточнить номер');
      await page.reload();
      await expect.poll(() => page.locator('textarea').inputValue()).toBe('Обещал уточнить номер');
      expect(await page.locator('[aria-pressed="true"]').innerText()).toContain('Обещали перезвонить');
    });
    it('[3.5.5] results of other calls are not offered; one that asks for words asks once', async () => {
      await open('wrapUp');
      expect(await page.getByRole('button', { name: 'Перезвонили' }).count()).toBe(0);
      await page.keyboard.press('5');
      expect(await page.getByRole('radio', { name: 'нет' }).isChecked()).toBe(true);
      await page.keyboard.press('Enter');
      await page.getByText('Запишите подробности').waitFor();
      expect(sent('wrapUp.close')).toEqual([]);
      await page.keyboard.type('Вопрос района');
      await page.keyboard.press('Control+Enter');
      await expect
        .poll(() => sent('wrapUp.close'))
        .toMatchObject([{ input: { disposition: 'wrong', note: 'Вопрос района', satisfied: false } }]);
    });
    it('[PANEL-27] without a network the panel says so, and sends when it is back', async () => {
      await open('answer');
      server.network(false);
      await page.getByText('Нет связи с сервером').waitFor();
      await page.keyboard.press('1');
      await page.getByText('Ещё не отправлено').waitFor();
      expect(sent('script.choose')).toEqual([]);
      server.network(true);
      await expect.poll(() => sent('script.choose').length, { timeout: 15_000 }).toBe(1);
      await page.getByText('Нет связи с сервером').waitFor({ state: 'detached' });
    });
  });

  describe('[PANEL-32] several tabs are one panel', () => {
    it('[PANEL-32] a choice in one tab is the step of both', async () => {
      server.openCall();
      await page.goto(`${server.url}/operator`);
      await page.waitForSelector('header');
      const other = await page.context().newPage();
      await other.goto(`${server.url}/operator`);
      await other.waitForSelector('h1');
      await page.bringToFront();
      await page.keyboard.press('Escape');
      await page.keyboard.press('1');
      await expect.poll(() => page.locator('h1').innerText()).toBe('Знакомство');
      await expect.poll(() => other.locator('h1').innerText()).toBe('Знакомство');
      await other.keyboard.press('Escape');
      await other.keyboard.press('Backspace');
      await expect.poll(() => page.locator('h1').innerText()).toBe('Приветствие');
    });
    it('[PANEL-32] who is signed out elsewhere signs in again and finds the call in place', async () => {
      server.openCall();
      await page.goto(`${server.url}/operator`);
      await page.waitForSelector('h1');
      await server.signOut();
      await page.getByLabel('Имя для входа').waitFor();
      await page.getByText('Смирнова Анна Петровна').click();
      await expect.poll(() => page.locator('h1').innerText()).toBe('Приветствие');
    });
  });

  describe('[3.5.5-б] the hold promise on screen', () => {
    it('[3.5.5-б] a time, consent, the hold', async () => {
      await open('answer');
      await page.keyboard.press('h');
      await page.keyboard.press('2');
      await arrived('hold.name');
      server.show('consent');
      await expect.poll(() => stage().innerText()).toContain('Вернусь к вам через 2 минуты');
      await page.keyboard.press('Enter');
      await arrived('hold.start');
    });
    it('[3.5.5-б] more time demands returning first', async () => {
      await open('hold72');
      await page.keyboard.press('3');
      await expect.poll(() => stage().innerText()).toContain('Сначала вернитесь на линию');
      await page.keyboard.press('Enter');
      await arrived('hold.resume');
      // Back on the line the client is asked at once, with an apology and the time named.
      const talking = SCENARIOS['consent']!(Date.now());
      const hold = { ...talking.calls[0]!.hold!, promisedMs: 180_000, prolongs: true as const };
      server.push({ ...talking, calls: [{ ...talking.calls[0]!, hold }] });
      // The same words stood on the hold as well: what is waited for is the question itself.
      await page.locator('[data-held]').waitFor({ state: 'detached' });
      await expect.poll(() => stage().innerText()).toContain('Приношу извинения: прошу ещё 3 минуты');
      await page.keyboard.press('Enter');
      await arrived('hold.start');
    });
    it('[3.5.5-г] with a callback promised on hold nothing is offered but the return', async () => {
      const held = SCENARIOS['hold72']!(Date.now());
      const [first] = held.callbacks;
      await open('hold72');
      await page.getByRole('button', { name: 'Перезвоню вместо ожидания' }).waitFor();
      server.push({ ...held, callbacks: [{ ...first!, inquiryId: held.calls[0]!.inquiry.id }] });
      await page.getByRole('button', { name: 'Перезвоню вместо ожидания' }).waitFor({ state: 'detached' });
      expect(await stage().innerText()).not.toContain('Нужно ещё время');
      await page.getByRole('button', { name: 'Вернуться на линию' }).waitFor();
    });
    it('[3.5.5-г] a return call shows what was promised, and by when', async () => {
      await open('returning');
      const side = page.locator('aside');
      await side.getByText('Обещали перезвонить').waitFor();
      expect(await side.innerText()).toContain('Когда придёт ответ о переводе ребёнка');
      await page.getByText('Петрова Ольга Ивановна').first().waitFor();
    });
    it('[3.5.5-б] 30 s, 10 s and the end are heard and told, each once and each in its own way', async () => {
      await page.addInitScript(() => {
        const tones: OscillatorNode[] = [];
        class HeardContext extends AudioContext {
          override createOscillator(): OscillatorNode {
            const tone = super.createOscillator();
            tones.push(tone);
            return tone;
          }
        }
        Object.assign(window, { tones, AudioContext: HeardContext });
      });
      await open('hold72');
      // A browser lets a page sound when it was touched.
      await page.keyboard.press('Shift');
      const left = (ms: number): void => {
        const view = SCENARIOS['hold72']!(Date.now());
        const [call] = view.calls;
        server.push({ ...view, calls: [{ ...call!, hold: { ...call!.hold!, dueAt: Date.now() + ms } }] });
      };
      const heard = () =>
        page.evaluate(() =>
          (window as unknown as { tones: OscillatorNode[] }).tones.map(({ frequency }) => frequency.value),
        );
      const said = (live: string) => page.locator(`[aria-live="${live}"]`).allInnerTexts();
      expect(await heard()).toEqual([]);
      left(29_000);
      await expect.poll(heard).toEqual([523]);
      expect(await said('polite')).toContain('Осталось тридцать секунд. Скоро возвращаться к клиенту.');
      left(9_000);
      await expect.poll(heard).toEqual([523, 659, 659]);
      expect(await said('assertive')).toContain('Осталось десять секунд. Вернитесь на линию.');
      left(-100);
      await expect.poll(heard).toEqual([523, 659, 659, 784, 659, 784]);
      expect(await said('assertive')).toContain('Обещанное время вышло. Вернитесь на линию и извинитесь.');
    });
    it('[3.5.5-б] the end of the time is told to a speech reader', async () => {
      await open('holdOver');
      await expect
        .poll(() => page.locator('[aria-live="assertive"]').allInnerTexts())
        .toContain('Обещанное время вышло. Вернитесь на линию и извинитесь.');
    });
  });

  describe('[3.5.1] transfers on screen', () => {
    it('[3.5.1] a number that one knows is typed at once; Escape leaves the field, and C transfers', async () => {
      await open('answer');
      await page.keyboard.press('t');
      await page.getByText('206', { exact: true }).waitFor();
      await page.keyboard.type('205');
      const field = page.getByLabel('Имя, отдел, тема или номер');
      expect(await field.inputValue()).toBe('205');
      await page.getByText('206', { exact: true }).waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      await page.keyboard.press('c');
      await arrived('transfer.blind');
      expect(sent('transfer.blind')[0]?.input['number']).toBe('205');
    });
    it('[3.5.1] a colleague is chosen by number; Enter asks first, C transfers at once', async () => {
      await open('answer');
      await page.keyboard.press('t');
      await page.getByText('Мельникова Вера Сергеевна').waitFor();
      await page.keyboard.press('2');
      await page.keyboard.press('Enter');
      await arrived('transfer.consult');
      expect(sent('transfer.consult')[0]?.input['number']).toBe('206');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('t');
      await page.getByText('Мельникова Вера Сергеевна').waitFor();
      await page.keyboard.press('c');
      await arrived('transfer.blind');
      expect(sent('transfer.blind')[0]?.input['number']).toBe('205');
    });
    it('[3.5.1] Enter in the search asks whom was found, never whom the list showed before', async () => {
      await open('answer');
      await page.keyboard.press('t');
      await page.getByText('Мельникова Вера Сергеевна').waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('301');
      await page.keyboard.press('Enter');
      await page.getByRole('option', { name: 'Номер 301' }).waitFor();
      expect(sent('transfer.consult')).toEqual([]);
      await expect.poll(() => page.getByRole('option').count()).toBe(1);
      await page.keyboard.press('Enter');
      await arrived('transfer.consult');
      expect(sent('transfer.consult')[0]?.input['number']).toBe('301');
    });
    it('[3.5.1] at the limit it says why and what helps instead', async () => {
      await open('limit');
      await page.keyboard.press('t');
      await page.getByText('Клиента уже перевели 2 раза').waitFor();
      await page.keyboard.press('1');
      await page.getByText('Обещание перезвонить').first().waitFor();
      expect(sent('transfer.blind')).toEqual([]);
    });
  });

  describe('[3.5.5-г] the callback promise on screen', () => {
    it('[3.5.5-г] number, term and question, and it waits for the disk', async () => {
      server.slow(400);
      await open('answer');
      await page.keyboard.press('c');
      await page.getByText('сегодня до').first().waitFor();
      await page.keyboard.press('Enter');
      await page.getByText('Записываем на диск').waitFor();
      await page.getByText('Записываем на диск').waitFor({ state: 'detached' });
      const promise = sent('callback.promise')[0]?.input;
      expect(promise).toMatchObject({ number: '+7 906 555-01-01', question: 'Очередь в детский сад' });
      expect(promise?.['dueAt']).toBeGreaterThan(Date.now());
    });
    it('[3.5.5-г] it is kept only when the client himself was there', async () => {
      await open('wasItClient');
      await page.getByText('Вы говорили с самим клиентом?').waitFor();
      await page.getByRole('button', { name: 'Нет, не застали' }).click();
      await arrived('callback.attempt');
      await page.getByRole('button', { name: 'Да, обещание выполнено' }).waitFor();
      await page.keyboard.press('y');
      await arrived('callback.confirm');
      expect(sent('callback.confirm')[0]?.input['promiseId']).toBe('p-1');
    });
    it('[3.5.5-г] one key calls the nearest', async () => {
      await open('idle');
      await page.keyboard.press('1');
      await arrived('callback.call');
      expect(sent('callback.call')[0]?.input['promiseId']).toBe('p-4');
    });
  });

  describe('[PANEL-28] sign-in', () => {
    it('[PANEL-28] a wrong password is explained, a demo person enters by one click', async () => {
      await server.close();
      server = await startFakePanelServer({ files: FILES, signedIn: false });
      await page.goto(server.url);
      await page.getByLabel('Имя для входа').fill('anna');
      await page.getByLabel('Пароль').fill('nein');
      await page.keyboard.press('Enter');
      await page.getByText('Имя или пароль не подходят').waitFor();
      await page.getByText('Орлов Борис Ильич').click();
      await page.waitForSelector('header');
      expect(new URL(page.url()).pathname).toBe('/operator');
    });
  });

  describe('[PANEL-29] the first load is small', () => {
    it('[PANEL-29] everything until the panel is usable, compressed, is under 200 kB', async () => {
      const bytes: { readonly name: string; readonly size: number }[] = [];
      page.on('response', (response) => {
        if (/\/api\/|socket\.io/.test(response.url())) return;
        void response.body().then(
          (body) => {
            const size = response.url().endsWith('.woff2') ? body.length : gzipSync(body).length;
            bytes.push({ name: new URL(response.url()).pathname, size });
          },
          () => undefined,
        );
      });
      await page.addInitScript(() => {
        // What is read afterwards, when there is time, does not hold up the operator.
        window.requestIdleCallback = () => 0;
      });
      await open('idle');
      await page.waitForTimeout(300);
      const total = bytes.reduce((sum, one) => sum + one.size, 0);
      expect(bytes.length).toBeGreaterThan(5);
      expect(total, JSON.stringify(bytes)).toBeLessThan(200_000);
    });
  });

  describe('[PANEL-30] everything has a name', () => {
    it('[PANEL-30] buttons and fields in every situation', async () => {
      for (const name of Object.keys(SCENARIOS)) {
        await open(name);
        const nameless = await page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>('button, a, input, textarea, [role="button"]')]
            .filter((one) => {
              const labels = (one as HTMLInputElement).labels;
              const text = one.getAttribute('aria-label') ?? one.textContent ?? '';
              return text.trim() === '' && (labels?.length ?? 0) === 0 && one.title === '';
            })
            .map((one) => one.outerHTML.slice(0, 120)),
        );
        expect(nameless, name).toEqual([]);
      }
    });
  });
});
