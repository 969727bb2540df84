import type { Clock, Instant } from '../../machines/vocabulary/index.ts';
import type { Command } from '../commands.ts';
import type { BusinessCalendar } from '../calendar/businessCalendar.ts';
import type { CallHistoryDocument } from '../reports/callHistory.ts';
import type { Collection } from '../storage/port.ts';
import { documentCommands } from './documents/commands.ts';
import { seedOf, type SeedDocument } from './documents/seed.ts';
import { SiteDocuments } from './documents/siteDocuments.ts';
import { learningCommands } from './learning/commands.ts';
import { Learning } from './learning/learning.ts';
import { Unanswered } from './learning/unanswered.ts';
import { trainingCommands } from './training/commands.ts';
import { readTasks } from './training/seedTasks.ts';
import { Training } from './training/training.ts';
import type { Deadlines } from '../deadlines/deadlines.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { Catalogue } from '../scripts/catalogue.ts';
import type { Site } from '../site.ts';
import type { Storage } from '../storage/port.ts';
import type { AuditRoom } from '../supervision/auditRoom.ts';
import { draftCommands, onDraftDue, reviewCommands, type StudioDesk } from './draftCommands.ts';
import { DraftsRoom } from './draftsRoom.ts';
import { Publishing } from './publishing.ts';
import { StudioPushes, type PushesSetup } from './pushes.ts';
import { Sources } from './sources.ts';
import { Studio } from './studio.ts';
import { compiler, walkCommands } from './versionCommands.ts';
import { Walks } from './walks.ts';

export interface OpenStudio {
  readonly storage: Storage;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  readonly deadlines: Deadlines;
  readonly catalogue: Catalogue;
  readonly site: Site;
  readonly audit: AuditRoom;
  readonly libraryDir: string;
  /** What the organisation has written down at first; absent: the library folder. */
  readonly documents?: readonly SeedDocument[];
  readonly calendar: BusinessCalendar;
  readonly history: Collection<CallHistoryDocument>;
  nameOf(personId: string): string | undefined;
}
export type StudioRooms = Awaited<ReturnType<typeof openStudio>>;

/** The studio built from its parts; it is shown once `show` was given what sends to browsers. */
export async function openStudio(setup: OpenStudio) {
  const { ledger, deadlines, catalogue, audit, clock, log, site } = setup;
  const drafts = new DraftsRoom(ledger);
  const studio = new Studio({
    ledger,
    deadlines,
    drafts,
    catalogue,
    sources: await Sources.open(setup.storage, catalogue, setup.libraryDir),
    onFault: (fault, scriptId) => log.warn({ err: fault, scriptId }, 'a draft could not be checked'),
    contactPoints: () => Object.fromEntries(site.points.map((point) => [point.id, Object.keys(point)])),
  });
  const publishing = new Publishing({
    studio,
    onFault: (fault, scriptId) => log.warn({ err: fault, scriptId }, 'a script could not be published at its time'),
  });
  const walks = new Walks(catalogue);
  let send: Pick<PushesSetup, 'sendRows' | 'sendDelta'> = { sendRows: () => undefined, sendDelta: () => undefined };
  const pushes = new StudioPushes({
    studio,
    now: () => clock.now(),
    nameOf: (id) => setup.nameOf(id),
    sendRows: (view) => send.sendRows(view),
    sendDelta: (delta) => send.sendDelta(delta),
  });
  const desk: StudioDesk = { studio, publishing, pushes, audit };
  const compiled = compiler(desk, walks);
  const { storage, calendar, libraryDir, history } = setup;
  const seed = async () => setup.documents ?? seedOf(site.library, libraryDir);
  const documents = await SiteDocuments.open(storage, { site, calendar, seed }, clock.now());
  const inbox = await Unanswered.open(storage, history);
  const learning = new Learning({ history, catalogue, inbox });
  const training = await Training.open(storage, { walks, catalogue, compiled });
  await training.seed(await readTasks(libraryDir));
  const commands: Record<string, Command> = {
    ...draftCommands(desk),
    ...reviewCommands(desk),
    ...walkCommands(desk, walks),
    ...documentCommands({ documents, audit, ledger }),
    ...learningCommands({ studio, inbox, documents, audit }),
    ...trainingCommands({ training, catalogue, audit, ledger }),
  };
  ledger.addRoom(drafts);
  ledger.addPublisher(pushes);
  return {
    drafts,
    studio,
    publishing,
    pushes,
    walks,
    compiled,
    documents,
    learning,
    training,
    commands,
    show: (sender: typeof send): void => {
      send = sender;
    },
    /** Deadlines of the owners `draft/<scriptId>`. */
    onDue: (owner: string, key: string, at: Instant): void => onDraftDue(desk, owner, key, at),
    /** Ends the checker's thread. */
    close: (): Promise<void> => studio.close(),
    /** A closed call went into the history: what its caller wanted and the script had not goes into the inbox. */
    onArchived: (callId: string, call: CallHistoryDocument): void => {
      if (call.unanswered.length === 0) return;
      inbox.take(callId, call).catch((fault: unknown) => {
        log.warn({ err: fault, callId }, 'a missing answer waits for the next start to come into the inbox');
      });
    },
    recover: (at: Instant): Promise<void> => publishing.recover(at),
    /** Nothing waits for it. */
    catchUp: (at: Instant): Promise<void> =>
      inbox.catchUp(at).catch((fault: unknown) => {
        log.warn({ err: fault }, 'missing answers of earlier calls wait for the next start to come into the inbox');
      }),
  };
}
