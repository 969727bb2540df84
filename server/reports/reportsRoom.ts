import { randomUUID } from 'node:crypto';
import {
  AppError,
  as,
  type Clock,
  type Instant,
  type Language,
  type OperatorId,
} from '../../machines/vocabulary/index.ts';
import type { CallbackDocument } from '../callbacks/callbackDocument.ts';
import { startOfLocalDay } from '../calendar/localDay.ts';
import type {
  BoardSettings,
  CallPage,
  HistoryPage,
  InquiryPage,
  ReportOptions,
  ReviewView,
  StepReport,
} from '../contract/index.ts';
import type { Inquiry } from '../inquiries/inquiry.ts';
import type { Log } from '../log.ts';
import type { Collection, Condition, Storage, StoredEntry } from '../storage/port.ts';
import type { CallsRoom } from '../calls/callsRoom.ts';
import type { CallHistoryDocument } from './callHistory.ts';
import { DaySums, daySumsSpec } from './daySums.ts';
import { learnedOf } from './learned.ts';
import { historyRow, inquiryRow } from './historyRows.ts';
import { recordingFile } from './recordings.ts';
import { callsWhere, filterText, numberPrefix, type ReportFilter } from './reportFilter.ts';
import { reportNames, reportOptions, unitsOf, type AllNames, type NamesSetup } from './reportNames.ts';
import { COLUMNS, ReportReader } from './reportReader.ts';
import { Retention, type RetentionSetup } from './retention.ts';
import { readSteps } from './stepReader.ts';
import { SurveyRoom, surveySpec } from './surveyRoom.ts';
import { spansOf, timelineOf } from './timeline.ts';
import { WorkTimes, workTimesSpec } from './workTimes.ts';

export interface ReportsRoomSetup extends NamesSetup {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  readonly history: Collection<CallHistoryDocument>;
  readonly inquiries: Collection<Inquiry>;
  readonly callbacks: Collection<CallbackDocument>;
  readonly calls: CallsRoom;
  readonly recordingsDir: string | undefined;
  readonly retentionDays: number;
  settings(): BoardSettings;
  onErased: RetentionSetup['onErased'];
}
/** Which calls of the past are summed ahead. */
const FILLED_MS = 400 * 86_400_000;
const FILL_AFTER_MS = 60_000;

/** One page of a list, in the words of a language. */
interface Paged {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly language?: Language;
}

/** Everything that looks back: history, reports, the survey, retention. */
export class ReportsRoom {
  readonly survey: SurveyRoom;
  readonly reader: ReportReader;
  readonly #names: Readonly<Record<Language, AllNames>>;
  readonly retention: Retention;
  readonly #setup: ReportsRoomSetup;
  readonly #sums: DaySums;
  readonly workTimes: WorkTimes;
  #queues: Promise<Set<string>> | undefined;
  #stop: () => void = () => undefined;
  #filling: Promise<unknown> = Promise.resolve();

  private constructor(setup: ReportsRoomSetup, survey: SurveyRoom, sums: DaySums, workTimes: WorkTimes) {
    const { clock, timeZone, callbacks, storage, history, inquiries, log } = setup;
    this.#setup = setup;
    this.survey = survey;
    this.#sums = sums;
    this.workTimes = workTimes;
    this.#names = { ru: reportNames(setup, 'ru'), en: reportNames(setup, 'en') };
    this.reader = new ReportReader({
      sums,
      callbacks,
      survey,
      workTimes,
      clock,
      timeZone,
      names: (language) => this.names(language),
      units: unitsOf(setup),
      settings: () => setup.settings(),
      queues: async () => [...(await this.#knownQueues())],
    });
    this.retention = new Retention({
      clock,
      log,
      timeZone,
      retentionDays: setup.retentionDays,
      journal: storage.journal,
      calls: history,
      inquiries,
      callbacks,
      recordingFile: (name) => recordingFile(setup.recordingsDir, name),
      onErased: setup.onErased,
    });
  }
  static async open(setup: ReportsRoomSetup): Promise<ReportsRoom> {
    const { storage, clock, log, timeZone, calls, history } = setup;
    const survey = new SurveyRoom({
      collection: await storage.collection(surveySpec),
      clock,
      log,
      timeZone,
      startOfDay: (at) => startOfLocalDay(at, timeZone),
      newId: randomUUID,
      operatorOf: (callId) => calls.get(callId)?.operatorId,
    });
    const days = await storage.collection(daySumsSpec);
    const workTimes = await WorkTimes.open({
      collection: await storage.collection(workTimesSpec),
      clock,
      log,
      timeZone,
      unitOf: (operatorId) => setup.users.get(as<OperatorId>(operatorId))?.unit ?? '',
    });
    return new ReportsRoom(setup, survey, new DaySums({ calls: history, days, clock, timeZone }), workTimes);
  }

  start(): void {
    this.retention.start();
    this.workTimes.start();
    this.#fillLater();
  }
  async stop(): Promise<void> {
    this.retention.stop();
    this.#stop();
    await this.#filling;
    await this.workTimes.stop();
  }
  /** Sums of the days that are over, soon after the start and then every hour; a day's are made once. */
  #fillLater(after = FILL_AFTER_MS): void {
    const { clock, log } = this.#setup;
    this.#stop = clock.setTimer(clock.now() + after, () => {
      this.#fillLater(3_600_000);
      this.#filling = this.fill().catch((fault: unknown) => log.warn({ err: fault }, 'days could not be summed'));
    });
  }
  async fill(): Promise<number> {
    const now = this.#setup.clock.now();
    const first = await this.#setup.history.find({ orderBy: { column: 'startedAt' }, limit: 1 });
    const begun = first.items[0]?.document.facts.startedAt ?? now;
    const from = startOfLocalDay(Math.max(begun, now - FILLED_MS), this.#setup.timeZone);
    const passes = await this.reader.passes();
    return this.#sums.make({ from, to: now }, Object.values(COLUMNS).concat('startedAt'), passes);
  }
  #knownQueues(): Promise<Set<string>> {
    this.#queues ??= this.#setup.history
      .aggregate({ groupBy: ['queue'], measures: { calls: { op: 'count' } } })
      .then((rows) => new Set(rows.flatMap(({ queue }) => (typeof queue === 'string' ? [queue] : []))));
    // A fault is not kept: the next report asks again.
    this.#queues.catch(() => {
      this.#queues = undefined;
    });
    return this.#queues;
  }
  /** A closed call came into the history. */
  onArchived({ facts }: CallHistoryDocument): void {
    const { queue, startedAt } = facts;
    if (queue !== null) void this.#queues?.then((known) => known.add(queue));
    this.#sums
      .changed(startedAt)
      .catch((fault: unknown) => this.#setup.log.warn({ err: fault }, 'a day in reports is out of date'));
  }

  names(language: Language): AllNames {
    return this.#names[language];
  }
  options(language: Language): ReportOptions {
    return reportOptions(this.#setup, language);
  }
  words(filter: ReportFilter, language: Language): readonly string[] {
    return filterText(filter, this.names(language));
  }

  async history(filter: ReportFilter, { limit, cursor, language = 'ru' }: Paged): Promise<HistoryPage> {
    const page = await this.#setup.history.find({
      where: callsWhere(filter),
      orderBy: { column: 'startedAt', descending: true },
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    return {
      items: page.items.map(({ id, document }) => historyRow(id, document)),
      filterText: this.words(filter, language),
      ...(page.next === undefined ? {} : { next: page.next }),
    };
  }
  async inquiries(filter: ReportFilter, { limit, cursor, language = 'ru' }: Paged): Promise<InquiryPage> {
    const where: Record<string, Condition> = {
      openedAt: { gte: filter.from, lt: filter.to },
      ...(filter.number ? { number: { prefix: numberPrefix(filter.number) } } : {}),
      ...(filter.topic ? { topic: filter.topic } : {}),
      ...inquiryOutcome(filter.outcome),
    };
    const page = await this.#setup.inquiries.find({
      where,
      orderBy: { column: 'openedAt', descending: true },
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    return {
      items: page.items.map(({ document }) => inquiryRow(document)),
      filterText: this.words(filter, language),
      ...(page.next === undefined ? {} : { next: page.next }),
    };
  }
  async steps(filter: ReportFilter, language: Language = 'ru'): Promise<StepReport> {
    const { history, scripts } = this.#setup;
    const report = await readSteps(history, filter, (scriptId, version, step) => `${version}\n${step}\n${scriptId}`);
    const parts = report.steps.map(({ title, ...rest }) => {
      const [version = '0', step = '', scriptId = ''] = title.split('\n');
      return { rest, version: Number(version), step, scriptId };
    });
    await scripts.load(parts);
    const steps = parts.map(({ rest, version, step, scriptId }) => {
      return { ...rest, title: this.names(language).step(scriptId, version, step) };
    });
    return { ...report, steps };
  }

  async document(callId: string): Promise<CallHistoryDocument> {
    const stored = await this.#setup.history.get(callId);
    if (!stored) throw new AppError('call.unknown', 'no such call in the history', { kind: 'user' });
    return stored.document;
  }
  /** Raw facts and choices of a call, of which every figure can be made again; none once they were erased. */
  entries(callId: string): Promise<StoredEntry[]> {
    return this.stream(`call/${callId}`);
  }
  /** Raw entries of a call, an operator, a promise: every figure can be made again of them. */
  stream(name: string): Promise<StoredEntry[]> {
    return this.#setup.storage.journal.readStream(name);
  }
  /** One closed call whole: what happened when, on the line and in the script. */
  async call(callId: string, reviews: readonly ReviewView[], language: Language = 'ru'): Promise<CallPage> {
    const document = await this.document(callId);
    const { scripts, recordingsDir } = this.#setup;
    const [entries] = await Promise.all([
      this.entries(callId),
      scripts.load(document.scripts.map(({ scriptId, version }) => ({ scriptId, version }))),
    ]);
    const { record, wrapUp } = document;
    const names = this.names(language);
    const recordings = await Promise.all(
      record.recordings.map(async (name, n) => ({
        n,
        available: (await recordingFile(recordingsDir, name)) !== undefined,
      })),
    );
    return {
      row: historyRow(callId, document),
      endedAt: record.ended?.at ?? null,
      endedBy: record.ended?.by ?? null,
      inquiryId: document.inquiryId,
      callNumber: document.callNumber,
      wrapUpMs: document.facts.wrapUpMs,
      note: wrapUp.note,
      spans: spansOf(document, names),
      events: timelineOf(entries, document, names),
      learned: learnedOf(document, scripts, names.words, language),
      recordings,
      reviews,
      erased: document.erasedAt !== undefined,
    };
  }
  /** The file of the nth recording. Throws `recording.unknown`. */
  async recording(callId: string, n: number): Promise<{ file: string; document: CallHistoryDocument }> {
    const document = await this.document(callId);
    const file = await recordingFile(this.#setup.recordingsDir, document.record.recordings[n] ?? '');
    if (file === undefined) throw new AppError('recording.unknown', 'no such recording', { kind: 'user' });
    return { file, document };
  }
  today(at: Instant): Instant {
    return startOfLocalDay(at, this.#setup.timeZone);
  }
}

const inquiryOutcome = (outcome: ReportFilter['outcome']): Record<string, Condition> =>
  outcome === 'satisfied' || outcome === 'unsatisfied'
    ? { satisfied: outcome === 'satisfied' }
    : outcome === 'repeat'
      ? { repeatCalls: { gte: 1 } }
      : outcome === 'transferred'
        ? { transferCount: { gte: 1 } }
        : {};
