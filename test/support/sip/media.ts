import { createSocket, type Socket } from 'node:dgram';

/** The voice of one telephone: counts what it hears, and can speak a tone (G.711 A-law, 20 ms packets). */
export class Media {
  readonly #socket: Socket;
  #packets = 0;
  #loud = 0;
  #timer: NodeJS.Timeout | undefined;
  #sequence = 0;

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

  /** Speaks until `silence()`: a square wave, loud enough that nobody takes it for noise. */
  speak(to: { ip: string; port: number }): void {
    this.silence();
    this.#timer = setInterval(() => this.#socket.send(this.#packet(), to.port, to.ip), 20);
  }
  silence(): void {
    clearInterval(this.#timer);
  }
  async close(): Promise<void> {
    this.silence();
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

  #packet(): Buffer {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const packet = Buffer.alloc(172);
    packet[0] = 0x80;
    packet[1] = 8;
    packet.writeUInt16BE(this.#sequence, 2);
    packet.writeUInt32BE((this.#sequence * 160) >>> 0, 4);
    packet.writeUInt32BE(0x7e57_7e57, 8);
    for (let at = 0; at < 160; at += 1) packet[12 + at] = (at % 16 < 8 ? 0xe0 : 0x60) ^ 0x55;
    return packet;
  }
}
