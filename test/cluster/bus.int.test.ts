import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Server } from 'socket.io';
import { expect, it } from 'vitest';
import { systemClock } from '../../server/clock.ts';
import { Bus } from '../../server/cluster/bus.ts';
import { createLog } from '../../server/log.ts';
import { describeWith } from '../support/peers.ts';
import { startRedis } from '../support/redisServer.ts';

describeWith(['redis'], 'the bus over Redis', (redisPath) => {
  it('[SEVERAL-09] a server that closes while its adapter subscribes leaves no rejection to nobody', async () => {
    const redis = await startRedis(redisPath);
    const bus = await Bus.open('one', 'test', redis.url, { clock: systemClock, log: createLog('silent') });
    const left: unknown[] = [];
    const note = (fault: unknown): void => void left.push(fault);
    process.on('unhandledRejection', note);
    const io = new Server(createServer(), { adapter: createAdapter(bus.adapterClient(), { streamName: 'test' }) });
    io.of('/');
    // The adapter of a name begins to subscribe at once; the server’s close closes it.
    await io.close();
    // Each answer of Redis comes after those to what the adapter asked before.
    await bus.serve(() => Promise.resolve('heard'));
    for (let turn = 0; turn < 20; turn += 1)
      expect(await bus.ask({ op: 'snapshot', input: null }, 10_000, 1)).toBe('heard');
    process.off('unhandledRejection', note);
    expect(left).toEqual([]);
    await bus.close();
    await redis.stop();
  });
  it('[SEVERAL-10] what may be done only once is handed over once, also when a new core comes in that moment', async () => {
    const redis = await startRedis(redisPath);
    const tools = { clock: systemClock, log: createLog('silent') };
    const [core, front] = [
      await Bus.open('one', 'test', redis.url, tools),
      await Bus.open('two', 'test', redis.url, tools),
    ];
    let heard = 0;
    await core.serve(() => Promise.resolve((heard += 1)));
    const once = front.ask({ op: 'http', input: null }, 10_000, 1);
    front.askAgain();
    await once;
    // Answers come in order: what was handed over before it has been heard by now.
    await front.ask({ op: 'http', input: null }, 10_000, 1);
    expect(heard).toBe(2);
    for (const bus of [front, core]) await bus.close();
    await redis.stop();
  });
});
