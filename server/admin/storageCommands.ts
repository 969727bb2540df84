import type { Command } from 'commander';
import { systemClock } from '../clock.ts';
import { holdBack } from '../cluster/holdBack.ts';
import { servedBy } from '../cluster/servedBy.ts';
import type { Config } from '../config/config.ts';
import { waitsForChangeOver } from '../storage/embedded/nextDatabase.ts';
import type { Progress } from '../storage/port.ts';
import { backupStorage } from '../storage/tools/backupStorage.ts';
import type { CopyReport } from '../storage/tools/copy.ts';
import { copyStorage } from '../storage/tools/copyStorage.ts';
import { openPlace, placeOf, type Place } from '../storage/tools/place.ts';
import { restoreStorage } from '../storage/tools/restoreStorage.ts';

const WIDTH = 30;
const PATIENCE_MS = 60_000;

/** Draws a bar on one line of the console, anew at each whole percent. Whatever is said afterwards has its own line. */
async function withBar<Value>(work: (onProgress: Progress) => Promise<Value>): Promise<Value> {
  let shown = -1;
  const draw: Progress = (done, total) => {
    const percent = total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100));
    if (percent === shown) return;
    shown = percent;
    const full = Math.round((percent / 100) * WIDTH);
    process.stderr.write(`\r[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${percent} %`);
  };
  try {
    return await work(draw);
  } finally {
    if (shown >= 0) process.stderr.write('\n');
  }
}
/** The server that works with a database of MongoDB now. */
async function serverOf(place: Place): Promise<string | undefined> {
  if (place.engine === 'embedded') return undefined;
  const storage = await openPlace(place, systemClock);
  try {
    return await servedBy(storage, systemClock);
  } finally {
    await storage.close();
  }
}
/** A copy of what changes meanwhile would be of no instant. */
async function refuseServed(place: Place): Promise<void> {
  const server = await serverOf(place);
  if (server !== undefined)
    throw new Error(`The server at ${server} works with this database. Stop all its servers first.`);
}
/** Running servers change over by themselves. */
async function changedOver(place: Place): Promise<void> {
  console.error('The server that runs changes over now…');
  for (const until = systemClock.now() + PATIENCE_MS; systemClock.now() < until;) {
    const works =
      place.engine === 'embedded' ? !waitsForChangeOver(place.folder) : (await serverOf(place)) !== undefined;
    if (works) return console.error('It works with the restored data.');
    await new Promise<void>((resolve) => void systemClock.setTimer(systemClock.now() + 100, resolve));
  }
  throw new Error(
    `It did not within ${PATIENCE_MS / 1_000} s: restart it. The backup lies ready and is taken at its next start.`,
  );
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
      const both = { from: place(from), to: place(to) };
      await refuseServed(both.from);
      await refuseServed(both.to);
      tell(await withBar((onProgress) => copyStorage({ ...both, clock: systemClock, onProgress })));
    });
  storage
    .command('backup <target>')
    .description('writes a backup, also while the server runs: a file (embedded) or a folder (MongoDB)')
    .option('--place <place>', 'another storage than the configured one')
    .action(async (target: string, options: { place?: string }) => {
      const request = { place: place(options.place), target, clock: systemClock };
      await withBar((onProgress) => backupStorage({ ...request, onProgress }));
      console.log(`written: ${target}`);
    });
  storage
    .command('restore <backup>')
    .description('puts a backup in the place of what is there, also while servers run; what there was is kept')
    .option('--place <place>', 'another storage than the configured one')
    .action(async (backup: string, options: { place?: string }) => {
      const to = place(options.place);
      const server = await serverOf(to);
      const { report, waits, kept } = await withBar((onProgress) =>
        restoreStorage({
          ...{ backup, place: to, clock: systemClock, onProgress },
          beforeTaken: (restored, present) => holdBack(restored, present, systemClock),
        }),
      );
      tell(report);
      if (waits || server !== undefined) await changedOver(to);
      if (kept !== undefined) console.error(`What there was before is kept: ${kept}`);
    });
}
