import { createHash } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import {
  formatPacket,
  headerOf,
  PacketDecoder,
  type PacketFields,
  type WirePacket,
} from '../../server/telephony/connection/wire.ts';

/** What the peer does with one action. Without a script it answers as Asterisk does, as far as the tests need. */
export type Script = (action: WirePacket, client: ScriptedClient, ami: ScriptedAmi) => void;

export const GREETING = 'Asterisk Call Manager/11.0.0\r\n';

export interface ScriptedAmiOptions {
  readonly username?: string;
  readonly secret?: string;
  /** Sent upon connection; `''` for a peer that says nothing. */
  readonly greeting?: string;
  /** Seconds in `FullyBooted` after a log-in; `undefined` for a user who may not see it. */
  readonly uptime?: number | undefined;
  /** By action name in lower case. */
  readonly scripts?: Readonly<Record<string, Script>>;
}

/** One client's connection, seen from the exchange. */
export class ScriptedClient {
  readonly socket: Socket;
  /** Whole actions, in order. */
  readonly actions: WirePacket[] = [];
  /** All that came, as it came. */
  text = '';
  ended = false;

  constructor(socket: Socket) {
    this.socket = socket;
  }

  send(fields: PacketFields): void {
    this.write(formatPacket(fields));
  }

  write(data: string | Buffer): void {
    if (!this.socket.destroyed) this.socket.write(data);
  }

  /** Answers an action with its ActionID. */
  answer(action: WirePacket, fields: PacketFields): void {
    this.send({ ...fields, ActionID: headerOf(action, 'ActionID') ?? '' });
  }

  /** Writes and closes at once: the client sees the bytes, then the end. */
  cut(data: string | Buffer = ''): void {
    this.socket.end(data);
  }

  actionsNamed(name: string): WirePacket[] {
    return this.actions.filter((action) => headerOf(action, 'Action')?.toLowerCase() === name.toLowerCase());
  }
}

/** A real TCP server on a free port of loopback that speaks AMI as it is told to. */
export class ScriptedAmi {
  readonly clients: ScriptedClient[] = [];
  /** For all that comes from now on. */
  options: ScriptedAmiOptions;
  readonly #server: Server;

  private constructor(options: ScriptedAmiOptions) {
    this.options = { uptime: 3_600, ...options };
    this.#server = createServer((socket) => this.accept(socket));
  }

  static async listen(options: ScriptedAmiOptions = {}): Promise<ScriptedAmi> {
    const ami = new ScriptedAmi(options);
    await new Promise<void>((resolve) => ami.#server.listen(0, '127.0.0.1', resolve));
    return ami;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The newest connection. */
  get client(): ScriptedClient {
    const client = this.clients.at(-1);
    if (client === undefined) throw new Error('nobody connected');
    return client;
  }

  get open(): number {
    return this.clients.filter((client) => !client.ended).length;
  }

  /** Changes its mind in part. */
  change(options: ScriptedAmiOptions): void {
    this.options = { ...this.options, ...options };
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** Speaks AMI on this socket; for one that came another way, such as TLS. */
  accept(socket: Socket): void {
    const client = new ScriptedClient(socket);
    const decoder = new PacketDecoder();
    this.clients.push(client);
    socket.setNoDelay(true);
    socket.on('data', (data) => {
      client.text += data.toString('utf8');
      for (const action of decoder.push(data)) {
        client.actions.push(action);
        this.#perform(action, client);
      }
    });
    // A client that goes away with our bytes unread resets the connection; the tests look at `ended`.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => (client.ended = true));
    client.write(this.options.greeting ?? GREETING);
  }

  #perform(action: WirePacket, client: ScriptedClient): void {
    const name = headerOf(action, 'Action')?.toLowerCase() ?? '';
    const script = this.options.scripts?.[name];
    if (script !== undefined) script(action, client, this);
    else this.usual(action, client);
  }

  /** As Asterisk answers. A script may call it. */
  usual(action: WirePacket, client: ScriptedClient): void {
    switch (headerOf(action, 'Action')?.toLowerCase() ?? '') {
      case 'challenge':
        client.answer(action, { Response: 'Success', Challenge: '840415273' });
        return;
      case 'login':
        this.#login(action, client);
        return;
      case 'ping':
        client.answer(action, { Response: 'Success', Ping: 'Pong', Timestamp: '1795500000.000000' });
        return;
      case 'coresettings':
        client.answer(action, {
          Response: 'Success',
          AMIversion: '11.0.0',
          AsteriskVersion: '22.10.0',
          SystemName: 'pbx',
          CoreMaxCalls: '0',
        });
        return;
      default:
        client.answer(action, { Response: 'Error', Message: 'Invalid/unknown command' });
    }
  }

  #login(action: WirePacket, client: ScriptedClient): void {
    const { username = 'crm', secret = 'hush-hush', uptime } = this.options;
    const key = createHash('md5').update(`840415273${secret}`).digest('hex');
    const proven = headerOf(action, 'Secret') === secret || headerOf(action, 'Key') === key;
    if (headerOf(action, 'Username') !== username || !proven) {
      client.answer(action, { Response: 'Error', Message: 'Authentication failed' });
      client.cut();
      return;
    }
    client.answer(action, { Response: 'Success', Message: 'Authentication accepted' });
    if (uptime !== undefined) {
      client.send({
        Event: 'FullyBooted',
        Privilege: 'system,all',
        Uptime: uptime,
        LastReload: uptime,
        Status: 'Fully Booted',
      });
    }
  }
}
