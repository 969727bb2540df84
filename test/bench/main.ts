import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { board } from './board.ts';
import { compile, knowledge, reports, storage } from './others.ts';
import { ingest } from './ingest.ts';
import type { Bench, BenchResult } from './kit.ts';
import { live } from './live.ts';
import { page } from './page.ts';
import { recovery } from './recovery.ts';
import { scale } from './scale.ts';
import { soak } from './soak.ts';
import { forgetYear } from './year.ts';

/**
 * `npm run bench -- [--quick] [--json] [--write] [name…]`: whole numbers as medians, each beside its baseline of the same
 * run. A full run of all is put into RESULTS.md; `--write` puts any other there too.
 */
const benches: readonly Bench[] = [
  ingest,
  live,
  board,
  scale,
  storage,
  reports,
  // After the reports, on the same year: the product makes sums of its days, which they begin without.
  recovery,
  knowledge,
  compile,
  page,
  soak,
];
/** The heading in RESULTS.md below which runs are put. */
const RUNS = '\n# Runs\n';
const flags = process.argv.slice(2);
const quick = flags.includes('--quick');
const names = flags.filter((flag) => !flag.startsWith('--'));
const chosen = benches.filter((bench) => names.length === 0 || names.includes(bench.name));

// The browser's driver takes these signals for itself and goes on. Hosts end with us.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1));

const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) throw new Error(`no such bench: ${unknown.join(', ')}`);
const busyBefore = loadavg()[0] ?? 0;
const results: BenchResult[] = [];
for (const bench of chosen) {
  process.stderr.write(`${bench.name}…\n`);
  const from = performance.now();
  results.push(await attempt(bench));
  process.stderr.write(`  ${Math.round((performance.now() - from) / 1000)} s\n`);
}
await forgetYear();
const head = {
  at: new Date().toISOString().slice(0, 16).replace('T', ' '),
  machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  load: busyBefore.toFixed(1),
  node: process.version,
  commit: revision(),
  mode: quick ? 'quick' : 'full',
};
if (flags.includes('--json')) process.stdout.write(`${JSON.stringify({ ...head, results }, null, 2)}\n`);
else process.stdout.write(markdown());
if (flags.includes('--write') || (!quick && names.length === 0)) record();
const failed = results.flatMap((result) => result.failed ?? []);
for (const fault of failed) process.stderr.write(`failed: ${fault}\n`);
// Chromium and sockets that a failed bench left open must not keep the command from ending.
process.exit(failed.length > 0 ? 1 : 0);

/** One bench that cannot run does not take the others' figures away. */
async function attempt(bench: Bench): Promise<BenchResult> {
  try {
    return await bench.run({ quick });
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { title: bench.name, figures: [], notes: [`not run to the end: ${why}`], failed: [`${bench.name}: ${why}`] };
  }
}

function revision(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    // A copy without its history.
    return 'unknown';
  }
}
function markdown(): string {
  const lines = [
    `## ${head.at}, ${head.mode}, commit ${head.commit}`,
    '',
    `${head.machine}, Node ${head.node}; load average before the run: ${head.load}`,
    '',
  ];
  for (const { title, figures, notes } of results) {
    lines.push(`### ${title}`, '', '| what | median | unit | spread | beside |', '|---|---:|---|---|---|');
    for (const { what, value, unit, spread, beside } of figures)
      lines.push(`| ${what} | ${value} | ${unit} | ${spread ? `${spread[0]}–${spread[1]}` : ''} | ${beside ?? ''} |`);
    lines.push('', ...(notes ?? []).map((note) => `- ${note}`), '');
  }
  return `${lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd()}\n\n`;
}
/** The newest run stands first; older ones, and what was written by hand above them, stay. */
function record(): void {
  const file = 'test/bench/RESULTS.md';
  const text = readFileSync(file, 'utf8');
  const at = text.indexOf(RUNS);
  if (at < 0) throw new Error(`${file} has no heading of its runs`);
  const cut = at + RUNS.length;
  writeFileSync(file, `${text.slice(0, cut)}\n${markdown()}${text.slice(cut).trimStart()}`);
}
