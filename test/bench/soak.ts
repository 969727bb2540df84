import { rm } from 'node:fs/promises';
import { growths } from './growth.ts';
import { figure, median, type Bench } from './kit.ts';
import { pause, startExchange, startHost, type HostState } from './product.ts';

const MB = 1024 * 1024;
const SAMPLES = 12;

/**
 * A steady day: twenty short calls a second. The first third is not counted: the history of today's calls that screens
 * show, caches and compiled code fill up in it. Growth is what the last third has more than the middle third.
 */
export const soak: Bench = {
  name: 'soak',
  async run({ quick }) {
    const minutes = Number(process.env['SOAK_MINUTES'] ?? (quick ? 0.5 : 1));
    const { samples, calls } = await sampled(minutes);
    const [middle, last] = [samples.slice(SAMPLES / 3, (SAMPLES * 2) / 3), samples.slice((SAMPLES * 2) / 3)];
    const of = (part: readonly HostState[], name: keyof HostState, by = 1): number[] =>
      part.map((one) => one[name] / by);
    const beside = (name: keyof HostState, by = 1): string =>
      `${Math.round(median(of(middle, name, by)))} in the middle third`;
    const cpu = (samples.at(-1)?.cpuMs ?? 0) - (samples[0]?.cpuMs ?? 0);
    const perMinute = ((median(of(last, 'heapUsed')) - median(of(middle, 'heapUsed'))) / (minutes / 3)) * (1 / 1024);
    const growing = growths(middle, last);
    return {
      title: '8. Soak',
      figures: [
        figure('heap, last third', of(last, 'heapUsed', MB), 'MiB', beside('heapUsed', MB)),
        figure('resident memory, last third', of(last, 'rss', MB), 'MiB', beside('rss', MB)),
        { what: 'heap grows by', value: Math.round(perMinute), unit: 'kB a minute' },
        figure('live calls', of(last, 'live'), '', beside('live')),
        figure('timers', of(last, 'timers'), '', beside('timers')),
        figure('handles', of(last, 'handles'), '', beside('handles')),
        figure('listeners', of(last, 'listeners'), '', beside('listeners')),
        { what: 'CPU of the product', value: Math.round(cpu / (minutes * 600)), unit: '% of one core' },
      ],
      notes: [`${minutes} minutes, ${calls} calls at 20 a second; SOAK_MINUTES=60 for the hour.`],
      ...(growing.length === 0 ? {} : { failed: growing.map((name) => `${name} grows without bound`) }),
    };
  },
};

async function sampled(minutes: number): Promise<{ samples: HostState[]; calls: number }> {
  const exchange = await startExchange(200, 20, 0.05);
  const host = await startHost(exchange.port, 200);
  const samples: HostState[] = [];
  try {
    exchange.load.start();
    for (let index = 0; index < SAMPLES; index += 1) {
      await pause((minutes * 60_000) / SAMPLES);
      const state = await host.state();
      samples.push(state);
      // An hour is long to wait without a word.
      const mebibytes = Math.round(state.heapUsed / MB);
      process.stderr.write(`  ${index + 1}/${SAMPLES}: ${state.live} live calls, heap ${mebibytes} MiB\n`);
    }
    exchange.load.stopCalling();
    return { samples, calls: exchange.load.started };
  } finally {
    await host.kill();
    await exchange.close();
    await rm(host.folder, { recursive: true, force: true });
  }
}
