import type { Clock } from '../machines/vocabulary/index.ts';
import type { Config } from './config/config.ts';
import { openEmbedded } from './storage/embedded/engine.ts';
import { openMongo } from './storage/mongo/engine.ts';
import type { Storage } from './storage/port.ts';

/** The engine that the configuration names. Rejects as the engines do, in words. */
export const openStorage = (config: Config, clock: Clock): Promise<Storage> =>
  config.mongodbUri
    ? openMongo({ uri: config.mongodbUri, folder: config.dataDir, clock })
    : openEmbedded({ folder: config.dataDir, clock });
