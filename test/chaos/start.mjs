// `npm run chaos -- --quick`: builds the server, then runs main.ts as it stands.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
execFileSync(process.execPath, [at('../../server/start.mjs'), '--server-only'], { stdio: 'inherit' });
const { module } = await runnerImport(at('main.ts'), { configFile: false, logLevel: 'error' });
// A run that ended early may leave an operator who waits for an answer that does not come any more.
process.exit(await module.main(process.argv));
