import type { Command } from 'commander';
import type { Config } from '../config/config.ts';
import { describeFault, type Loaded } from '../knowledge/fault.ts';
import { importContactPoints, importStaff, type Imported } from '../knowledge/importLibrary.ts';
import { loadLibrary } from '../knowledge/library.ts';

const tell = (outcome: Loaded<Imported>): void => {
  if (outcome.ok) {
    console.log(`${outcome.value.count} → ${outcome.value.file}; the server reads it when it starts`);
    return;
  }
  for (const fault of outcome.faults) console.error(describeFault(fault));
  process.exitCode = 1;
};

/** `library check`, `import-staff`, `import-contacts`: the data beside the scripts. Nothing is written with a fault. */
export function addLibraryCommands(program: Command, configured: () => Config): void {
  const library = program.command('library').description('articles, contact points, staff directory and lists');
  library
    .command('check')
    .description('reads everything and tells all faults with their places')
    .action(async () => {
      const loaded = await loadLibrary(configured().libraryDir);
      if (loaded.ok) console.log(`articles: ${loaded.value.articles.length}, staff: ${loaded.value.staff.length}`);
      else tell(loaded);
    });
  library
    .command('import-staff <csv>')
    .description('checks a CSV and puts it in the place of the staff directory')
    .action(async (csv: string) => tell(await importStaff(csv, configured().libraryDir)));
  library
    .command('import-contacts <csv>')
    .description('checks a CSV and writes the contact points from it')
    .action(async (csv: string) => tell(await importContactPoints(csv, configured().libraryDir)));
}
