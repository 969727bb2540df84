import { systemClock } from './clock.ts';
import { readConfig, type Config } from './config/config.ts';
import { createLog } from './log.ts';
import type { Running } from './main.ts';
import { patiently, wordsOf } from './patiently.ts';
import { Door } from './web/door.ts';

/** For a restored backup. */
const LOOK_EVERY_MS = 1_000;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** The process: configuration, a port that answers at once, one running product, signals. */
export async function main(): Promise<void> {
  try {
    process.loadEnvFile();
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') throw fault;
  }
  const outcome = readConfig(process.env);
  if (!outcome.ok) {
    process.stderr.write(`The configuration has faults:\n${outcome.faults.map((fault) => `  ${fault}\n`).join('')}`);
    process.exit(1);
  }
  const { config } = outcome;
  const log = createLog(config.logLevel);
  const cannot = (fault: unknown): never => {
    say(`Cannot start: ${wordsOf(fault)}`);
    process.exit(1);
  };
  const door = await Door.open(config).catch(cannot);
  // Loading the whole product takes longer than anything before; whoever asks meanwhile is answered at the door.
  const { run } = await import('./main.ts');
  const begin = async (): Promise<Running> => {
    const begun = await patiently(
      () => run(config, systemClock, log, undefined, door),
      systemClock,
      (line, { code }) => {
        say(line);
        door.wait(code === 'storage.full' ? 'disk' : 'storage');
      },
    ).catch(cannot);
    greet(begun, config);
    return begun;
  };
  let running = await begin();
  const stop = (): void => {
    running.stop().then(
      () => process.exit(0),
      (fault: unknown) => {
        log.error({ err: fault }, 'could not stop cleanly; the journal has all that was confirmed');
        process.exit(1);
      },
    );
  };
  const lookForBackup = async (): Promise<void> => {
    // While the storage is away there is nothing to change over to.
    if (!(await running.replaced().catch(() => false))) return;
    log.warn('a backup is restored: everything stops for a moment and begins anew with it');
    door.wait();
    await running.stop().catch((fault: unknown) => log.error({ err: fault }, 'could not stop cleanly'));
    running = await begin();
  };
  const lookAgain = (): void => {
    systemClock.setTimer(systemClock.now() + LOOK_EVERY_MS, () => void lookForBackup().then(lookAgain));
  };
  lookAgain();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** What a person at the console needs: the address, and in a demonstration that it is one and how to sign in. */
function greet({ port, demo }: Running, config: Config): void {
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  const lines = [`Ready: http://${host}:${port}/`];
  if (demo) {
    lines.push('This is a demonstration: no AMI_HOST is set, so the exchange, its people and callers are invented.');
    lines.push(`Sign in (password ${demo.signIns[0]?.password ?? ''}):`);
    for (const { login, name, roles } of demo.signIns) lines.push(`  ${login.padEnd(8)} ${name} (${roles.join(', ')})`);
    lines.push(`Make clients call: http://${host}:${port}/demo`);
    if (config.aroundTheClock)
      lines.push('Calls are taken around the clock; AROUND_THE_CLOCK=false: in working hours, as the calendar says.');
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}
