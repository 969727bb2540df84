import { createHash } from 'node:crypto';
import type { Clock, Instant, Milliseconds } from '../../../machines/vocabulary/index.ts';
import { checkFields, type CheckedAction } from './action.ts';
import type { AmiFields, AmiPacket, AmiPeer } from './connection.ts';
import type { Counters } from './counters.ts';
import type { AmiTimings } from './options.ts';
import { routingOf, toPacket, type Routing } from './packet.ts';
import type { OpenTransport, Transport, TransportTarget } from './transport.ts';
import type { WirePacket } from './wire.ts';

export interface SessionConfig {
  readonly target: TransportTarget;
  readonly open: OpenTransport;
  readonly username: string;
  readonly secret: string;
  readonly auth: 'plain' | 'md5';
  readonly eventMask: string;
  readonly timings: AmiTimings;
  readonly clock: Clock;
  readonly counters: Counters;
  /** A fresh ActionID. */
  readonly nextId: () => string;
}

export type SessionEnd =
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'refused'; readonly message: string };

/** All are called in the midst of reading: they only take note. */
export interface SessionHandlers {
  onConnected(): void;
  /** At the log-in, and again when the exchange is fully booted only later. */
  onUp(peer: AmiPeer): void;
  /** Each packet after `onUp` that is not the session's own. What came before belongs to the gap. */
  onPacket(packet: WirePacket, routing: Routing): void;
  onFault(error: unknown): void;
  /** Once; not after `destroy`. */
  onEnd(end: SessionEnd): void;
}

const UNKNOWN_PEER: AmiPeer = { asteriskVersion: '', amiVersion: '', systemName: '' };

/** One TCP connection to the exchange: log-in, who is there, ping, silence. It never comes back. */
export class AmiSession {
  /** The last instant at which the exchange said anything. */
  receivedAt: Instant | undefined;
  readonly closed: Promise<void>;
  #phase: 'connecting' | 'loggingIn' | 'greeting' | 'up' | 'ended' = 'connecting';
  #peer = UNKNOWN_PEER;
  #waitsFor = new Set(['FullyBooted', 'CoreSettings']);
  #pingedAt: Instant | undefined;
  readonly #own = new Map<string, (answer: AmiPacket) => void>();
  readonly #timers = new Map<string, () => void>();
  readonly #config: SessionConfig;
  readonly #handlers: SessionHandlers;
  readonly #transport: Transport;

  constructor(config: SessionConfig, handlers: SessionHandlers) {
    this.#config = config;
    this.#handlers = handlers;
    let closed: () => void = () => undefined;
    this.closed = new Promise((resolve) => (closed = resolve));
    this.#transport = config.open(config.target, {
      onConnect: () => this.#connected(),
      onPacket: (packet) => this.#received(packet),
      onFault: (error) => handlers.onFault(error),
      onClose: (reason) => {
        this.#end({ kind: 'lost', reason });
        closed();
      },
    });
    this.#deadline('connect', config.timings.connectMs, 'the exchange does not answer on the network');
  }

  get isUp(): boolean {
    return this.#phase === 'up';
  }

  send(action: CheckedAction): void {
    this.#transport.send(action);
  }

  /** Gives the link up with a reason that is told. */
  fail(reason: string): void {
    this.#end({ kind: 'lost', reason });
  }

  /** Ends without a word. */
  destroy(): void {
    this.#phase = 'ended';
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#own.clear();
    this.#transport.destroy();
  }

  #end(end: SessionEnd): void {
    if (this.#phase === 'ended') return;
    this.destroy();
    this.#handlers.onEnd(end);
  }

  #connected(): void {
    if (this.#phase !== 'connecting') return;
    this.#phase = 'loggingIn';
    this.#handlers.onConnected();
    this.#cancel('connect');
    this.#deadline('login', this.#config.timings.loginMs, 'the exchange does not answer the log-in');
    if (this.#config.auth === 'plain') {
      this.#login({ Secret: this.#config.secret });
      return;
    }
    const challenge = this.#action('Challenge', { AuthType: 'MD5' }, (answer) => {
      if (isError(answer)) this.#end({ kind: 'refused', message: answer['message'] ?? '' });
      else this.#login({ AuthType: 'MD5', Key: md5(`${answer['challenge'] ?? ''}${this.#config.secret}`) });
    });
    this.#transport.challenge(challenge);
  }

  #login(proof: AmiFields): void {
    const fields = { Username: this.#config.username, Events: this.#config.eventMask, ...proof };
    const login = this.#action('Login', fields, (answer) => {
      if (isError(answer)) this.#end({ kind: 'refused', message: answer['message'] ?? '' });
      else this.#loggedIn();
    });
    this.#transport.login(login);
  }

  #loggedIn(): void {
    const { timings, clock } = this.#config;
    this.#phase = 'greeting';
    this.#cancel('login');
    this.#timer('greet', timings.greetMs, () => this.#goUp());
    this.#timer('ping', timings.pingMs, () => this.#ping());
    this.#watchSilence(clock.now());
    const ask = this.#action('CoreSettings', {}, (answer) => {
      this.#peer = {
        ...this.#peer,
        asteriskVersion: answer['asteriskversion'] ?? '',
        amiVersion: answer['amiversion'] ?? this.#transport.greeting.replace(/^.*\//, ''),
        systemName: answer['systemname'] ?? '',
      };
      this.#greeted('CoreSettings');
    });
    this.#transport.send(ask);
  }

  #greeted(by: string): void {
    this.#waitsFor.delete(by);
    if (this.#phase === 'greeting' && this.#waitsFor.size === 0) this.#goUp();
  }

  #goUp(): void {
    this.#cancel('greet');
    this.#phase = 'up';
    this.#handlers.onUp(this.#peer);
  }

  #received(wire: WirePacket): void {
    const { clock, counters } = this.#config;
    if (this.#phase === 'ended') return;
    counters.received += 1;
    this.receivedAt = clock.now();
    const routing = routingOf(wire);
    const own = routing.event === '' ? this.#own.get(routing.actionId) : undefined;
    if (own !== undefined) {
      this.#own.delete(routing.actionId);
      own(toPacket(wire, routing));
      return;
    }
    if (routing.event.toLowerCase() === 'fullybooted') this.#fullyBooted(toPacket(wire, routing));
    if (this.#phase === 'up') this.#handlers.onPacket(wire, routing);
  }

  /** Asterisk says it after the log-in, or later when it is still starting; then what was seen so far was half. */
  #fullyBooted(packet: AmiPacket): void {
    const uptime = packet['uptime'] ?? '';
    if (/^\d{1,10}$/.test(uptime)) {
      this.#peer = { ...this.#peer, bootedAt: this.#config.clock.now() - Number(uptime) * 1_000 };
    }
    if (this.#phase === 'up') this.#handlers.onUp(this.#peer);
    else if (this.#phase === 'greeting') this.#greeted('FullyBooted');
  }

  #ping(): void {
    const { clock, timings } = this.#config;
    this.#timer('ping', timings.pingMs, () => this.#ping());
    const now = clock.now();
    if (this.#pingedAt !== undefined) {
      if (now - this.#pingedAt >= timings.pongMs) this.#endUnless(() => this.#pingedAt === undefined);
      return;
    }
    this.#pingedAt = now;
    this.#transport.send(this.#action('Ping', {}, () => (this.#pingedAt = undefined)));
  }

  #watchSilence(since: Instant): void {
    const { clock, timings } = this.#config;
    this.#timers.set(
      'silence',
      clock.setTimer(since + timings.silenceMs, () => {
        const heardAt = this.receivedAt ?? since;
        if (clock.now() - heardAt < timings.silenceMs) this.#watchSilence(heardAt);
        else
          this.#endUnless(
            () => this.receivedAt !== heardAt && this.receivedAt !== undefined,
            () => this.#watchSilence(clock.now()),
          );
      }),
    );
  }

  /** Ends the silent link, unless what the socket already holds says otherwise: our own process may have been busy. */
  #endUnless(alive: () => boolean, goOn: () => void = () => undefined): void {
    afterReading(() => {
      if (this.#phase === 'ended') return;
      if (alive()) goOn();
      else this.#end({ kind: 'lost', reason: 'the exchange is silent' });
    });
  }

  #action(name: string, fields: AmiFields, onAnswer: (answer: AmiPacket) => void): CheckedAction {
    const id = this.#config.nextId();
    this.#own.set(id, onAnswer);
    return checkFields(name, id, fields);
  }

  #deadline(name: string, ms: Milliseconds, reason: string): void {
    this.#timer(name, ms, () => {
      afterReading(() => {
        if (this.#timers.has(name)) this.#end({ kind: 'lost', reason });
      });
    });
  }

  #timer(name: string, ms: Milliseconds, run: () => void): void {
    this.#timers.set(name, this.#config.clock.setTimer(this.#config.clock.now() + ms, run));
  }

  #cancel(name: string): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
  }
}

/** Timers run before reading in a turn of the event loop: after a busy spell the answer may lie unread in the socket. */
export const afterReading = (run: () => void): void => {
  setImmediate(() => setImmediate(run));
};

const isError = (answer: AmiPacket): boolean => (answer['response'] ?? '').toLowerCase() === 'error';

/** What Asterisk asks for with `AuthType: MD5`; there is no better one. */
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
