import { connect } from 'node:net';
import type { Clock, Instant } from '../../machines/vocabulary/index.ts';
import { DemoAmiServer, SHIPPED_ACCOUNT, unfilteredAccount } from '../../server/telephony/demo/amiServer.ts';
import { DemoExchange } from '../../server/telephony/demo/exchange.ts';
import { LoadGenerator } from '../../server/telephony/demo/load.ts';
import { loadSite } from '../../server/telephony/demo/loadSite.ts';
import { Telephones } from '../../server/telephony/demo/telephones.ts';

/** A clock that goes as fast as the work allows. */
class QuickClock implements Clock {
  #now: Instant = Date.UTC(2026, 10, 23, 6);
  readonly #timers = new Map<number, { at: Instant; run: () => void }>();
  #ids = 0;
  now(): Instant {
    return this.#now;
  }
  setTimer(at: Instant, run: () => void): () => void {
    const id = (this.#ids += 1);
    this.#timers.set(id, { at, run });
    return () => void this.#timers.delete(id);
  }
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      let next: { id: number; at: Instant; run: () => void } | undefined;
      for (const [id, timer] of this.#timers)
        if (timer.at <= until && (!next || timer.at < next.at)) next = { id, ...timer };
      if (!next) break;
      this.#timers.delete(next.id);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = until;
  }
}

export interface Streams {
  /** As the shipped AMI account hears it, and as an account without any filter does. */
  readonly filtered: Buffer;
  readonly unfiltered: Buffer;
  readonly calls: number;
  readonly filteredEvents: number;
  readonly unfilteredEvents: number;
}

/** At the telephones 1000, 1001… */
export const STREAM_OPERATORS = 40;

/** The bytes of the same seeded calls for both kinds of account: every call with a queue, some with holds and transfers. */
export async function recordStreams(calls: number): Promise<Streams> {
  const clock = new QuickClock();
  const exchange = new DemoExchange(loadSite(STREAM_OPERATORS, 0.2), clock);
  const keys = new Telephones(exchange);
  const open = { ...unfilteredAccount(SHIPPED_ACCOUNT), name: 'open' };
  const server = new DemoAmiServer(exchange, keys, { accounts: [SHIPPED_ACCOUNT, open], wallClock: clock });
  const port = await server.open();
  const [filtered, unfiltered] = await Promise.all([listen(port, SHIPPED_ACCOUNT.name), listen(port, 'open')]);
  const load = new LoadGenerator(exchange, keys, { seed: 7, callsPerSecond: 1, pace: 0.2 });
  load.start();
  while (load.started < calls) await turn(clock);
  load.stopCalling();
  while (exchange.core.board.channels.size > 0) await turn(clock);
  const result = { filtered: filtered.take(), unfiltered: unfiltered.take() };
  await server.close();
  return {
    ...result,
    calls: load.started,
    filteredEvents: eventsIn(result.filtered),
    unfilteredEvents: eventsIn(result.unfiltered),
  };
}
const turn = async (clock: QuickClock): Promise<void> => {
  clock.advance(500);
  await new Promise<void>((resolve) => setImmediate(resolve));
};
const eventsIn = (bytes: Buffer): number => bytes.toString('utf8').split('\r\n\r\nEvent: ').length;

async function listen(port: number, username: string): Promise<{ take(): Buffer }> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (bytes) => chunks.push(bytes));
  socket.write(`Action: Login\r\nActionID: 1\r\nUsername: ${username}\r\nSecret: ${SHIPPED_ACCOUNT.secret}\r\n\r\n`);
  await new Promise<void>((resolve) => {
    const look = setInterval(() => {
      if (!Buffer.concat(chunks).includes('FullyBooted')) return;
      clearInterval(look);
      resolve();
    }, 5);
  });
  chunks.length = 0;
  return { take: () => Buffer.concat(chunks) };
}
