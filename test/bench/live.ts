import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { chromium, type Page } from 'playwright-core';
import { echo, polling } from './baselines.ts';
import { CHROMIUM, CHROMIUM_FLAGS, median, type Bench, type Figure } from './kit.ts';
import { choosing, paintedWith, percentiles, wall, watchSocket, type Chosen } from './paint.ts';
import { pause, startExchange, startHost, subscribe, type Exchange } from './product.ts';

const DEVICE = 'PJSIP/1000';

/** AMI event written → painted in Chromium, and key pressed → next line painted, while others are on the line too. */
export const live: Bench = {
  name: 'live',
  async run({ quick }) {
    if (!existsSync(CHROMIUM))
      return { title: '2. Wire to pixel', figures: [], notes: ['not run: needs Chromium (set CHROMIUM)'] };
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_FLAGS] });
    const asking = await polling(browser, quick ? 5 : 20);
    await browser.close();
    const figures: Figure[] = [];
    for (const calls of quick ? [1, 50] : [1, 50, 200, 500])
      figures.push(...(await atLoad(calls, quick ? 20 : 80, asking.meanMs)));
    return {
      title: '2. Wire to pixel, 3. Choice to next line',
      figures: [...figures, ...asking.figures, ...(await echo())],
      notes: [
        'Every live call has an operator with an open panel; one of the panels is Chromium. The exchange, the product, the panels and Chromium share the machine.',
        'A return from hold is told 40 ms later on purpose: Asterisk says Unhold just before a transfer too, and that is no return.',
        'The next line is painted by the page’s own script machine; confirmed is the server’s word that the choice is in the journal.',
      ],
    };
  },
};

async function atLoad(calls: number, samples: number, pollingMs: number): Promise<Figure[]> {
  const exchange = await startExchange(calls);
  const host = await startHost(exchange.port, calls);
  const sockets = await Promise.all(host.tokens.slice(1).map((token) => subscribe(host.port, token, 'panel')));
  exchange.load.fill(calls);
  await host.until(calls);
  await pause(500);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_FLAGS] });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU' });
    await context.addCookies([{ name: 'session', value: host.tokens[0] ?? '', domain: '127.0.0.1', path: '/' }]);
    const page = await context.newPage();
    await watchSocket(page);
    await page.goto(`http://127.0.0.1:${host.port}/operator`);
    await page
      .getByText(/Министерство/)
      .first()
      .waitFor();
    // First, while the conversation stands at its greeting: after a hold the script may be elsewhere.
    const tried = Math.min(samples, 40);
    // The first one of a page's life is apart: its script machine may still be on the way, and no code has run yet.
    const [first, ...chosen] = await choices(page, tried + 1);
    const { held, returned } = await holds(page, exchange, samples);
    const times = Math.round(pollingMs / Math.max(1, median(held)));
    const at = `${calls} live calls and panels`;
    const painted = chosen.map(({ paintedMs }) => paintedMs);
    const confirmed = chosen.map(({ confirmedMs }) => confirmedMs);
    return [
      ...percentiles(`hold to pixel, ${at}`, held, samples, `goal: under 50 ms; ${times} times faster than polling`),
      ...percentiles(`return to pixel, ${at}`, returned, samples),
      { what: `first choice after the page was opened, ${at}`, value: Math.round(first?.paintedMs ?? NaN), unit: 'ms' },
      ...percentiles(`choice to next line, ${at}`, painted, tried, 'goal: under 50 ms'),
      ...percentiles(`choice to confirmed, ${at}`, confirmed, tried),
    ];
  } finally {
    await browser.close();
    for (const socket of sockets) socket.disconnect();
    await host.kill();
    await exchange.close();
    await rm(host.folder, { recursive: true, force: true });
  }
}

/** The state of the line as the panel says it, after each event of the exchange. */
async function holds(
  page: Page,
  { keys }: Exchange,
  samples: number,
): Promise<{ held: readonly number[]; returned: readonly number[] }> {
  const times = { held: [] as number[], returned: [] as number[] };
  const measured = async (into: number[], text: string, press: () => void): Promise<void> => {
    const painted = paintedWith(page, 'body', text);
    await pause(60);
    const written = wall();
    press();
    const at = await painted;
    if (at > written) into.push(at - written);
  };
  for (let sample = 0; sample < samples; sample += 1) {
    await measured(times.held, 'На удержании', () => keys.hold(DEVICE));
    await measured(times.returned, 'На линии', () => keys.resume(DEVICE));
  }
  return times;
}

/** On and back again. */
async function choices(page: Page, samples: number): Promise<readonly Chosen[]> {
  const all: Chosen[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const chosen = choosing(page);
    await pause(60);
    await page.keyboard.press(sample % 2 === 0 ? 'Digit1' : 'Backspace');
    const one = await chosen;
    if (one) all.push(one);
  }
  return all;
}
