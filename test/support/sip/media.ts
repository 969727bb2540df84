import { createSocket, type Socket } from 'node:dgram';

export interface MediaAddress {
  readonly ip: string;
  readonly port: number;
}
const PACKET_MS = 20;
/** The smallest A-law sample as it travels. */
const SILENCE = 0xd5;

/**
 * The voice of one telephone: counts what it hears and always says something (G.711 A-law, 20 ms packets), silence or a
 * tone. An exchange optimises a Local channel away, and takes a call as answered, only when voice really flows.
 */
export class Media {
  readonly #socket: Socket;
  #packets = 0;
  #loud = 0;
  readonly #talksTo = new Map<object, MediaAddress>();
  readonly #timer = setInterval(() => this.#say(), PACKET_MS);
  #sequence = 0;
  /** A square wave instead of silence, loud enough that nobody takes it for noise. */
  loud = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (packet) => this.#hear(packet));
  }

  static async open(ip: string): Promise<Media> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, ip, resolve));
    return new Media(socket);
  }

  get port(): number {
    return this.#socket.address().port;
  }
  /** Packets heard. */
  get packets(): number {
    return this.#packets;
  }
  /** Packets heard that were not silence. */
  get loudPackets(): number {
    return this.#loud;
  }
  reset(): void {
    this.#packets = 0;
    this.#loud = 0;
  }

  /** Talks to the far side of `call` from now on. */
  talkTo(call: object, to: MediaAddress): void {
    this.#talksTo.set(call, to);
  }
  hushTo(call: object): void {
    this.#talksTo.delete(call);
  }
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()));
  }

  #hear(packet: Buffer): void {
    if (packet.length < 13 || (packet[1] ?? 0) >= 0xc8) return;
    this.#packets += 1;
    // A-law: the bits are sent xor 0x55; the three exponent bits above 2 mean louder than any comfort noise.
    const samples = packet.subarray(12);
    const loud = samples.reduce((sum, byte) => sum + (((byte ^ 0x55) & 0x70) >> 4 > 2 ? 1 : 0), 0);
    if (loud * 2 > samples.length) this.#loud += 1;
  }

  #say(): void {
    if (this.#talksTo.size === 0) return;
    const packet = this.#packet();
    for (const { ip, port } of this.#talksTo.values()) this.#socket.send(packet, port, ip);
  }

  #packet(): Buffer {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const packet = Buffer.alloc(172);
    packet[0] = 0x80;
    packet[1] = 8;
    packet.writeUInt16BE(this.#sequence, 2);
    packet.writeUInt32BE((this.#sequence * 160) >>> 0, 4);
    packet.writeUInt32BE(0x7e57_7e57, 8);
    for (let at = 0; at < 160; at += 1) packet[12 + at] = this.loud ? (at % 16 < 8 ? 0xe0 : 0x60) ^ 0x55 : SILENCE;
    return packet;
  }
}
