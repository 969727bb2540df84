import { resolve } from 'node:path';
import type { Clock } from '../../../machines/vocabulary/index.ts';
import { openEmbedded } from '../embedded/engine.ts';
import { openMongo } from '../mongo/engine.ts';
import type { Storage } from '../port.ts';

/** Where a storage is. */
export type Place =
  | { readonly engine: 'embedded'; readonly folder: string }
  | { readonly engine: 'mongo'; readonly uri: string; readonly database?: string; readonly folder: string };

/** A place as a person writes it: a MongoDB address or a data folder. `dataDir` is where MongoDB's backups go. */
export const placeOf = (text: string, dataDir: string): Place =>
  /^mongodb(\+srv)?:\/\//.test(text)
    ? { engine: 'mongo', uri: text, folder: dataDir }
    : { engine: 'embedded', folder: resolve(text) };

export const openPlace = (place: Place, clock: Clock): Promise<Storage> =>
  place.engine === 'embedded' ? openEmbedded({ folder: place.folder, clock }) : openMongo({ ...place, clock });
