import type { AppError, Instant, Milliseconds } from '../../../machines/vocabulary/index.ts';

/**
 * One AMI packet (event, response or list item): an object without a prototype, keys in lower case, values as Asterisk
 * wrote them, always strings (`uniqueid` too). Only the fields of `fields.ts` are in it.
 * - A key that came several times holds its values joined by `\n`; of `event`, `response` and `actionid` the first.
 * - `ChanVariable: NAME=value` is the key `chanvariable(NAME)`, `DestChanVariable` is `destchanvariable(NAME)` and so
 *   on; the case of NAME is kept.
 * - `VarSet` and the answer to `Getvar`: `variable` is the name, `value` the value. Elsewhere `variable` holds
 *   `NAME=value` lines.
 * - An empty header (`AccountCode: `) is `''`; an absent one is `undefined`.
 * - Names of callers and channel variables, which Asterisk escapes as C does (`\"`, `\?`), are plain text again, with
 *   blanks for control characters.
 */
export type AmiPacket = Readonly<Record<string, string>>;

/**
 * Fields of an action, without `Action` and `ActionID`. An object value becomes one `Key: name=value` line per entry,
 * as `Variable` wants it; commas and quotes in such a value are escaped for Asterisk.
 * Refused with `telephony.badValue`: CR, LF or NUL anywhere, `:` in a key, `=` in a name, lines over 1,000 bytes, more
 * than 120 headers, arrays, null.
 */
export type AmiFields = Readonly<Record<string, string | number | boolean | Readonly<Record<string, string>>>>;

/** What is known of the exchange at the other end. Empty when the AMI user may not ask. */
export interface AmiPeer {
  /** `22.10.0`, from `CoreSettings`. */
  readonly asteriskVersion: string;
  /** `11.0.0`, from `CoreSettings` (or the greeting, where the inside can read it). */
  readonly amiVersion: string;
  readonly systemName: string;
  /** When Asterisk was started, by our clock, to about a second: from the uptime of `FullyBooted`. */
  readonly bootedAt?: Instant;
}

export type AmiState =
  /** Not started, or stopped. */
  | { readonly status: 'stopped' }
  | { readonly status: 'connecting'; readonly attempt: number }
  | { readonly status: 'loggingIn' }
  /**
   * Told at every login and whenever the exchange says that it is fully booted only later. What happened before is
   * unknown (a gap): resynchronise before trusting anything.
   */
  | { readonly status: 'up'; readonly at: Instant; readonly peer: AmiPeer; readonly restarted: boolean }
  /** The link is gone, or was never made. `trueAt`: the last instant at which the exchange said anything. */
  | {
      readonly status: 'lost';
      readonly reason: string;
      readonly trueAt: Instant | undefined;
      readonly retryAt: Instant;
    }
  /** The exchange refused name or password, in its own words. Tried again slowly, lest it bans us. */
  | { readonly status: 'refused'; readonly message: string; readonly retryAt: Instant };

export interface AmiHandlers {
  /**
   * Packets that the product uses, in the order in which Asterisk sent them, at most 100 at a time. After 20 ms of
   * batches the socket is read again, so what takes longer in one call keeps the exchange waiting. What it throws is
   * logged and counted, and the next batch comes all the same.
   */
  onPackets(batch: readonly AmiPacket[]): void;
  /** In order with the packets: all that came before the link was lost is told before `lost`. */
  onState(state: AmiState): void;
}

export interface ActionOptions {
  /** Until the answer is complete; default 10,000 ms. */
  readonly timeoutMs?: Milliseconds;
}

/** How an asynchronous originate went: a value, never a rejection, so that nobody has to wait for it. */
export type OriginateOutcome =
  | { readonly kind: 'answered'; readonly packet: AmiPacket }
  | { readonly kind: 'failed'; readonly packet: AmiPacket }
  /** Asterisk never told: the link was lost, or the time is over. */
  | { readonly kind: 'unknown'; readonly error: AppError };

/**
 * The link to one Asterisk, over which everything of telephony passes. It keeps itself up: connects, logs in, pings,
 * notices a silent peer, and connects anew. Loss of the link is a state, never an exception out of the blue.
 *
 * Actions reject with `AppError`: `telephony.linkLost` (not up, or lost before the answer), `telephony.timeout`,
 * `telephony.refused` (`Response: Error`; `details.message` is Asterisk's own), `telephony.badValue` (nothing was
 * sent), `telephony.tooManyPending`. Answers resolve in order with the packets: what Asterisk sent before an answer
 * is told before the promise resolves, what it sent after is told after.
 */
export interface AmiConnection {
  readonly state: AmiState;
  readonly stats: AmiStats;
  /** Once. Begins to connect at once. */
  start(handlers: AmiHandlers): void;
  /** Logs nothing off politely: destroys the socket, rejects what is pending, cancels all timers. No call comes after. */
  stop(): Promise<void>;
  /** One action, one answer. `Command` is refused (`telephony.badValue`): nothing uses it. */
  action(name: string, fields?: AmiFields, options?: ActionOptions): Promise<AmiPacket>;
  /**
   * An action that answers with a list, such as `CoreShowChannels`: its items, without the answer and the end. A list
   * that the exchange cancelled is refused (`telephony.refused`): half a picture must not pass for a whole one.
   */
  list(name: string, fields?: AmiFields, options?: ActionOptions): Promise<readonly AmiPacket[]>;
  /**
   * `Originate` with `Async: true`. Resolves when Asterisk took it; `outcome` settles with the `OriginateResponse` of
   * this very action, or as `unknown` after `outcomeTimeoutMs` (default 120,000).
   */
  originate(
    fields: AmiFields,
    options?: ActionOptions & { readonly outcomeTimeoutMs?: Milliseconds },
  ): Promise<{ readonly outcome: Promise<OriginateOutcome> }>;
}

/** Plain counters since the start, for metrics. Maps hold at most 200 names; further names count under `(other)`. */
export interface AmiStats {
  /** Packets decoded. */
  readonly received: number;
  /** Packets given to `onPackets`. */
  readonly delivered: number;
  /** Events that the product does not use, dropped at the entry, by name. */
  readonly droppedEvents: ReadonlyMap<string, number>;
  /** Events that `events.ts` does not know, dropped at the entry, by name (letters, digits and `_` only). */
  readonly unknownEvents: ReadonlyMap<string, number>;
  /** `UserEvent`s without the token of the dialplan. */
  readonly refusedUserEvents: number;
  /** Answers and list items whose action had already ended. */
  readonly late: number;
  /** Packets that could not be taken apart. */
  readonly faulty: number;
  /** Calls of `onPackets` or `onState` that threw. */
  readonly handlerFaults: number;
  readonly logins: number;
  readonly refusedLogins: number;
  /** Links lost after a login. */
  readonly losses: number;
  /** Links given up because more waited in the queue than it may hold. */
  readonly overflows: number;
  readonly timeouts: number;
  readonly pendingActions: number;
  readonly queued: number;
  readonly queuedPeak: number;
}
