import type { CallEvent } from '../../machines/call/index.ts';
import {
  isCallFact,
  type CallFact,
  type DeviceId,
  type ExchangeFact,
  type Fact,
} from '../../machines/vocabulary/index.ts';
import type { Faults } from '../faults.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CallsRoom } from './callsRoom.ts';
import type { Seats } from './ports.ts';

/** Other rooms that live by facts: of devices, queues and the link, and (after the room of calls) of calls. */
export interface ExchangeListener {
  onExchangeFact?(fact: ExchangeFact): void;
  onCallFact?(fact: CallFact): void;
}

/** Takes the facts of one exchange: adds who sat at the device, records, and flushes once per batch, whatever fails in it. */
export class FactIntake {
  readonly #calls: CallsRoom;
  readonly #ledger: Ledger;
  readonly #seats: Seats;
  readonly #listeners: readonly ExchangeListener[];
  readonly #faults: Faults;

  constructor(calls: CallsRoom, ledger: Ledger, seats: Seats, listeners: readonly ExchangeListener[], faults: Faults) {
    this.#calls = calls;
    this.#ledger = ledger;
    this.#seats = seats;
    this.#listeners = listeners;
    this.#faults = faults;
  }

  take(facts: readonly Fact[]): void {
    for (const fact of facts)
      this.#faults.contain('fact', { fact: fact.type }, () =>
        isCallFact(fact) ? this.#onCallFact(fact) : this.#onExchangeFact(fact),
      );
    void this.#ledger.flush();
  }

  #onCallFact(fact: CallFact): void {
    // The journal is read by call: answers of the survey are not to be found there (regulation, V).
    if (fact.type !== 'call.surveyAnswered') this.#calls.record(fact.callId, 'fact', fact.at, this.#attributed(fact));
    for (const listener of this.#listeners) listener.onCallFact?.(fact);
  }
  #attributed(fact: CallFact): CallEvent {
    const device = deviceOf(fact);
    const operatorId = device && this.#seats.operatorAt(device);
    return operatorId === undefined ? fact : { ...fact, operatorId };
  }

  #onExchangeFact(fact: ExchangeFact): void {
    if (fact.type === 'link.lost') this.#calls.loseSight(fact.at, fact.exchangeId);
    for (const listener of this.#listeners) listener.onExchangeFact?.(fact);
  }
}

const deviceOf = (fact: CallFact): DeviceId | undefined =>
  fact.type === 'call.transferred' || fact.type === 'call.transferRefused'
    ? fact.fromDevice
    : 'device' in fact
      ? fact.device
      : undefined;
