import { fork, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Manager from 'asterisk-manager';
import type { App } from '../../server/app.ts';
import { systemClock } from '../../server/clock.ts';
import { readConfig } from '../../server/config/config.ts';
import { createLog } from '../../server/log.ts';
import { run } from '../../server/main.ts';
import { addTeam, logins, seat, tokensOf } from './team.ts';
import { STREAM_OPERATORS } from './streams.ts';

/**
 * One way of taking an AMI stream, in a process of its own: `count` bytes, decode with the `bare` library, or the whole
 * `product` (facts, machines, journal), which may have an open panel for each operator (`panels`). Prints the CPU seconds and the events (of `count`: bytes) of what comes
 * after the first `warm` of them: a server is warm.
 */
const [mode = '', port = '0', warm = '0', total = '0'] = process.argv.slice(2);
/** Asked for the next piece of the stream with so few events waiting. */
const FEW = 200;
/** The last event of a stream; unknown to the product, which counts what it does not know. */
const END = 'BenchEnd';
/** Calls that are not closed by then are lost. */
const PATIENCE_MS = 120_000;

const say = (result: object): void => void process.stdout.write(`${JSON.stringify(result)}\n`);

/** Counts what comes and the CPU since it was warm. */
class Meter {
  #from: { readonly cpu: NodeJS.CpuUsage; readonly seen: number } | undefined;
  see(seen: number): void {
    if (seen >= Number(warm)) this.#from ??= { cpu: process.cpuUsage(), seen };
  }
  end(seen: number): { cpu: number; events: number } {
    const { user, system } = process.cpuUsage(this.#from?.cpu);
    return { cpu: (user + system) / 1e6, events: seen - (this.#from?.seen ?? 0) };
  }
}

function count(): void {
  const socket = connect(Number(port), '127.0.0.1');
  const meter = new Meter();
  let seen = 0;
  socket.on('data', (chunk: Buffer) => {
    seen += chunk.length;
    meter.see(seen);
    if (seen < Number(total)) return;
    say(meter.end(seen));
    process.exit(0);
  });
  socket.write('Action: Go\r\n\r\n');
}

/** The library as its own readme uses it; the product's declaration of it is narrower. */
const Library = Manager as unknown as new (
  port: number,
  host: string,
  user: string,
  password: string,
  events: boolean,
) => { on(event: 'managerevent', listener: (packet: { event?: string }) => void): void };

function bare(): void {
  const manager = new Library(Number(port), '127.0.0.1', 'x', 'x', true);
  const meter = new Meter();
  let seen = 0;
  manager.on('managerevent', ({ event }: { event?: string }) => {
    seen += 1;
    meter.see(seen);
    if (event !== END) return;
    say(meter.end(seen));
    process.exit(0);
  });
}

async function product(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const outcome = readConfig({
    PORT: '0',
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    AMI_HOST: '127.0.0.1',
    AMI_PORT: port,
    AMI_USERNAME: 'x',
    AMI_SECRET: 'x',
    WRAP_UP_MS: '1',
    OPERATOR_DEVICES: '^PJSIP/\\d{4}$',
  });
  if (!outcome.ok) throw new Error(outcome.faults.join('\n'));
  const operators = mode === 'panels' ? logins('operator', STREAM_OPERATORS) : [];
  await addTeam(outcome.config, { operator: operators });
  const running = await run(outcome.config, systemClock, createLog('silent'));
  const { app } = running;
  if (!app) throw new Error('another server has the database');
  const { exchanges, rooms } = app;
  const panels = operators.length === 0 ? undefined : await openPanels(app, running.port, operators);
  const meter = new Meter();
  let closed = 0;
  rooms.calls.addListener({ onEffects: () => undefined, onClosed: () => void (closed += 1) });
  const counted = (): { readonly received: number; readonly queued: number; readonly over: boolean } => {
    const [counts] = exchanges.counts();
    const { received = 0, queued = 0 } = counts?.totals ?? {};
    return { received, queued, over: counts?.unknownEvents.has(END) ?? false };
  };
  const until = Date.now() + PATIENCE_MS;
  // An exchange does not wait for its reader: fed as fast as the socket takes it, the link would be given up.
  for (let asked = -1; Date.now() < until; await pause(2)) {
    const { received, queued, over } = counted();
    if (over && queued === 0 && rooms.calls.size === 0) break;
    if (received === asked || queued > FEW) continue;
    asked = received;
    await rooms.ledger.flush();
    meter.see(received);
    process.send?.('more');
  }
  await rooms.archive.settled();
  await rooms.ledger.flush();
  say({ ...meter.end(counted().received), closed, left: rooms.calls.size });
  panels?.kill();
  await running.stop();
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
}
async function openPanels(app: App, port: number, operators: readonly string[]): Promise<ChildProcess> {
  const tokens = await tokensOf(app, operators);
  await seat(app, operators);
  const panels = fork(fileURLToPath(new URL('./panels.js', import.meta.url)), [String(port), ...tokens]);
  await new Promise((resolve, reject) => {
    panels.once('message', resolve);
    panels.once('exit', (code) => reject(new Error(`the panels ended with ${code}`)));
  });
  return panels;
}
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

if (mode === 'count') count();
else if (mode === 'bare') bare();
else await product();
