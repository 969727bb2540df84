import { existsSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { chromium, type Page } from 'playwright-core';
import { PROTOCOL_VERSION } from '../../server/contract/protocol.ts';
import { CHROMIUM, CHROMIUM_FLAGS, percentile, type Bench, type Figure } from './kit.ts';
import { pause, startExchange, startHost, type Exchange } from './product.ts';

const wall = (): number => performance.timeOrigin + performance.now();

/** AMI event written → painted in Chromium, and key pressed → next line painted, while others are on the line too. */
export const live: Bench = {
  name: 'live',
  async run({ quick }) {
    if (!existsSync(CHROMIUM))
      return { title: '2. Wire to pixel', figures: [], notes: ['not run: needs Chromium (set CHROMIUM)'] };
    const figures: Figure[] = [];
    for (const calls of quick ? [1, 50] : [1, 50, 200, 500]) figures.push(...(await atLoad(calls, quick ? 20 : 60)));
    figures.push(...(await echo()));
    return {
      title: '2. Wire to pixel, 3. Choice to next line',
      figures,
      notes: [
        'Polling once a second shows a change after 500 ms on the average and 1,000 ms at worst, before any work is done.',
        'Every live call has an operator with an open panel; one of the panels is Chromium. The exchange, the product, the panels and Chromium share the machine.',
      ],
    };
  },
};

async function atLoad(calls: number, samples: number): Promise<Figure[]> {
  const exchange = await startExchange(calls);
  const host = await startHost(exchange.port, calls);
  const sockets = await Promise.all(host.tokens.slice(1).map((token) => panel(host.port, token)));
  exchange.load.fill(calls);
  await host.until(calls);
  await pause(500);
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [...CHROMIUM_FLAGS],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.addCookies([{ name: 'session', value: host.tokens[0] ?? '', domain: '127.0.0.1', path: '/' }]);
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${host.port}/operator`);
    await page
      .getByText(/Министерство/)
      .first()
      .waitFor();
    await watchPaint(page);
    // First, while the conversation stands at its greeting: after a hold the script is elsewhere.
    const choice = await choiceToLine(page, Math.min(samples, 20));
    const wire = await wireToPixel(page, exchange, samples);
    return [
      ...spell(`wire to pixel, ${calls} live calls`, wire),
      ...spell(`choice to next line, ${calls} live calls`, choice),
    ];
  } finally {
    await browser.close();
    for (const socket of sockets) socket.disconnect();
    await host.kill();
    await exchange.close();
  }
}
const spell = (what: string, values: readonly number[]): Figure[] =>
  [0.5, 0.95, 0.99].map((share) => ({
    what: `${what}, p${share * 100}`,
    value: Math.round(percentile(values, share)),
    unit: 'ms',
  }));

async function panel(port: number, token: string): Promise<Socket> {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    auth: { protocol: PROTOCOL_VERSION, token },
    forceNew: true,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  await socket.emitWithAck('subscribe', 'panel');
  return socket;
}

/** In the page: the instant of the frame after each change of what is shown, and of the last key. */
const watchPaint = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const state = { paints: [] as number[], key: 0, text: '' };
    Object.assign(window, { bench: state });
    const look = (): void => {
      const text =
        document.querySelector('main')?.textContent?.replaceAll(/\d\d:\d\d/g, '') ?? document.body.textContent ?? '';
      if (text === state.text) return;
      state.text = text;
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.addEventListener('message', () => state.paints.push(performance.timeOrigin + performance.now()));
        channel.port1.start();
        channel.port2.postMessage(0);
      });
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    window.addEventListener('keydown', () => (state.key = performance.timeOrigin + performance.now()), true);
    look();
  });
/** The frames painted since the last look, and the instant of the last key. */
const bench = (page: Page): Promise<{ paints: number[]; key: number }> =>
  page.evaluate(() => {
    const { paints, key } = (window as unknown as { bench: { paints: number[]; key: number } }).bench;
    return { paints: paints.splice(0), key };
  });
/** Figures of nothing would read as "at once". */
const enough = (times: readonly number[], samples: number): readonly number[] => {
  if (times.length < samples / 2) throw new Error(`only ${times.length} of ${samples} changes were painted`);
  return times;
};

async function wireToPixel(page: Page, { keys }: Exchange, samples: number): Promise<readonly number[]> {
  const device = 'PJSIP/1000';
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const written = wall();
    if (sample % 2 === 0) keys.hold(device);
    else keys.resume(device);
    await pause(700);
    const painted = (await bench(page)).paints.find((each) => each > written);
    if (painted !== undefined) times.push(painted - written);
  }
  return enough(times, samples);
}

async function choiceToLine(page: Page, samples: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press(sample % 2 === 0 ? 'Digit1' : 'Backspace');
    await pause(300);
    const { paints, key } = await bench(page);
    const painted = paints.find((each) => each > key);
    if (painted !== undefined) times.push(painted - key);
  }
  return enough(times, samples);
}

/** The same machine echoing raw bytes over loopback: what no software can beat. */
async function echo(): Promise<Figure[]> {
  const server = createServer((socket) => socket.pipe(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const times: number[] = [];
  for (let sample = 0; sample < 200; sample += 1) {
    const from = performance.now();
    const back = new Promise<void>((resolve) => {
      socket.once('data', () => resolve());
    });
    socket.write('Event: Hold\r\n\r\n');
    await back;
    times.push((performance.now() - from) * 1000);
  }
  socket.destroy();
  server.close();
  return [
    { what: 'baseline: raw bytes echoed, p50', value: Math.round(percentile(times, 0.5)), unit: 'µs' },
    { what: 'baseline: raw bytes echoed, p99', value: Math.round(percentile(times, 0.99)), unit: 'µs' },
  ];
}
