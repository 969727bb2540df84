import { spawnSync } from 'node:child_process';

/**
 * Compiles the server once before any test: the storage worker runs from `build/`, as in production. A type error is
 * the business of `npm run typecheck`; here it is only told, so that the other rooms can be tested meanwhile.
 */
export default function buildOnce(): void {
  const { status, stdout } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'server'], {
    encoding: 'utf8',
  });
  if (status !== 0) process.stderr.write(`the server does not type-check:\n${stdout.slice(0, 2_000)}\n`);
}
