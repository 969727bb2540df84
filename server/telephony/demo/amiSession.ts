import type { Socket } from 'node:net';
import type { Instant } from '../../../machines/vocabulary/index.ts';
import { formatPacket, headerOf, PacketDecoder, type PacketFields, type WirePacket } from '../connection/wire.ts';
import type { AmiAccount, DemoAmiServer } from './amiServer.ts';
import { carryOut } from './actions/index.ts';
import type { AmiClass } from './events.ts';
import type { Listener } from './exchange.ts';

const GREETING = 'Asterisk Call Manager/11.0.0\r\n';

/** One TCP connection of an AMI client. */
export class AmiSession implements Listener {
  readonly server: DemoAmiServer;
  account: AmiAccount | undefined;
  /** `Events: off` of a login, or the `Events` action. */
  eventsOn = true;
  /** Words of an `Events:` mask; empty: all that the account may read. */
  mask: ReadonlySet<string> = new Set();
  mute = false;
  /** What `Challenge` gave out for an MD5 login; empty: nothing yet. */
  challenge = '';
  readonly #socket: Socket;
  readonly #decoder = new PacketDecoder();
  readonly #onGone: () => void;
  #stopListening: () => void = () => undefined;
  #text = '';
  #flushing = false;
  #cancelStall: (() => void) | undefined;
  #micros = 0;
  #lastSecondTold = '';

  constructor(server: DemoAmiServer, socket: Socket, onGone: () => void) {
    this.server = server;
    this.#socket = socket;
    this.#onGone = onGone;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('drain', () => this.#drained());
    socket.on('close', () => this.#closed());
    socket.write(GREETING);
  }

  // ------------------------------------------------------------------------------ events
  wants(eventClass: AmiClass, event: string): boolean {
    const { account } = this;
    if (account === undefined || this.mute || !this.eventsOn || !account.read.includes(eventClass)) return false;
    return !account.without.includes(event) && (this.mask.size === 0 || this.mask.has(eventClass));
  }
  /** An event to this client alone, such as `FullyBooted`: Asterisk gives it no `Timestamp`. */
  ownEvent(event: string, eventClass: AmiClass, fields: PacketFields): void {
    this.send(`Event: ${event}\r\nPrivilege: ${eventClass},all\r\n${formatPacket(fields)}`);
  }
  event(event: string, eventClass: AmiClass, fields: PacketFields, at: Instant): void {
    const head = `Event: ${event}\r\nPrivilege: ${eventClass},all\r\nTimestamp: ${this.#timestamp(at)}\r\n`;
    this.send(head + formatPacket(fields));
  }
  /** Microseconds that grow within one millisecond, so that events of one moment keep their order. */
  #timestamp(at: Instant): string {
    const seconds = (at / 1000).toFixed(3);
    this.#micros = seconds === this.#lastSecondTold ? Math.min(this.#micros + 1, 999) : 0;
    this.#lastSecondTold = seconds;
    return seconds + String(this.#micros).padStart(3, '0');
  }

  // ------------------------------------------------------------------------------ answers
  answer(request: WirePacket, fields: PacketFields): void {
    const { Response = 'Success', ...rest } = fields;
    const actionId = headerOf(request, 'ActionID');
    this.send(formatPacket({ Response, ...(actionId === undefined ? {} : { ActionID: actionId }), ...rest }));
  }
  send(text: string): void {
    if (this.mute) return;
    this.#text += text;
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => this.#flush());
  }
  #flush(): void {
    this.#flushing = false;
    const text = this.#text;
    this.#text = '';
    if (text === '' || this.#socket.destroyed || this.#socket.writableEnded) return;
    if (!this.#socket.write(text)) this.#stalled();
  }
  /** Asterisk closes the session of a client that does not read. */
  #stalled(): void {
    const { wallClock, writeTimeoutMs } = this.server.options;
    this.#cancelStall ??= wallClock.setTimer(wallClock.now() + writeTimeoutMs, () => this.cut());
  }
  #drained(): void {
    this.#cancelStall?.();
    this.#cancelStall = undefined;
  }

  // ------------------------------------------------------------------------------ the session itself
  loggedIn(account: AmiAccount): void {
    this.account = account;
    this.#stopListening = this.server.exchange.listen(this);
  }
  /** After what was written has gone out. */
  end(): void {
    this.#flush();
    this.#socket.end();
  }
  cut(): void {
    this.#socket.destroy();
  }
  #closed(): void {
    this.#drained();
    this.#stopListening();
    this.account = undefined;
    this.#onGone();
  }
  #read(chunk: Buffer): void {
    let packets: WirePacket[];
    try {
      packets = this.#decoder.push(chunk);
    } catch (fault) {
      // What is beyond all measure is nobody's action; Asterisk closes such a session as well.
      this.#socket.destroy(fault instanceof Error ? fault : undefined);
      return;
    }
    for (const packet of packets) if (!this.mute) carryOut(this, packet);
  }
}
