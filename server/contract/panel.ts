import type { CallbackView } from '../../machines/promises/callbackView.ts';
import type { HoldView } from '../../machines/promises/holdView.ts';
import type { Known, KnownPhase } from '../../machines/script/known.ts';
import type { ScriptState } from '../../machines/script/model.ts';
import type { StepView } from '../../machines/script/view.ts';
import type {
  CallId,
  DeviceId,
  Direction,
  InquiryId,
  Instant,
  Language,
  Milliseconds,
  OperatorId,
  PromiseId,
} from '../../machines/vocabulary/index.ts';

// What the machines say of their promises goes to the screens as it is.
export type { CallbackView, HoldView };

/** Everything an operator's panel shows; the whole of it at each subscription to `panel`, then PanelPush. */
export interface PanelView {
  readonly serverNow: Instant;
  readonly operator: OperatorView;
  readonly links: readonly LinkView[];
  /** `memory`: calls go on, but nothing new is safe on disk yet. */
  readonly storage: 'ok' | 'memory';
  /** The call in hand first, then those that ring or wait; the last in wrap-up stays until closed. */
  readonly calls: readonly CallView[];
  /** Open callbacks that are mine or nobody's, nearest deadline first, at most 50. */
  readonly callbacks: readonly CallbackView[];
  readonly today: readonly TodayCall[];
  readonly notices: readonly Notice[];
  /** Somebody listens and policy says that the operator is told. */
  readonly listening?: { readonly supervisorName: string; readonly mode: 'listen' | 'whisper' | 'join' };
}

/** Pushed as `panel` whenever any of it changes: whole, but without `today` while that is as pushed before. */
export type PanelPush = Omit<PanelView, 'today'> & Partial<Pick<PanelView, 'today'>>;
/** What a screen shows after this push. */
export const panelAfter = (before: PanelView | undefined, push: PanelPush): PanelView => ({
  ...push,
  today: push.today ?? before?.today ?? [],
});

export type OperatorState = 'offline' | 'ready' | 'paused' | 'ringing' | 'onCall' | 'wrapUp';
export interface OperatorView {
  readonly id: OperatorId;
  readonly name: string;
  readonly unit: string;
  readonly device?: DeviceId;
  readonly state: OperatorState;
  readonly since: Instant;
  /** The telephone is not in the network: nothing rings, whatever the state says. */
  readonly deviceLostAt?: Instant;
  readonly pauseReason?: string;
  readonly wrapUpUntil?: Instant;
}
export interface LinkView {
  readonly exchangeId: string;
  readonly status: 'connecting' | 'resyncing' | 'up' | 'lost' | 'refused';
  /** "нет связи с АТС, данные на 14:05:12"; 0: it was never up since the server began. */
  readonly trueAt: Instant;
}

/** As the scripts know it. */
export type CallPhase = KnownPhase;

export interface CallView {
  readonly callId: CallId;
  readonly direction: Direction;
  readonly phase: CallPhase;
  readonly phaseSince: Instant;
  readonly startedAt: Instant;
  readonly answeredAt?: Instant;
  /** False after a lost link, until the exchange has confirmed the call. */
  readonly confirmed: boolean;
  readonly client: { readonly number: string; readonly callerName: string; readonly name?: string };
  readonly queue?: string;
  readonly inquiry: InquiryView;
  readonly transfers: TransferCountView;
  readonly hold?: HoldView;
  /** The operator keys in a transfer on the telephone; the exchange holds the client meanwhile. */
  readonly keying?: true;
  /** The promise that this call keeps: what was asked, and by when the answer was promised. */
  readonly callback?: CallbackView;
  /** `name` when the number is a colleague's. */
  readonly consult?: { readonly number: string; readonly name?: string; readonly since: Instant };
  readonly script?: {
    readonly title: string;
    readonly language: Language;
    readonly step: StepView;
    /** The script's raw state, with which the browser takes the next step at once while the server confirms. */
    readonly state: ScriptState;
    /** What texts and conditions of the script may read (`machines/script/known.ts`); `now` is the server's. */
    readonly known: Known;
  };
  readonly learned: readonly { readonly label: string; readonly value: string }[];
  readonly earlier: readonly EarlierContact[];
  readonly wrapUp?: { readonly until: Instant; readonly disposition?: string; readonly note?: string };
}
export interface InquiryView {
  readonly id: InquiryId;
  /** Which call of the inquiry this is: 2 for "обращение 2-е". */
  readonly callNumber: number;
  readonly topic?: string;
  /** An open inquiry of the same number that this call may continue. */
  readonly proposed?: InquiryBrief;
  /** What a person linked this call to, for as long as that can be undone. */
  readonly linked?: InquiryBrief;
}
/** Enough to know an earlier question by. */
export interface InquiryBrief {
  readonly id: InquiryId;
  readonly topic?: string;
  readonly lastCallAt: Instant;
}
export interface TransferCountView {
  readonly count: number;
  readonly limit: number;
  /** More allowed by a supervisor for this inquiry. */
  readonly extra: number;
  readonly atLimit: boolean;
}
export interface EarlierContact {
  readonly at: Instant;
  readonly summary: string;
  readonly inquiryId: InquiryId;
  readonly outcome?: 'satisfied' | 'unsatisfied' | 'promiseKept' | 'promiseBroken' | 'promiseOpen';
}
export interface TodayCall {
  readonly callId: CallId;
  readonly at: Instant;
  readonly direction: Direction;
  readonly number: string;
  readonly name?: string;
  readonly topic?: string;
  /** How long this operator talked in it. */
  readonly talkMs: Milliseconds;
  /** Number to which this operator handed the call on; the result is then somebody else's. */
  readonly handedTo?: string;
  readonly disposition?: string;
}
export interface Notice {
  readonly id: string;
  readonly at: Instant;
  readonly level: 'info' | 'warning' | 'alert';
  /** Stable code that the screen turns into words, or `message` with the text of a person. */
  readonly code: string;
  readonly text?: string;
  readonly from?: string;
  /** The promise to call back that it is about. */
  readonly callback?: { readonly promiseId: PromiseId; readonly client: string; readonly dueAt: Instant };
  /** The review that it is about: of which call, when that was, and the score of 100. */
  readonly review?: { readonly callId: string; readonly callAt: Instant; readonly score: number };
}

/**
 * What every signed-in screen is reminded of, whatever page is open; pushed whole as `reminders` when any of it
 * changes. Whom it reaches and when is said by the steps of escalation that each promise carries.
 */
export interface RemindersView {
  readonly serverNow: Instant;
  /** Nearest breach first, a few. */
  readonly promises: readonly Reminder[];
  /** Reviews of my calls, and answers to reviews of mine, that I have not put away. */
  readonly reviews: readonly Notice[];
}
export interface Reminder {
  readonly promiseId: PromiseId;
  readonly dueAt: Instant;
  readonly isLate: boolean;
  /** Absent for who has nothing to do with clients. */
  readonly client?: string;
  /** Absent when nobody has it. */
  readonly owner?: string;
  readonly mine: boolean;
}
