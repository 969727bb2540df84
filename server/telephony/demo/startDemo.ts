import { join } from 'node:path';
import type { Clock } from '../../../machines/vocabulary/index.ts';
import type { Log } from '../../log.ts';
import { DemoAmiServer, SHIPPED_ACCOUNT, unfilteredAccount, type AmiAccount } from './amiServer.ts';
import { DemoControl } from './control.ts';
import { DemoExchange } from './exchange.ts';
import { readDemoLibrary, type DemoLibrary } from './people.ts';
import { Telephones } from './telephones.ts';

export interface DemoOptions {
  /** Folder with `demo.yaml` and `staff.csv`. */
  readonly libraryDir: string;
  /** The clock of the demonstration; it may run faster than that of the wall (`fasterClock`). */
  readonly clock: Clock;
  readonly wallClock: Clock;
  readonly log: Log;
  /** How many times faster than the wall `clock` runs; only told. */
  readonly speed?: number;
  readonly host?: string;
  /** 0 or none: any free port. */
  readonly port?: number;
  readonly account?: AmiAccount;
  /** Sends `VarSet` and `Newexten` too, as an account without filters would get them. */
  readonly unfiltered?: boolean;
}

/** A running demo exchange: an address to which the ordinary AMI connection connects, and its people and telephones. */
export interface RunningDemo {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly secret: string;
  readonly exchange: DemoExchange;
  readonly telephones: Telephones;
  readonly server: DemoAmiServer;
  readonly library: DemoLibrary;
  readonly control: DemoControl;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
/** How soon a colleague outside the contact centre lifts. */
const COLLEAGUE_ANSWERS_MS = 4_000;

/** Opens the port and resolves when the exchange can be called. Rejects with `demo.badFile` or a socket's fault. */
export const startDemo = async (options: DemoOptions): Promise<RunningDemo> => {
  const library = readDemoLibrary(join(options.libraryDir, 'demo.yaml'), join(options.libraryDir, 'staff.csv'));
  const exchange = new DemoExchange(library.site, options.clock);
  for (const caller of library.callers) exchange.clients.know(caller.number, caller.script);
  for (const { device } of library.colleagues)
    exchange.telephoneScripts.set(device, { answersAfterMs: COLLEAGUE_ANSWERS_MS, busy: 'inCall' });
  // Nobody sits at the telephones yet: a queue rings only where an operator has said to be ready.
  for (const device of new Set(library.site.queues.flatMap(({ members }) => members.map((each) => each.device))))
    exchange.queues.pause(device, true, 'offline');
  const telephones = new Telephones(exchange);
  const account = options.account ?? SHIPPED_ACCOUNT;
  const host = options.host ?? HOST;
  const server = new DemoAmiServer(exchange, telephones, {
    host,
    port: options.port ?? 0,
    accounts: [options.unfiltered === true ? unfilteredAccount(account) : account],
    wallClock: options.wallClock,
  });
  const port = await server.open();
  options.log.info({ host, port }, 'the demonstration exchange listens');
  const demo = { host, port, username: account.name, secret: account.secret, exchange, telephones, server, library };
  const control = new DemoControl(demo, { wallClock: options.wallClock, speed: options.speed ?? 1, log: options.log });
  return {
    ...demo,
    control,
    close: async () => {
      control.close();
      exchange.stop();
      await server.close();
    },
  };
};
