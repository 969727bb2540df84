import { rm } from 'node:fs/promises';
import type { Bench, Figure } from './kit.ts';
import { pause, startExchange, startHost } from './product.ts';

const MB = 1024 * 1024;

/** A steady day: memory at its quarters must not climb. Twenty calls a second, short ones, for half a minute or an hour. */
export const soak: Bench = {
  name: 'soak',
  async run({ quick }) {
    const minutes = quick ? 0.5 : Number(process.env['SOAK_MINUTES'] ?? 3);
    const exchange = await startExchange(200, 20, 0.05);
    const host = await startHost(exchange.port, 1);
    exchange.load.start();
    await pause(10_000);
    const figures: Figure[] = [];
    const before = await host.state();
    for (let quarter = 1; quarter <= 4; quarter += 1) {
      await pause((minutes * 60_000) / 4);
      const { heapUsed, rss, live } = await host.state();
      figures.push({
        what: `heap after ${quarter}/4`,
        value: Math.round(heapUsed / MB),
        unit: 'MiB',
        beside: `${Math.round(rss / MB)} MiB resident, ${live} live calls`,
      });
    }
    const after = await host.state();
    figures.push({
      what: 'CPU of the product',
      value: Math.round((after.cpuMs - before.cpuMs) / (minutes * 600)),
      unit: '% of one core',
    });
    exchange.load.stopCalling();
    await host.kill();
    await exchange.close();
    await rm(host.folder, { recursive: true, force: true });
    return {
      title: '8. Soak',
      figures,
      notes: [`${minutes} minutes at 20 calls a second; SOAK_MINUTES=60 for the hour.`],
    };
  },
};
