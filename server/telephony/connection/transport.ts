import type { CheckedAction } from './action.ts';
import type { WirePacket } from './wire.ts';

export interface TransportTarget {
  readonly host: string;
  readonly port: number;
}

export interface TransportHandlers {
  /** TCP (and TLS) is there; the greeting may not be. */
  onConnect(): void;
  /** Each packet, in order. Keys in any case; what a key means is settled by `toPacket`. */
  onPacket(packet: WirePacket): void;
  /** A packet that could not be taken apart; the next ones come all the same. */
  onFault(error: unknown): void;
  /** Exactly once, also when nothing was ever connected or `destroy` was called. */
  onClose(reason: string): void;
}

/**
 * One TCP connection to one AMI, used once: its decoder must not outlive it. What is inside can be exchanged; the
 * contract tests of the connection run over each.
 */
export interface Transport {
  /** `''` when the inside cannot read it. */
  readonly greeting: string;
  /** Before the log-in; the answer comes as a packet. */
  challenge(action: CheckedAction): void;
  login(action: CheckedAction): void;
  /** After the answer to `login` was seen. */
  send(action: CheckedAction): void;
  /** Ends the connection at once, whatever the peer does. */
  destroy(): void;
}

export type OpenTransport = (target: TransportTarget, handlers: TransportHandlers) => Transport;
