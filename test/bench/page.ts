import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { CHROMIUM, CHROMIUM_FLAGS, figure, type Bench, type Figure } from './kit.ts';
import { pause, startExchange, startHost } from './product.ts';

/** An office computer of 2013 on the house's network: a processor four times slower than this one, 10 Mbit/s, 20 ms. */
const OFFICE = { cpu: 4, bytesPerSecond: 1_250_000, latencyMs: 20 };

/** What Chromium really transfers until the panel is usable, how long that takes, and whether a call moves anything. */
export const page: Bench = {
  name: 'page',
  async run({ quick }) {
    if (!existsSync(CHROMIUM))
      return { title: '7. Page', figures: [], notes: ['not run: needs Chromium (set CHROMIUM)'] };
    const exchange = await startExchange(1);
    const host = await startHost(exchange.port, 1);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_FLAGS] });
    try {
      const address = `http://127.0.0.1:${host.port}`;
      const token = host.tokens[0] ?? '';
      const loads: Load[] = [];
      for (let run = 0; run < (quick ? 1 : 5); run += 1) loads.push(await load(browser, address, token, OFFICE));
      const fast = await load(browser, address, token);
      const shift = await shiftOfACall(browser, address, token, () => exchange.load.fill(1));
      return {
        title: '7. Page',
        figures: [
          figure(
            'operator’s first load, compressed',
            loads.map((one) => one.bytes / 1000),
            'kB',
            'goal: under 200 kB',
          ),
          figure(
            'of it in files',
            loads.map((one) => one.files),
            'files',
          ),
          figure(
            'read later, when there is time',
            loads.map((one) => one.later / 1000),
            'kB',
          ),
          figure(
            'to a usable panel, throttled',
            loads.map((one) => one.usableMs),
            'ms',
            `${Math.round(fast.usableMs)} ms on this machine unthrottled`,
          ),
          shift,
        ],
        notes: [
          `Bytes as the network brought them, headers included, until the panel answers keys. Throttled: processor 1/${OFFICE.cpu}, ${OFFICE.bytesPerSecond / 125_000} Mbit/s, ${OFFICE.latencyMs} ms.`,
        ],
      };
    } finally {
      await browser.close();
      await host.kill();
      await exchange.close();
      await rm(host.folder, { recursive: true, force: true });
    }
  },
};

interface Load {
  readonly bytes: number;
  readonly files: number;
  readonly later: number;
  readonly usableMs: number;
}

async function open(browser: Browser, token: string): Promise<{ page: Page; cdp: CDPSession }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addCookies([{ name: 'session', value: token, domain: '127.0.0.1', path: '/' }]);
  const opened = await context.newPage();
  const cdp = await context.newCDPSession(opened);
  await cdp.send('Network.enable');
  return { page: opened, cdp };
}

async function load(browser: Browser, address: string, token: string, slow?: typeof OFFICE): Promise<Load> {
  const { page: opened, cdp } = await open(browser, token);
  if (slow) {
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slow.cpu });
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: slow.latencyMs,
      downloadThroughput: slow.bytesPerSecond,
      uploadThroughput: slow.bytesPerSecond,
    });
  }
  const asked = new Map<string, 'first' | 'later'>();
  const sizes = { first: 0, later: 0 };
  let usable = false;
  cdp.on('Network.requestWillBeSent', ({ requestId }) => void asked.set(requestId, usable ? 'later' : 'first'));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const when = asked.get(requestId);
    if (when) sizes[when] += encodedDataLength;
  });
  await opened.addInitScript(() => {
    // What is read when there is time is asked for after the panel is usable, and counted apart.
    const waiting: (() => void)[] = [];
    Object.assign(window, { benchIdle: () => waiting.splice(0).forEach((run) => run()) });
    window.requestIdleCallback = (run) => waiting.push(() => run({ didTimeout: false, timeRemaining: () => 50 }));
  });
  const from = performance.now();
  await opened.goto(`${address}/operator`);
  await opened.locator('header').waitFor();
  await opened.locator('button:visible').first().waitFor();
  const usableMs = performance.now() - from;
  // Until the last byte of what was asked for before.
  await pause(500);
  usable = true;
  const files = asked.size;
  await opened.evaluate(() => (window as unknown as { benchIdle(): void }).benchIdle());
  await pause(1_000);
  await opened.context().close();
  return { bytes: sizes.first, files, later: sizes.later, usableMs };
}

/** The sum of Chromium's layout shifts from before a call arrives until it is answered, in thousandths. */
async function shiftOfACall(browser: Browser, address: string, token: string, ring: () => void): Promise<Figure> {
  const { page: opened } = await open(browser, token);
  await opened.goto(`${address}/operator`);
  await opened.locator('button:visible').first().waitFor();
  await pause(1_000);
  await opened.evaluate(() => {
    Object.assign(window, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        (window as unknown as { shift: number }).shift += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: 'layout-shift' });
  });
  ring();
  await opened
    .getByText(/Министерство/)
    .first()
    .waitFor();
  await pause(500);
  const value = await opened.evaluate(() => (window as unknown as { shift: number }).shift);
  await opened.context().close();
  return { what: 'layout shift when a call arrives', value: Math.round(value * 1000), unit: '‰', beside: 'goal: 0' };
}
