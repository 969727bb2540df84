import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { chaos, type Engine, type Outcome } from './chaos.ts';

/**
 * Kills, cut links and storage faults under load, on each engine; then every call, promise, count and answer of the
 * product is compared with what the exchange and the operators truly did. Everything random comes from the seed.
 */
interface Options {
  readonly kills: number;
  readonly quick: boolean;
  readonly seed: number;
  readonly engine: Engine | 'both';
  readonly rate: number;
  readonly together: boolean;
  readonly report?: string;
  readonly results?: string;
}
const number = (text: string): number => Number(text);
const say = (line: string): void => void process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

/** The exit code: 0 when nothing was lost on any engine. */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('chaos')
    .option('--kills <count>', 'kill -9 of the product', number, 200)
    .option('--quick', '20 kills, as in CI', false)
    .option('--seed <seed>', 'repeats what is random', number, Math.floor(Math.random() * 1e9))
    .option('--engine <engine>', 'embedded, mongo or both', 'both')
    .option('--rate <calls>', 'new calls a second', number, 50)
    .option('--together', 'both engines at once', false)
    .option('--report <file>', 'writes both sides of every difference there')
    .option('--results <file>', 'writes how many engines passed and failed there, as the test runner does');
  const options = program.parse(argv).opts<Options>();
  const kills = options.quick ? Math.min(20, options.kills) : options.kills;
  const engines = options.engine === 'both' ? (['embedded', 'mongo'] as const) : [options.engine];
  const count = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };
  const mongodb = process.env.MONGODB_URI;
  const run = async (engine: Engine): Promise<void> => {
    if (engine === 'mongo' && mongodb === undefined) {
      say('mongo: not run, MONGODB_URI is not set');
      if (process.env.REQUIRE_ALL) count.numFailedTests += 1;
      else count.numPendingTests += 1;
      return;
    }
    const { seed, rate, report } = options;
    say(`${engine}: seed ${seed}, ${kills} kills, ${rate} calls/s`);
    const outcome = await chaos({
      ...{ engine, kills, seed, rate, mongodb },
      say: (line) => say(`  ${engine}: ${line}`),
      ...(report === undefined ? {} : { report: `${report}.${engine}` }),
      // What one engine found is not thrown away because the other's run could not go on.
    }).catch((fault: unknown): Outcome => ({ figures: {}, lost: [`the run ended early: ${describe(fault)}`] }));
    for (const line of words(engine, outcome)) say(line);
    if (outcome.lost.length > 0) count.numFailedTests += 1;
    else count.numPassedTests += 1;
  };
  if (options.together) await Promise.all(engines.map(run));
  else for (const engine of engines) await run(engine);
  if (options.results !== undefined) writeFileSync(options.results, JSON.stringify(count));
  return count.numFailedTests > 0 ? 1 : 0;
}

const describe = (fault: unknown): string => (fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));

function words(engine: string, { figures, lost }: Outcome): string[] {
  const told = Object.entries(figures).map(([name, value]) => `  ${name.padEnd(34)} ${value}`);
  return [
    `${engine}:`,
    ...told,
    `  ${'lost'.padEnd(34)} ${lost.length}`,
    ...lost.slice(0, 20).map((each) => `  - ${each}`),
  ];
}
