import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../machines/vocabulary/index.ts';
import { createApp, type App } from './app.ts';
import { loadCalendar } from './calendar/loadCalendar.ts';
import { systemClock } from './clock.ts';
import { readConfig, type Config } from './config/config.ts';
import { loadLibrary } from './knowledge/library.ts';
import { orThrow } from './knowledge/fault.ts';
import { createLog, type Log } from './log.ts';
import { openStorage } from './openStorage.ts';
import { loadLibrary as loadScripts } from './scripts/library.ts';
import { Site } from './site.ts';
import { openJournal } from './storage/journalWriter.ts';
import { openExchanges } from './telephony/openExchanges.ts';

const VERSION = '0.1.0';
const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Running {
  readonly app: App;
  readonly port: number;
  stop(): Promise<void>;
}

/** Builds everything in the order in which it depends on each other; `stop` undoes it in reverse. */
export async function run(config: Config, clock: Clock, log: Log): Promise<Running> {
  const [library, scripts, calendar] = await Promise.all([
    loadLibrary(config.libraryDir).then(orThrow),
    loadScripts(join(config.libraryDir, 'scripts')),
    loadCalendar(config.libraryDir, config.timeZone),
  ]);
  const storage = await openStorage(config, clock);
  const journal = await openJournal(storage, { folder: config.dataDir, clock, log });
  const telephony = await openExchanges(config, clock, log);
  const app = await createApp({
    config,
    clock,
    log,
    storage,
    journal,
    exchanges: telephony.exchanges,
    site: new Site(library),
    calendar,
    clientDir: join(root, 'build', 'client'),
    version: VERSION,
    ...(telephony.demo ? { demo: telephony.demo } : {}),
  });
  await app.rooms.scripts.seed([...scripts.scripts.values()], clock.now());
  if (telephony.demo) await telephony.demo.addPeople(app.rooms.users);
  const { port } = await app.start();
  return {
    app,
    port,
    async stop() {
      await app.stop();
      await telephony.close();
      await journal.close();
      await storage.close();
    },
  };
}

/** The process: configuration, one running product, signals. */
export async function main(): Promise<void> {
  try {
    process.loadEnvFile();
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') throw fault;
  }
  const outcome = readConfig(process.env);
  if (!outcome.ok) {
    process.stderr.write(`The configuration has faults:\n${outcome.faults.map((fault) => `  ${fault}\n`).join('')}`);
    process.exit(1);
  }
  const log = createLog(outcome.config.logLevel);
  const running = await run(outcome.config, systemClock, log).catch((fault: unknown) => {
    process.stderr.write(`Cannot start: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exit(1);
  });
  const stop = (): void => {
    running.stop().then(
      () => process.exit(0),
      (fault: unknown) => {
        log.error({ err: fault }, 'could not stop cleanly; the journal has everything');
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
