import { describe, expect, it } from 'vitest';
import { panelStage } from '../support/panelStage.ts';
import { describeWith } from '../support/peers.ts';

describeWith(['chromium'], 'the panel by its keys', (chromium) => {
  const panel = panelStage(chromium);

  describe('[PANEL-25] keys', () => {
    it('[PANEL-25] a number chooses, 0 asks, Backspace goes back, Enter goes on', async () => {
      await panel.open('answer');
      await panel.page.keyboard.press('2');
      await panel.arrived('script.choose');
      expect(panel.sent('script.choose')[0]?.input['choiceId']).toBe('choice-2');
      await panel.page.keyboard.press('Backspace');
      await panel.arrived('script.back');
      await panel.page.keyboard.press('0');
      await panel.page.locator('textarea:focus').waitFor();
      await panel.page.keyboard.type('Спросил про льготы');
      await panel.page.keyboard.press('Enter');
      await panel.arrived('script.noAnswer');
      expect(panel.sent('script.noAnswer')[0]?.input['said']).toBe('Спросил про льготы');
      await panel.page.getByText('Отправлено автору').waitFor();
    });
    it('[PANEL-25] Enter goes on after a click on whatever button, and does not press it once more', async () => {
      await panel.open('hold72');
      await panel.page.getByRole('button', { name: 'Screen in English' }).click();
      await panel.page.keyboard.press('Enter');
      await panel.arrived('hold.resume');
      await panel.page.getByRole('button', { name: 'Экран по-русски' }).waitFor();
    });
    it('[PANEL-25] Z puts the newest message away', async () => {
      await panel.open('listening');
      await panel.page.keyboard.press('z');
      await panel.arrived('notice.dismiss');
      expect(panel.sent('notice.dismiss')[0]?.input['id']).toBe('n1');
    });
    it('[PANEL-25] what is typed wrong keeps the cursor', async () => {
      await panel.open('nine');
      const wrong = panel.page.locator('input[aria-invalid="true"]');
      await wrong.press('Enter');
      await expect.poll(() => wrong.evaluate((input) => input === document.activeElement)).toBe(true);
    });
    it('[PANEL-25] the key of a closed choice brings the cursor to what keeps it closed', async () => {
      await panel.open('identity');
      const name = panel.page.locator('input[data-empty]');
      const focused = () => name.evaluate((input) => input === document.activeElement);
      await name.press('Escape');
      expect(await focused()).toBe(false);
      // Tab leads into the step from wherever nothing has the keyboard.
      await panel.page.keyboard.press('Tab');
      expect(await focused()).toBe(true);
      await name.press('Escape');
      await panel.page.keyboard.press('1');
      await expect.poll(focused).toBe(true);
      expect(panel.sent('script.choose')).toEqual([]);
    });
    it('[PANEL-25] letters work in the Russian layout, and never while typing', async () => {
      await panel.open('answer');
      const press = (code: string, key: string) =>
        panel.page.evaluate(
          ([c, k]) => document.body.dispatchEvent(new KeyboardEvent('keydown', { code: c!, key: k!, bubbles: true })),
          [code, key],
        );
      await press('KeyH', 'р');
      await expect.poll(() => panel.stage().innerText()).toContain('На какое время отойти?');
      await panel.page.keyboard.press('3');
      await panel.arrived('hold.name');
      expect(panel.sent('hold.name')[0]?.input['promisedMs']).toBe(180_000);
      await press('Escape', 'Escape');
      await panel.page.keyboard.press('/');
      await panel.page.keyboard.type('ht0');
      expect(panel.sent('script.noAnswer')).toEqual([]);
      expect(await panel.page.locator('#answer-search').inputValue()).toBe('ht0');
      await panel.page.keyboard.press('Escape');
      expect(await panel.page.locator('#answer-search').inputValue()).toBe('');
    });
    it('[PANEL-25] the best answer of the topic stands in front of the operator by one key', async () => {
      await panel.open('answer');
      await panel.page.getByText('Ответ по теме').waitFor();
      await panel.page.keyboard.press('a');
      await panel.arrived('knowledge.use');
      expect(await panel.stage().innerText()).toContain('Очередь сохраняется с прежней датой');
      await panel.page.keyboard.press('Backspace');
      expect(await panel.stage().innerText()).toContain('Пётр Сергеевич, очередь сохраняется');
      expect(panel.sent('script.back')).toEqual([]);
    });
  });

  describe('[PANEL-26] a choice paints its step without waiting for the server', () => {
    it('[PANEL-26] with a server that needs a second the step is there in a few frames', async () => {
      panel.server.openCall();
      await panel.page.goto(`${panel.server.url}/operator`);
      await panel.page.waitForSelector('header');
      // The script machine is read when the browser has time.
      await panel.page.waitForFunction(() =>
        performance.getEntriesByType('resource').some((one) => one.name.includes('/versions/')),
      );
      await panel.page.waitForTimeout(300);
      panel.server.slow(1_000);
      const before = await panel.stage().innerText();
      await panel.page.keyboard.press('Escape');
      await panel.page.keyboard.press('1');
      await panel.page.waitForFunction((old) => document.querySelector('main')?.innerText !== old, before, {
        timeout: 500,
      });
      expect(await panel.stage().innerText()).toContain('Знакомство');
      await panel.arrived('script.choose');
      await panel.page.waitForTimeout(1_400);
      expect(await panel.stage().innerText()).toContain('Знакомство');
    });
    it('[PANEL-26] what the server refuses is taken back and explained in the same place', async () => {
      panel.server.openCall();
      panel.server.answer('script.choose', { ok: false, error: { code: 'script.stale' } });
      await panel.page.goto(`${panel.server.url}/operator`);
      await panel.page.waitForSelector('header');
      await panel.page.waitForTimeout(500);
      await panel.page.keyboard.press('Escape');
      await panel.page.keyboard.press('1');
      await expect.poll(() => panel.stage().innerText()).toContain('Шаг уже сменился');
      expect(await panel.stage().innerText()).toContain('Приветствие');
    });
  });
});
