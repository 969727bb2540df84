import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type App } from '../../server/app.ts';
import { loadCalendar } from '../../server/calendar/loadCalendar.ts';
import { readConfig } from '../../server/config/config.ts';
import type { Faults } from '../../server/faults.ts';
import { orThrow } from '../../server/knowledge/fault.ts';
import { loadLibrary } from '../../server/knowledge/library.ts';
import { createLog } from '../../server/log.ts';
import { openRehearsal } from '../../server/openRehearsal.ts';
import type { Person } from '../../server/people/users.ts';
import { loadLibrary as loadScripts } from '../../server/scripts/library.ts';
import { Site } from '../../server/site.ts';
import { openEmbedded } from '../../server/storage/embedded/engine.ts';
import { openJournal } from '../../server/storage/journalWriter.ts';
import { FakeClock } from './fakeClock.ts';
import { FakeExchange } from './fakeExchange.ts';
import { strictFaults } from './strictFaults.ts';

export interface TestApp {
  app: App;
  readonly clock: FakeClock;
  readonly exchange: FakeExchange;
  readonly folder: string;
  port: number;
  person(login: string): Person;
  /** A command of a person; ids are made. */
  command(login: string, name: string, input: unknown): ReturnType<App['commands']['run']>;
  /** Ends without any goodbye and starts again on the same folder, as after `kill -9`. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

const LIBRARY = process.env.LIBRARY_DIR ?? 'scripts-library';
const library = loadLibrary(LIBRARY).then(orThrow);
const scripts = loadScripts(`${LIBRARY}/scripts`);

/**
 * The whole server over real embedded storage, with a clock and an exchange that the test moves. `faults`: of tests that
 * are about them; in all others a fault fails the test.
 */
export async function testApp(
  environment: Record<string, string> = {},
  faults: Faults = strictFaults(),
): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'app-'));
  const outcome = readConfig({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent', ...environment });
  if (!outcome.ok) throw new Error(outcome.faults.join('\n'));
  const { config } = outcome;
  const clock = new FakeClock();
  const log = createLog('silent');
  const exchange = new FakeExchange(clock);
  const open = async (): Promise<{ app: App; port: number; closeStores: () => Promise<void> }> => {
    const storage = await openEmbedded({ folder, clock });
    const journal = await openJournal(storage, { folder, clock, log });
    const site = new Site(await library);
    const app = await createApp({
      config,
      clock,
      log,
      faults,
      storage,
      journal,
      exchanges: [exchange],
      site,
      openRehearsal: openRehearsal({ config, clock, log, site, clientDir: 'build/client', version: 'test' }),
      calendar: await loadCalendar(LIBRARY, config.timeZone),
      clientDir: 'build/client',
      version: 'test',
    });
    await app.rooms.scripts.seed([...(await scripts).scripts.values()], clock.now());
    const { port } = await app.start();
    const closeStores = async (): Promise<void> => {
      await journal.close();
      await storage.close();
    };
    return { app, port, closeStores };
  };
  let running = await open();
  await addPeople(running.app);
  let commands = 0;
  const test: TestApp = {
    app: running.app,
    clock,
    exchange,
    folder,
    port: running.port,
    person(login) {
      const found = test.app.rooms.users.all().find((person) => person.login === login);
      if (!found) throw new Error(`nobody is called ${login}`);
      return found;
    },
    command(login, name, input) {
      commands += 1;
      const context = { person: test.person(login), at: clock.now(), commandId: `c-${commands}` };
      return test.app.commands.run(name, input, context);
    },
    async crash() {
      await running.app.abandon();
      await running.closeStores();
      running = await open();
      test.app = running.app;
      test.port = running.port;
    },
    async close() {
      await running.app.stop();
      await running.closeStores();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return test;
}

async function addPeople(app: App): Promise<void> {
  const common = { patronymic: 'Петровна', position: 'специалист', unit: 'Отдел приёма обращений', devices: [] };
  const password = 'test-password';
  await app.rooms.users.add({
    ...common,
    login: 'anna',
    surname: 'Смирнова',
    firstName: 'Анна',
    roles: ['operator'],
    password,
  });
  await app.rooms.users.add({
    ...common,
    login: 'olga',
    surname: 'Орлова',
    firstName: 'Ольга',
    roles: ['operator'],
    password,
  });
  await app.rooms.users.add({
    ...common,
    login: 'vera',
    surname: 'Котова',
    firstName: 'Вера',
    roles: ['supervisor'],
    password,
  });
}
