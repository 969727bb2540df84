import {
  AppError,
  as,
  exchangeOfDevice,
  type CallId,
  type DeviceId,
  type ExchangeId,
  type Fact,
} from '../../machines/vocabulary/index.ts';
import type { LinkView } from '../contract/index.ts';
import type { Log } from '../log.ts';
import type { Exchange, LinkState } from './exchange.ts';

/** All exchanges of the installation, as the rooms use them. */
export class Exchanges {
  readonly #exchanges: ReadonlyMap<ExchangeId, Exchange>;
  readonly #log: Log;

  constructor(exchanges: readonly Exchange[], log: Log) {
    this.#exchanges = new Map(exchanges.map((each) => [each.id, each]));
    this.#log = log;
  }
  start(onFacts: (facts: readonly Fact[]) => void, onLink: (state: LinkState) => void): void {
    for (const each of this.#exchanges.values()) each.start(onFacts, onLink);
  }
  async stop(): Promise<void> {
    await Promise.all([...this.#exchanges.values()].map((each) => each.stop()));
  }
  get(id: ExchangeId): Exchange {
    const found = this.#exchanges.get(id);
    if (!found) throw new AppError('telephony.unknownExchange', `no exchange is called ${id}`);
    return found;
  }
  /** The exchange whose telephone this is. */
  of(device: DeviceId): Exchange {
    const [first] = this.#exchanges.keys();
    return this.get(exchangeOfDevice(device) ?? first ?? as<ExchangeId>(''));
  }
  links(): readonly LinkView[] {
    return [...this.#exchanges.values()].map(({ link }) => ({
      exchangeId: link.exchangeId,
      status: link.status,
      trueAt: link.trueAt,
    }));
  }

  counts(): readonly (Exchange['counts'] & { readonly exchangeId: ExchangeId })[] {
    return [...this.#exchanges.values()].map(({ id, counts }) => ({ exchangeId: id, ...counts }));
  }

  /** Best effort: what is missed while the link is away is told again at `link.restored`. */
  pauseMember(request: { device: DeviceId; paused: boolean; reason: string }): void {
    const told = async (): Promise<void> => this.of(request.device).pauseMember(request);
    told().catch((fault: unknown) => {
      this.#log.debug({ err: fault, device: request.device }, 'the queues could not be told');
    });
  }
  tellCount(exchangeId: ExchangeId, callId: CallId, count: number, limit: number): void {
    this.get(exchangeId)
      .setTransferCount(callId, count, limit)
      .catch((fault: unknown) => {
        this.#log.warn({ err: fault, callId }, "the exchange's transfer gate could not be told; it counts by itself");
      });
  }
}
