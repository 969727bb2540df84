import type { Logger } from 'pino';
import type { Clock, Milliseconds } from '../../../machines/vocabulary/index.ts';
import type { AmiTls } from './netTransport.ts';
import type { OpenTransport } from './transport.ts';

export interface AmiTimings {
  /** For TCP to connect. */
  readonly connectMs: Milliseconds;
  /** From TCP to the answer to the log-in. */
  readonly loginMs: Milliseconds;
  /** After the log-in, for `FullyBooted` and `CoreSettings`; an AMI user may be denied both, so it goes on without. */
  readonly greetMs: Milliseconds;
  readonly pingMs: Milliseconds;
  /** A ping unanswered for so long ends the link, though events may come. */
  readonly pongMs: Milliseconds;
  /** Nothing received for so long ends the link. */
  readonly silenceMs: Milliseconds;
  /** Up for so long counts as stable: the next loss is retried quickly again. */
  readonly stableMs: Milliseconds;
  readonly retryFirstMs: Milliseconds;
  readonly retryMostMs: Milliseconds;
  /** After a refused log-in, lest fail2ban shuts us out. */
  readonly refusedFirstMs: Milliseconds;
  readonly refusedMostMs: Milliseconds;
  readonly actionMs: Milliseconds;
  readonly outcomeMs: Milliseconds;
}

export const DEFAULT_TIMINGS: AmiTimings = {
  connectMs: 5_000,
  loginMs: 5_000,
  greetMs: 2_000,
  pingMs: 5_000,
  pongMs: 15_000,
  silenceMs: 12_000,
  stableMs: 10_000,
  retryFirstMs: 250,
  retryMostMs: 10_000,
  refusedFirstMs: 30_000,
  refusedMostMs: 300_000,
  actionMs: 10_000,
  outcomeMs: 120_000,
};

export interface AmiLimits {
  /** Packets given to `onPackets` at a time. */
  readonly batchSize: number;
  /** Batches are given for so long, then the socket is read again. */
  readonly turnMs: Milliseconds;
  /**
   * With so many packets waiting the link is given up (about 60 MB): what waits is still delivered, then the link is
   * told lost and a resync brings the truth.
   */
  readonly queueBound: number;
  readonly pendingBound: number;
  /** Items of one list. */
  readonly listBound: number;
}

export const DEFAULT_LIMITS: AmiLimits = {
  batchSize: 100,
  turnMs: 20,
  queueBound: 30_000,
  pendingBound: 1_000,
  listBound: 100_000,
};

export type AmiLog = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/**
 * Classes of events asked for at the log-in (`Events:`). Without `dialplan`: VarSet and Newexten are half of all
 * events, unused, and Newexten carries strangers' text unescaped.
 */
export const DEFAULT_EVENT_MASK = 'system,call,agent,user';

export interface AmiConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly secret: string;
  /** `md5` keeps the secret off the wire (challenge and answer); `plain` is the default and belongs on loopback, VPN or TLS. */
  readonly auth?: 'plain' | 'md5';
  /** Default `DEFAULT_EVENT_MASK`. */
  readonly eventMask?: string;
  /** What the dialplan puts into `Token` of its `UserEvent`s. Without it every `UserEvent` is refused. */
  readonly userEventToken?: string;
  readonly clock: Clock;
  /** From 0 up to 1, as `Math.random`. */
  readonly random: () => number;
  readonly log: AmiLog;
  /** Over TLS; the library cannot, so the own transport is taken then. */
  readonly tls?: AmiTls;
  /** What is inside. Default: the library. */
  readonly openTransport?: OpenTransport;
  readonly timings?: Partial<AmiTimings>;
  readonly limits?: Partial<AmiLimits>;
}
