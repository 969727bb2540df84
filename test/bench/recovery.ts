import { rm } from 'node:fs/promises';
import { figure, median, type Bench, type Figure } from './kit.ts';
import { pause, startExchange, startHost } from './product.ts';
import { yearOfCalls } from './year.ts';

/** From start to ready after `kill -9`, by the number of live calls in the journal and by what lies behind them. */
export const recovery: Bench = {
  name: 'recovery',
  async run({ quick }) {
    const runs = quick ? 1 : 3;
    const figures: Figure[] = [];
    const none = await readyAfter(0, runs);
    const busy = quick ? 100 : 1_000;
    let withoutHistory = 0;
    figures.push(figure('start to ready with 0 live calls', none, 'ms'));
    const beside = `${Math.round(median(none))} ms with none`;
    for (const calls of quick ? [100] : [100, 1_000, 5_000]) {
      const goal = calls === 1_000 ? '; goal: under 2,000 ms' : '';
      const ready = await readyAfter(calls, runs);
      if (calls === busy) withoutHistory = median(ready);
      figures.push(figure(`start to ready with ${calls} live calls`, ready, 'ms', beside + goal));
    }
    const year = await yearOfCalls({ quick });
    const what = `start to ready with ${busy} live calls after a year of ${year.calls}, ${year.lines} lines of the journal`;
    const than = `${Math.round(withoutHistory)} ms without; goal: independent of history`;
    figures.push(figure(what, await readyAfter(busy, runs, year.folder), 'ms', than));
    return {
      title: '5. Recovery',
      figures,
      notes: [
        'In process: from the configuration to listening with all calls restored; loading the program itself is not counted.',
      ],
    };
  },
};

async function readyAfter(calls: number, runs: number, from?: string): Promise<number[]> {
  const exchange = await startExchange(Math.max(1, calls));
  const first = await startHost(exchange.port, 1, from === undefined ? {} : { folder: from });
  const { folder } = first;
  try {
    exchange.load.fill(calls);
    await first.until(calls);
    // At least one checkpoint, and something after it.
    await pause(6_000);
    await first.kill();
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const again = await startHost(exchange.port, 1, { folder });
      times.push(again.readyMs);
      const { live } = await again.until(calls);
      await again.kill();
      if (live < calls) throw new Error(`${calls - live} of ${calls} calls were lost`);
    }
    return times;
  } finally {
    await exchange.close();
    if (from === undefined) await rm(folder, { recursive: true, force: true });
  }
}
