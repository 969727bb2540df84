import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

/** Planted violations in a copy of the house: a checker that sees nothing would pass everything. */
const house = mkdtempSync(join(tmpdir(), 'boundaries-'));
cpSync('.oxlintrc.json', join(house, '.oxlintrc.json'));
afterAll(() => rmSync(house, { recursive: true, force: true }));

function findings(path: string, source: string): { messages: string[]; files: number } {
  const file = join(house, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
  let output: string;
  try {
    output = execFileSync(join(process.cwd(), 'node_modules/.bin/oxlint'), ['--format=json', path], {
      cwd: house,
      encoding: 'utf8',
    });
  } catch (fault) {
    output = (fault as { stdout: string }).stdout;
  }
  const report = JSON.parse(output) as { diagnostics: { code: string; message: string }[]; number_of_files: number };
  return {
    messages: report.diagnostics
      .filter((each) => each.code.includes('no-restricted-imports'))
      .map((each) => each.message),
    files: report.number_of_files,
  };
}

const cases: [title: string, path: string, source: string, allowed: boolean][] = [
  ['a machine that imports Node', 'machines/call/a.ts', "import 'node:fs';\n", false],
  ['a machine that imports the server', 'machines/script/a.ts', "import '../../server/log.ts';\n", false],
  ['a machine that imports the vocabulary', 'machines/call/b.ts', "import '../vocabulary/index.ts';\n", true],
  ['a vocabulary that imports a machine', 'machines/vocabulary/a.ts', "import '../call/index.ts';\n", false],
  [
    'a subject room that names a storage engine',
    'server/calls/a.ts',
    "import '../storage/embedded/engine.ts';\n",
    false,
  ],
  ['a subject room that uses the storage port', 'server/calls/b.ts', "import '../storage/port.ts';\n", true],
  [
    'a subject room that names the AMI connection',
    'server/calls/c.ts',
    "import '../telephony/connection/connection.ts';\n",
    false,
  ],
  [
    'a subject room that uses the exchange interface',
    'server/calls/d.ts',
    "import '../telephony/exchange.ts';\n",
    true,
  ],
  ['a subject room that imports the web', 'server/callbacks/a.ts', "import '../web/route.ts';\n", false],
  ['a client that imports the server', 'client/src/a.ts', "import '../../server/log.ts';\n", false],
  ['a client that imports the contract', 'client/src/b.ts', "import '../../server/contract/index.ts';\n", true],
  ['a contract that imports the server', 'server/contract/a.ts', "import '../log.ts';\n", false],
];

describe('import boundaries', () => {
  it.each(cases)('[HOUSE-01] %s', (_title, path, source, allowed) => {
    const { messages, files } = findings(path, source);
    expect(files).toBe(1);
    expect(messages.length === 0).toBe(allowed);
  });
});
