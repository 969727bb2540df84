import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toWallClock } from '../../client/src/shared/time/siteTime.ts';
import type { CallId } from '../../machines/vocabulary/index.ts';
import { boardShows } from '../support/boardShows.ts';
import { openBrowser, openPage, shoot } from '../support/browser.ts';
import { describeWith } from '../support/peers.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

describeWith(['chromium'], 'the supervisor’s board in a browser', (chromium) => {
  let browser: Browser;
  let test: TestApp;

  beforeAll(async () => {
    test = await testApp();
    browser = await openBrowser(chromium);
    for (const [login, device] of [
      ['anna', 'PJSIP/101'],
      ['olga', 'PJSIP/102'],
    ] as const) {
      test.exchange.tellExchange({ type: 'queue.memberChanged', queue: 'general', device, present: true });
      await test.command(login, 'operator.chooseDevice', { device });
      await test.command(login, 'operator.ready', {});
    }
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
  });

  it.each([
    [1280, 800],
    [1920, 1080],
    [3840, 2160],
  ])('[E2E-20] what breaks next is pushed and readable at %i×%i', async (width, height) => {
    const { page, errors } = await openPage(browser, { width, height });
    await page.goto(`http://127.0.0.1:${test.port}/`);
    await page.getByLabel('Имя для входа').fill('vera');
    await page.locator('input[type=password]').fill('test-password');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Что сломается раньше' }).waitFor();
    const device = 'PJSIP/101';
    const callId = test.exchange.ring(device);
    test.exchange.tell(callId, { type: 'call.answered', device });
    await test.command('anna', 'hold.name', { callId, promisedMs: 60_000 });
    test.exchange.tell(callId, { type: 'call.held', by: 'operator', device });
    await test.app.rooms.ledger.flush();
    test.clock.advance(40_000);
    await page.getByText('Удержание', { exact: true }).first().waitFor();
    test.exchange.ring('PJSIP/102', { number: '+79065550103', name: 'Кузнецова' });
    await test.command('anna', 'operator.askHelp', { reason: 'Клиент просит начальника' });
    await test.app.rooms.ledger.flush();
    test.clock.advance(100);
    await page.getByText('просит помощи').first().waitFor();
    await shoot(page, `board-${width}`);
    await page.getByLabel(/Открыть: Смирнова/).click();
    await page.getByRole('button', { name: 'Слушать' }).waitFor();
    await shoot(page, `board-operator-${width}`);
    await page.goto(`http://127.0.0.1:${test.port}/wallboard`);
    await page.getByText('обещания под угрозой').waitFor();
    await shoot(page, `wallboard-${width}`);
    expect(errors.join('\n')).toBe('');
    for (const live of [...test.app.rooms.calls.all()])
      test.exchange.tell(live.callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    test.clock.advance(130_000);
    await page.context().close();
  });

  it('[E2E-21] [3.7.4] a television signs in by its address once, by night as by day, and is told nobody’s name', async () => {
    const { id } = await test.app.rooms.users.add({
      ...{ login: 'hall', surname: 'Зал', firstName: 'Табло', patronymic: '', position: '', unit: '' },
      ...{ roles: ['wallboard'], devices: [], password: 'test-password' },
    });
    const token = await test.app.rooms.sessions.create({ kind: 'device', userId: id, title: 'Зал' }, 86_400_000);
    const { page, errors } = await openPage(browser, { width: 1920, height: 1080 });
    const told: string[] = [];
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => told.push(String(payload))));
    await page.goto(`http://127.0.0.1:${test.port}/wallboard#token=${token}`);
    await page.getByText('обещания под угрозой').waitFor();
    expect(page.url()).not.toContain(token);
    const scheme = (): Promise<string | undefined> =>
      page.evaluate(() => document.documentElement.dataset['mantineColorScheme']);
    await page.getByRole('button', { name: 'Ночная тема' }).click();
    await expect.poll(scheme).toBe('dark');
    await page.reload();
    await page.getByText('обещания под угрозой').waitFor();
    expect(await scheme()).toBe('dark');
    await expect.poll(() => told.some((frame) => frame.includes('"operators":[{'))).toBe(true);
    expect(told.join('\n')).not.toMatch(/Смирнова|Орлова/);
    expect(errors.join('\n')).toBe('');
    await page.context().close();
  });

  describe('acts', () => {
    let page: Page;
    let errors: string[];
    const notice = (login: string): string | undefined => test.app.rooms.notices.of(test.person(login).id)[0]?.text;

    beforeEach(async () => {
      ({ page, errors } = await openPage(browser));
      await page.goto(`http://127.0.0.1:${test.port}/`);
      await page.getByLabel('Имя для входа').fill('vera');
      await page.locator('input[type=password]').fill('test-password');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Операторы' }).waitFor();
    });
    afterEach(async () => {
      expect(errors.join('\n')).toBe('');
      for (const live of [...test.app.rooms.calls.all()])
        test.exchange.tell(live.callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
      test.clock.advance(130_000);
      await page.context().close();
    });
    const talk = (): CallId => {
      const device = 'PJSIP/101';
      const callId = test.exchange.ring(device);
      test.exchange.tell(callId, { type: 'call.answered', device });
      return callId;
    };

    const shows = (wanted: Locator, count = 1): Promise<void> => boardShows(test, wanted, count);

    it('[E2E-27] sees the operator’s own panel, live, and cannot touch it', async () => {
      const callId = talk();
      await page.getByLabel(/Открыть: Смирнова/).click();
      const panel = page.getByRole('region', { name: 'Что видит оператор' });
      await panel.getByText('перевод 0 из 2').waitFor();
      await test.command('anna', 'hold.name', { callId, promisedMs: 60_000 });
      test.exchange.tell(callId, { type: 'call.held', by: 'operator', device: 'PJSIP/101' });
      await panel.getByText('На удержании').first().waitFor();
      await shoot(page, 'board-mirror');
      expect(await panel.locator('[inert] button').count()).toBeGreaterThan(3);
      await page.keyboard.press('1');
      await page.keyboard.press('h');
      expect(test.app.rooms.calls.get(callId)?.phase).toBe('onHold');
      const looks = await test.app.rooms.audit.collection.find({ where: { what: 'panel.watched' } });
      expect(looks.items.map(({ document }) => document.whom)).toContain(test.person('anna').id);
    });

    it('[E2E-28] is called by a sound and a notification, answers with what was done, and finds the answer again', async () => {
      await page.context().grantPermissions(['notifications']);
      await page.evaluate(() => {
        const told = { shown: [] as string[], heard: [] as string[] };
        const { Notification: Real } = window;
        class Notification extends Real {
          constructor(title: string, options: NotificationOptions) {
            super(title, options);
            this.addEventListener('show', () => told.shown.push(`${title}: ${options.body ?? ''}`));
          }
        }
        // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its node
        const { start } = OscillatorNode.prototype;
        OscillatorNode.prototype.start = function (when) {
          told.heard.push(`${this.frequency.value} ${this.context.state}`);
          start.call(this, when);
        };
        // Another window has the focus.
        document.hasFocus = () => false;
        Object.assign(window, { Notification, told });
      });
      test.exchange.ring('PJSIP/101', { number: '+79065550177', name: 'Дмитриева' });
      await test.app.rooms.ledger.flush();
      test.clock.advance(60_000);
      const alert = page.getByRole('listitem').filter({ hasText: 'ждёт дольше допустимого' });
      await shows(alert.getByText('Дмитриева'));
      expect(await page.getByText('клиент долго ждёт в очереди').count()).toBe(0);
      const told = (): Promise<{ shown: string[]; heard: string[] }> =>
        page.evaluate(() => (window as unknown as { told: { shown: string[]; heard: string[] } }).told);
      await expect.poll(async () => (await told()).shown).toContain('клиент ждёт дольше допустимого: Дмитриева');
      // The three tones of a breach, in an audio that runs.
      expect((await told()).heard.slice(-3)).toEqual(['784 running', '659 running', '784 running']);
      await alert.getByRole('button', { name: 'Ответить' }).click();
      await alert.getByRole('button', { name: 'Записать' }).click();
      await alert.getByText('Напишите, что сделано').waitFor();
      await alert.getByLabel('Что сделано').fill('Посадила ещё двоих');
      await shoot(page, 'board-alert');
      await alert.getByRole('button', { name: 'Записать' }).click();
      await shows(alert, 0);
      await page.getByRole('button', { name: 'Отвеченные' }).click();
      await page.getByText('Посадила ещё двоих').first().waitFor();
      await page.getByText('Котова В. П.').first().waitFor();
      await shoot(page, 'board-answered');
    });

    it('[E2E-29] writes to a team, moves a callback to a colleague', async () => {
      await page.getByRole('button', { name: 'Написать команде' }).click();
      await page.getByLabel('Сообщение', { exact: true }).fill('В 15:00 собираемся');
      await page.getByRole('button', { name: 'Отправить (2 человека)' }).click();
      await page.getByText('Отправлено: 2 человека').waitFor();
      expect([notice('anna'), notice('olga')]).toEqual(['В 15:00 собираемся', 'В 15:00 собираемся']);
      await page.keyboard.press('Escape');

      const callId = talk();
      const dueAt = test.clock.now() + 3_600_000;
      await test.command('anna', 'callback.promise', {
        ...{ callId, dueAt, number: '+79065550101' },
        ...{ question: 'место в саду', clientName: 'Петрова Ольга' },
      });
      const promise = page.getByRole('button', { name: /Перезвонить.*Петрова Ольга/s });
      await shows(promise);
      await promise.click();
      await page.getByText('место в саду').last().waitFor();
      await page.getByLabel('Кому передать').first().click();
      await page.getByRole('option', { name: /Орлова/ }).click();
      await page.getByRole('button', { name: 'Перенести' }).click();
      await page.getByText('Напишите причину').waitFor();
      await page.getByLabel('Причина').fill('Анна заболела');
      await shoot(page, 'board-callback');
      await page.getByRole('button', { name: 'Перенести' }).click();
      await shows(page.getByRole('button', { name: /Перезвонить.*Орлова О/s }));
    });

    it('[E2E-33] moves the term of a callback that nobody owns, when the client knows of it', async () => {
      const callId = talk();
      const dueAt = test.clock.now() + 3_600_000;
      const later = Math.ceil((dueAt + 900_000) / 60_000) * 60_000;
      const made = (await test.command('anna', 'callback.promise', {
        ...{ callId, dueAt, number: '+79065550107' },
        ...{ question: 'место в лагере', clientName: 'Лебедева Нина' },
      })) as { value: { promiseId: string } };
      const { promiseId } = made.value;
      await test.command('anna', 'callback.handOver', { promiseId, to: null, reason: 'конец смены' });
      const promise = page.getByRole('button', { name: /Перезвонить.*Лебедева Нина.*ни за кем/s });
      await shows(promise);
      await promise.click();
      await page.getByLabel('Другой срок').fill(toWallClock(later, 'Europe/Moscow'));
      await page.getByLabel('Причина').fill('Клиент на работе');
      await page.getByRole('button', { name: 'Перенести' }).click();
      await page.getByText('отметьте, что он знает о новом сроке').waitFor();
      await page.getByLabel('Клиент знает о новом сроке').check();
      await shoot(page, 'board-callback-term');
      await page.getByRole('button', { name: 'Перенести' }).click();
      await shows(page.getByRole('dialog'), 0);
      expect(test.app.rooms.callbacks.get(promiseId)?.context).toMatchObject({ dueAt: later, owner: null });
    });
  });
});
