import type { Instant } from '../../../machines/vocabulary/index.ts';
import type { DemoExchange } from './exchange.ts';
import type { HappeningAt } from './happenings.ts';

export interface TrueHold {
  readonly device: string;
  readonly heldAt: Instant;
  /** Absent: the call ended, or was transferred, while the client was on hold. */
  resumedAt?: Instant;
}
/** One conversation as it truly was. Instants are those of the demo exchange's clock. */
export interface TrueCall {
  /** The linkedid with which it began: the product's call id is `<exchangeId>/<call>`. */
  readonly call: string;
  readonly direction: 'inbound' | 'outbound' | 'internal';
  readonly number: string;
  readonly dialled: string;
  readonly startedAt: Instant;
  readonly queues: { readonly queue: string; readonly at: Instant }[];
  readonly offers: { readonly device: string; readonly at: Instant; ended?: 'noAnswer' | 'busy' | 'cancelled' }[];
  readonly answers: { readonly device: string; readonly at: Instant }[];
  readonly holds: TrueHold[];
  readonly consults: {
    readonly device: string;
    readonly number: string;
    readonly at: Instant;
    outcome?: 'returned' | 'failed' | 'transferred';
  }[];
  readonly transfers: {
    readonly kind: 'blind' | 'attended';
    readonly device: string;
    readonly number: string;
    readonly at: Instant;
  }[];
  readonly refusals: {
    readonly kind: 'blind' | 'attended';
    readonly device: string;
    readonly number: string;
    readonly count: number;
    readonly at: Instant;
  }[];
  readonly parkings: { readonly space: string; readonly at: Instant; backAt?: Instant }[];
  readonly survey: { readonly question: string; readonly digit: string }[];
  abandoned: boolean;
  ended?: { readonly at: Instant; readonly by: 'client' | 'operator' | 'exchange'; readonly cause: number };
}

/** The ledger of truth: every conversation of the demo exchange, from what its model did and not from its events. */
export class TrueLedger {
  readonly calls = new Map<string, TrueCall>();
  #open = 0;
  readonly #stop: () => void;

  constructor(exchange: Pick<DemoExchange, 'witness'>) {
    this.#stop = exchange.witness((happening) => this.#write(happening));
  }

  /** Conversations that have not ended. */
  get open(): number {
    return this.#open;
  }
  close(): void {
    this.#stop();
  }
  /** One JSON object a line, in the order in which the conversations began. */
  lines(): string {
    return [...this.calls.values()].map((call) => `${JSON.stringify(call)}\n`).join('');
  }

  #write(happening: HappeningAt): void {
    if (happening.type === 'started') {
      this.calls.set(happening.call, newCall(happening));
      this.#open += 1;
      return;
    }
    const call = this.calls.get(happening.call);
    if (call === undefined || call.ended !== undefined) return;
    note(call, happening);
    if (happening.type === 'ended') this.#open -= 1;
  }
}

const newCall = ({ call, direction, number, dialled, at }: HappeningAt & { type: 'started' }): TrueCall => ({
  call,
  direction,
  number,
  dialled,
  startedAt: at,
  queues: [],
  offers: [],
  answers: [],
  holds: [],
  consults: [],
  transfers: [],
  refusals: [],
  parkings: [],
  survey: [],
  abandoned: false,
});

/** How each happening changes the call's page in the ledger. */
const note = (call: TrueCall, happening: HappeningAt): void => {
  const { at } = happening;
  switch (happening.type) {
    case 'started':
      return;
    case 'queued':
      call.queues.push({ queue: happening.queue, at });
      return;
    case 'abandoned':
      call.abandoned = true;
      return;
    case 'offered':
      call.offers.push({ device: happening.device, at });
      return;
    case 'offerEnded': {
      const offer = call.offers.findLast((each) => each.device === happening.device && each.ended === undefined);
      if (offer !== undefined) offer.ended = happening.reason;
      return;
    }
    case 'answered':
      call.answers.push({ device: happening.device, at });
      return;
    case 'held':
      call.holds.push({ device: happening.device, heldAt: at });
      return;
    case 'resumed': {
      const hold = call.holds.findLast((each) => each.device === happening.device && each.resumedAt === undefined);
      if (hold !== undefined) hold.resumedAt = at;
      return;
    }
    case 'consultStarted':
      call.consults.push({ device: happening.device, number: happening.number, at });
      return;
    case 'consultEnded': {
      const consult = call.consults.findLast((each) => each.outcome === undefined);
      if (consult !== undefined) consult.outcome = happening.outcome;
      return;
    }
    case 'transferred':
      call.transfers.push({ kind: happening.kind, device: happening.device, number: happening.number, at });
      return;
    case 'transferRefused': {
      const { kind, device, number, count } = happening;
      call.refusals.push({ kind, device, number, count, at });
      return;
    }
    case 'parked':
      call.parkings.push({ space: happening.space, at });
      return;
    case 'unparked': {
      const parking = call.parkings.at(-1);
      if (parking !== undefined) parking.backAt = at;
      return;
    }
    case 'surveyAnswered':
      call.survey.push({ question: happening.question, digit: happening.digit });
      return;
    case 'ended':
      call.ended = { at, by: happening.by, cause: happening.cause };
  }
};
