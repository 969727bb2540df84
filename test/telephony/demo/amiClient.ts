import { connect, type Socket } from 'node:net';
import { formatPacket, headerOf, PacketDecoder, type WirePacket } from '../../../server/telephony/connection/wire.ts';

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** A plain AMI client, which is none of the product's: it shows what truly goes over the wire. */
export class AmiClient {
  readonly packets: WirePacket[] = [];
  bytes = 0;
  closed = false;
  readonly #socket: Socket;
  readonly #decoder = new PacketDecoder();
  #waiters: { wanted: (packet: WirePacket) => boolean; give: (packet: WirePacket) => void }[] = [];
  #ids = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => {
      this.bytes += chunk.length;
      for (const packet of this.#decoder.push(chunk)) this.#take(packet);
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => (this.closed = true));
  }
  static async open(port: number): Promise<AmiClient> {
    const socket = connect(port, '127.0.0.1');
    const client = new AmiClient(socket);
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return client;
  }
  static async signedIn(port: number, account: { name: string; secret: string }): Promise<AmiClient> {
    const client = await AmiClient.open(port);
    await client.action('Login', { Username: account.name, Secret: account.secret });
    return client;
  }

  get greeting(): string {
    return this.#decoder.greeting;
  }
  /** The answer to one action. */
  action(name: string, fields: Fields = {}): Promise<WirePacket> {
    const id = `t${(this.#ids += 1)}`;
    this.#socket.write(formatPacket({ Action: name, ActionID: id, ...fields }));
    return this.packet((each) => headerOf(each, 'ActionID') === id && headerOf(each, 'Response') !== undefined);
  }
  /** The answer, the items and the end of a list action. */
  async list(name: string, fields: Fields = {}): Promise<{ items: WirePacket[]; end: WirePacket }> {
    const answer = await this.action(name, fields);
    const id = headerOf(answer, 'ActionID');
    const end = await this.packet(
      (each) => headerOf(each, 'ActionID') === id && headerOf(each, 'EventList') === 'Complete',
    );
    const items = this.packets.filter((each) => headerOf(each, 'ActionID') === id && each !== answer && each !== end);
    return { items, end };
  }
  event(name: string): Promise<WirePacket> {
    return this.packet((each) => headerOf(each, 'Event') === name);
  }
  events(name: string): WirePacket[] {
    return this.packets.filter((each) => headerOf(each, 'Event') === name);
  }
  packet(wanted: (packet: WirePacket) => boolean): Promise<WirePacket> {
    const found = this.packets.find(wanted);
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((give) => this.#waiters.push({ wanted, give }));
  }
  write(text: string): void {
    this.#socket.write(text);
  }
  /** Reads no more: the exchange's bytes pile up. */
  pause(): void {
    this.#socket.pause();
  }
  close(): void {
    this.#socket.destroy();
  }

  #take(packet: WirePacket): void {
    this.packets.push(packet);
    this.#waiters = this.#waiters.filter(({ wanted, give }) => {
      if (!wanted(packet)) return true;
      give(packet);
      return false;
    });
  }
}
