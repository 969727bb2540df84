import { AppError, type Instant, type Milliseconds } from '../../../machines/vocabulary/index.ts';
import { checkAction } from './action.ts';
import { createBackoff, type Backoff } from './backoff.ts';
import type {
  ActionOptions,
  AmiConnection,
  AmiFields,
  AmiHandlers,
  AmiPacket,
  AmiPeer,
  AmiState,
  AmiStats,
  OriginateOutcome,
} from './connection.ts';
import { Counters } from './counters.ts';
import { Inbox } from './inbox.ts';
import { openLibraryTransport } from './libraryTransport.ts';
import {
  DEFAULT_EVENT_MASK,
  DEFAULT_LIMITS,
  DEFAULT_TIMINGS,
  type AmiConnectionOptions,
  type AmiLimits,
  type AmiTimings,
} from './options.ts';
import { openNetTransport } from './netTransport.ts';
import { PendingActions } from './pending.ts';
import { route, type RouterTools } from './router.ts';
import type { OpenTransport } from './transport.ts';
import { afterReading, AmiSession, type SessionEnd } from './session.ts';

/** Uptime comes in whole seconds and our clock may drift: a start later by less than this is the same start. */
const SAME_BOOT_MS: Milliseconds = 5_000;

/** Makes a connection; nothing happens before `start`. */
export const createAmiConnection = (options: AmiConnectionOptions): AmiConnection => new LiveConnection(options);

class LiveConnection implements AmiConnection {
  #state: AmiState = { status: 'stopped' };
  #handlers: AmiHandlers | undefined;
  #session: AmiSession | undefined;
  #stopped = false;
  /** The present session was up. */
  #raised = false;
  #attempt = 0;
  #counter = 0;
  #trueAt: Instant | undefined;
  #bootedAt: Instant | undefined;
  #cancelRetry: () => void = () => undefined;
  #cancelStable: () => void = () => undefined;
  readonly #options: AmiConnectionOptions;
  readonly #timings: AmiTimings;
  readonly #limits: AmiLimits;
  readonly #counters = new Counters();
  readonly #inbox: Inbox;
  readonly #pending: PendingActions;
  readonly #retry: Backoff;
  readonly #refusedRetry: Backoff;
  readonly #router: RouterTools;

  constructor(options: AmiConnectionOptions) {
    this.#options = options;
    this.#timings = { ...DEFAULT_TIMINGS, ...options.timings };
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#inbox = new Inbox(this.#limits, this.#counters, (batch) => this.#deliver(batch));
    this.#pending = new PendingActions({
      clock: options.clock,
      counters: this.#counters,
      limits: this.#limits,
      inOrder: (run) => afterReading(() => this.#inbox.mark(run)),
    });
    this.#retry = createBackoff(this.#timings.retryFirstMs, this.#timings.retryMostMs, options.random);
    this.#refusedRetry = createBackoff(this.#timings.refusedFirstMs, this.#timings.refusedMostMs, options.random);
    this.#router = {
      counters: this.#counters,
      pending: this.#pending,
      // Two servers of one installation see each other's `OriginateResponse`: the ids must differ.
      idPrefix: `${randomName(options.random)}-`,
      userEventToken: options.userEventToken ?? '',
      put: (packet) => this.#put(packet),
      inOrder: (run) => this.#inbox.mark(run),
    };
  }

  get state(): AmiState {
    return this.#state;
  }

  get stats(): AmiStats {
    return this.#counters;
  }

  start(handlers: AmiHandlers): void {
    if (this.#handlers !== undefined || this.#stopped) {
      throw new AppError('telephony.startedTwice', 'A connection starts once.', { kind: 'unexpected' });
    }
    this.#handlers = handlers;
    this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelRetry();
    this.#cancelStable();
    this.#inbox.close();
    this.#state = { status: 'stopped' };
    const session = this.#session;
    this.#session = undefined;
    this.#pending.rejectAll(linkLost('the connection was stopped'));
    if (session === undefined) return;
    session.destroy();
    await session.closed;
  }

  async action(name: string, fields: AmiFields = {}, options: ActionOptions = {}): Promise<AmiPacket> {
    const id = this.#nextId();
    const action = checkAction(name, id, fields);
    const session = this.#ready();
    const answer = this.#pending.answer(name, id, options.timeoutMs ?? this.#timings.actionMs);
    session.send(action);
    return answer;
  }

  async list(name: string, fields: AmiFields = {}, options: ActionOptions = {}): Promise<readonly AmiPacket[]> {
    const id = this.#nextId();
    const action = checkAction(name, id, fields);
    const session = this.#ready();
    const items = this.#pending.list(name, id, options.timeoutMs ?? this.#timings.actionMs);
    session.send(action);
    return items;
  }

  async originate(
    fields: AmiFields,
    options: ActionOptions & { readonly outcomeTimeoutMs?: Milliseconds } = {},
  ): Promise<{ readonly outcome: Promise<OriginateOutcome> }> {
    const id = this.#nextId();
    const action = checkAction('Originate', id, { ...fields, Async: 'true' });
    const session = this.#ready();
    const outcome = this.#pending.outcome('Originate', id, options.outcomeTimeoutMs ?? this.#timings.outcomeMs);
    const answer = this.#pending.answer('Originate', id, options.timeoutMs ?? this.#timings.actionMs);
    session.send(action);
    try {
      await answer;
    } catch (error) {
      this.#pending.forgetOutcome(id);
      throw error;
    }
    return { outcome };
  }

  #nextId(): string {
    this.#counter += 1;
    return `${this.#router.idPrefix}${String(this.#counter)}`;
  }

  #ready(): AmiSession {
    if (this.#session?.isUp !== true) throw linkLost('the exchange is not connected');
    this.#pending.checkRoom();
    return this.#session;
  }

  #connect(): void {
    const { host, port, username, secret, auth, eventMask, clock } = this.#options;
    this.#attempt += 1;
    this.#tell({ status: 'connecting', attempt: this.#attempt });
    if (this.#stopped) return;
    const session: AmiSession = new AmiSession(
      {
        target: { host, port },
        open: transportOf(this.#options),
        username,
        secret,
        auth: auth ?? 'plain',
        eventMask: eventMask ?? DEFAULT_EVENT_MASK,
        timings: this.#timings,
        clock,
        counters: this.#counters,
        nextId: () => this.#nextId(),
      },
      {
        onConnected: () => this.#inbox.mark(() => this.#tell({ status: 'loggingIn' })),
        onUp: (peer) => this.#up(peer),
        onPacket: (packet, routing) => route(this.#router, packet, routing),
        onFault: (error) => {
          this.#counters.faulty += 1;
          this.#options.log.error({ err: error }, 'an AMI packet could not be taken apart');
        },
        onEnd: (end) => this.#ended(session, end),
      },
    );
    this.#session = session;
  }

  #up(peer: AmiPeer): void {
    const { clock, log } = this.#options;
    const at = clock.now();
    if (!this.#raised) this.#counters.logins += 1;
    this.#raised = true;
    this.#refusedRetry.reset();
    this.#cancelStable();
    this.#cancelStable = clock.setTimer(at + this.#timings.stableMs, () => this.#retry.reset());
    const before = this.#bootedAt;
    const restarted = before !== undefined && peer.bootedAt !== undefined && peer.bootedAt > before + SAME_BOOT_MS;
    this.#bootedAt = peer.bootedAt ?? before;
    this.#inbox.mark(() => {
      this.#attempt = 0;
      log.info({ asterisk: peer.asteriskVersion, ami: peer.amiVersion, restarted }, 'the exchange is connected');
      this.#tell({ status: 'up', at, peer, restarted });
    });
  }

  #ended(session: AmiSession, end: SessionEnd): void {
    this.#session = undefined;
    this.#cancelStable();
    this.#trueAt = session.receivedAt ?? this.#trueAt;
    if (this.#raised) this.#counters.losses += 1;
    this.#raised = false;
    if (end.kind === 'refused') this.#counters.refusedLogins += 1;
    // In order: what the exchange said before it went is told before the loss, and only then is it tried again.
    this.#inbox.mark(() => this.#lost(end));
  }

  #lost(end: SessionEnd): void {
    if (this.#stopped) return;
    const { clock, log } = this.#options;
    const waitMs = end.kind === 'refused' ? this.#refusedRetry.next() : this.#retry.next();
    const retryAt = clock.now() + waitMs;
    this.#cancelRetry = clock.setTimer(retryAt, () => this.#connect());
    if (end.kind === 'refused') {
      log.error({ message: end.message, waitMs }, 'the exchange refused our log-in: check AMI_USERNAME and AMI_SECRET');
      this.#tell({ status: 'refused', message: end.message, retryAt });
    } else {
      log.warn({ reason: end.reason, waitMs }, 'the exchange is not connected');
      this.#tell({ status: 'lost', reason: end.reason, trueAt: this.#trueAt, retryAt });
    }
    this.#pending.rejectAll(linkLost(end.kind === 'refused' ? end.message : end.reason));
  }

  #put(packet: AmiPacket): void {
    if (this.#inbox.push(packet) !== 'full') return;
    this.#counters.overflows += 1;
    this.#session?.fail('more events wait than can be handled');
  }

  #deliver(batch: readonly AmiPacket[]): void {
    this.#counters.delivered += batch.length;
    this.#guard(() => this.#handlers?.onPackets(batch));
  }

  #tell(state: AmiState): void {
    if (this.#stopped) return;
    this.#state = state;
    this.#guard(() => this.#handlers?.onState(state));
  }

  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#counters.handlerFaults += 1;
      this.#options.log.error({ err: error }, 'a handler of AMI packets failed');
    }
  }
}

const transportOf = ({ openTransport, tls }: AmiConnectionOptions): OpenTransport =>
  openTransport ?? (tls === undefined ? openLibraryTransport : openNetTransport(tls));

const randomName = (random: () => number): string =>
  Math.floor(random() * 36 ** 8)
    .toString(36)
    .padStart(8, '0');

const linkLost = (reason: string): AppError =>
  new AppError('telephony.linkLost', `No link to the exchange: ${reason}.`, { details: { reason } });
