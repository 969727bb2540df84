import type { ServerOptions } from 'socket.io';
import type { Clock, Milliseconds, OperatorId } from '../../machines/vocabulary/index.ts';
import type { Config } from '../config/config.ts';
import type { CommandResult, Topic } from '../contract/index.ts';
import { Faults } from '../faults.ts';
import type { Log } from '../log.ts';
import { Sessions, Users, type Person } from '../people/users.ts';
import { Presence } from '../presence.ts';
import { toldOf } from '../storage/faults.ts';
import type { Storage } from '../storage/port.ts';
import { TOPICS } from '../topics.ts';
import { openCallers } from '../web/callers.ts';
import type { Admit } from '../web/door.ts';
import { createHttp } from '../web/http.ts';
import { createSockets, type RemoteTopic } from '../web/sockets.ts';
import type { Bus } from './bus.ts';
import type { AskedSnapshot, ForwardedCommand, FrontReport } from './core.ts';
import { forwardTo, POLLING_WITHIN_MS } from './forward.ts';

export interface FrontSetup {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly storage: Storage;
  readonly bus: Bus;
  readonly adapter: ServerOptions['adapter'];
  /** Whose port the pages are reached at. */
  readonly admit: Admit;
  readonly clientDir: string;
  readonly version: string;
}
export interface Front {
  /** A new core is there: tells it who is here, and asks it for everything that is watched. */
  onCore(): void;
  close(): Promise<void>;
}

const REPORT_EVERY_MS: Milliseconds = 1_000;
/** A command waits out a takeover; the browser's own patience is a little longer. */
const COMMAND_WITHIN_MS: Milliseconds = 9_000;
const SNAPSHOT_WITHIN_MS: Milliseconds = 6_000;

/**
 * An instance that is not the core: gives out the pages, knows people and sessions from the database, holds sockets.
 * What lives is at the core: commands and requests are handed to it, its pushes arrive through socket.io's adapter.
 */
export async function openFront(setup: FrontSetup): Promise<Front> {
  const { config, clock, log, bus, storage } = setup;
  const users = await Users.open(storage);
  const sessions = await Sessions.open(storage, clock);
  const callers = openCallers({ users, sessions, clock, log, freshMs: 0 });
  const http = createHttp({
    routes: [],
    forward: forwardTo(bus),
    rehearsal: forwardTo(bus, POLLING_WITHIN_MS),
    findCaller: (request) => callers.of(request.headers),
    trustedProxies: config.trustedProxies,
    clientDir: setup.clientDir,
    version: setup.version,
    log,
    health: async () => ({
      ...(await storage.ping().then(
        () => ({}),
        (fault: unknown) => ({ storage: toldOf(fault) }),
      )),
      ...(bus.up ? {} : { redis: 'away' }),
    }),
    metrics: () => Promise.resolve(`# HELP cluster_core 1 on the core\n# TYPE cluster_core gauge\ncluster_core 0\n`),
    ...(config.metricsToken === undefined ? {} : { metricsToken: config.metricsToken }),
  });
  const presence = new Presence();
  const io = createSockets(http.server, {
    commands: { run: (name, input, context) => forwardCommand(bus, name, input, context) },
    topics: Object.fromEntries(
      Object.entries(TOPICS).map(([topic, place]) => [topic, remote(bus, topic as Topic, place)]),
    ),
    clock,
    log,
    faults: new Faults(log),
    callers,
    onPresence: (person, present) => {
      presence.set(person.id, present);
      report();
    },
    adapter: setup.adapter,
  });

  const report = (): void => {
    const watching: Record<string, number> = {};
    for (const room of ['board', 'wallboard', 'demo', 'studio'])
      watching[room] = io.sockets.adapter.rooms.get(room)?.size ?? 0;
    bus.tell('front', { present: [...presence.all()] as OperatorId[], watching } satisfies FrontReport);
  };
  let cancel: () => void = () => undefined;
  const reportAgain = (): void => {
    report();
    cancel = clock.setTimer(clock.now() + REPORT_EVERY_MS, reportAgain);
  };
  await setup.admit(http.server);
  reportAgain();

  return {
    onCore() {
      report();
      bus.askAgain();
      for (const socket of io.sockets.sockets.values())
        for (const topic of socket.data.topics ?? [])
          askSnapshot(bus, topic, socket.data.person, socket.id).catch((fault: unknown) =>
            log.warn({ err: fault, topic }, 'a view could not be asked for'),
          );
    },
    async close() {
      cancel();
      await io.close();
    },
  };
}

function forwardCommand(
  bus: Bus,
  name: string,
  input: unknown,
  { person, commandId }: { person: Person; commandId: string },
): Promise<CommandResult> {
  const asked: ForwardedCommand = { personId: person.id, commandId, name, input };
  return bus.ask({ op: 'command', input: asked }, COMMAND_WITHIN_MS, 2).then(
    (result) => result as CommandResult,
    (): CommandResult => ({ ok: false, error: { code: 'cluster.noCore' } }),
  );
}

const remote = (bus: Bus, topic: Topic, place: (typeof TOPICS)[Topic]): RemoteTopic => ({
  ...place,
  ask: async (person, socketId) => {
    await askSnapshot(bus, topic, person, socketId);
  },
});
const askSnapshot = (bus: Bus, topic: Topic, person: Person, socketId: string): Promise<unknown> =>
  bus.ask(
    { op: 'snapshot', input: { topic, personId: person.id, socketId } satisfies AskedSnapshot },
    SNAPSHOT_WITHIN_MS,
    2,
  );
