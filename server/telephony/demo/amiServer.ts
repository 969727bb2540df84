import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Clock, Milliseconds } from '../../../machines/vocabulary/index.ts';
import type { AmiClass } from './events.ts';
import { AmiSession } from './amiSession.ts';
import type { DemoExchange } from './exchange.ts';
import type { Telephones } from './telephones.ts';

/** One account of `manager.conf`. */
export interface AmiAccount {
  readonly name: string;
  readonly secret: string;
  readonly read: readonly AmiClass[];
  readonly write: readonly AmiClass[];
  /** `eventfilter = !^Event: …`: events that are never sent, whatever the classes say. */
  readonly without: readonly string[];
}

/** The shipped account of `asterisk/manager.conf`, with `system` added so that the panel's button can hold. */
export const SHIPPED_ACCOUNT: AmiAccount = {
  name: 'telephone-regulation',
  secret: 'demo',
  read: ['system', 'call', 'agent', 'user'],
  write: ['system', 'call', 'agent', 'originate', 'reporting'],
  without: [
    ...['Newexten', 'VarSet'],
    ...['QueueMemberStatus', 'AgentCalled', 'AgentConnect', 'AgentComplete', 'AgentRingNoAnswer'],
    ...['ExtensionStatus', 'MusicOnHoldStart', 'MusicOnHoldStop', 'DialState', 'BridgeCreate'],
    ...['ContactStatus', 'PeerStatus', 'RTCPSent', 'RTCPReceived'],
  ],
};
/** The same account with nothing filtered at the source: about 100 events and 40 kB for a queue call. */
export const unfilteredAccount = (account: AmiAccount): AmiAccount => ({
  ...account,
  read: [...account.read, 'dialplan', 'dtmf', 'reporting'],
  without: [],
});

export interface AmiServerOptions {
  readonly host?: string;
  /** 0: any that is free. */
  readonly port?: number;
  readonly accounts?: readonly AmiAccount[];
  /** A refused login is answered after this time, as Asterisk does, to slow down who guesses. */
  readonly refusalDelayMs?: Milliseconds;
  /** A client that reads nothing for so long is cut off (`writetimeout`). */
  readonly writeTimeoutMs?: Milliseconds;
  /** The real clock: how long a socket waits has nothing to do with the time of the demonstration. */
  readonly wallClock: Clock;
}

/** The port of the demo exchange: speaks AMI over TCP to any number of clients. */
export class DemoAmiServer {
  readonly exchange: DemoExchange;
  readonly telephones: Telephones;
  readonly accounts: ReadonlyMap<string, AmiAccount>;
  readonly options: Required<Omit<AmiServerOptions, 'accounts' | 'port' | 'host'>>;
  readonly #host: string;
  #port: number;
  readonly #sessions = new Set<AmiSession>();
  #server: Server | undefined;

  constructor(exchange: DemoExchange, telephones: Telephones, options: AmiServerOptions) {
    this.exchange = exchange;
    this.telephones = telephones;
    this.#host = options.host ?? '127.0.0.1';
    this.#port = options.port ?? 0;
    this.accounts = new Map((options.accounts ?? [SHIPPED_ACCOUNT]).map((each) => [each.name, each]));
    this.options = {
      refusalDelayMs: options.refusalDelayMs ?? 1_000,
      writeTimeoutMs: options.writeTimeoutMs ?? 5_000,
      wallClock: options.wallClock,
    };
  }

  get port(): number {
    return this.#port;
  }
  get sessions(): number {
    return this.#sessions.size;
  }

  /** Opens the port; the same one again after a `close`. */
  async open(): Promise<number> {
    const server = createServer((socket) => this.#accept(socket));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, this.#host, resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    return this.#port;
  }
  /** Closes the port and cuts every link. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.cutLinks();
    if (server !== undefined) await new Promise<void>((resolve) => server.close(() => resolve()));
  }
  /** Cuts every link without a word, as a broken cable does; clients can come back at once. */
  cutLinks(): void {
    for (const session of this.#sessions) session.cut();
  }
  /** Says nothing more and answers nothing, but keeps the sockets open: a half-open link. */
  setMute(mute: boolean): void {
    for (const session of this.#sessions) session.mute = mute;
  }
  /** The whole exchange starts anew: every call is forgotten, every link cut. */
  restart(): void {
    this.exchange.restart();
    this.telephones.reset();
    this.cutLinks();
  }

  #accept(socket: Socket): void {
    const session = new AmiSession(this, socket, () => this.#sessions.delete(session));
    this.#sessions.add(session);
  }
}
