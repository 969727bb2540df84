import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { libraryHome, readContactParts, readLibrary } from './library.ts';
import type { Library } from './library.ts';
import { describeFindings } from './findings.ts';

/**
 * `npm run scripts:check -- [path…] [--json] [--errors]`: checks the library, or the files and folders named (the
 * library is read beside them, for the sub-scripts that they call). Exit code 1 on errors, 2 on a fault.
 */
const LIBRARY = join(libraryHome(import.meta.url), 'scripts');

export interface CheckRun {
  readonly output: string;
  readonly code: 0 | 1 | 2;
}

export async function runCheck(args: readonly string[], libraryFolder: string = LIBRARY): Promise<CheckRun> {
  const unknown = args.find((arg) => arg.startsWith('-') && !['--json', '--errors'].includes(arg));
  if (unknown !== undefined) return { output: `Непонятный ключ ${unknown}. Можно: --json, --errors\n`, code: 2 };
  const paths = args.filter((arg) => !arg.startsWith('-')).map((path) => resolve(path));
  for (const path of paths) {
    if (!(await exists(path))) return { output: `Нет такого файла или папки: ${path}\n`, code: 2 };
  }
  const library = await checked(paths, libraryFolder);
  const findings = args.includes('--errors')
    ? library.findings.filter((finding) => finding.severity === 'error')
    : library.findings;
  const code = library.findings.some((finding) => finding.severity === 'error') ? 1 : 0;
  const output = args.includes('--json')
    ? `${JSON.stringify({ files: library.files.map(({ file }) => file), findings }, null, 2)}\n`
    : describeFindings(library.files, findings);
  return { output, code };
}

async function checked(paths: readonly string[], libraryFolder: string): Promise<Library> {
  const contactPoints = await readContactParts(join(libraryFolder, '..', 'contact-points.yaml'));
  const options = contactPoints ? { contactPoints } : {};
  if (paths.length === 0) return await readLibrary([libraryFolder], { folder: libraryFolder, ...options });
  const beside = (await exists(libraryFolder)) ? [libraryFolder] : [];
  return await readLibrary(paths, { folder: process.cwd(), beside, ...options });
}

const exists = async (path: string): Promise<boolean> =>
  await stat(path).then(
    () => true,
    () => false,
  );

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { output, code } = await runCheck(process.argv.slice(2));
  process.stdout.write(output);
  process.exitCode = code;
}
