import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { as, type DeviceId, type OperatorId } from '../../machines/vocabulary/index.ts';
import { systemClock } from '../../server/clock.ts';
import { readConfig } from '../../server/config/config.ts';
import { createLog } from '../../server/log.ts';
import { run } from '../../server/main.ts';
import { openStorage } from '../../server/openStorage.ts';
import { usersSpec } from '../../server/people/users.ts';

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
const logins = (role: string, count: string): string[] =>
  Array.from({ length: Number(count) }, (_, index) => `${role}-${index}`);
const team = { operator: logins('operator', operators), supervisor: logins('supervisor', supervisors) };

/** Straight into the storage: a password takes a tenth of a second each, and nobody signs in by one here. */
async function addTeam(): Promise<void> {
  const storage = await openStorage(config, systemClock);
  const users = await storage.collection(usersSpec);
  for (const role of ['operator', 'supervisor'] as const)
    await users.putAll(
      team[role].map((login) => ({
        id: `u-${login}`,
        document: {
          login,
          surname: 'Сотрудник',
          firstName: login,
          patronymic: 'Петровна',
          position: '',
          unit: 'Горячая линия',
          roles: [role],
          devices: [],
          passwordHash: '',
          disabled: false,
        },
      })),
    );
  await storage.close();
}
if (known === undefined) await addTeam();
const begun = performance.now();
const running = await run(config, systemClock, createLog('silent'));
const readyMs = Math.round(performance.now() - begun);
const { app } = running;
if (!app) throw new Error('another server has the database');
const { sessions, operators: seats, ledger, calls } = app.rooms;
const tokensOf = (people: readonly string[]): Promise<string[]> =>
  Promise.all(people.map((login) => sessions.create({ kind: 'session', userId: `u-${login}`, title: '' }, 3_600_000)));
const tokens = await tokensOf(team.operator);
const watching = await tokensOf(team.supervisor);
if (known === undefined)
  for (const [index, login] of team.operator.entries()) {
    const id = as<OperatorId>(`u-${login}`);
    seats.chooseDevice(id, as<DeviceId>(`PJSIP/${1000 + index}`), systemClock.now());
    seats.goReady(id, systemClock.now());
  }
await ledger.flush();
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
