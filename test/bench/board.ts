import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Socket } from 'socket.io-client';
import { chromium, type Page } from 'playwright-core';
import { CHROMIUM, CHROMIUM_FLAGS, type Bench, type Figure } from './kit.ts';
import { paintedWith, percentiles, wall } from './paint.ts';
import { pause, startExchange, startHost, subscribe, type Exchange, type Host } from './product.ts';

const OPERATORS = 500;
const CALLS_PER_SECOND = 20;
/** Talks are shortened so that 500 people can have 20 calls a second. */
const PACE = 0.12;
/** Calls that nobody ends: their holds are what is looked for on the screen. */
const ENDLESS = 60;
const WATCHERS = [1, 5, 20] as const;

/** AMI event written → painted on the supervisor's board, and what each watching supervisor costs. */
export const board: Bench = {
  name: 'board',
  async run({ quick }) {
    if (!existsSync(CHROMIUM))
      return { title: 'Board', figures: [], notes: ['not run: needs Chromium (set CHROMIUM)'] };
    const exchange = await startExchange(OPERATORS, CALLS_PER_SECOND, PACE);
    const host = await startHost(exchange.port, OPERATORS, { supervisors: WATCHERS.at(-1) ?? 0 });
    const sockets: Watcher[] = [];
    try {
      exchange.load.fill(ENDLESS);
      exchange.load.start();
      await pause(3_000);
      const figures: Figure[] = [];
      for (const count of WATCHERS) {
        while (sockets.length < count) sockets.push(await watcher(host.port, host.supervisors[sockets.length] ?? ''));
        figures.push(...(await cost(host, sockets, quick ? 5_000 : 10_000)));
      }
      for (const { socket } of sockets.splice(1)) socket.disconnect();
      figures.push(...(await toPixel(host, exchange, quick ? 60 : 150)));
      return {
        title: `Board of ${OPERATORS} operators, ${CALLS_PER_SECOND} calls a second`,
        figures,
        notes: ['Changes within 32 ms go out together; the exchange, the product and Chromium share the machine.'],
      };
    } finally {
      for (const { socket } of sockets) socket.disconnect();
      await host.kill();
      await exchange.close();
      await rm(host.folder, { recursive: true, force: true });
    }
  },
};

interface Watcher {
  readonly socket: Socket;
  bytes: number;
  pushes: number;
}
async function watcher(port: number, token: string): Promise<Watcher> {
  const socket = await subscribe(port, token, 'board');
  const made: Watcher = { socket, bytes: 0, pushes: 0 };
  socket.io.engine.on('packet', ({ data }: { data?: string }) => {
    made.bytes += data?.length ?? 0;
    made.pushes += 1;
  });
  return made;
}

async function cost(host: Host, watchers: readonly Watcher[], forMs: number): Promise<Figure[]> {
  for (const each of watchers) Object.assign(each, { bytes: 0, pushes: 0 });
  const begun = wall();
  const before = (await host.state()).cpuMs;
  await pause(forMs);
  const seconds = (wall() - begun) / 1_000;
  const cpu = ((await host.state()).cpuMs - before) / seconds / 10;
  const mean = (of: (each: Watcher) => number): number =>
    watchers.reduce((sum, each) => sum + of(each), 0) / watchers.length / seconds;
  const who = `${watchers.length} watching`;
  return [
    { what: `${who}: processor of the server`, value: Math.round(cpu), unit: '% of a core' },
    { what: `${who}: to each of them`, value: Math.round(mean((each) => each.bytes) / 1_000), unit: 'kB/s' },
    { what: `${who}: pushes to each`, value: Math.round(mean((each) => each.pushes)), unit: '1/s' },
  ];
}

/** One operator of the 500 is found by his telephone; his client is held and resumed while all others go on. */
async function toPixel(host: Host, exchange: Exchange, samples: number): Promise<Figure[]> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_FLAGS] });
  try {
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'ru-RU' });
    await context.addCookies([{ name: 'session', value: host.supervisors[0] ?? '', domain: '127.0.0.1', path: '/' }]);
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${host.port}/supervisor`);
    await page.getByLabel('Открыть:').first().waitFor();
    const times: number[] = [];
    let never = 0;
    for (let tries = 0; times.length + never < samples && tries < samples * 1.5; tries += 1) {
      const took = await oneSample(page, exchange, tries);
      if (took === 0) never += 1;
      else if (took !== undefined) times.push(took);
    }
    return [
      ...percentiles('hold to pixel on the board', times, samples, 'goal: under 100 ms'),
      {
        what: 'holds that were not painted within a second',
        value: never,
        unit: `of ${samples}`,
        beside: 'goal: none',
      },
    ];
  } finally {
    await browser.close();
  }
}

/** 0 when it was never painted, undefined when nobody talks now. */
async function oneSample(page: Page, { load, keys }: Exchange, tries: number): Promise<number | undefined> {
  const endless = [...load.playing.values()].filter(({ story }) => story === 'endless');
  const talking = endless.flatMap((played) => load.talking(played) ?? []);
  const device = talking[tries % Math.max(1, talking.length)];
  if (device === undefined) {
    await pause(50);
    return undefined;
  }
  const number = device.slice(device.indexOf('/') + 1);
  await page.getByPlaceholder('Имя или телефон').fill(number);
  const painted = paintedWith(page, 'button[aria-label^="Открыть:"]', 'на удержании');
  await pause(30);
  const written = wall();
  keys.hold(device);
  const at = await painted;
  keys.resume(device);
  return at === 0 ? 0 : at > written ? at - written : undefined;
}
