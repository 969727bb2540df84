import { spawnSync } from 'node:child_process';

/**
 * Builds the pages that the browser tests look at, from the sources of this moment, as they ship: a test run's NODE_ENV
 * would bring React's development build.
 */
export default function buildClient(): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'],
    { encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (status !== 0) throw new Error(`the client does not build:\n${stderr.slice(0, 2_000)}`);
}
