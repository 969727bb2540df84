import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { io, type Socket } from 'socket.io-client';
import { systemClock } from '../../server/clock.ts';
import { PROTOCOL_VERSION } from '../../server/contract/protocol.ts';
import { DemoAmiServer } from '../../server/telephony/demo/amiServer.ts';
import { DemoExchange } from '../../server/telephony/demo/exchange.ts';
import { LoadGenerator } from '../../server/telephony/demo/load.ts';
import { loadSite } from '../../server/telephony/demo/loadSite.ts';
import { Telephones } from '../../server/telephony/demo/telephones.ts';
import { isProfiled, nodeFlags } from './kit.ts';

/** For all calls of a load to be live. */
const PATIENCE_MS = 60_000;

export interface HostState {
  readonly live: number;
  readonly rss: number;
  readonly heapUsed: number;
  readonly cpuMs: number;
  readonly timers: number;
  /** Sockets, files, workers: what keeps the process alive, without timers. */
  readonly handles: number;
  readonly listeners: number;
}
export interface Host {
  readonly port: number;
  readonly readyMs: number;
  readonly folder: string;
  /** Sessions of the operators, and of the supervisors. */
  readonly tokens: readonly string[];
  readonly supervisors: readonly string[];
  readonly process: ChildProcess;
  state(): Promise<HostState>;
  /** Looks until so many calls are live. */
  until(live: number): Promise<HostState>;
  kill(): Promise<void>;
}

/** The product in its own process, on the exchange at this port; in a new folder, or in that of an earlier one. */
export async function startHost(
  amiPort: number,
  operators: number,
  { supervisors = 0, folder }: { readonly supervisors?: number; readonly folder?: string } = {},
): Promise<Host> {
  const file = fileURLToPath(new URL('./host.js', import.meta.url));
  const people = [String(operators), String(supervisors)];
  const args = [...nodeFlags, file, String(amiPort), ...people, ...(folder === undefined ? [] : [folder])];
  const started = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
  const line = async <T>(): Promise<T> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error('the product ended');
      if (value.startsWith('{')) return JSON.parse(value) as T;
    }
  };
  const first = await line<Omit<Host, 'process' | 'state' | 'until' | 'kill'>>();
  const state = async (): Promise<HostState> => {
    started.stdin.write('?\n');
    return line<HostState>();
  };
  return {
    ...first,
    process: started,
    state,
    async until(live) {
      const giveUpAt = performance.now() + PATIENCE_MS;
      for (;;) {
        const now = await state();
        if (now.live >= live) return now;
        if (performance.now() > giveUpAt) throw new Error(`only ${now.live} of ${live} calls are live`);
        await pause(500);
      }
    },
    async kill() {
      const gone = new Promise<void>((resolve) => {
        started.once('exit', () => resolve());
      });
      // A process that is killed leaves no profile.
      if (isProfiled) started.stdin.end();
      else started.kill('SIGKILL');
      await gone;
    },
  };
}
/** A panel or a board of somebody who is signed in, without a page. */
export async function subscribe(port: number, token: string, topic: 'panel' | 'board'): Promise<Socket> {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    auth: { protocol: PROTOCOL_VERSION, token },
    forceNew: true,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  await socket.emitWithAck('subscribe', topic);
  return socket;
}
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export interface Exchange {
  readonly exchange: DemoExchange;
  readonly keys: Telephones;
  readonly server: DemoAmiServer;
  readonly load: LoadGenerator;
  readonly port: number;
  close(): Promise<void>;
}
/** A demo exchange in this process: what it writes is written at a moment that is known. */
export async function startExchange(operators: number, callsPerSecond = 1, pace = 1): Promise<Exchange> {
  const exchange = new DemoExchange(loadSite(operators, pace), systemClock);
  const keys = new Telephones(exchange);
  const server = new DemoAmiServer(exchange, keys, { wallClock: systemClock });
  const port = await server.open();
  const load = new LoadGenerator(exchange, keys, { seed: 11, callsPerSecond, pace });
  return {
    exchange,
    keys,
    server,
    load,
    port,
    async close() {
      load.close();
      exchange.stop();
      await server.close();
    },
  };
}
