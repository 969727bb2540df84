import { connect, type Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { within } from '../eventually.ts';

/**
 * One line of a recording: milliseconds since it began, and what one read of the socket brought. `opened`: here a new
 * connection began after the old one was lost.
 */
export interface Chunk {
  readonly at: number;
  readonly text: string;
  readonly opened?: true;
}
interface Address {
  readonly host: string;
  readonly amiPort: number;
  readonly amiUsername: string;
  readonly amiSecret: string;
}
type Fields = Readonly<Record<string, string>>;

/**
 * A plain AMI session that keeps every byte the exchange says, with its instant, and lets a scenario wait for events.
 * It is no client of the product's: recordings must not depend on the code that they test.
 */
export class AmiRecorder {
  readonly chunks: Chunk[] = [];
  readonly #begin = performance.now();
  readonly #packets: Fields[] = [];
  /** Wall-clock instants of the packets' arrival. */
  readonly #arrivals: number[] = [];
  #socket: Socket;
  #waiters: { wanted: (packet: Fields) => boolean; give: (packet: Fields) => void }[] = [];
  #rest = '';
  #actions = 0;

  private constructor(socket: Socket) {
    this.#socket = this.#listen(socket);
  }

  static async open(address: Address): Promise<AmiRecorder> {
    const recorder = new AmiRecorder(await connected(address));
    await recorder.#login(address);
    return recorder;
  }
  /** A new connection in the same recording, after the exchange was restarted. */
  async reopen(address: Address): Promise<void> {
    this.#socket.destroy();
    this.#rest = '';
    this.chunks.push({ at: this.#now(), text: '', opened: true });
    this.#socket = this.#listen(await connected(address));
    await this.#login(address);
  }

  /** How many packets have come: a mark from which `event` looks. */
  get mark(): number {
    return this.#packets.length;
  }

  async action(fields: Fields): Promise<Fields> {
    const id = `rig-${(this.#actions += 1)}`;
    const lines = Object.entries({ ...fields, ActionID: id }).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#socket.write(`${lines.join('')}\r\n`);
    const isAnswer = (packet: Fields): boolean => packet['Response'] !== undefined && packet['ActionID'] === id;
    return within(`the answer to ${fields['Action']}`, this.#wait(isAnswer, 0));
  }

  /** The first event of this name with these values since `from`, past or future. */
  event(name: string, values: Readonly<Record<string, string | RegExp>> = {}, from = 0): Promise<Fields> {
    const matches = (packet: Fields): boolean =>
      packet['Event'] === name &&
      Object.entries(values).every(([key, value]) =>
        typeof value === 'string' ? packet[key] === value : value.test(packet[key] ?? ''),
      );
    return within(`${name} ${JSON.stringify(values)}`, this.#wait(matches, from));
  }

  /** Milliseconds from one event to the next other one, both since `from`. */
  async between(first: string, second: string, from: number): Promise<number> {
    const begin = this.#packets.indexOf(await this.event(first, {}, from));
    const end = this.#packets.indexOf(await this.event(second, {}, begin + 1));
    return (this.#arrivals[end] ?? 0) - (this.#arrivals[begin] ?? 0);
  }

  /** What it told of a call, in short: for whoever has to find out why something differs. */
  of(linkedid: string): readonly string[] {
    return this.#packets
      .filter((packet) => Object.entries(packet).some(([key, value]) => /linkedid/i.test(key) && value === linkedid))
      .map((packet) => [packet['Timestamp'], packet['Event'], packet['Channel'], packet['Variable']].join(' '));
  }

  close(): void {
    this.#socket.destroy();
  }

  #wait(wanted: (packet: Fields) => boolean, from: number): Promise<Fields> {
    const found = this.#packets.slice(from).find(wanted);
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((give) => this.#waiters.push({ wanted, give }));
  }
  async #login(address: Address): Promise<void> {
    const mark = this.mark;
    await this.action({ Action: 'Login', Username: address.amiUsername, Secret: address.amiSecret });
    await this.event('FullyBooted', {}, mark);
  }
  #listen(socket: Socket): Socket {
    const decoder = new StringDecoder('utf8');
    socket.on('data', (bytes) => this.#receive(decoder.write(bytes)));
    socket.on('error', () => socket.destroy());
    return socket;
  }
  #now(): number {
    return Math.round(performance.now() - this.#begin);
  }
  #receive(text: string): void {
    this.chunks.push({ at: this.#now(), text });
    this.#rest += text;
    const packets = this.#rest.split('\r\n\r\n');
    this.#rest = packets.pop() ?? '';
    for (const raw of packets) this.#take(fieldsOf(raw));
  }
  #take(packet: Fields): void {
    this.#packets.push(packet);
    this.#arrivals.push(Date.now());
    this.#waiters = this.#waiters.filter(({ wanted, give }) => {
      if (!wanted(packet)) return true;
      give(packet);
      return false;
    });
  }
}

const connected = async (address: Address): Promise<Socket> => {
  const socket = connect(address.amiPort, address.host);
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return socket;
};

const fieldsOf = (raw: string): Fields => {
  const fields: Record<string, string> = {};
  for (const line of raw.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields[line.slice(0, colon)] ??= line.slice(colon + 1).trimStart();
  }
  return fields;
};
