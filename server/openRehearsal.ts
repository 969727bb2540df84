import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../machines/vocabulary/index.ts';
import { createApp } from './app.ts';
import { loadCalendar } from './calendar/loadCalendar.ts';
import { knownCalls } from './calls/knownCalls.ts';
import type { Config } from './config/config.ts';
import type { CommandResult, DemoView } from './contract/index.ts';
import { Faults } from './faults.ts';
import type { Log } from './log.ts';
import type { Person } from './people/users.ts';
import { RehearsalClock } from './rehearsal/rehearsalClock.ts';
import type { OpenSandbox } from './rehearsal/sandbox.ts';
import { Site } from './site.ts';
import { openEmbedded } from './storage/embedded/engine.ts';
import { openJournal } from './storage/journalWriter.ts';
import { demoCommands } from './telephony/demo/demoCommands.ts';
import type { OpenDemonstration } from './telephony/demo/openDemonstration.ts';
import { openExchanges } from './telephony/openExchanges.ts';

export interface RehearsalTools {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** What the organisation has written down, as it is now. */
  readonly site: Site;
  readonly clientDir: string;
  readonly version: string;
}
/** Longer than any rehearsal, however fast its clock. */
const SIGNED_IN_MS = 400 * 86_400_000;
const TRAINEE = 'trainee';

const folderOf = (config: Config): string => join(config.dataDir, 'rehearsals');
/** What a crash left of rehearsals is of no use to anybody. */
export const clearRehearsals = (config: Config): Promise<void> =>
  rm(folderOf(config), { recursive: true, force: true });

/** A whole product in a folder of its own, on a demonstration exchange of its own, in a time of its own. */
export const openRehearsal =
  (tools: RehearsalTools): OpenSandbox =>
  async ({ rehearsalId, person, scripts, documents, aheadMs }) => {
    const folder = join(folderOf(tools.config), rehearsalId);
    const log = tools.log.child({ rehearsal: rehearsalId });
    const config: Config = {
      ...tools.config,
      port: 0,
      host: '127.0.0.1',
      dataDir: folder,
      asterisks: [],
      demoSpeed: 1,
      // The trainee chooses the hour: what is said outside working time is rehearsed as well.
      aroundTheClock: false,
    };
    let tellTime = (): void => undefined;
    const clock = new RehearsalClock(tools.clock, () => tellTime());
    clock.forward(aheadMs);
    const storage = await openEmbedded({ folder, clock });
    const journal = await openJournal(storage, { folder, clock, log });
    let app: Awaited<ReturnType<typeof createApp>> | undefined;
    const faults = new Faults(log);
    const telephony = await openExchanges(config, {
      clock,
      wireClock: clock.atOuterPace,
      log,
      faults,
      knownCalls: (exchangeId) => (app ? knownCalls(app.rooms.calls, exchangeId) : []),
    });
    const { demo } = telephony;
    if (!demo) throw new Error('a rehearsal has no exchange but the demonstration');
    app = await createApp({
      ...{ config, clock, log, faults, storage, journal, exchanges: telephony.exchanges },
      ...{ site: new Site(tools.site.library), documents },
      calendar: await loadCalendar(config.libraryDir, config.timeZone),
      ...{ clientDir: tools.clientDir, version: tools.version, queueTitles: demo.queueTitles },
      demo: demonstrationOf(demo),
    });
    const { rooms, commands, presenter } = app;
    const sandbox = app;
    await rooms.scripts.seed([...scripts], clock.now());
    const trainee = await addTrainee(demo, rooms.users, person);
    const token = await rooms.sessions.create({ kind: 'session', userId: trainee.id, title: '' }, SIGNED_IN_MS);
    const { port } = await app.start();
    let asked = 0;
    const run = (name: string, input: object): Promise<CommandResult> => {
      asked += 1;
      return commands.run(name, input, { person: trainee, at: clock.now(), commandId: `rehearsal-${asked}` });
    };
    tellTime = () => {
      rooms.ledger.touch(`operator/${trainee.id}`);
      void rooms.ledger.flush();
    };
    await run('operator.chooseDevice', { device: demo.seat.device });
    await run('operator.ready', {});
    return {
      ...{ port, token, clock, device: demo.seat.device },
      tellTime: () => tellTime(),
      // Whoever calls, calls the queue at which the trainee sits.
      key: (name, input) => run(name, name === 'demo.call' ? { ...input, queue: demo.seat.queue } : input),
      demo: (): DemoView => demo.control.view(),
      panel() {
        const view = presenter.view(trainee.id);
        if (!view) throw new Error('the trainee has no panel');
        return view;
      },
      watch(changed) {
        rooms.ledger.addPublisher({ prepare: () => changed });
        demo.control.watch(changed);
      },
      async close() {
        clock.setSpeed(1);
        await sandbox.stop();
        await telephony.close();
        await journal.close();
        await storage.close();
        clock.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  };

const demonstrationOf = (demo: OpenDemonstration) => ({
  signIns: [],
  commands: demoCommands(demo.control),
  view: () => demo.control.view(),
  watch: (push: (view: unknown) => void) => demo.control.watch(push),
});

/** Under their own name, in the seat of the demonstration's first operator. */
async function addTrainee(
  demo: OpenDemonstration,
  users: { add(input: object): Promise<Person> } & Parameters<OpenDemonstration['addPeople']>[0],
  { surname, firstName, patronymic, position, unit }: Person,
): Promise<Person> {
  return users.add({
    ...{ login: TRAINEE, surname, firstName, patronymic, position, unit },
    roles: ['operator'],
    devices: [demo.seat.device],
    // Nobody signs in with it: the page comes with its own token.
    password: crypto.randomUUID(),
  });
}
