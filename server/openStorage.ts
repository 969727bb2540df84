import type { Clock } from '../machines/vocabulary/index.ts';
import type { Config } from './config/config.ts';
import type { Log } from './log.ts';
import type { Storage } from './storage/port.ts';

/**
 * The engine that the configuration names; only that one is loaded. A backup that waits to be restored takes its place
 * first. Rejects as the engines do, in words.
 */
export async function openStorage(config: Config, clock: Clock, log?: Pick<Log, 'warn'>): Promise<Storage> {
  if (config.mongodbUri) {
    const { openMongo } = await import('./storage/mongo/engine.ts');
    return openMongo({ uri: config.mongodbUri, folder: config.dataDir, clock });
  }
  const { openEmbedded } = await import('./storage/embedded/engine.ts');
  const { changeOver } = await import('./storage/embedded/changeOver.ts');
  const restored = await changeOver(config.dataDir, clock);
  if (restored) log?.warn(restored, 'a backup was restored; what was there before is kept');
  return openEmbedded({ folder: config.dataDir, clock });
}
