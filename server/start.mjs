// `npm start`: builds what is out of date, then starts the server in this process.
// `--build-only`: builds and ends. `--server-only`: the same, without the pages, for the commands of package.json.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => join(root, ...parts);

function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Builds when any source is newer than the stamp of the last complete build. */
function build(stamp, sources, steps) {
  const built = statSync(at('build', stamp), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (sources.every((source) => newest(at(source)) <= built)) return;
  // The first time takes a minute; who reads standard output reads what the server says.
  process.stderr.write(`Building ${stamp.slice(1)}…\n`);
  for (const step of steps) execFileSync(process.execPath, step, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(at('build', stamp), '');
}

// An image has what was built and no sources; a compiler may be there all the same, as somebody's peer.
if (existsSync(at('server', 'main.ts'))) {
  const common = ['machines', 'server/contract', 'package-lock.json', 'tsconfig.base.json'];
  build('.server', [...common, 'server'], [['node_modules/typescript/bin/tsc', '-b', 'server']]);
  if (!process.argv.includes('--server-only')) {
    build(
      '.client',
      [...common, 'client', 'vite.config.ts'],
      [['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error']],
    );
  }
}
if (!process.argv.some((each) => each.endsWith('-only'))) {
  const { main } = await import(pathToFileURL(at('build', 'server', 'process.js')).href);
  await main();
}
