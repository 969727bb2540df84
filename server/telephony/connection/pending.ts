import { AppError, type Clock, type Milliseconds } from '../../../machines/vocabulary/index.ts';
import type { AmiPacket, OriginateOutcome } from './connection.ts';
import type { Counters } from './counters.ts';
import type { AmiLimits } from './options.ts';
import type { Routing } from './packet.ts';

interface Waiting {
  readonly name: string;
  readonly cancelTimer: () => void;
  /** Gathers items; absent when one answer ends it. */
  readonly items?: AmiPacket[];
  resolve(answer: AmiPacket, items: readonly AmiPacket[]): void;
  reject(error: AppError): void;
}

/** `settle` is to be run in order with the packets; `kept`: an item of a list, nothing more to do. */
export type Taken = 'late' | 'kept' | { readonly settle: () => void };

export interface PendingTools {
  readonly clock: Clock;
  readonly counters: Counters;
  readonly limits: AmiLimits;
  /** Runs after what the socket already holds was read and handled: an answer that is here is not late. */
  inOrder(run: () => void): void;
}

/** Actions sent and not answered, by their ActionID. Each has a deadline; all end when the link does. */
export class PendingActions {
  readonly #answers = new Map<string, Waiting>();
  readonly #outcomes = new Map<string, Waiting>();
  readonly #tools: PendingTools;

  constructor(tools: PendingTools) {
    this.#tools = tools;
  }

  checkRoom(): void {
    const { counters, limits } = this.#tools;
    if (counters.pendingActions < limits.pendingBound) return;
    throw new AppError('telephony.tooManyPending', 'Too many actions wait for the exchange.');
  }

  answer(name: string, id: string, timeoutMs: Milliseconds): Promise<AmiPacket> {
    return new Promise((resolve, reject) => {
      this.#add(this.#answers, id, timeoutMs, { name, resolve, reject });
    });
  }

  list(name: string, id: string, timeoutMs: Milliseconds): Promise<readonly AmiPacket[]> {
    return new Promise((resolve, reject) => {
      const items: AmiPacket[] = [];
      this.#add(this.#answers, id, timeoutMs, { name, items, resolve: () => resolve(items), reject });
    });
  }

  /** The `OriginateResponse` of one action; it may come before the action's answer. */
  outcome(name: string, id: string, timeoutMs: Milliseconds): Promise<OriginateOutcome> {
    return new Promise((resolve) => {
      this.#add(this.#outcomes, id, timeoutMs, {
        name,
        resolve: (packet) => resolve({ kind: lower(packet['response']) === 'success' ? 'answered' : 'failed', packet }),
        reject: (error) => resolve({ kind: 'unknown', error }),
      });
    });
  }

  forgetOutcome(id: string): void {
    this.#take(this.#outcomes, id);
  }

  /** A packet with one of our ActionIDs. */
  take(packet: AmiPacket, routing: Routing): Taken {
    const id = routing.actionId;
    if (lower(routing.event) === 'originateresponse') return this.#settle(this.#outcomes, id, packet);
    const waiting = this.#answers.get(id);
    if (waiting === undefined || (routing.event !== '' && waiting.items === undefined)) return 'late';
    if (waiting.items === undefined || isEnd(packet, routing.event)) return this.#settle(this.#answers, id, packet);
    if (routing.event === '') return 'kept';
    waiting.items.push(packet);
    if (waiting.items.length <= this.#tools.limits.listBound) return 'kept';
    this.#take(this.#answers, id);
    return { settle: () => waiting.reject(refused(waiting.name, 'the list has no end')) };
  }

  rejectAll(error: AppError): void {
    for (const waits of [this.#answers, this.#outcomes]) {
      for (const id of waits.keys()) this.#take(waits, id)?.reject(error);
    }
  }

  #add(waits: Map<string, Waiting>, id: string, timeoutMs: Milliseconds, waiting: Omit<Waiting, 'cancelTimer'>): void {
    const { clock, counters } = this.#tools;
    const expire = (): void => {
      const expired = this.#take(waits, id);
      if (expired === undefined) return;
      counters.timeouts += 1;
      expired.reject(timedOut(waiting.name, timeoutMs));
    };
    const cancelTimer = clock.setTimer(clock.now() + timeoutMs, () => this.#tools.inOrder(expire));
    waits.set(id, { ...waiting, cancelTimer });
    counters.pendingActions += 1;
  }

  #settle(waits: Map<string, Waiting>, id: string, packet: AmiPacket): Taken {
    const waiting = this.#take(waits, id);
    if (waiting === undefined) return 'late';
    const refusal = waits === this.#answers ? refusalIn(waiting.name, packet) : undefined;
    return {
      settle: () => {
        if (refusal === undefined) waiting.resolve(packet, waiting.items ?? []);
        else waiting.reject(refusal);
      },
    };
  }

  #take(waits: Map<string, Waiting>, id: string): Waiting | undefined {
    const waiting = waits.get(id);
    if (waiting === undefined) return undefined;
    waits.delete(id);
    this.#tools.counters.pendingActions -= 1;
    waiting.cancelTimer();
    return waiting;
  }
}

const lower = (text: string | undefined): string => (text ?? '').toLowerCase();

/** `Response: Error`, `EventList: Complete` or `cancelled`; ends without `EventList` (before Asterisk 14) by name. */
const isEnd = (packet: AmiPacket, event: string): boolean => {
  if (event === '' && lower(packet['response']) === 'error') return true;
  const mark = lower(packet['eventlist']);
  if (mark === '') return event !== '' && event.endsWith('Complete');
  return mark.startsWith('complete') || mark.startsWith('cancel');
};

const refusalIn = (name: string, packet: AmiPacket): AppError | undefined => {
  if (lower(packet['eventlist']).startsWith('cancel'))
    return refused(name, packet['message'] ?? 'the list was cancelled');
  if (lower(packet['response']) !== 'error') return undefined;
  return refused(name, packet['message'] ?? '');
};

const refused = (name: string, message: string): AppError =>
  new AppError('telephony.refused', `The exchange refused ${name}: ${message}`, { details: { action: name, message } });

const timedOut = (name: string, timeoutMs: Milliseconds): AppError =>
  new AppError('telephony.timeout', `The exchange did not answer ${name} within ${String(timeoutMs)} ms.`, {
    details: { action: name, timeoutMs },
  });
