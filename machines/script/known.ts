import type { ClientKind, Direction, Instant, Language, Milliseconds } from '../vocabulary/index.ts';
import type { CONTACT_PARTS } from './names.ts';
import type { DeadlineRule } from './types.ts';

/** A text that the organisation has in one or both languages; a bare string serves both. */
export type KnownText = string | { readonly [L in Language]?: string };

export type KnownPhase =
  | 'queued'
  | 'ringing'
  | 'talking'
  | 'onHold'
  | 'consulting'
  | 'transferring'
  | 'wrapUp'
  | 'closed';

/**
 * All that conditions and texts of a script may read of the world outside the script: plain JSON, made by the server
 * for each view, sent to the browser with it. What the client answered in the script is not here but in its state.
 * Texts of strangers (client's name, number) are cleaned before they are shown; never markup.
 */
export interface Known {
  /** The moment of the view or event. The browser sets its own estimate of the server's clock. */
  readonly now: Instant;
  /** IANA name in which hours and dates are spoken: `Europe/Moscow`. */
  readonly timeZone: string;
  readonly workingHours: boolean;
  /** Published hours, as said aloud ("по будням с 9:00 до 18:00"), and the next opening when closed. */
  readonly hours?: { readonly schedule?: KnownText; readonly nextOpenAt?: Instant };
  /** As the organisation names itself when greeting. */
  readonly organization: KnownText;
  /** `fullName`: surname, name, patronymic ("Смирнова Анна Петровна"); the greeting takes name and patronymic. */
  readonly operator: { readonly fullName: string; readonly position?: string; readonly unit?: string };
  readonly client: {
    readonly kind: ClientKind;
    /** Digits with `+`, empty when withheld. */
    readonly number: string;
    /** As the client wishes to be called, when known from earlier calls or from the staff directory. */
    readonly name?: string;
    readonly earlierCalls: number;
  };
  readonly call: {
    /** Absent where there is no call: previews, walks, exercises. Lots are drawn by it. */
    readonly id?: string;
    readonly phase: KnownPhase;
    readonly direction: Direction;
    readonly queue?: string;
    /** The number or extension that was called. */
    readonly dialled?: string;
    /** The operator calls back as promised. */
    readonly isCallback: boolean;
  };
  readonly inquiry: {
    /** Which call of the inquiry this is, from 1. */
    readonly callNumber: number;
    readonly topic?: string;
    readonly situation?: string;
    readonly profile?: string;
    /** What the client wants to know, in the words noted before. */
    readonly question?: string;
  };
  readonly transfers: { readonly count: number; readonly limit: number; readonly extra: number };
  /**
   * The hold promise of this moment; `named` before the hold, `running` during it, `overdue` from the end of the named
   * time until the next is named: the apology is said after the return.
   */
  readonly hold?: {
    readonly state: 'named' | 'running' | 'overdue' | 'unpromised';
    readonly promisedMs?: Milliseconds;
    readonly dueAt?: Instant;
  };
  /** Holds of this call so far. */
  readonly holds?: number;
  /** The callback promise being made in this call, or the one that this call keeps. */
  readonly callback?: { readonly number?: string; readonly dueAt?: Instant; readonly promised: boolean };
  /** Terms counted from now by the business calendar. */
  readonly deadlines?: { readonly [Rule in DeadlineRule]?: Instant };
  /** The directory of contact points by id (2.2–2.7, 3.5.12). */
  readonly contactPoints?: Readonly<Record<string, KnownContactPoint>>;
}

export type KnownContactPoint = { readonly [Part in (typeof CONTACT_PARTS)[number]]?: KnownText };
