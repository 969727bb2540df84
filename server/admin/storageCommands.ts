import type { Command } from 'commander';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { backupStorage } from '../storage/tools/backupStorage.ts';
import type { CopyReport } from '../storage/tools/copy.ts';
import { copyStorage } from '../storage/tools/copyStorage.ts';
import { placeOf, type Place } from '../storage/tools/place.ts';
import { restoreStorage } from '../storage/tools/restoreStorage.ts';

const WIDTH = 30;

/** A bar on one line of the console, redrawn at each whole percent. */
function progressBar(): (done: number, total: number) => void {
  let shown = -1;
  return (done, total) => {
    const percent = total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100));
    if (percent === shown) return;
    shown = percent;
    const full = Math.round((percent / 100) * WIDTH);
    process.stderr.write(
      `\r[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${percent} %${percent === 100 ? '\n' : ''}`,
    );
  };
}
const tell = (report: CopyReport): void => console.log(JSON.stringify(report, null, 2));

/** `storage copy`, `backup`, `restore`. A place is a MongoDB URI or a data folder; by default the configured one. */
export function addStorageCommands(program: Command, configured: () => Config): void {
  const here = (): Place => {
    const { mongodbUri, dataDir } = configured();
    return placeOf(mongodbUri ?? dataDir, dataDir);
  };
  const place = (text: string | undefined): Place =>
    text === undefined ? here() : placeOf(text, configured().dataDir);
  const storage = program.command('storage').description('moves, backs up and restores everything that is stored');
  storage
    .command('copy <from> <to>')
    .description('moves everything between engines, with counts and checksums; cut off, it goes on when called again')
    .action(async (from: string, to: string) => {
      tell(await copyStorage({ from: place(from), to: place(to), clock: systemClock, onProgress: progressBar() }));
    });
  storage
    .command('backup <target>')
    .description('writes a backup, also while the server runs: a file (embedded) or a folder (MongoDB)')
    .option('--place <place>', 'another storage than the configured one')
    .action(async (target: string, options: { place?: string }) => {
      await backupStorage({ place: place(options.place), target, clock: systemClock, onProgress: progressBar() });
      console.log(`written: ${target}`);
    });
  storage
    .command('restore <backup>')
    .description('puts a backup in the place of what is there; the server must be stopped')
    .option('--place <place>', 'another storage than the configured one')
    .option('--replace', 'MongoDB: what is in the database goes')
    .action(async (backup: string, options: { place?: string; replace?: boolean }) => {
      const request = { backup, place: place(options.place), clock: systemClock, onProgress: progressBar() };
      tell(await restoreStorage({ ...request, replace: options.replace ?? false }));
    });
}
