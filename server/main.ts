import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../machines/vocabulary/index.ts';
import { knownCalls } from './calls/knownCalls.ts';
import { createApp, type App, type AppSetup } from './app.ts';
import { loadCalendar } from './calendar/loadCalendar.ts';
import type { RunningCore } from './cluster/member.ts';
import type { Config } from './config/config.ts';
import type { DemoSignIn } from './contract/rest.ts';
import { Faults } from './faults.ts';
import { loadLibrary } from './knowledge/library.ts';
import { orThrow } from './knowledge/fault.ts';
import type { Log } from './log.ts';
import { clearRehearsals, openRehearsal } from './openRehearsal.ts';
import { openStorage } from './openStorage.ts';
import { seedScripts } from './scripts/seed.ts';
import { Site } from './site.ts';
import { openJournal } from './storage/journalWriter.ts';
import type { Storage } from './storage/port.ts';
import { demoCommands } from './telephony/demo/demoCommands.ts';
import type { OpenDemonstration } from './telephony/demo/openDemonstration.ts';
import { keptEventToken } from './telephony/eventToken.ts';
import { openExchanges } from './telephony/openExchanges.ts';
import { Door } from './web/door.ts';

const VERSION = '0.1.0';
const root = fileURLToPath(new URL('../..', import.meta.url));
const CLIENT_DIR = join(root, 'build', 'client');

export interface Running {
  /** Absent while another server is the core. */
  readonly app?: App;
  readonly port: number;
  readonly demo?: { readonly signIns: readonly DemoSignIn[] };
  /** A restored backup lies ready: stop and begin anew. Rejects while the storage is away. */
  replaced(): Promise<boolean>;
  stop(): Promise<void>;
}

/**
 * Builds everything in the order in which it depends on each other; `stop` undoes it in reverse. On MongoDB this server
 * takes the lease first, and with Redis it shares the work with others. `onEnd`: the process must end at once. `door`: an
 * open port, left open at the end; absent: one of its own, as configured.
 */
export async function run(
  config: Config,
  clock: Clock,
  log: Log,
  onEnd: (why: string) => void = endNow,
  door?: Door,
): Promise<Running> {
  if (door) return runBehind(door, config, clock, log, onEnd);
  const own = await Door.open(config);
  try {
    const running = await runBehind(own, config, clock, log, onEnd);
    const stop = async (): Promise<void> => {
      await running.stop();
      await own.close();
    };
    return { ...running, stop };
  } catch (fault) {
    await own.close();
    throw fault;
  }
}

async function runBehind(
  door: Door,
  config: Config,
  clock: Clock,
  log: Log,
  onEnd: (why: string) => void,
): Promise<Running> {
  const [library, calendar] = await Promise.all([
    loadLibrary(config.libraryDir).then(orThrow),
    loadCalendar(config.libraryDir, config.timeZone),
  ]);
  const startCore = (storage: Storage, cluster: AppSetup['cluster']): Promise<Core> =>
    openCore({
      ...{ config, clock, log, storage, site: new Site(library), calendar, admit: door.admit },
      ...(cluster ? { cluster } : {}),
    });
  const storage = await openStorage(config, clock, log);
  door.wait();
  const replaced = (): Promise<boolean> => storage.replaced();
  let folder: { close(): void } | undefined;
  const setup = { config, clock, log, storage, startCore, door, clientDir: CLIENT_DIR, version: VERSION, onEnd };
  try {
    if (storage.engine === 'embedded') {
      const core = await startCore(storage, undefined);
      return {
        ...core,
        replaced,
        stop: () =>
          inTurn(
            () => core.stop(),
            () => storage.close(),
          ),
      };
    }
    // Who has the data folder has its name in the lease: two processes on one folder must never be taken for each other.
    const { lockFolder } = await import('./storage/embedded/database.ts');
    const lock = (folder = lockFolder(config.dataDir));
    // With it come the libraries for Redis, which a server on its own store never needs.
    const { runAlone, runMember } = await import('./cluster/member.ts');
    const member = await (config.redisUrl === undefined ? runAlone(setup) : runMember(setup, config.redisUrl));
    const core: Core | undefined = member.core;
    return { ...core, port: member.port, replaced, stop: () => member.stop().finally(() => lock.close()) };
  } catch (fault) {
    folder?.close();
    await storage.close();
    throw fault;
  }
}
/** The second also when the first fails. */
async function inTurn(first: () => Promise<void>, second: () => Promise<void>): Promise<void> {
  try {
    await first();
  } finally {
    await second();
  }
}
const endNow = (why: string): void => {
  process.stderr.write(`This server ends at once: ${why}\n`);
  process.exit(1);
};

interface Core extends RunningCore {
  readonly demo?: { readonly signIns: readonly DemoSignIn[] };
}
type Parts = Pick<AppSetup, 'config' | 'clock' | 'log' | 'storage' | 'site' | 'calendar' | 'admit' | 'cluster'>;

/** Journal, exchanges, rooms and web over a storage that is open. What began half is undone. */
async function openCore(parts: Parts): Promise<Core> {
  const { clock, log, storage } = parts;
  const faults = new Faults(log);
  const amiEventToken = parts.config.amiEventToken ?? (await keptEventToken(storage.raw));
  const config = { ...parts.config, amiEventToken };
  await clearRehearsals(config);
  const journal = await openJournal(storage, { folder: config.dataDir, clock, log });
  let app: App | undefined;
  let telephony: Awaited<ReturnType<typeof openExchanges>> | undefined;
  const close = async (): Promise<void> => {
    await telephony?.close();
    await journal.close();
  };
  try {
    telephony = await openExchanges(config, {
      clock,
      log,
      faults,
      knownCalls: (exchangeId) => (app ? knownCalls(app.rooms.calls, exchangeId) : []),
    });
    const { demo } = telephony;
    app = await createApp({
      ...parts,
      faults,
      journal,
      exchanges: telephony.exchanges,
      openRehearsal: openRehearsal({ ...parts, clientDir: CLIENT_DIR, version: VERSION }),
      clientDir: CLIENT_DIR,
      version: VERSION,
      ...(demo ? { demo: demoParts(demo), queueTitles: demo.queueTitles } : {}),
    });
    const running = app;
    await seedScripts(join(config.libraryDir, 'scripts'), { storage, catalogue: running.rooms.scripts }, clock.now());
    if (demo) await demo.addPeople(running.rooms.users);
    const { port } = await running.start();
    return { app, port, ...(demo ? { demo } : {}), stop: () => inTurn(() => running.stop(), close) };
  } catch (fault) {
    await app?.abandon();
    await close();
    throw fault;
  }
}

const demoParts = (demo: OpenDemonstration): NonNullable<Parameters<typeof createApp>[0]['demo']> => ({
  signIns: demo.signIns,
  commands: demoCommands(demo.control),
  view: () => demo.control.view(),
  watch: (push) => demo.control.watch(push),
});
