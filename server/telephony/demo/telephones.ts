import type { Refusal } from './dialling.ts';
import type { DemoExchange } from './exchange.ts';
import { askingOf, type Channel } from './model.ts';

/** Why a key of a telephone did nothing. */
export type KeyRefusal =
  | 'noSuchTelephone'
  | 'nothingRings'
  | 'noCall'
  | 'notOnHold'
  | 'noConsultation'
  | 'noSuchNumber';
export type KeyResult = { readonly ok: true } | { readonly ok: false; readonly why: KeyRefusal };
const DONE: KeyResult = { ok: true };
const refused = (why: KeyRefusal): KeyResult => ({ ok: false, why });

/** The keys of the staff's telephones. A telephone with several calls acts on the one that its user means. */
export class Telephones {
  readonly #exchange: DemoExchange;
  /** The call that a telephone made to ask, by the channel of the client who waits (a consultation by telephone). */
  readonly #asking = new Map<string, { waiting: Channel; asking: Channel; number: string }>();

  constructor(exchange: DemoExchange) {
    this.#exchange = exchange;
  }

  ringing(device: string): Channel[] {
    return this.#of(device).filter((each) => this.#exchange.dialling.attempts.has(each.uniqueid));
  }
  /** In conversation, not on hold. */
  talking(device: string): Channel | undefined {
    return this.#of(device).find((each) => each.bridge !== undefined && !each.holding);
  }
  onHold(device: string): Channel | undefined {
    return this.#of(device).findLast((each) => each.bridge !== undefined && each.holding);
  }
  /** The second call with which a telephone asks, while it lasts. */
  askingChannel(device: string): Channel | undefined {
    return this.#asking.get(device)?.asking;
  }
  consultation(device: string): { number: string; answered: boolean; byKey: boolean } | undefined {
    const own = this.#asking.get(device);
    if (own !== undefined && !own.asking.gone && !own.waiting.gone)
      return { number: own.number, answered: own.asking.bridge !== undefined, byKey: false };
    for (const channel of this.#of(device)) {
      const found = this.#exchange.consultations.of(channel);
      if (found !== undefined) return { ...found, byKey: true };
    }
    return undefined;
  }

  answer(device: string): KeyResult {
    const first = this.ringing(device)[0];
    if (first === undefined) return refused('nothingRings');
    const talking = this.talking(device);
    if (talking !== undefined) this.hold(device);
    this.#exchange.dialling.attempts.get(first.uniqueid)?.answer();
    return DONE;
  }
  /** 17 busy, 19 not there, 21 rejected by its user. */
  reject(device: string, cause: Refusal = 17): KeyResult {
    const first = this.ringing(device)[0];
    if (first === undefined) return refused('nothingRings');
    this.#exchange.dialling.attempts.get(first.uniqueid)?.refuse(cause);
    return DONE;
  }
  hold(device: string): KeyResult {
    const channel = this.talking(device);
    if (channel === undefined || !this.#exchange.core.board.hold(channel)) return refused('noCall');
    this.#exchange.core.happened(channel, { type: 'held', device });
    return DONE;
  }
  resume(device: string): KeyResult {
    const channel = this.onHold(device);
    if (channel === undefined) return refused('notOnHold');
    if (this.talking(device) !== undefined) this.hold(device);
    this.#exchange.core.board.unhold(channel);
    this.#exchange.core.happened(channel, { type: 'resumed', device });
    return DONE;
  }
  /** Ends what the user hears: the conversation, else what it dials, else what rings, else what is on hold. */
  hangUp(device: string): KeyResult {
    const dialling = this.#of(device).find((each) => each.bridge === undefined && each.state === 4);
    const channel = this.talking(device) ?? dialling ?? this.ringing(device)[0] ?? this.#of(device).at(-1);
    if (channel === undefined) return refused('noCall');
    this.#exchange.hangUpParty(channel);
    return DONE;
  }
  /** A call of the telephone's own: to the city, to a colleague, to a queue or to a parking space. */
  dial(device: string, number: string): KeyResult {
    if (!this.#exchange.core.site.telephones.some((each) => each.device === device)) return refused('noSuchTelephone');
    return this.#dial(device, number) === undefined ? refused('noSuchNumber') : DONE;
  }
  /** REFER: the client goes to `number`, this telephone is free. */
  blindTransfer(device: string, number: string): KeyResult {
    const channel = this.talking(device) ?? this.onHold(device);
    if (channel === undefined) return refused('noCall');
    // The exchange answers such a REFER with 404, and the call stays as it is.
    if (!this.#exchange.dialplan.knows('transfer-gate', number)) return refused('noSuchNumber');
    return this.#exchange.transfers.blind(channel, number) ? DONE : refused('noCall');
  }
  park(device: string): KeyResult {
    return this.blindTransfer(device, this.#exchange.core.site.parkExtension);
  }

  /** Puts the client on hold and calls somebody with a second call of this telephone. */
  consult(device: string, number: string): KeyResult {
    const { core, dialplan } = this.#exchange;
    const waiting = this.talking(device) ?? this.onHold(device);
    if (waiting === undefined) return refused('noCall');
    if (!dialplan.knows('from-operators', number)) return refused('noSuchNumber');
    if (!waiting.holding) this.hold(device);
    core.happened(waiting, { type: 'consultStarted', device, number });
    const asking = this.#dial(device, number, waiting);
    if (asking === undefined) return refused('noSuchNumber');
    this.#asking.set(device, { waiting, asking, number });
    if (asking.gone) this.#endConsult(device, 'failed');
    else this.#whenGone(asking, () => this.#endConsult(device, asking.state === 6 ? 'returned' : 'failed'));
    return DONE;
  }
  /** Joins the client with whoever was asked; before an answer it becomes a blind transfer. */
  completeConsult(device: string): KeyResult {
    const byKey = this.#byKey(device);
    if (byKey !== undefined) {
      this.#exchange.hangUpParty(byKey);
      return DONE;
    }
    const own = this.#asking.get(device);
    if (own === undefined || own.asking.gone) return refused('noConsultation');
    const { waiting, asking, number } = own;
    if (asking.bridge === undefined) {
      this.cancelConsult(device);
      return this.#exchange.transfers.blind(waiting, number) ? DONE : refused('noCall');
    }
    this.#asking.delete(device);
    asking.onGone = undefined;
    this.#exchange.core.happened(waiting, { type: 'consultEnded', device, outcome: 'transferred' });
    this.#exchange.core.happened(waiting, { type: 'transferred', kind: 'attended', device, number });
    return this.#exchange.transfers.join(waiting, asking) ? DONE : refused('noCall');
  }
  /** The exchange itself joined the client with whoever was asked, at the product's word. */
  joinedByExchange(asking: Channel): void {
    for (const [device, own] of this.#asking) {
      if (own.asking !== asking) continue;
      this.#asking.delete(device);
      asking.onGone = undefined;
      const { number } = own;
      this.#exchange.core.happened(own.waiting, { type: 'consultEnded', device, outcome: 'transferred' });
      this.#exchange.core.happened(own.waiting, { type: 'transferred', kind: 'attended', device, number });
    }
  }
  /** Ends the second call and comes back to the client. */
  cancelConsult(device: string): KeyResult {
    const byKey = this.#byKey(device);
    if (byKey !== undefined) return this.#exchange.consultations.cancel(byKey) ? DONE : refused('noConsultation');
    const own = this.#asking.get(device);
    if (own === undefined) return refused('noConsultation');
    const answered = own.asking.state === 6;
    if (!own.asking.gone) this.#exchange.hangUpParty(own.asking);
    this.#endConsult(device, answered ? 'returned' : 'failed');
    this.resume(device);
    return DONE;
  }
  reset(): void {
    this.#asking.clear();
  }

  #endConsult(device: string, outcome: 'returned' | 'failed'): void {
    const own = this.#asking.get(device);
    if (own === undefined) return;
    this.#asking.delete(device);
    this.#exchange.core.happened(own.waiting, { type: 'consultEnded', device, outcome });
  }
  #whenGone(channel: Channel, run: () => void): void {
    channel.onGone = run;
  }
  #byKey(device: string): Channel | undefined {
    return this.#of(device).find((each) => this.#exchange.consultations.of(each) !== undefined);
  }
  #of(device: string): Channel[] {
    return this.#exchange.core.board.of(device);
  }
  #dial(device: string, number: string, waiting?: Channel): Channel | undefined {
    const { core, dialplan } = this.#exchange;
    if (!dialplan.knows('from-operators', number)) return undefined;
    const channel = core.board.newChannel({
      device,
      state: 4,
      caller: this.#exchange.identityOf(device),
      context: 'from-operators',
      exten: number,
    });
    this.#exchange.processedCalls += 1;
    if (waiting !== undefined) channel.conversation = askingOf(waiting.conversation);
    else this.#startOf(channel, device, number);
    dialplan.run(channel, 'from-operators', number);
    core.devices.refresh(device);
    return channel;
  }
  #startOf(channel: Channel, device: string, number: string): void {
    // Whoever fetches a parked client joins a conversation that began long before.
    if (this.#exchange.parking.has(number)) return;
    const toCity = /^(?:[78]|\+7)\d{10}$/.test(number);
    // A colleague who calls is the client of that call.
    if (!toCity) this.#exchange.core.board.makeClient(channel);
    this.#exchange.core.happened(channel, {
      type: 'started',
      direction: toCity ? 'outbound' : 'internal',
      number: toCity ? number : (channel.caller?.number ?? ''),
      dialled: number,
      device,
    });
  }
}
