import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { as, type DeviceId } from '../../machines/vocabulary/index.ts';
import { systemClock } from '../../server/clock.ts';
import { readConfig } from '../../server/config/config.ts';
import { createLog } from '../../server/log.ts';
import { run } from '../../server/main.ts';

/**
 * The product in a process of its own with so many operators at the telephones 1000, 1001…, each with a session. Prints
 * its address, the tokens and how long it took; answers `memory` and `cpu` on request over IPC-free standard input.
 */
const [amiPort = '0', operators = '1', folder = await mkdtemp(join(tmpdir(), 'bench-'))] = process.argv.slice(2);
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
const begun = performance.now();
const running = await run(outcome.config, systemClock, createLog('silent'));
const { app } = running;
if (!app) throw new Error('another server has the database');
const { users, sessions, operators: seats, ledger, calls } = app.rooms;
const tokens: string[] = [];
for (let index = 0; index < Number(operators); index += 1) {
  const login = `op-${index}`;
  const known = users.get(`u-${login}`);
  const person =
    known ??
    (await users.add({
      login,
      surname: 'Оператор',
      firstName: `Номер${index}`,
      patronymic: 'Петровна',
      position: '',
      unit: 'Горячая линия',
      roles: ['operator'],
      devices: [],
      password: 'bench-bench',
    }));
  if (!known) {
    seats.chooseDevice(person.id, as<DeviceId>(`PJSIP/${1000 + index}`), systemClock.now());
    seats.goReady(person.id, systemClock.now());
  }
  tokens.push(await sessions.create({ kind: 'session', userId: person.id, title: '' }, 3_600_000));
}
await ledger.flush();
const listenersOf = (emitter: NodeJS.EventEmitter): number =>
  emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);
const state = (): object => {
  (globalThis as { gc?: () => void }).gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const handles: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) handles[name] = (handles[name] ?? 0) + 1;
  return {
    live: calls.size,
    rss,
    heapUsed,
    cpuMs: (user + system) / 1000,
    timers: handles['Timeout'] ?? 0,
    handles: Object.values(handles).reduce((sum, count) => sum + count, 0) - (handles['Timeout'] ?? 0),
    listeners: listenersOf(process) + listenersOf(process.stdin) + listenersOf(process.stdout),
  };
};
process.stdout.write(
  `${JSON.stringify({ port: running.port, readyMs: Math.round(performance.now() - begun), folder, tokens })}\n`,
);
process.stdin.on('data', () => process.stdout.write(`${JSON.stringify(state())}\n`));
