import type { Server } from 'socket.io';
import type { AppSetup, Joined } from './appSetup.ts';
import { FactIntake } from './calls/factIntake.ts';
import { pausable } from './commands.ts';
import { joinCommands } from './join/commands.ts';
import { joinRehearsals, type Rehearsals } from './join/rehearsals.ts';
import { joinRoutes } from './join/routes.ts';
import { joinViews } from './join/views.ts';
import { createMetrics } from './metrics.ts';
import { buildRooms } from './rooms.ts';
import { roomsLife } from './roomsLife.ts';
import { toldOf } from './storage/faults.ts';
import { Exchanges } from './telephony/exchanges.ts';
import { listenAt } from './web/door.ts';
import { createHttp } from './web/http.ts';
import { rehearsalGate } from './web/rehearsalGate.ts';
import type { FindCaller } from './web/route.ts';
import { rehearsalRoutes } from './web/routes/rehearsals.ts';
import { CORE_FRESH_MS, openCallers, type Callers } from './web/callers.ts';
import { createSockets } from './web/sockets.ts';

export type { AppSetup } from './appSetup.ts';
export type App = Awaited<ReturnType<typeof createApp>>;

/** Joins rooms, exchanges and web. `start` recovers, listens and connects, in this order; `stop` undoes it. */
export async function createApp(setup: AppSetup) {
  const { clock, log, faults } = setup;
  const exchanges = new Exchanges(setup.exchanges, log);
  const rooms = await buildRooms({ ...setup, exchanges, queueTitles: setup.queueTitles ?? {} });
  const life = roomsLife(rooms, setup);
  const joined: Joined = { setup, rooms, life, exchanges };
  const rehearsals = await joinRehearsals(joined, (personId, view) =>
    io.to(`rehearsal:${personId}`).emit('rehearsal', view),
  );
  const { presenter, mirrors, topics } = joinViews(joined, () => io, rehearsals);
  const commands = joinCommands(joined, mirrors, rehearsals);
  const callers = openCallers({
    ...rooms,
    clock,
    log,
    freshMs: setup.storage.engine === 'mongo' ? CORE_FRESH_MS : Infinity,
  });
  const http = createWeb(joined, rehearsals, callers);
  const io: Server = createSockets(http.server, {
    commands: pausable(commands, () => setup.cluster?.isPaused() ?? false),
    clock,
    log,
    faults,
    callers,
    onPresence: (person, present) => rooms.presence.set(person.id, present),
    topics,
    ...(setup.cluster ? { adapter: setup.cluster.adapter } : {}),
  });
  rooms.studio.show({
    sendRows: (view) => io.to('studio').emit('studio', view),
    sendDelta: (delta) => io.to('studio').emit('studioDraft', delta),
  });
  const unwatchDemo = setup.demo?.watch((view) => io.to('demo').emit('demo', view));
  const intake = new FactIntake(rooms.calls, rooms.ledger, rooms.operators, [life], faults);

  let stopDays = (): void => undefined;
  /** Nothing comes in and nothing is due any more. */
  const quieten = async (): Promise<void> => {
    unwatchDemo?.();
    stopDays();
    await rehearsals?.hall.close();
    await exchanges.stop();
    await io.close();
    await rooms.studio.close();
    rooms.deadlines.stop();
    await rooms.reports.stop();
  };
  return {
    rooms,
    faults,
    exchanges,
    commands,
    topics,
    presenter,
    io,
    intake,
    async start(): Promise<{ port: number }> {
      const recovered = await life.recover();
      log.info(recovered, 'recovered');
      await setup.cluster?.beforeListen();
      const port = await (setup.admit ?? listenAt(setup.config))(http.server);
      exchanges.start(
        (facts) => intake.take(facts),
        (state) => {
          log.info({ ...state }, 'the link to the exchange');
          rooms.ledger.touch('link');
          void rooms.ledger.flush();
        },
      );
      rooms.checkpoints.start();
      rooms.reports.start();
      stopDays = life.watchDays();
      return { port };
    },
    /** Lets go of everything without writing anything more, as a crash does. */
    async abandon(): Promise<void> {
      await quieten();
      rooms.checkpoints.abandon();
    },
    async stop(): Promise<void> {
      await quieten();
      await rooms.ledger.settled();
      await rooms.archive.settled();
      await rooms.checkpoints.stop();
    },
  };
}

function createWeb(joined: Joined, rehearsals: Rehearsals | undefined, callers: Callers) {
  const { setup, rooms, exchanges } = joined;
  const { config, log, storage } = setup;
  const { calls, ledger, deadlines } = rooms;
  const metrics = createMetrics({ calls, journal: setup.journal, ledger, exchanges, deadlines, faults: setup.faults });
  /** Faults of what the product leans on, by name; none when all is well. */
  const health = async (): Promise<Record<string, string>> => {
    const faults: Record<string, string> = {};
    // While something waits for it the storage is away, whatever it answers to us; and nobody waits for that answer.
    if (ledger.storage === 'memory') faults['storage'] = 'away: what happens is kept in memory and in the backlog';
    else
      await storage.ping().catch((fault: unknown) => {
        faults['storage'] = toldOf(fault);
      });
    for (const { exchangeId, status } of exchanges.links()) if (status !== 'up') faults[`ami.${exchangeId}`] = status;
    return faults;
  };
  const findCaller: FindCaller = (request) => callers.of(request.headers);
  return createHttp({
    routes: [...joinRoutes(joined), ...(rehearsals ? rehearsalRoutes(rehearsals.records) : [])],
    ...(rehearsals
      ? { rehearsal: rehearsalGate({ findCaller, addressOf: (...which) => rehearsals.hall.addressOf(...which) }) }
      : {}),
    findCaller,
    trustedProxies: config.trustedProxies,
    clientDir: setup.clientDir,
    version: setup.version,
    log,
    health,
    metrics: () => metrics.text(),
    ...(config.metricsToken === undefined ? {} : { metricsToken: config.metricsToken }),
  });
}
