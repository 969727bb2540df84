import type { AddressInfo } from 'node:net';
import type { ServerOptions } from 'socket.io';
import { type Clock, type DeviceId, type Fact, type Instant, type OperatorId } from '../machines/vocabulary/index.ts';
import type { BusinessCalendar, DeadlineRule } from './calendar/businessCalendar.ts';
import { proposeDeadline } from './calendar/proposeDeadline.ts';
import { endOfLocalDay, localDay, localMoment } from './calendar/localDay.ts';
import { callbackCommands } from './callbacks/commands.ts';
import { CallbackDesk } from './callbacks/desk.ts';
import { readNumber } from './callbacks/phoneNumber.ts';
import { dialling } from './calls/dialling.ts';
import { inquiryCommands } from './calls/commands/inquiryCommands.ts';
import { promisingCall } from './calls/commands/promisingCall.ts';
import { lineCommands } from './calls/commands/lineCommands.ts';
import { scriptCommands } from './calls/commands/scriptCommands.ts';
import { FactIntake } from './calls/factIntake.ts';
import { operatorCommands } from './calls/operatorCommands.ts';
import { ScriptEffects } from './calls/scriptEffects.ts';
import { PanelPresenter } from './calls/panelPresenter.ts';
import { Commands, pausable, type Command } from './commands.ts';
import type { Config } from './config/config.ts';
import type { Topic } from './contract/index.ts';
import type { DemoSignIn, DeviceOption } from './contract/rest.ts';
import type { DurableLog } from './ledger/ledger.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { fullName } from './people/users.ts';
import { Presence } from './presence.ts';
import { buildRooms } from './rooms.ts';
import type { Site } from './site.ts';
import type { Storage } from './storage/port.ts';
import { TOPICS } from './topics.ts';
import type { LinkState } from './telephony/exchange.ts';
import { Exchanges } from './telephony/exchanges.ts';
import type { Exchange } from './telephony/exchange.ts';
import { InquiryHistoryReader } from './reports/inquiryHistory.ts';
import { createBoard } from './supervision/board.ts';
import { Mirrors } from './supervision/mirrors.ts';
import { supervisorCommands } from './supervision/supervisorCommands.ts';
import { createHttp } from './web/http.ts';
import { callRoutes } from './web/routes/calls.ts';
import { reportRoutes, type Look } from './web/routes/reports.ts';
import { reviewRoutes } from './web/routes/reviews.ts';
import { peopleRoutes } from './web/routes/people.ts';
import { learningRoutes } from './web/routes/learning.ts';
import { siteDocumentRoutes } from './web/routes/siteDocuments.ts';
import { studioRoutes } from './web/routes/studio.ts';
import { trainingRoutes } from './web/routes/training.ts';
import { workRoutes } from './web/routes/work.ts';
import { callerOf, sessionRoutes } from './web/session.ts';
import { createSockets, type TopicSource } from './web/sockets.ts';
import { suggestStaff } from './knowledge/suggestStaff.ts';

export interface AppSetup {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly storage: Storage;
  readonly journal: DurableLog;
  readonly exchanges: readonly Exchange[];
  readonly site: Site;
  readonly calendar: BusinessCalendar;
  readonly clientDir: string;
  readonly version: string;
  /** Only with the demonstration exchange. */
  readonly queueTitles?: Readonly<Record<string, string>>;
  readonly demo?: {
    readonly signIns: readonly DemoSignIn[];
    readonly commands: Readonly<Record<string, Command>>;
    view(): unknown;
    watch(push: (view: unknown) => void): () => void;
  };
  /** The other instances, when there are several. */
  readonly cluster?: {
    readonly epoch: number;
    readonly adapter: ServerOptions['adapter'];
    /** How many sockets of other instances are in a room. */
    watching(room: string): number;
    /** This process may not be the core any more: it must neither do nor confirm anything. */
    isPaused(): boolean;
    /** Recovered and about to listen. */
    beforeListen(): Promise<void>;
  };
}
export type App = Awaited<ReturnType<typeof createApp>>;

/** Joins rooms, exchanges and web. `start` recovers, listens and connects, in this order; `stop` undoes it. */
export async function createApp(setup: AppSetup) {
  const { config, clock, log, storage, site, calendar } = setup;
  const exchanges = new Exchanges(setup.exchanges, log);
  const rooms = await buildRooms({ ...setup, exchanges, queueTitles: setup.queueTitles ?? {} });
  const { ledger, calls, callbacks, operators, inquiries, users, sessions, notices, world } = rooms;
  const history = new InquiryHistoryReader({
    inquiries,
    calls,
    callbacks,
    names: rooms.names,
    history: rooms.archive.collection,
    closedCallbacks: callbacks.setup.collection,
  });
  const presence = new Presence();
  const metrics = createMetrics({ calls, ledger, exchanges, deadlines: rooms.deadlines });

  const commands = new Commands((fault, name) => log.error({ err: fault, name }, 'a command failed'));
  const askHelp = (operatorId: OperatorId, reason: string, at: Instant): void =>
    rooms.watch.askHelp(operatorId, reason, at);
  const desk = { calls, ledger, exchangeOf: (live: Parameters<typeof exchangeOf>[0]) => exchangeOf(live) };
  const exchangeOf = (live: { record: { exchangeId: Exchange['id'] } }): Exchange =>
    exchanges.get(live.record.exchangeId);
  commands.add(scriptCommands(desk, world));
  commands.add(lineCommands(desk, inquiries));
  const dial = dialling({ exchanges, operators, callerId: config.callerId });
  const callbackDesk = new CallbackDesk(callbacks, dial);
  commands.add(
    callbackCommands({
      desk: callbackDesk,
      ledger,
      promisingCall: promisingCall(calls, rooms.knownOf),
      onPromised: (call, promiseId, at) => calls.record(call.callId, 'promised', at, { promiseId }),
    }),
  );
  commands.add(inquiryCommands({ calls, inquiries, ledger, dial }));
  commands.add(
    operatorCommands({
      operators,
      ledger,
      askHelp,
      dismissNotice: (operatorId, id) => notices.dismiss(operatorId, id),
    }),
  );

  calls.addListener(
    new ScriptEffects({
      calls,
      inquiries,
      callbacks: callbackDesk,
      timeZone: config.timeZone,
      log,
      exchangeOf,
      clientKindOf: (live, at) => rooms.knownOf(live, live.operatorId, at).client.kind,
      notify: (operatorId, at, notice) => notices.tell(operatorId, at, notice),
      askHelp,
    }),
  );

  commands.add(rooms.studio.commands);
  if (setup.demo) commands.add(setup.demo.commands);
  const callerFrom = (headers: Parameters<typeof callerOf>[1]) => callerOf({ users, sessions }, headers);
  const devices = (): readonly DeviceOption[] =>
    site.directory.members.map(({ extension, fullName: name }) => ({
      device: `PJSIP/${extension}` as DeviceId,
      label: `${extension} · ${name}`,
    }));
  /** Whoever looks at personal data leaves a row of audit (3.7.4). */
  const look: Look = (person, what, whom, details = {}) => {
    rooms.audit.note({ who: person.id, whoName: fullName(person), what, whom, details }, clock.now());
    void ledger.flush();
  };
  const http = createHttp({
    routes: [
      ...sessionRoutes({
        users,
        sessions,
        ttlMs: config.sessionTtlMs,
        secure: config.secureCookies,
        devicesOf: (person) =>
          person.devices.length > 0 ? person.devices.map((device) => ({ device, label: device })) : devices(),
        deviceInUse: (person) => operators.deviceOf(person.id),
      }),
      ...callRoutes({ calls, history: rooms.archive.collection, names: rooms.names, look }),
      ...reportRoutes({ reports: rooms.reports, reviews: rooms.reviews, timeZone: config.timeZone, look }),
      ...reviewRoutes({ reviews: rooms.reviews, timeZone: config.timeZone, look, now: () => clock.now() }),
      ...peopleRoutes({
        operators,
        users,
        sessions,
        note: ({ person }, what, whom) => {
          rooms.audit.note({ who: person.id, whoName: fullName(person), what, whom }, clock.now());
          void ledger.flush();
        },
      }),
      ...studioRoutes({
        studio: rooms.studio,
        now: () => clock.now(),
        nameOf: (id) => rooms.names.person(id)?.name,
        liveCalls: (scriptId, version) =>
          [...calls.all()].filter(({ rest: { script } }) => script?.scriptId === scriptId && script.version === version)
            .length,
      }),
      ...learningRoutes({
        studio: rooms.studio,
        now: () => clock.now(),
        nameOf: (id) => rooms.names.person(id)?.name,
      }),
      ...siteDocumentRoutes(rooms.studio.documents),
      ...trainingRoutes(rooms.studio.training),
      ...workRoutes({
        settings: () => ({
          organizationName: config.organizationName,
          timeZone: config.timeZone,
          dispositions: site.dispositions.map(coded),
          pauseReasons: site.pauseReasons.map(coded),
          topics: site.library.topics.topics.map(coded),
          ...(setup.demo ? { demo: { signIns: setup.demo.signIns } } : {}),
        }),
        knowledge: () => site.knowledge,
        scripts: rooms.scripts,
        callContext: (callId) => {
          const live = callId === undefined ? undefined : calls.get(callId);
          if (!live) return { clientKind: 'external' };
          const { client, inquiry } = rooms.knownOf(live, live.operatorId, clock.now());
          return { clientKind: client.kind, ...(inquiry.topic ? { topic: inquiry.topic } : {}) };
        },
        today: () => localDay(clock.now(), config.timeZone),
        endOfDay: (day) => endOfLocalDay(day, config.timeZone),
        suggestStaff: ({ callId, q }) => {
          const live = callId === undefined ? undefined : calls.get(callId);
          const known = live && rooms.knownOf(live, live.operatorId, clock.now()).inquiry;
          return suggestStaff(site.directory, {
            wish: { ...known, now: localMoment(clock.now(), config.timeZone) },
            text: q,
            isFree: (extension) => operators.isFree(extension),
          });
        },
        deadline: (rule: DeadlineRule, callId) => {
          const live = callId === undefined ? undefined : calls.get(callId);
          const internal = live && rooms.knownOf(live, live.operatorId, clock.now()).client.kind === 'internal';
          const read = readNumber(live?.record.client.number ?? '', { country: 'RU', internal: false });
          const number = read.ok ? read.number : '';
          return proposeDeadline(calendar, rule === 'callback' && internal ? 'internal' : rule, clock.now(), number);
        },
        inquiry: (id, person) => {
          look(person, 'inquiry.viewed', id);
          return history.of(id);
        },
      }),
    ],
    findCaller: (request) => callerFrom(request.headers),
    trustedProxies: config.trustedProxies,
    clientDir: setup.clientDir,
    version: setup.version,
    log,
    health: async () => ({
      ...(await storage.ping().then(
        () => ({}),
        (fault: unknown) => ({ storage: fault instanceof Error ? fault.message : 'away' }),
      )),
      ...Object.fromEntries(
        exchanges.links().flatMap(({ exchangeId, status }) => (status === 'up' ? [] : [[`ami.${exchangeId}`, status]])),
      ),
    }),
    metrics: () => metrics.text(),
    ...(config.metricsToken === undefined ? {} : { metricsToken: config.metricsToken }),
  });

  const presenter: PanelPresenter = new PanelPresenter(
    {
      ledger,
      calls,
      clock,
      inquiries,
      scripts: world,
      operator: (id) => operators.view(id),
      queueTitle: (queue) => setup.queueTitles?.[queue] ?? queue,
      links: () => exchanges.links(),
      callbacks: (id) => callbacks.views(id),
      today: (id) => rooms.today.of(id),
      notices: (id) => notices.of(id),
      listening: (id) => rooms.listening.told(id),
      present: () => presence.all(),
      isPresent: (id) => presence.has(id),
    },
    (operatorId, view) => io.to(`panel:${operatorId}`).emit('panel', view),
  );
  ledger.addPublisher(presenter);
  const board = createBoard(
    { rooms, exchanges, clock, transferLimit: config.transferLimit, hasWatchers: () => watchers('board') > 0 },
    (delta) => io.to('board').emit('boardDelta', delta),
  );
  ledger.addPublisher(board);
  const mirrors = new Mirrors(presenter, (supervisorId, mirror) =>
    io.to(`mirror:${supervisorId}`).emit('mirror', mirror),
  );
  ledger.addPublisher(mirrors);
  commands.add(
    supervisorCommands({
      ...rooms,
      callbacks: callbackDesk,
      exchanges,
      onSettings: () => rooms.recount(),
      watchOperator: ({ person }, operatorId) => mirrors.watch(person.id, operatorId),
    }),
  );
  const watchers = (room: string): number =>
    (io.sockets.adapter.rooms.get(room)?.size ?? 0) + (setup.cluster?.watching(room) ?? 0);
  const topics: Readonly<Partial<Record<Topic, TopicSource>>> = {
    panel: { ...TOPICS.panel, snapshot: (person) => presenter.view(person.id) },
    board: { ...TOPICS.board, snapshot: () => board.view() },
    mirror: { ...TOPICS.mirror, snapshot: (person) => mirrors.of(person.id) },
    wallboard: { ...TOPICS.wallboard, snapshot: () => board.view() },
    studio: { ...TOPICS.studio, snapshot: () => rooms.studio.pushes.view() },
    ...(setup.demo ? { demo: { ...TOPICS.demo, snapshot: () => setup.demo?.view() } } : {}),
  };
  const carriedOut = pausable(commands, () => setup.cluster?.isPaused() ?? false);
  const io = createSockets(http.server, {
    commands: carriedOut,
    clock,
    log,
    callerOf: callerFrom,
    onPresence: (person, present) => presence.set(person.id, present),
    topics,
    ...(setup.cluster ? { adapter: setup.cluster.adapter } : {}),
  });

  rooms.studio.show({
    sendRows: (view) => io.to('studio').emit('studio', view),
    sendDelta: (delta) => io.to('studio').emit('studioDraft', delta),
  });
  const unwatchDemo = setup.demo?.watch((view) => io.to('demo').emit('demo', view));

  const intake = new FactIntake(calls, ledger, operators, [rooms]);
  const onFacts = (facts: readonly Fact[]): void => intake.take(facts);
  const onLink = (state: LinkState): void => {
    log.info({ ...state }, 'the link to the exchange');
    ledger.touch('link');
    void ledger.flush();
  };

  return {
    rooms,
    commands,
    presence,
    topics,
    presenter,
    io,
    fullName,
    intake,
    async start(): Promise<{ port: number }> {
      const recovered = await rooms.recover();
      log.info(recovered, 'recovered');
      await setup.cluster?.beforeListen();
      await new Promise<void>((resolve, reject) => {
        http.server.once('error', reject);
        http.server.listen(config.port, config.host, resolve);
      });
      exchanges.start(onFacts, onLink);
      rooms.checkpoints.start();
      rooms.reports.start();
      return { port: (http.server.address() as AddressInfo).port };
    },
    /** Lets go of everything without writing anything more, as a crash does. */
    async abandon(): Promise<void> {
      await exchanges.stop();
      await io.close();
      await rooms.studio.close();
      rooms.deadlines.stop();
      await rooms.reports.stop();
      rooms.checkpoints.abandon();
    },
    async stop(): Promise<void> {
      unwatchDemo?.();
      await exchanges.stop();
      await io.close();
      await rooms.studio.close();
      rooms.deadlines.stop();
      await rooms.reports.stop();
      await ledger.flush();
      await rooms.archive.settled();
      await rooms.checkpoints.stop();
    },
  };
}

const coded = ({
  id,
  label,
}: {
  readonly id: string;
  readonly label: { readonly ru: string; readonly en: string };
}) => ({
  code: id,
  label: label.ru,
  en: label.en,
});
