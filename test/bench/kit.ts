import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** One figure: a whole number with its unit, the spread of its runs, and what it is compared with. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** Least and greatest of the runs. */
  readonly spread?: readonly [number, number];
  /** The baseline of the same run, in words with its figure. */
  readonly beside?: string;
}
export interface BenchResult {
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly notes?: readonly string[];
  /** What must not be, in words: the command ends with 1. Never a matter of time. */
  readonly failed?: readonly string[];
}
export interface Bench {
  readonly name: string;
  run(options: { readonly quick: boolean }): Promise<BenchResult>;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
};
export const spreadOf = (values: readonly number[]): readonly [number, number] => [
  Math.round(Math.min(...values)),
  Math.round(Math.max(...values)),
];
export const figure = (what: string, values: readonly number[], unit: string, beside?: string): Figure => ({
  what,
  value: Math.round(median(values)),
  unit,
  spread: spreadOf(values),
  ...(beside === undefined ? {} : { beside }),
});

export const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const CHROMIUM_FLAGS: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-sync',
];

/** With `BENCH_PROFILE=folder`, each measured process leaves a profile of its CPU there. */
const PROFILE = process.env['BENCH_PROFILE'];
export const isProfiled = PROFILE !== undefined;
export const nodeFlags: readonly string[] = [
  '--expose-gc',
  ...(PROFILE === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${PROFILE}`]),
];

/** Starts another file of the bench as its own process; its first line of output is JSON. It may send messages. */
export function child(
  file: string,
  args: readonly string[],
): { readonly process: ChildProcess; readonly first: Promise<Record<string, number>> } {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const started = spawn(process.execPath, [...nodeFlags, path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const first = new Promise<string>((resolve, reject) => {
    let text = '';
    started.stdout?.on('data', (bytes: Buffer) => {
      text += bytes.toString('utf8');
      const line = text.split('\n').find((each) => each.startsWith('{'));
      if (line !== undefined && text.includes('\n')) resolve(line);
    });
    started.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
  return { process: started, first: first.then((line) => JSON.parse(line) as Record<string, number>) };
}
export const ended = (started: ChildProcess): Promise<void> =>
  started.exitCode !== null || started.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => {
        started.once('exit', () => resolve());
      });
