import { connect } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Manager from 'asterisk-manager';
import { systemClock } from '../../server/clock.ts';
import { readConfig } from '../../server/config/config.ts';
import { createLog } from '../../server/log.ts';
import { run } from '../../server/main.ts';

/**
 * One way of taking an AMI stream, in a process of its own: `count` bytes, decode with the `bare` library, or the whole
 * `product` (facts, machines, journal, views). Prints CPU seconds from the first byte to the last piece of work.
 */
const [mode = '', port = '0', bytes = '0'] = process.argv.slice(2);

const say = (result: object): void => void process.stdout.write(`${JSON.stringify(result)}\n`);
const cpuSeconds = (from: NodeJS.CpuUsage): number => {
  const used = process.cpuUsage(from);
  return (used.user + used.system) / 1e6;
};

function count(): void {
  const socket = connect(Number(port), '127.0.0.1');
  let seen = 0;
  let from: NodeJS.CpuUsage | undefined;
  socket.on('data', (chunk: Buffer) => {
    from ??= process.cpuUsage();
    seen += chunk.length;
    if (seen < Number(bytes)) return;
    say({ cpu: cpuSeconds(from) });
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
  let from: NodeJS.CpuUsage | undefined;
  manager.on('managerevent', (event: { event?: string }) => {
    from ??= process.cpuUsage();
    if (event.event !== 'BenchEnd') return;
    say({ cpu: cpuSeconds(from) });
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
  const running = await run(outcome.config, systemClock, createLog('silent'));
  const { app } = running;
  if (!app) throw new Error('another server has the database');
  let from: NodeJS.CpuUsage | undefined;
  let closed = 0;
  let quiet = 0;
  app.rooms.calls.addListener({
    onEffects: () => {
      from ??= process.cpuUsage();
      quiet = 0;
    },
    onClosed: () => {
      closed += 1;
    },
  });
  const look = setInterval(() => {
    quiet += 1;
    if (closed === 0 || app.rooms.calls.size > 0 || quiet < 10) return;
    clearInterval(look);
    void app.rooms.ledger.flush().then(async () => {
      say({ cpu: from ? cpuSeconds(from) : 0, closed });
      await running.stop();
      await rm(folder, { recursive: true, force: true });
      process.exit(0);
    });
  }, 50);
}
if (mode === 'count') count();
else if (mode === 'bare') bare();
else await product();
