import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../machines/vocabulary/index.ts';
import { backlogFiles } from '../backlog.ts';
import { refuseHalfCopy } from '../copyNote.ts';
import { DATABASE_FILE } from '../embedded/protocol.ts';
import { storageFault } from '../faults.ts';
import type { Progress, Storage } from '../port.ts';
import { copyAll, type CopyReport } from './copy.ts';
import { openPlace, type Place } from './place.ts';
import { storageSource } from './source.ts';

/**
 * Moves everything from one storage to another, of whichever engine; both must be stopped (the embedded one is locked
 * meanwhile). Cut off, it goes on when called again. Progress is in rows, comparison included.
 * @throws as `copyAll`, `storage.locked` when a server runs on either, and `storage.badSource` where a copy would pass
 *   for a whole one and is not: of nothing, onto itself, or without a backlog that its server has yet to take in
 */
export async function copyStorage(request: {
  readonly from: Place;
  readonly to: Place;
  readonly clock: Clock;
  readonly onProgress?: Progress;
}): Promise<CopyReport> {
  await refuseMistaken(request);
  const from = await openPlace(request.from, request.clock);
  try {
    await refusePartial(from, request.from);
    const to = await openPlace(request.to, request.clock);
    try {
      return await copyAll(storageSource(from), to, request.onProgress);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

/** Without the password that an address may bear. */
const titleOf = (place: Place): string =>
  place.engine === 'mongo' ? place.uri.replace(/\/\/[^/]*@/, '//') : place.folder;

/** Before either is opened: opening makes what is not there. */
async function refuseMistaken({ from, to }: { readonly from: Place; readonly to: Place }): Promise<void> {
  const title = titleOf(from);
  if (title === titleOf(to)) throw storageFault('storage.badSource', `${title} cannot be copied onto itself`);
  if (from.engine === 'embedded' && !existsSync(join(from.folder, DATABASE_FILE))) {
    throw storageFault('storage.badSource', `there is no storage in ${title}`);
  }
  // Of MongoDB it lies with the server that was the core, and goes in when that is started.
  const backlog = join(from.folder, 'backlog');
  if (existsSync(backlog) && (await backlogFiles(backlog)).length > 0) {
    const message = `${backlog} holds entries that the storage has not taken yet: start its server once, stop it, then copy`;
    throw storageFault('storage.badSource', message);
  }
}
async function refusePartial(from: Storage, place: Place): Promise<void> {
  await refuseHalfCopy(from);
  if ((await from.raw.catalogue()).length > 0) return;
  throw storageFault('storage.badSource', `there is nothing in ${titleOf(place)}`);
}
