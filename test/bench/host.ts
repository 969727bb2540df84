import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../server/clock.ts';
import { readConfig } from '../../server/config/config.ts';
import { createLog } from '../../server/log.ts';
import { run } from '../../server/main.ts';
import { addTeam, comeBack, logins, seat, tokensOf } from './team.ts';

/**
 * The product in a process of its own with so many operators at the telephones 1000, 1001…, each on shift and with a
 * session, and so many supervisors. Prints its address, the tokens and how long it took; each line of standard input is
 * answered with its state.
 */
const [amiPort = '0', operators = '1', supervisors = '0', known] = process.argv.slice(2);
const folder = known ?? (await mkdtemp(join(tmpdir(), 'bench-')));
const outcome = readConfig({
  PORT: '0',
  DATA_DIR: folder,
  LOG_LEVEL: 'silent',
  AMI_HOST: '127.0.0.1',
  AMI_PORT: amiPort,
  AMI_USERNAME: 'telephone-regulation',
  AMI_SECRET: 'demo',
  OPERATOR_DEVICES: '^PJSIP/\\d{4}$',
  // A long time after a call would be measured as a call that lives on.
  WRAP_UP_MS: '1000',
});
if (!outcome.ok) throw new Error(outcome.faults.join('\n'));
const { config } = outcome;
const team = { operator: logins('operator', operators), supervisor: logins('supervisor', supervisors) };
if (known === undefined) await addTeam(config, team);
const begun = performance.now();
const running = await run(config, systemClock, createLog('silent'));
const readyMs = Math.round(performance.now() - begun);
const { app } = running;
if (!app) throw new Error('another server has the database');
const { calls } = app.rooms;
const tokens = await tokensOf(app, team.operator);
const watching = await tokensOf(app, team.supervisor);
if (known === undefined) await seat(app, team.operator);
comeBack(app, team.operator);
const listenersOf = (emitter: NodeJS.EventEmitter): number =>
  emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
/** CPU of the collections that were asked for here: no work of the product. */
let collectingMs = 0;
const state = (): object => {
  const before = cpuMs();
  (globalThis as { gc?: () => void }).gc?.();
  collectingMs += cpuMs() - before;
  const { rss, heapUsed } = process.memoryUsage();
  const handles: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) handles[name] = (handles[name] ?? 0) + 1;
  return {
    live: calls.size,
    rss,
    heapUsed,
    cpuMs: cpuMs() - collectingMs,
    timers: handles['Timeout'] ?? 0,
    handles: Object.values(handles).reduce((sum, count) => sum + count, 0) - (handles['Timeout'] ?? 0),
    listeners: listenersOf(process) + listenersOf(process.stdin) + listenersOf(process.stdout),
  };
};
process.stdout.write(`${JSON.stringify({ port: running.port, readyMs, folder, tokens, supervisors: watching })}\n`);
process.stdin.on('data', () => process.stdout.write(`${JSON.stringify(state())}\n`));
// Whoever asked is gone: nothing is left behind, and a profile is written.
process.stdin.on('end', () => process.exit(0));
