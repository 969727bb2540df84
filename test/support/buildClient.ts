import { spawnSync } from 'node:child_process';

/** Builds the pages that the browser tests look at, from the sources of this moment. */
export default function buildClient(): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`the client does not build:\n${stderr.slice(0, 2_000)}`);
}
