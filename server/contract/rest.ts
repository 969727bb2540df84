import type { CallbackOutcome } from '../../machines/promises/callbackTypes.ts';
import type {
  Direction,
  CallId,
  ClientKind,
  DeviceId,
  InquiryId,
  Instant,
  Milliseconds,
  OperatorId,
  PromiseId,
  Role,
} from '../../machines/vocabulary/index.ts';
import type { EarlierContact } from './panel.ts';

/** Answers of `/api/v1` that the screens read. All are JSON; a refusal is `ProblemView` with its HTTP status. */

/** RFC 9457. `code` is stable and dotted; screens turn it into words. */
export interface ProblemView {
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  readonly requestId?: string;
}

/** `POST /session {login, password}`, `GET /session`. 401 when nobody is signed in. */
export interface SessionView {
  readonly user: {
    readonly id: OperatorId;
    readonly name: string;
    readonly roles: readonly Role[];
    readonly unit: string;
    readonly device?: DeviceId;
  };
  /** Telephones that this person may choose. */
  readonly devices: readonly DeviceOption[];
}
export interface DeviceOption {
  readonly device: DeviceId;
  /** "101 · Воронцова Анна Петровна" by the staff directory, or the number alone. */
  readonly label: string;
}

/** `GET /settings`: public, needed before sign-in. */
export interface SettingsView {
  readonly organizationName: string;
  /** IANA name of the site's time zone: every clock time on screen is in it. */
  readonly timeZone: string;
  readonly dispositions: readonly DispositionLabel[];
  readonly pauseReasons: readonly CodedLabel[];
  /** What inquiries are about: views and reports carry the codes. */
  readonly topics?: readonly CodedLabel[];
  /** Present only with the demo exchange: who can sign in to try the product. */
  readonly demo?: { readonly signIns: readonly DemoSignIn[] };
}
export interface CodedLabel {
  /** What commands and reports carry. */
  readonly code: string;
  /** What the person reads, in Russian. */
  readonly label: string;
  /** The same for the English screen. */
  readonly en?: string;
}
/** One result of a call, as the wrap-up offers it. */
export interface DispositionLabel extends CodedLabel {
  /** Calls that can end so; all, when it is not said. */
  readonly directions?: readonly Direction[];
  /** Whether the client's need is met by it; null when there was no conversation. */
  readonly satisfied?: boolean | null;
  /** Words are asked for besides. */
  readonly noteRequired?: boolean;
}
export interface DemoSignIn {
  readonly login: string;
  readonly password: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** One of `GET /knowledge/search?q=&topic=&callId=` (an empty `q` gives the answers of the topic), best first. */
export interface ArticleSummary {
  readonly id: string;
  readonly title: string;
  /** What to say aloud: plain text. */
  readonly spoken: string;
  readonly topic?: string;
  readonly audience: 'everyone' | ClientKind;
  /** A sample that the organisation has yet to fill in: not to be told to a client as it stands. */
  readonly sample: boolean;
  /** After this instant the answer is out of date. */
  readonly validUntil?: Instant;
}
/** `GET /knowledge/:id`. */
export interface ArticleView extends ArticleSummary {
  /** Details in Markdown, not spoken. */
  readonly details: string;
}

/** One of `GET /staff/suggest?callId=&q=`, the one most likely to solve the question first. */
export interface StaffSuggestion {
  readonly name: string;
  readonly unit: string;
  readonly position: string;
  readonly extension: string;
  /** By the telephone's state now. */
  readonly free: boolean;
  /** By the hours of the staff directory; an operator must be on shift too. */
  readonly inHours: boolean;
  readonly topics: readonly string[];
  /** Why this person: what of the client's circumstances he deals with. `usual`: the topic of the line or script. */
  readonly matches: readonly ('topic' | 'usual' | 'situation' | 'profile')[];
}

/** Rules by which a term is named (CLAUSES.md: 3.5.5-г, 3.5.11, 3.4.4, 3.4.5 and 3.4.6, 3.3.2). */
export const DEADLINE_RULES = ['callback', 'internal', 'appeal', 'forwarding', 'social'] as const;
export type DeadlineRule = (typeof DEADLINE_RULES)[number];
/**
 * `GET /calendar/deadline?rule=callback&callId=&promiseId=`: the proposed deadline, the latest allowed and nearer ones. Of
 * a promise: by its own rule and the zone of its number.
 */
export interface DeadlineProposal {
  readonly dueAt: Instant;
  /** The operator may choose any working moment up to here. */
  readonly latestAt?: Instant;
  readonly rule: DeadlineRule;
  readonly choices: readonly { readonly dueAt: Instant }[];
}

/** `GET /inquiries/:id`: one question of one client over all its calls, newest event first. */
export interface InquiryHistory {
  readonly id: InquiryId;
  readonly topic?: string;
  readonly openedAt: Instant;
  readonly closed?: { readonly at: Instant; readonly satisfied: boolean };
  readonly client: { readonly number: string; readonly name?: string };
  readonly transfers: { readonly count: number; readonly limit: number };
  readonly calls: readonly InquiryCall[];
  readonly callbacks: readonly InquiryCallback[];
  readonly earlier?: readonly EarlierContact[];
}
export interface InquiryCall {
  readonly callId: CallId;
  readonly at: Instant;
  readonly direction: 'inbound' | 'outbound' | 'internal';
  readonly operators: readonly string[];
  readonly talkMs: Milliseconds;
  readonly disposition?: string;
  readonly note?: string;
  readonly learned: readonly { readonly label: string; readonly value: string }[];
  readonly holds: readonly {
    readonly promisedMs?: Milliseconds;
    readonly realMs: Milliseconds;
    readonly outcome: 'kept' | 'broken' | 'clientLeft' | 'unpromised' | 'open';
  }[];
  readonly transfers: readonly { readonly kind: 'blind' | 'attended'; readonly to: string; readonly at: Instant }[];
}
export interface InquiryCallback {
  readonly promiseId: PromiseId;
  readonly madeAt: Instant;
  readonly dueAt: Instant;
  readonly question: string;
  readonly owner?: string;
  readonly outcome: 'open' | CallbackOutcome;
  readonly attempts: readonly { readonly at: Instant; readonly outcome: string; readonly note?: string }[];
}
