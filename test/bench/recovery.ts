import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock as clock } from '../../server/clock.ts';
import { callHistorySpec } from '../../server/reports/callHistory.ts';
import { openEmbedded } from '../../server/storage/embedded/engine.ts';
import { callsLike, historyOf, journalOf, type CallLike } from './callsLike.ts';
import { figure, median, type Bench, type Figure } from './kit.ts';
import { pause, startExchange, startHost } from './product.ts';

/** From start to ready after `kill -9`, by the number of live calls in the journal and by what lies behind them. */
export const recovery: Bench = {
  name: 'recovery',
  async run({ quick }) {
    const runs = quick ? 1 : 3;
    const past = quick ? 2_000 : 50_000;
    const figures: Figure[] = [];
    const none = await readyAfter(0, runs);
    figures.push(figure('start to ready with 0 live calls', none, 'ms'));
    const beside = `${Math.round(median(none))} ms with none`;
    for (const calls of quick ? [100] : [100, 1_000, 5_000]) {
      const goal = calls === 1_000 ? '; goal: under 2,000 ms' : '';
      figures.push(
        figure(`start to ready with ${calls} live calls`, await readyAfter(calls, runs), 'ms', beside + goal),
      );
    }
    const busy = quick ? 100 : 1_000;
    const folder = await mkdtemp(join(tmpdir(), 'bench-'));
    const lines = await fillPast(folder, past);
    const what = `start to ready with ${busy} live calls after ${past} earlier ones, ${lines} lines of the journal`;
    figures.push(figure(what, await readyAfter(busy, runs, folder), 'ms', 'goal: independent of history'));
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
    await rm(folder, { recursive: true, force: true });
  }
}

/** A year of closed calls: their documents, and their lines in the journal. Answers how many lines. */
async function fillPast(folder: string, count: number): Promise<number> {
  const storage = await openEmbedded({ folder, clock });
  const history = await storage.collection(callHistorySpec);
  let lines = 0;
  let batch: CallLike[] = [];
  const write = async (): Promise<void> => {
    await history.putAll(batch.map((call) => ({ id: call.id, document: historyOf(call) })));
    // Under a name that no room answers to: a closed call's lines change nothing any more.
    const entries = batch.flatMap(journalOf).map((entry) => ({ ...entry, stream: `past/${entry.stream}` }));
    for (let at = 0; at < entries.length; at += 1_000) await storage.journal.append(entries.slice(at, at + 1_000));
    lines += entries.length;
    batch = [];
  };
  for (const call of callsLike(count, 365)) {
    batch.push(call);
    if (batch.length >= 500) await write();
  }
  await write();
  await storage.close();
  return lines;
}
