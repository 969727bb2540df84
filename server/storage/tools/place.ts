import { resolve } from 'node:path';
import type { Clock } from '../../../machines/vocabulary/index.ts';
import { openEmbedded } from '../embedded/engine.ts';
import { storageFault } from '../faults.ts';
import { openMongo } from '../mongo/engine.ts';
import type { Storage } from '../port.ts';

/** Where a storage is. */
export type Place =
  | { readonly engine: 'embedded'; readonly folder: string }
  | { readonly engine: 'mongo'; readonly uri: string; readonly database?: string; readonly folder: string };

/**
 * A place as a person writes it: a MongoDB address or a data folder. `dataDir` is where MongoDB's backups go.
 * @throws `storage.badAddress` for any other address, which would else be taken for the name of a folder
 */
export function placeOf(text: string, dataDir: string): Place {
  if (/^mongodb(\+srv)?:\/\//.test(text)) return { engine: 'mongo', uri: text, folder: dataDir };
  if (text.includes('://')) {
    throw storageFault('storage.badAddress', `${text} is neither an address of MongoDB (mongodb://…) nor a folder`);
  }
  return { engine: 'embedded', folder: resolve(text) };
}

export const openPlace = (place: Place, clock: Clock): Promise<Storage> =>
  place.engine === 'embedded' ? openEmbedded({ folder: place.folder, clock }) : openMongo({ ...place, clock });
