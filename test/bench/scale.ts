import { rm } from 'node:fs/promises';
import type { Bench, Figure } from './kit.ts';
import { pause, startExchange, startHost } from './product.ts';

const KB = 1024;

/** Memory of live calls: the slope, not the base. */
export const scale: Bench = {
  name: 'scale',
  async run({ quick }) {
    const figures: Figure[] = [];
    const sizes = quick ? [10, 200] : [10, 500, 2_000, 5_000];
    let base = { live: 0, heapUsed: 0, rss: 0 };
    for (const calls of sizes) {
      const exchange = await startExchange(calls);
      const host = await startHost(exchange.port, 1);
      exchange.load.fill(calls);
      await host.until(calls);
      await pause(1_500);
      const state = await host.state();
      if (base.live === 0) base = state;
      const slope = state.live > base.live ? (state.heapUsed - base.heapUsed) / (state.live - base.live) / KB : 0;
      figures.push({
        what: `${state.live} live calls: resident memory`,
        value: Math.round(state.rss / KB / KB),
        unit: 'MiB',
      });
      if (slope > 0)
        figures.push({
          what: `${state.live} live calls: heap per call`,
          value: Math.round(slope),
          unit: 'kB',
          beside: 'goal: at most 60 kB',
        });
      await host.kill();
      await exchange.close();
      await rm(host.folder, { recursive: true, force: true });
    }
    return { title: '4. Scale', figures };
  },
};

/** From start to ready after `kill -9`, by the number of live calls in the journal. */
export const recovery: Bench = {
  name: 'recovery',
  async run({ quick }) {
    const figures: Figure[] = [];
    for (const calls of quick ? [0, 100] : [0, 100, 1_000, 5_000]) {
      const exchange = await startExchange(Math.max(1, calls));
      const first = await startHost(exchange.port, 1);
      exchange.load.fill(calls);
      await first.until(calls);
      await pause(6_000);
      await first.kill();
      const again = await startHost(exchange.port, 1, first.folder);
      figures.push({
        what: `start to ready with ${calls} live calls`,
        value: again.readyMs,
        unit: 'ms',
        ...(calls === 1_000 ? { beside: 'goal: under 2,000 ms' } : {}),
      });
      await again.kill();
      await exchange.close();
      await rm(first.folder, { recursive: true, force: true });
    }
    return {
      title: '5. Recovery',
      figures,
      notes: [
        'In process: from the first import’s end to listening with all calls restored; starting Node itself is not counted.',
      ],
    };
  },
};
