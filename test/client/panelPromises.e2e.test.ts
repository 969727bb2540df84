import { describe, expect, it } from 'vitest';
import { SCENARIOS } from '../support/panelScenarios.ts';
import { panelStage } from '../support/panelStage.ts';
import { describeWith } from '../support/peers.ts';

describeWith(['chromium'], 'promises and transfers on the panel', (chromium) => {
  const panel = panelStage(chromium);

  describe('[3.5.5-б] the hold promise on screen', () => {
    it('[3.5.5-б] a time, consent, the hold', async () => {
      await panel.open('answer');
      await panel.page.keyboard.press('h');
      await panel.page.keyboard.press('2');
      await panel.arrived('hold.name');
      panel.server.show('consent');
      await expect.poll(() => panel.stage().innerText()).toContain('Вернусь к вам через 2 минуты');
      // A slip of the finger is named anew by its key.
      await panel.page.keyboard.press('3');
      await expect
        .poll(() => panel.sent('hold.name').map(({ input }) => input['promisedMs']))
        .toEqual([120_000, 180_000]);
      await panel.page.keyboard.press('Enter');
      await panel.arrived('hold.start');
      // Whom the client would not wait for: the named time is taken back.
      await panel.page.keyboard.press('Backspace');
      await panel.arrived('hold.withdraw');
      await panel.page.getByRole('button', { name: 'Не понадобилось' }).waitFor();
    });
    it('[3.5.5-б] more time demands returning first', async () => {
      await panel.open('hold72');
      await panel.page.keyboard.press('3');
      await expect.poll(() => panel.stage().innerText()).toContain('Сначала вернитесь на линию');
      await panel.page.keyboard.press('Enter');
      await panel.arrived('hold.resume');
      // Back on the line the client is asked at once, with an apology and the time named.
      const talking = SCENARIOS['consent']!(Date.now());
      const hold = { ...talking.calls[0]!.hold!, promisedMs: 180_000, prolongs: true as const };
      panel.server.push({ ...talking, calls: [{ ...talking.calls[0]!, hold }] });
      // The same words stood on the hold as well: what is waited for is the question itself.
      await panel.page.locator('[data-held]').waitFor({ state: 'detached' });
      await expect.poll(() => panel.stage().innerText()).toContain('Приношу извинения: прошу ещё 3 минуты');
      await panel.page.keyboard.press('Enter');
      await panel.arrived('hold.start');
    });
    it('[3.5.5-г] with a callback promised on hold nothing is offered but the return', async () => {
      const held = SCENARIOS['hold72']!(Date.now());
      const [first] = held.callbacks;
      await panel.open('hold72');
      await panel.page.getByRole('button', { name: 'Перезвоню вместо ожидания' }).waitFor();
      panel.server.push({ ...held, callbacks: [{ ...first!, inquiryId: held.calls[0]!.inquiry.id }] });
      await panel.page.getByRole('button', { name: 'Перезвоню вместо ожидания' }).waitFor({ state: 'detached' });
      expect(await panel.stage().innerText()).not.toContain('Нужно ещё время');
      await panel.page.getByRole('button', { name: 'Вернуться на линию' }).waitFor();
    });
    it('[3.5.5-г] a return call shows what was promised, and by when', async () => {
      await panel.open('returning');
      const side = panel.page.locator('aside');
      await side.getByText('Обещали перезвонить').waitFor();
      expect(await side.innerText()).toContain('Когда придёт ответ о переводе ребёнка');
      await panel.page.getByText('Петрова Ольга Ивановна').first().waitFor();
    });
    it('[3.5.5-б] 30 s, 10 s and the end are heard and told, each once and each in its own way', async () => {
      await panel.page.addInitScript(() => {
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
      await panel.open('hold72');
      // A browser lets a page sound when it was touched.
      await panel.page.keyboard.press('Shift');
      const left = (ms: number): void => {
        const view = SCENARIOS['hold72']!(Date.now());
        const [call] = view.calls;
        panel.server.push({ ...view, calls: [{ ...call!, hold: { ...call!.hold!, dueAt: Date.now() + ms } }] });
      };
      const heard = () =>
        panel.page.evaluate(() =>
          (window as unknown as { tones: OscillatorNode[] }).tones.map(({ frequency }) => frequency.value),
        );
      const said = (live: string) => panel.page.locator(`[aria-live="${live}"]`).allInnerTexts();
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
      await panel.open('holdOver');
      await expect
        .poll(() => panel.page.locator('[aria-live="assertive"]').allInnerTexts())
        .toContain('Обещанное время вышло. Вернитесь на линию и извинитесь.');
      panel.server.show('answer');
      await expect
        .poll(() => panel.page.locator('[aria-live="assertive"]').allInnerTexts())
        .not.toContain('Обещанное время вышло. Вернитесь на линию и извинитесь.');
    });
  });

  describe('[3.5.1] transfers on screen', () => {
    it('[3.5.1] a number that one knows is typed at once; Escape leaves the field, and C transfers', async () => {
      await panel.open('answer');
      await panel.page.keyboard.press('t');
      await panel.page.getByText('206', { exact: true }).waitFor();
      await panel.page.keyboard.type('205');
      const field = panel.page.getByLabel('Имя, отдел, тема или номер');
      expect(await field.inputValue()).toBe('205');
      await panel.page.getByText('206', { exact: true }).waitFor({ state: 'detached' });
      await panel.page.keyboard.press('Escape');
      await panel.page.keyboard.press('c');
      await panel.arrived('transfer.blind');
      expect(panel.sent('transfer.blind')[0]?.input['number']).toBe('205');
    });
    it('[3.5.1] a colleague is chosen by number; Enter asks first, C transfers at once', async () => {
      await panel.open('answer');
      await panel.page.keyboard.press('t');
      await panel.page.getByText('Мельникова Вера Сергеевна').waitFor();
      await panel.page.keyboard.press('2');
      await panel.page.keyboard.press('Enter');
      await panel.arrived('transfer.consult');
      expect(panel.sent('transfer.consult')[0]?.input['number']).toBe('206');
      await panel.page.getByRole('dialog').waitFor({ state: 'detached' });
      await panel.page.keyboard.press('t');
      await panel.page.getByText('Мельникова Вера Сергеевна').waitFor();
      await panel.page.keyboard.press('c');
      await panel.arrived('transfer.blind');
      expect(panel.sent('transfer.blind')[0]?.input['number']).toBe('205');
      // The client hangs up before a colleague is chosen: nobody is left to transfer.
      await panel.page.getByRole('dialog').waitFor({ state: 'detached' });
      await panel.page.keyboard.press('t');
      await panel.page.getByRole('dialog').waitFor();
      const { calls, ...rest } = SCENARIOS['answer']!(Date.now());
      panel.server.push({ ...rest, calls: [{ ...calls[0]!, phase: 'wrapUp', phaseSince: Date.now() }] });
      await panel.page.getByRole('dialog').waitFor({ state: 'detached' });
    });
    it('[3.5.1] Enter in the search asks whom was found, never whom the list showed before', async () => {
      await panel.open('answer');
      await panel.page.keyboard.press('t');
      await panel.page.getByText('Мельникова Вера Сергеевна').waitFor();
      await panel.page.keyboard.press('/');
      await panel.page.keyboard.type('301');
      await panel.page.keyboard.press('Enter');
      await panel.page.getByRole('option', { name: 'Номер 301' }).waitFor();
      expect(panel.sent('transfer.consult')).toEqual([]);
      await expect.poll(() => panel.page.getByRole('option').count()).toBe(1);
      await panel.page.keyboard.press('Enter');
      await panel.arrived('transfer.consult');
      expect(panel.sent('transfer.consult')[0]?.input['number']).toBe('301');
    });
    it('[3.5.1] at the limit it says why and what helps instead', async () => {
      await panel.open('limit');
      await panel.page.keyboard.press('t');
      await panel.page.getByText('Клиента уже перевели 2 раза').waitFor();
      await panel.page.keyboard.press('1');
      await panel.page.getByText('Обещание перезвонить').first().waitFor();
      expect(panel.sent('transfer.blind')).toEqual([]);
    });
  });

  describe('[3.5.5-г] the callback promise on screen', () => {
    it('[3.5.5-г] number, term and question, and it waits for the disk', async () => {
      panel.server.slow(400);
      await panel.open('answer');
      await panel.page.keyboard.press('c');
      // The page has the time of this machine: late in the evening the term is tomorrow's.
      await panel.page
        .getByText(/(?:сегодня|завтра) до/)
        .first()
        .waitFor();
      await panel.page.keyboard.press('Enter');
      await panel.page.getByText('Записываем на диск').waitFor();
      await panel.page.getByText('Записываем на диск').waitFor({ state: 'detached' });
      const promise = panel.sent('callback.promise')[0]?.input;
      expect(promise).toMatchObject({ number: '+7 906 555-01-01', question: 'Очередь в детский сад' });
      expect(promise?.['dueAt']).toBeGreaterThan(Date.now());
    });
    it('[3.5.5-г] it is kept only when the client himself was there', async () => {
      await panel.open('wasItClient');
      await panel.page.getByText('Вы говорили с самим клиентом?').waitFor();
      await panel.page.getByRole('button', { name: 'Нет, не застали' }).click();
      await panel.arrived('callback.attempt');
      await panel.page.getByRole('button', { name: 'Да, обещание выполнено' }).waitFor();
      await panel.page.keyboard.press('y');
      await panel.arrived('callback.confirm');
      expect(panel.sent('callback.confirm')[0]?.input['promiseId']).toBe('p-1');
    });
    it('[3.5.5-г] one key calls the nearest', async () => {
      await panel.open('idle');
      await panel.page.keyboard.press('1');
      await panel.arrived('callback.call');
      expect(panel.sent('callback.call')[0]?.input['promiseId']).toBe('p-4');
    });
  });
});
