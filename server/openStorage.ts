import type { Clock } from '../machines/vocabulary/index.ts';
import type { Config } from './config/config.ts';
import type { Storage } from './storage/port.ts';

/** The engine that the configuration names; only that one is loaded. Rejects as the engines do, in words. */
export async function openStorage(config: Config, clock: Clock): Promise<Storage> {
  if (config.mongodbUri) {
    const { openMongo } = await import('./storage/mongo/engine.ts');
    return openMongo({ uri: config.mongodbUri, folder: config.dataDir, clock });
  }
  const { openEmbedded } = await import('./storage/embedded/engine.ts');
  return openEmbedded({ folder: config.dataDir, clock });
}
