import type { Clock, Instant } from '../../machines/vocabulary/index.ts';
import type { Command } from '../commands.ts';
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
  const commands: Record<string, Command> = {
    ...draftCommands(desk),
    ...reviewCommands(desk),
    ...walkCommands(desk, walks),
  };
  ledger.addRoom(drafts);
  ledger.addPublisher(pushes);
  return {
    drafts,
    studio,
    publishing,
    pushes,
    walks,
    compiled: compiler(desk, walks),
    commands,
    show: (sender: typeof send): void => {
      send = sender;
    },
    /** Deadlines of the owners `draft/<scriptId>`. */
    onDue: (owner: string, key: string, at: Instant): void => onDraftDue(desk, owner, key, at),
    recover: (at: Instant): Promise<void> => publishing.recover(at),
  };
}
