import {
  as,
  callIdOf,
  type CallId,
  type Clock,
  type DeviceId,
  type ExchangeId,
  type Fact,
  type Linkedid,
  type QueueName,
} from '../../machines/vocabulary/index.ts';
import type { Exchange, LinkState } from '../../server/telephony/exchange.ts';

/** An exchange that tells the facts a test wants told, and remembers what it was asked to do. */
export class FakeExchange implements Exchange {
  readonly id: ExchangeId = as<ExchangeId>('main');
  readonly asked: { readonly verb: string; readonly args: readonly unknown[] }[] = [];
  link: LinkState;
  readonly counts = { totals: { received: 0 }, unknownEvents: new Map([['Surprise', 2]]), readUntil: 0 };
  readonly #clock: Clock;
  #onFacts: (facts: readonly Fact[]) => void = () => undefined;
  #onLink: (state: LinkState) => void = () => undefined;
  #calls = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.link = { exchangeId: this.id, status: 'up', trueAt: clock.now(), reason: '' };
  }
  start(onFacts: (facts: readonly Fact[]) => void, onLink: (state: LinkState) => void): void {
    this.#onFacts = onFacts;
    this.#onLink = onLink;
  }
  async stop(): Promise<void> {
    this.#onFacts = () => undefined;
  }
  setLink(status: LinkState['status']): void {
    this.link = { exchangeId: this.id, status, trueAt: this.#clock.now(), reason: status === 'up' ? '' : 'test' };
    this.#onLink(this.link);
  }

  /** Tells facts that happened now; `callId` and the common fields are added. */
  tell(callId: CallId, ...facts: readonly Record<string, unknown>[]): void {
    const common = { at: this.#clock.now(), exchangeId: this.id, callId };
    this.#onFacts(facts.map((fact) => ({ ...common, ...fact }) as unknown as Fact));
  }
  tellExchange(...facts: readonly Record<string, unknown>[]): void {
    this.#onFacts(facts.map((fact) => ({ at: this.#clock.now(), exchangeId: this.id, ...fact }) as unknown as Fact));
  }
  /** A client calls a queue and rings a telephone. */
  ring(device: string, client = { number: '+79065550101', name: 'Иванов' }, queue = 'general'): CallId {
    this.#calls += 1;
    const linkedid = as<Linkedid>(`1700000000.${this.#calls}`);
    const callId = callIdOf(this.id, linkedid);
    this.tell(
      callId,
      { type: 'call.started', direction: 'inbound', linkedid, client, dialled: '84712000000' },
      { type: 'call.queueEntered', queue: as<QueueName>(queue), position: 1 },
      { type: 'call.offered', device: as<DeviceId>(device), queue: as<QueueName>(queue) },
    );
    return callId;
  }

  #ask =
    (verb: string) =>
    async (...args: readonly unknown[]): Promise<void> => {
      this.asked.push({ verb, args });
    };
  hold = this.#ask('hold');
  resume = this.#ask('resume');
  hangUp = this.#ask('hangUp');
  blindTransfer = this.#ask('blindTransfer');
  consult = this.#ask('consult');
  completeConsult = this.#ask('completeConsult');
  cancelConsult = this.#ask('cancelConsult');
  originate = this.#ask('originate');
  pauseMember = this.#ask('pauseMember');
  spy = this.#ask('spy');
  stopSpy = this.#ask('stopSpy');
  inviteToSurvey = this.#ask('inviteToSurvey');
  setTransferCount = this.#ask('setTransferCount');
}
