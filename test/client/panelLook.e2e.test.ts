import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { contactPoints, libraryIds, startLiveScript, viewOf } from '../support/liveScript.ts';
import { knownAt, SCENARIOS } from '../support/panelScenarios.ts';
import { PICTURES, panelStage } from '../support/panelStage.ts';
import { describeWith } from '../support/peers.ts';

const DURING_A_CALL = Object.keys(SCENARIOS).filter((name) => !/^(device|idle|idleEmpty|paused)$/.test(name));
/** Runs in the page: adds up how far things moved without the person's doing. */
function watchShifts(): void {
  const seen = window as unknown as { shifted: number };
  seen.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shifted += (entry as unknown as { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
}

describeWith(['chromium'], 'the panel on the screen', (chromium) => {
  const panel = panelStage(chromium);

  describe('[PANEL-23] nothing scrolls during a call', () => {
    const scrolling = () =>
      panel.page.evaluate(() =>
        [...document.querySelectorAll('*')]
          .filter((one) => {
            const { overflowX, overflowY } = getComputedStyle(one);
            const down = /auto|scroll/.test(overflowY) && one.scrollHeight > one.clientHeight + 1;
            return down || (/auto|scroll/.test(overflowX) && one.scrollWidth > one.clientWidth + 1);
          })
          .map((one) => one.className),
      );
    const speak = (language: string) =>
      panel.page.addInitScript((value) => localStorage.setItem('screen.language', value), language);
    it.each(['ru', 'en'])('[PANEL-23] at 1280×800 in every situation, in %s', async (language) => {
      await speak(language);
      for (const name of DURING_A_CALL) {
        await panel.open(name);
        expect(await scrolling(), name).toEqual([]);
        await panel.page.screenshot({ path: `${PICTURES}/${name}-${language}.png` });
      }
    });
    it.each(['ru', 'en'] as const)('[PANEL-23] at 1280×800 on every step of the library, in %s', async (language) => {
      await speak(language);
      await panel.open('greeting');
      const base = SCENARIOS['greeting']!(Date.now());
      const known = { ...knownAt(Date.now()), contactPoints: contactPoints() };
      for (const id of libraryIds()) {
        const run = startLiveScript(id, known);
        run.take({ type: 'language', language, at: known.now });
        const { state } = run.view();
        for (const key of run.compiled.steps.keys()) {
          // Steps of other scripts are looked at with their own.
          if (key.includes('/')) continue;
          const there = { ...state, step: key, path: [...state.path, { step: key, at: known.now, via: 'test' }] };
          const step = viewOf(run.compiled, there, known);
          panel.server.push({ ...base, calls: [{ ...base.calls[0]!, script: { ...run.view(), step, state: there } }] });
          await panel.page.waitForFunction((title) => document.querySelector('h1')?.textContent === title, step.title);
          expect(await scrolling(), `${id} ${key}`).toEqual([]);
          const list = panel.stage().getByRole('combobox').first();
          if (!(await list.isVisible())) continue;
          await list.fill('##');
          await panel.stage().locator('p[role=status]').waitFor();
          expect(await scrolling(), `${id} ${key}: what is not in the list`).toEqual([]);
        }
      }
    });
    it('[PANEL-23] the check sees what scrolls', async () => {
      await panel.open('nine');
      await panel.page.setViewportSize({ width: 1280, height: 560 });
      expect((await scrolling()).length).toBeGreaterThan(0);
      await panel.page.setViewportSize({ width: 1280, height: 800 });
    });
  });

  describe('[PANEL-24] a call that arrives moves nothing', () => {
    const shifts = () => panel.page.evaluate(() => (window as unknown as { shifted: number }).shifted);
    it('[PANEL-24] from waiting to ringing, talking, held and back', async () => {
      await panel.page.addInitScript(watchShifts);
      await panel.open('idle');
      await panel.page.evaluate(() => document.fonts.ready);
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
        panel.server.push({ ...talking, calls: [{ ...call!, ...change }] });
        await panel.page.waitForTimeout(200);
      }
      panel.server.push({ ...talking, calls: [call!, ...SCENARIOS['second']!(Date.now()).calls.slice(1)] });
      await panel.page.waitForTimeout(200);
      // Words and meter of the hold's own band change their shape at each threshold: that is what they are for.
      expect((await shifts()) - before).toBeLessThan(0.001);
    });
    it('[PANEL-24] the measure sees a shift', async () => {
      await panel.page.addInitScript(watchShifts);
      await panel.open('purpose');
      await panel.page.evaluate(() =>
        document.querySelector('main')!.before(Object.assign(document.createElement('div'), { style: 'height:90px' })),
      );
      await panel.page.evaluate(() =>
        document.querySelector<HTMLElement>('header')!.style.setProperty('margin-top', '90px'),
      );
      await expect.poll(shifts).toBeGreaterThan(0.001);
    });
  });

  describe('[PANEL-29] the first load is small', () => {
    it('[PANEL-29] everything until the panel is usable, compressed, is under 200 kB', async () => {
      const bytes: { readonly name: string; readonly size: number }[] = [];
      panel.page.on('response', (response) => {
        if (/\/api\/|socket\.io/.test(response.url())) return;
        void response.body().then(
          (body) => {
            const size = response.url().endsWith('.woff2') ? body.length : gzipSync(body).length;
            bytes.push({ name: new URL(response.url()).pathname, size });
          },
          () => undefined,
        );
      });
      await panel.page.addInitScript(() => {
        // What is read afterwards, when there is time, does not hold up the operator.
        window.requestIdleCallback = () => 0;
      });
      await panel.open('idle');
      await panel.page.waitForTimeout(300);
      const total = bytes.reduce((sum, one) => sum + one.size, 0);
      expect(bytes.length).toBeGreaterThan(5);
      expect(total, JSON.stringify(bytes)).toBeLessThan(200_000);
    });
  });

  describe('[PANEL-30] everything has a name', () => {
    it('[PANEL-30] buttons and fields in every situation', async () => {
      for (const name of Object.keys(SCENARIOS)) {
        await panel.open(name);
        const nameless = await panel.page.evaluate(() =>
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
