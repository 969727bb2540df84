import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { compile, knowledge, reports, storage } from './others.ts';
import { ingest } from './ingest.ts';
import type { Bench, BenchResult } from './kit.ts';
import { live } from './live.ts';
import { page } from './page.ts';
import { recovery, scale } from './scale.ts';
import { soak } from './soak.ts';

/** `npm run bench -- [--quick] [--json] [name…]`: whole numbers as medians, each beside its baseline of the same run. */
const benches: readonly Bench[] = [ingest, live, scale, recovery, storage, reports, knowledge, compile, page, soak];
const flags = process.argv.slice(2);
const quick = flags.includes('--quick');
const names = flags.filter((flag) => !flag.startsWith('--'));
const chosen = benches.filter((bench) => names.length === 0 || names.includes(bench.name));

const results: BenchResult[] = [];
for (const bench of chosen) {
  process.stderr.write(`${bench.name}…\n`);
  results.push(await bench.run({ quick }));
}
const head = {
  at: new Date().toISOString().slice(0, 16).replace('T', ' '),
  machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
  node: process.version,
  commit: revision(),
  mode: quick ? 'quick' : 'full',
};
if (flags.includes('--json')) process.stdout.write(`${JSON.stringify({ ...head, results }, null, 2)}\n`);
else process.stdout.write(markdown());
if (!quick && names.length === 0) record();

function revision(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    // A copy without its history.
    return 'unknown';
  }
}
function markdown(): string {
  const lines = [`## ${head.at}, ${head.mode}, commit ${head.commit}`, '', `${head.machine}, Node ${head.node}`, ''];
  for (const { title, figures, notes } of results) {
    lines.push(`### ${title}`, '', '| what | median | unit | spread | beside |', '|---|---:|---|---|---|');
    for (const { what, value, unit, spread, beside } of figures)
      lines.push(`| ${what} | ${value} | ${unit} | ${spread ? `${spread[0]}–${spread[1]}` : ''} | ${beside ?? ''} |`);
    lines.push('', ...(notes ?? []).map((note) => `- ${note}`), '');
  }
  return `${lines.join('\n')}\n`;
}
/** The newest run stands first below the introduction; older ones stay. */
function record(): void {
  const file = 'test/bench/RESULTS.md';
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const at = before.indexOf('\n## ');
  if (at < 0) appendFileSync(file, `\n${markdown()}`);
  else writeFileSync(file, `${before.slice(0, at + 1)}${markdown()}\n${before.slice(at + 1)}`);
}
