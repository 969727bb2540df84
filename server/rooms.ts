import type { ReadinessEffect } from '../machines/operator/index.ts';
import { DEFAULT_CALLBACK_POLICY } from '../machines/promises/index.ts';
import type { Clock, Instant } from '../machines/vocabulary/index.ts';
import type { BusinessCalendar } from './calendar/businessCalendar.ts';
import { startOfLocalDay } from './calendar/localDay.ts';
import { callbacksSpec } from './callbacks/callbackDocument.ts';
import { CallbacksRoom } from './callbacks/callbacksRoom.ts';
import { givenPromises } from './callbacks/givenPromises.ts';
import { knownCallback } from './callbacks/knownCallback.ts';
import { moveClosedPromises } from './callbacks/moveClosedPromises.ts';
import { CallsRoom } from './calls/callsRoom.ts';
import { createKnownOf } from './calls/knownOf.ts';
import { ScriptWorldOfCalls } from './calls/scriptWorld.ts';
import type { Config } from './config/config.ts';
import type { LinkView } from './contract/index.ts';
import { Deadlines } from './deadlines/deadlines.ts';
import type { Faults } from './faults.ts';
import { InquiryRoom } from './inquiries/inquiryRoom.ts';
import { inquirySpec } from './inquiries/inquirySpec.ts';
import { Checkpoints } from './ledger/checkpoints.ts';
import { Ledger, type DurableLog } from './ledger/ledger.ts';
import type { Log } from './log.ts';
import { Notices } from './notices/notices.ts';
import { createTidings } from './notices/tidings.ts';
import { Absence } from './people/absence.ts';
import { Operators } from './people/operators.ts';
import { Sessions, Users, fullName } from './people/users.ts';
import { Presence } from './presence.ts';
import { HistoryArchive } from './reports/callArchive.ts';
import type { CallHistoryDocument } from './reports/callHistory.ts';
import { callNames } from './reports/callNames.ts';
import { EarlierCalls } from './reports/earlierCalls.ts';
import { ReportsRoom } from './reports/reportsRoom.ts';
import { TodayCalls } from './reports/todayCalls.ts';
import { ReviewRoom } from './reviews/reviewRoom.ts';
import { reviewedCall } from './reviews/reviewedCall.ts';
import { Catalogue } from './scripts/catalogue.ts';
import type { Site } from './site.ts';
import type { Storage } from './storage/port.ts';
import { openSupervision } from './supervision/openSupervision.ts';
import type { SeedDocument } from './studio/documents/seed.ts';
import { openStudio, type StudioRooms } from './studio/openStudio.ts';
import type { Exchanges } from './telephony/exchanges.ts';

export interface RoomsSetup {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly faults: Faults;
  readonly storage: Storage;
  readonly journal: DurableLog;
  readonly exchanges: Exchanges;
  readonly site: Site;
  readonly calendar: BusinessCalendar;
  readonly documents?: readonly SeedDocument[];
  /** Queues by name, as people call them. */
  readonly queueTitles: Readonly<Record<string, string>>;
  /** Several instances take turns; this is our turn's number. */
  readonly cluster?: { readonly epoch: number };
}

/** All subject rooms, built and joined; nothing runs yet. */
export type Rooms = Awaited<ReturnType<typeof buildRooms>>;

export async function buildRooms(setup: RoomsSetup) {
  const { config, clock, log, faults, storage, exchanges, site, calendar } = setup;
  const users = await Users.open(storage);
  const sessions = await Sessions.open(storage, clock);
  const scripts = await Catalogue.open(storage);
  const ledger = new Ledger(setup.journal, faults);
  const notices = new Notices(ledger);
  const tidings = createTidings({ notices, users, rooms: () => ({ calls, operators, watch }) });

  const deadlines = new Deadlines({
    clock,
    onDue: (owner, key, at) => {
      if (owner.startsWith('call/')) calls.onDue(owner, key, at);
      else if (owner.startsWith('callback/')) callbacks.onDue(owner, at);
      else if (watch.owns(owner)) watch.onDue(owner, key, at);
      else if (absence.owns(owner)) absence.onDue(owner, key, at);
      else if (owner.startsWith('draft/')) studio.onDue(owner, key, at);
      else operators.onDue(owner, at);
    },
    onFault: (fault, owner, key) => faults.tell(fault, 'deadline', { owner, key }),
  });

  const names = callNames(users, () => inquiries);
  const today = new TodayCalls(clock, (at) => startOfLocalDay(at, config.timeZone));
  const archive = await HistoryArchive.open(storage, {
    names,
    clock,
    log,
    onArchived: (callId, document, isNew) => {
      for (const operatorId of today.add(callId, document, isNew)) ledger.touch(`operator/${operatorId}`);
      onArchived(callId, document, isNew);
      studio.onArchived(callId, document);
      reports.onArchived(document);
      ledger.markDirty(`call/${callId}`);
    },
  });
  const onArchived = (callId: string, { facts }: CallHistoryDocument, isNew: boolean): void => {
    const thresholds = isNew && today.has(facts) ? settings.of(facts.queue ?? undefined) : undefined;
    const queue = queueBoard.onEnded(callId, facts, thresholds);
    if (facts.operatorId) ledger.touch(`operator/${facts.operatorId}`);
    if (queue) ledger.touch(`queue/${queue}`);
    void ledger.flush();
  };
  const earlierCalls = new EarlierCalls(
    archive.collection,
    {
      topic: (code) => site.library.topics.topics.find(({ id }) => id === code)?.label.ru ?? code,
      disposition: (code) => site.dispositions.find(({ id }) => id === code)?.label.ru ?? code,
    },
    (inquiryIds) => givenPromises(callbacks, inquiryIds),
  );

  const inquiries: InquiryRoom = new InquiryRoom({
    ledger,
    clock,
    limit: config.transferLimit,
    collection: await storage.collection(inquirySpec),
    callbackOf: (promiseId) => callbacks.callbackOf(promiseId),
    earlierCalls: (number) => earlierCalls.of(number),
    isLiveCall: (callId) => calls.get(callId) !== undefined,
    watchersOf: (callId) => calls.get(callId)?.watchers() ?? [],
    onStorageFault: (fault) => log.warn({ err: fault }, 'an inquiry could not be read or written; trying again'),
    onViolation: (inquiryId, violation) => {
      log.warn({ inquiryId, ...violation }, 'the transfer limit was passed');
      tidings.onViolation(inquiryId, violation);
    },
    onRefused: (inquiryId, fact) => tidings.onRefused(inquiryId, fact),
    onCount: (callIds, count, limit) => {
      for (const live of callIds.flatMap((callId) => calls.get(callId) ?? []))
        exchanges.tellCount(live.record.exchangeId, live.callId, count, limit);
    },
    moveCall: (callId, inquiryId, at) => calls.moveTo(callId, inquiryId, at),
    moveCallback: (promiseId, inquiryId, at) => callbacks.moveTo(promiseId, inquiryId, at),
    moveClosed: async (inquiry, from) => {
      await archive.move(inquiry, from);
      await moveClosedPromises(callbacks, inquiry, from);
    },
  });

  const knownOf = createKnownOf({
    timeZone: config.timeZone,
    organization: config.organizationName,
    inquiries,
    operator: (id) => {
      const person = users.get(id);
      return person && { fullName: fullName(person), position: person.position, unit: person.unit };
    },
    colleague: (number) => {
      const found = site.directory.byExtension(number);
      return found && { name: found.fullName };
    },
    hours: (at) => (config.aroundTheClock ? { ...calendar.hours(at), working: true } : calendar.hours(at)),
    deadlines: (at) => calendar.deadlines(at),
    callback: (live) => knownCallback(callbacks, live),
    contactPoints: () => site.contactPoints,
  });
  const world = new ScriptWorldOfCalls(scripts, knownOf, config.wrapUpMs, faults);

  const operators: Operators = new Operators({
    ledger,
    faults,
    users,
    deadlines,
    wrapUpMs: config.wrapUpMs,
    onEffect: (effect, at) => onReadiness(effect, at),
    onTroubleOver: (operatorId, code) => notices.dismiss(operatorId, `operator.${code}`),
    onState: (operatorId, state, at, device) => {
      watch.onState(operatorId, state, at);
      absence.onState(operatorId);
      reports.workTimes.enter(operatorId, state, at);
      for (const queue of queueBoard.queuesOf(device ?? undefined)) ledger.touch(`queue/${queue}`);
    },
  });
  const onReadiness = (effect: ReadinessEffect, at: Instant): void => {
    if (effect.type === 'operator.pauseMember') exchanges.pauseMember(effect);
    else if (effect.type === 'operator.wrapUpEnded') {
      const live = calls.get(effect.callId);
      if (live?.phase === 'wrapUp') calls.record(live.callId, 'wrapUp', at, { closedBy: 'time' });
    } else tidings.onTrouble(effect, at);
  };

  const presence = new Presence((operatorId, present) => absence.onPresence(operatorId, present));
  const absence = new Absence({ operators, deadlines, ledger, clock, presence });

  const calls: CallsRoom = new CallsRoom({
    ledger,
    faults,
    seats: operators,
    inquiries,
    scripts: world,
    deadlines,
    archive,
    wrapUpMs: config.wrapUpMs,
    onOffer: (live, event) => tidings.onOffer(live, event),
  });
  const callbacks: CallbacksRoom = new CallbacksRoom({
    ledger,
    clock,
    deadlines,
    calendar,
    inquiries,
    notify: tidings,
    collection: await storage.collection(callbacksSpec),
    rules: { policy: DEFAULT_CALLBACK_POLICY, country: 'RU', allowOutsideHours: false },
    nameOf: (id) => names.person(id)?.name ?? '',
    isOperator: (id) => users.get(id)?.roles.includes('operator') === true,
    isAtWork: (id) => operators.isAtWork(id),
    onStorageFault: (fault) => log.warn({ err: fault }, 'a closed callback could not be written; trying again'),
  });
  const supervision = await openSupervision({
    ...setup,
    ...{ ledger, deadlines, operators, calls, inquiries, nameOf: (id) => names.person(id)?.name ?? '' },
  });
  const { alerts, audit, settings, watch, queueBoard } = supervision;
  const reports: ReportsRoom = await ReportsRoom.open({
    storage,
    clock,
    log,
    users,
    site,
    scripts,
    calls,
    queueTitles: setup.queueTitles,
    queues: () => [...queueBoard.queues()],
    now: () => clock.now(),
    history: archive.collection,
    inquiries: await storage.collection(inquirySpec),
    callbacks: callbacks.setup.collection,
    timeZone: config.timeZone,
    recordingsDir: config.recordingsDir,
    retentionDays: config.retentionDays,
    settings: () => settings.value,
    onErased: (counts, at) => {
      audit.note({ who: 'retention', whoName: '', what: 'retention.erased', whom: '', details: { ...counts } }, at);
      void ledger.flush();
    },
  });
  const reviews = await ReviewRoom.open(storage, {
    clock,
    form: () => site.library.reviewCriteria,
    call: (callId) => reviewedCall(archive.collection, names, callId),
    tell: (personId, notice) => {
      notices.tell(personId, clock.now(), { level: 'info', ...notice });
      ledger.touch('reminders');
      void ledger.flush();
    },
  });
  for (const room of [calls, operators, inquiries, callbacks, alerts, audit]) ledger.addRoom(room);
  const studio: StudioRooms = await openStudio({
    storage,
    ledger,
    clock,
    log,
    deadlines,
    catalogue: scripts,
    site,
    audit,
    libraryDir: config.libraryDir,
    ...(setup.documents ? { documents: setup.documents } : {}),
    calendar,
    history: archive.collection,
    nameOf: (id) => names.person(id)?.name,
  });
  const checkpoints = await Checkpoints.open(storage, ledger, clock, log, setup.cluster?.epoch);

  return {
    ...supervision,
    users,
    sessions,
    scripts,
    ledger,
    notices,
    tidings,
    deadlines,
    names,
    today,
    archive,
    inquiries,
    world,
    operators,
    presence,
    absence,
    calls,
    callbacks,
    studio,
    checkpoints,
    reports,
    reviews,
    knownOf,
    links: (): readonly LinkView[] => exchanges.links(),
  };
}
