import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { libraryHome, readLibrary } from './library.ts';
import { describeWalk, walkLibrary } from './walk/report.ts';

/**
 * `npm run scripts:paths -- [folder] [--paths]`: walks every script of the library over all its ways. Exit code 1 when
 * something was not walked or a path behaves otherwise after its state was stored and restored.
 */
const LIBRARY = join(libraryHome(import.meta.url), 'scripts');

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const folder = resolve(args.find((arg) => !arg.startsWith('-')) ?? LIBRARY);
  const { scripts } = await readLibrary([folder], { folder });
  const library = walkLibrary(scripts);
  process.stdout.write(describeWalk(library, args.includes('--paths')));
  process.exitCode = library.choicesMissed.length + library.waysMissed.length + library.faults.length > 0 ? 1 : 0;
}
