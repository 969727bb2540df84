import { join } from 'node:path';
import { collectTitles, loadClauses, printClauses, showClauses, unshown } from './clauseTable.ts';

/** `npm run clauses`: exit code 1 when a clause that reaches the telephone has no test. */
const root = join(import.meta.dirname, '..', '..', '..');
const rows = await loadClauses(join(root, 'scripts-library', 'regulation', 'clauses.yaml'));
const clauses = showClauses(rows, await collectTitles(join(root, 'test')));
process.stdout.write(printClauses(clauses));
if (unshown(clauses).length > 0) process.exitCode = 1;
