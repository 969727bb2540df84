import type { Logger } from 'pino';
import {
  AppError,
  SECOND,
  type CallId,
  type Clock,
  type DeviceId,
  type ExchangeId,
  type Fact,
  type Instant,
  type Milliseconds,
  type QueueName,
} from '../../machines/vocabulary/index.ts';
import type { Faults } from '../faults.ts';
import { AsteriskCommands } from './asteriskCommands.ts';
import type { AmiConnection, AmiPacket, AmiState } from './connection/connection.ts';
import { Correlator } from './correlate/correlator.ts';
import type { KnownCall } from './correlate/world.ts';
import { fetchSnapshot } from './correlate/fetchSnapshot.ts';
import type { Classifier } from './correlate/names.ts';
import type { Exchange, LinkState, SpyMode } from './exchange.ts';

export interface AsteriskExchangeOptions {
  readonly id: ExchangeId;
  readonly connection: AmiConnection;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn' | 'debug'>;
  readonly faults: Faults;
  /** Put into the exchange at each login, so that its dialplan signs the events that it sends us. */
  readonly eventToken: string;
  /** Which devices are telephones of the staff; see `Classifier`. */
  readonly classifier?: Partial<Classifier>;
  /** Live calls of the store at the start, asked once, before the first resync. */
  readonly knownCalls?: () => readonly KnownCall[];
}

/** Asterisk's own figures of its queues are asked for so often. */
const FIGURES_EVERY_MS: Milliseconds = 60 * SECOND;
/** After a resync that failed though the link is up. */
const RESYNC_RETRY_MS: Milliseconds = 5 * SECOND;

export const createAsteriskExchange = (options: AsteriskExchangeOptions): Exchange => new AsteriskExchange(options);

/** Joins the link, the correlator and the commands. */
class AsteriskExchange implements Exchange {
  readonly id: ExchangeId;
  readonly #options: AsteriskExchangeOptions;
  readonly #correlator: Correlator;
  readonly #commands: AsteriskCommands;
  #onFacts: (facts: readonly Fact[]) => void = () => undefined;
  #onLink: (state: LinkState) => void = () => undefined;
  #status: LinkState['status'] = 'connecting';
  #reason = '';
  #trueAt: Instant = 0;
  /** Rises with each login: an answer to an earlier one's resync is of no use. */
  #login = 0;
  #seeded = false;
  #restarted = false;
  #cancelSettle: () => void = () => undefined;
  #cancelLater: () => void = () => undefined;

  constructor(options: AsteriskExchangeOptions) {
    this.id = options.id;
    this.#options = options;
    this.#correlator = new Correlator(options.id, options.classifier);
    this.#commands = new AsteriskCommands({
      connection: options.connection,
      correlator: this.#correlator,
      clock: options.clock,
      tell: (facts) => this.#tell(facts),
    });
  }

  start(onFacts: (facts: readonly Fact[]) => void, onLink: (state: LinkState) => void): void {
    this.#onFacts = onFacts;
    this.#onLink = onLink;
    this.#options.connection.start({
      onPackets: (batch) => this.#take(batch),
      onState: (state) => this.#changed(state),
    });
  }
  async stop(): Promise<void> {
    this.#login += 1;
    this.#cancelSettle();
    this.#cancelLater();
    await this.#options.connection.stop();
  }
  get link(): LinkState {
    const trueAt = this.#status === 'up' ? this.#options.clock.now() : this.#trueAt;
    return { exchangeId: this.id, status: this.#status, trueAt, reason: this.#reason };
  }

  get counts(): Exchange['counts'] {
    const { unknownEvents, droppedEvents: _dropped, ...totals } = this.#options.connection.stats;
    return { totals, unknownEvents, readUntil: this.#correlator.readUntil };
  }

  hold(callId: CallId, device: DeviceId): Promise<void> {
    return this.#commands.notify(callId, device, 'hold');
  }
  resume(callId: CallId, device: DeviceId): Promise<void> {
    return this.#commands.notify(callId, device, 'talk');
  }
  hangUp(callId: CallId, device: DeviceId): Promise<void> {
    return this.#commands.hangUp(callId, device);
  }
  blindTransfer(callId: CallId, device: DeviceId, number: string): Promise<void> {
    return this.#commands.blindTransfer(callId, device, number);
  }
  consult(callId: CallId, device: DeviceId, number: string): Promise<void> {
    return this.#commands.consult(callId, device, number);
  }
  completeConsult(callId: CallId, device: DeviceId): Promise<void> {
    return this.#commands.completeConsult(callId, device);
  }
  cancelConsult(callId: CallId, device: DeviceId): Promise<void> {
    return this.#commands.cancelConsult(callId, device);
  }
  originate(request: { device: DeviceId; number: string; token: string; callerId: string }): Promise<void> {
    return this.#commands.originate(request);
  }
  pauseMember(request: { device: DeviceId; queue?: QueueName; paused: boolean; reason: string }): Promise<void> {
    return this.#commands.pauseMember(request);
  }
  spy(request: { supervisorDevice: DeviceId; device: DeviceId; mode: SpyMode }): Promise<void> {
    return this.#commands.spy(request);
  }
  stopSpy(supervisorDevice: DeviceId): Promise<void> {
    return this.#commands.stopSpy(supervisorDevice);
  }
  inviteToSurvey(callId: CallId): Promise<void> {
    return this.#commands.inviteToSurvey(callId);
  }
  setTransferCount(callId: CallId, count: number, limit: number): Promise<void> {
    return this.#commands.setTransferCount(callId, count, limit);
  }

  #take(batch: readonly AmiPacket[]): void {
    const at = this.#options.clock.now();
    this.#tell(batch.flatMap((packet) => this.#apart(packet['event'] ?? '', () => this.#correlator.take(packet, at))));
  }
  /** One event that cannot be understood is one event: those after it are of other calls. */
  #apart(event: string, facts: () => readonly Fact[]): readonly Fact[] {
    return this.#options.faults.contain('fact', { event }, facts) ?? [];
  }
  #tell(facts: readonly Fact[]): void {
    this.#armSettle();
    if (facts.length === 0) return;
    this.#onFacts(facts);
    this.#commands.tellWaitingCounts(facts).catch((fault: unknown) => {
      this.#options.log.warn({ err: fault }, "the exchange's transfer gate could not be told; it counts by itself");
    });
  }
  #armSettle(): void {
    this.#cancelSettle();
    const { settleAt } = this.#correlator;
    if (settleAt === undefined) return;
    const { clock } = this.#options;
    this.#cancelSettle = clock.setTimer(settleAt, () => {
      // Timers come before sockets: what lies unread may be what it waits for. One turn later it has been read.
      this.#cancelSettle = clock.setTimer(clock.now(), () =>
        this.#tell(this.#apart('', () => this.#correlator.settle(clock.now()))),
      );
    });
  }

  #changed(state: AmiState): void {
    if (state.status === 'up') {
      this.#restarted ||= state.restarted;
      this.#setLink('resyncing', '');
      this.#seed();
      this.#login += 1;
      void this.#resync(this.#login, state.at);
    } else if (state.status === 'lost') this.#lost(state.reason, state.trueAt);
    else if (state.status === 'refused') this.#setLink('refused', state.message);
  }
  #lost(reason: string, trueAt: Instant | undefined): void {
    this.#login += 1;
    this.#cancelLater();
    const was = this.#status;
    if (was === 'up') this.#trueAt = trueAt ?? this.#options.clock.now();
    this.#setLink('lost', reason);
    if (was === 'up') this.#tell(this.#correlator.lose(this.#options.clock.now(), reason));
  }
  #setLink(status: LinkState['status'], reason: string): void {
    this.#status = status;
    this.#reason = reason;
    this.#onLink(this.link);
  }

  /** Resolves always: what went wrong is the link's reason, and it is tried again. */
  async #resync(login: number, askedAt: Instant): Promise<void> {
    const { connection, clock, log } = this.#options;
    try {
      await this.#putToken();
      const trueAt = this.#trueAt === 0 ? askedAt : this.#trueAt;
      const snapshot = await fetchSnapshot(connection, {
        askedAt,
        trueAt,
        restarted: this.#restarted,
        onMissing: (action, fault) => log.warn({ err: fault, action }, 'the exchange does not give this list'),
      });
      if (login !== this.#login) return;
      const facts = this.#correlator.resync(snapshot, clock.now(), (whose, act) =>
        this.#options.faults.contain('fact', { whose }, act),
      );
      this.#restarted = false;
      this.#setLink('up', '');
      this.#tell(facts);
      this.#later(login, FIGURES_EVERY_MS, () => this.#askFigures(login));
    } catch (fault) {
      if (login !== this.#login) return;
      const reason = fault instanceof Error ? fault.message : String(fault);
      log.warn({ err: fault }, 'the exchange could not be resynchronised; trying again');
      this.#setLink('resyncing', reason);
      this.#later(login, RESYNC_RETRY_MS, () => this.#resync(login, askedAt));
    }
  }
  /** Without the token the gate's verdicts are not believed, but calls go on: a fault here is no reason to stop. */
  async #putToken(): Promise<void> {
    try {
      await this.#options.connection.action('Setvar', { Variable: 'EVENT_TOKEN', Value: this.#options.eventToken });
    } catch (fault) {
      if (!(fault instanceof AppError) || fault.code === 'telephony.linkLost') throw fault;
      this.#options.log.warn({ err: fault }, "the dialplan's events cannot be signed");
    }
  }
  /** Before the first event: one that comes before the lists must meet the call that the store knows. */
  #seed(): void {
    if (this.#seeded) return;
    this.#seeded = true;
    this.#correlator.seed(this.#options.knownCalls?.() ?? []);
  }
  async #askFigures(login: number): Promise<void> {
    try {
      const entries = await this.#options.connection.list('QueueStatus');
      if (login === this.#login) this.#tell(this.#correlator.figures(entries, this.#options.clock.now()));
    } catch (fault) {
      this.#options.log.debug({ err: fault }, 'no figures of the queues this time');
    }
    this.#later(login, FIGURES_EVERY_MS, () => this.#askFigures(login));
  }
  #later(login: number, afterMs: Milliseconds, run: () => Promise<void>): void {
    if (login !== this.#login) return;
    const { clock } = this.#options;
    this.#cancelLater = clock.setTimer(clock.now() + afterMs, () => void run());
  }
}
