import type { CallbackPolicy, EscalationStep } from '../../machines/promises/index.ts';
import type { CallId, ClientKind, InquiryId, Instant, OperatorId, PromiseId } from '../../machines/vocabulary/index.ts';

/** What the room of callbacks needs of the others; each is kept by another room. */

/** The business calendar (`server/calendar`). */
export interface CallbackCalendar {
  deadline(
    rule: 'callback' | 'internal',
    at: Instant,
    clientZone?: string,
  ): { readonly dueAt: Instant; readonly latestAt: Instant };
  nextAttemptAt(at: Instant, dueAt: Instant, spacingMs: number, clientZone?: string): Instant;
  isWorkingTime(at: Instant): boolean;
  /** The client's own zone, as far as an E.164 number tells it. */
  zoneOfNumber(number: string): string | undefined;
}

/** Deadlines of one owner: set anew each time its state changes. */
export interface DeadlineBook {
  arm(stream: string, due: readonly { readonly key: string; readonly at: Instant }[]): void;
}

/** Inquiries: a promise belongs to one. */
export interface InquiryLink {
  /** Given in this call. */
  addCallback(inquiryId: InquiryId, promiseId: PromiseId, at: Instant, callId: CallId | null): void;
  /** Brings the inquiry into memory before a call continues it. */
  load(inquiryId: string, at: Instant): Promise<unknown>;
}

/** One word to people about a promise. Screens turn `code` into a sentence. */
export interface CallbackNotice {
  readonly id: string;
  readonly at: Instant;
  readonly level: 'info' | 'warning' | 'alert';
  readonly code:
    | `callback.${EscalationStep['key']}`
    | 'callback.attemptDue'
    | 'callback.confirmWanted'
    | 'callback.dialLost'
    | 'callback.broken';
  /** `owner` is told to everyone when nobody owns the promise. */
  readonly to: 'owner' | 'everyone' | 'supervisor';
  readonly owner: OperatorId | null;
  readonly promiseId: PromiseId;
  /** By name, else by number. */
  readonly client: string;
  readonly dueAt: Instant;
}
export interface CallbackNotify {
  notify(notice: CallbackNotice): void;
  /** Who was not at work finds out that a colleague has taken the promise. */
  taken(from: OperatorId, by: OperatorId, notice: Pick<CallbackNotice, 'at' | 'promiseId' | 'client' | 'dueAt'>): void;
  /** The promise is closed or has another term: what was told of it is true no more. */
  forget(promiseId: PromiseId): void;
}

/** The call in which a callback is promised, as the commands need it. Throws `call.unknown`, `call.notYours`. */
export interface PromisingCall {
  readonly callId: CallId;
  readonly inquiryId: InquiryId;
  readonly clientKind: ClientKind;
}

/** Rings the operator's telephone, then the client; `token` comes back in `call.started`. Rejects as the exchange does. */
export interface Dialler {
  dial(request: { readonly operatorId: OperatorId; readonly number: string; readonly token: string }): Promise<void>;
}

export interface CallbackRules {
  readonly policy: CallbackPolicy;
  /** Country whose numbers are written without `+`. */
  readonly country: 'RU' | 'BY' | 'KZ' | 'UA' | 'GB' | 'US' | 'DE';
  /** A promise may name a moment at which nobody works (a duty operator calls). */
  readonly allowOutsideHours: boolean;
}
