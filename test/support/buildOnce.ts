import { execFileSync } from 'node:child_process';

/** Compiles the server once before any test: the storage worker runs from `build/`, as in production. */
export default function buildOnce(): void {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'server'], { stdio: 'inherit' });
}
