import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { systemClock } from '../../clock.ts';
import { createLog } from '../../log.ts';
import { DemoAmiServer, SHIPPED_ACCOUNT, unfilteredAccount } from './amiServer.ts';
import { DemoExchange } from './exchange.ts';
import { fasterClock } from './fasterClock.ts';
import { LoadGenerator } from './load.ts';
import { loadSite } from './loadSite.ts';
import { Telephones } from './telephones.ts';
import { TrueLedger } from './truth.ts';

/**
 * A demo exchange on its own, with a load: for benches, chaos and rehearsals of other programs.
 * `node build/server/telephony/demo/main.js --port 5039 --operators 50 --rate 5 --pace 0.05 --seed 1`
 * The first line on standard output says where it listens; at SIGTERM or after `--seconds` the last one says what was
 * done, and `--ledger` gets every conversation as it truly was, one JSON object a line.
 */
const number = (text: string): number => Number(text);
const program = new Command('demo-exchange')
  .description('A simulated Asterisk that speaks AMI, with a seeded load of calls.')
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--port <port>', 'TCP port; 0: any', number, 0)
  .option('--secret <secret>', 'secret of the AMI account', SHIPPED_ACCOUNT.secret)
  .option('--operators <count>', 'telephones 1000, 1001…', number, 50)
  .option('--rate <calls>', 'new calls a second', number, 1)
  .option('--most-live <calls>', 'no new call while so many go on', number)
  .option('--fill <calls>', 'so many answered calls that never end', number, 0)
  .option('--pace <factor>', 'multiplies all lengths of talk and hold', number, 1)
  .option('--speed <factor>', 'time runs so many times faster', number, 1)
  .option('--seed <seed>', 'the same seed gives the same day', number, 1)
  .option('--seconds <seconds>', 'ends by itself', number)
  .option('--unfiltered', 'sends VarSet and Newexten too', false)
  .option('--ledger <file>', 'where to write what truly happened');

interface Options {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
  readonly operators: number;
  readonly rate: number;
  readonly mostLive?: number;
  readonly fill: number;
  readonly pace: number;
  readonly speed: number;
  readonly seed: number;
  readonly seconds?: number;
  readonly unfiltered: boolean;
  readonly ledger?: string;
}

const run = async (options: Options): Promise<void> => {
  const clock = options.speed === 1 ? systemClock : fasterClock(systemClock, options.speed);
  const exchange = new DemoExchange(loadSite(options.operators, options.pace), clock);
  const keys = new Telephones(exchange);
  const account = { ...SHIPPED_ACCOUNT, secret: options.secret };
  const server = new DemoAmiServer(exchange, keys, {
    host: options.host,
    port: options.port,
    accounts: [options.unfiltered ? unfilteredAccount(account) : account],
    wallClock: systemClock,
  });
  const truth = new TrueLedger(exchange);
  const load = new LoadGenerator(exchange, keys, {
    seed: options.seed,
    callsPerSecond: options.rate,
    pace: options.pace,
    ...(options.mostLive !== undefined && { mostLive: options.mostLive }),
  });
  const port = await server.open();
  say({ listening: { host: options.host, port }, seed: options.seed, operators: options.operators });
  load.fill(options.fill);
  load.start();

  const finish = (): void => {
    load.close();
    exchange.stop();
    if (options.ledger !== undefined) writeFileSync(options.ledger, truth.lines());
    say({ calls: truth.calls.size, open: truth.open });
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', finish);
  process.once('SIGINT', finish);
  if (options.seconds !== undefined) systemClock.setTimer(systemClock.now() + options.seconds * 1000, finish);
};
const say = (fact: object): void => void process.stdout.write(`${JSON.stringify(fact)}\n`);

program.action((options: Options) =>
  run(options).catch((fault: unknown) => {
    createLog('error').error({ err: fault }, 'the demonstration exchange could not start');
    process.exit(1);
  }),
);
await program.parseAsync();
