import type { Instant, Milliseconds } from '../../machines/vocabulary/index.ts';
import type { ServiceLevelFormula } from './board.ts';
import type { ReviewView } from './reviews.ts';

/** By what a report's rows are parted. `hour` is the hour of the day, `day` a calendar day of the site's zone. */
export const REPORT_DIMENSIONS = [
  'operator',
  'unit',
  'queue',
  'topic',
  'disposition',
  'script',
  'direction',
  'day',
  'hour',
] as const;
export type ReportDimension = (typeof REPORT_DIMENSIONS)[number];

/** Sums over calls; each is defined in `server/reports/FIGURES.md`. Every share and mean is worked out of these. */
export interface CallSums {
  readonly calls: number;
  readonly offered: number;
  readonly handled: number;
  readonly queueAnswered: number;
  readonly answeredWithin: number;
  readonly abandoned: number;
  readonly shortAbandoned: number;
  readonly queueWaitOfAnsweredMs: Milliseconds;
  readonly talkMs: Milliseconds;
  readonly onHoldMs: Milliseconds;
  readonly wrapUpMs: Milliseconds;
  readonly holds: number;
  readonly holdsKept: number;
  readonly holdsBroken: number;
  readonly transfers: number;
  readonly refusedTransfers: number;
  readonly unanswered: number;
  readonly repeat: number;
  readonly satisfied: number;
  readonly unsatisfied: number;
  readonly callbacksKept: number;
  readonly callbacksBroken: number;
}
/** What people read; a share or mean of nothing is absent. */
export interface Figures extends CallSums {
  readonly serviceLevel?: number;
  readonly asaMs?: Milliseconds;
  readonly ahtMs?: Milliseconds;
  readonly abandonedShare?: number;
  readonly promisesKept?: number;
  readonly repeatShare?: number;
  readonly transferShare?: number;
  /** Satisfied / (satisfied + unsatisfied), by the operator's mark at the end of the call. */
  readonly satisfaction?: number;
}
export interface ReportRow {
  readonly key: string;
  readonly label: string;
  readonly figures: Figures;
  /** The same over the period before; absent when there was nothing. */
  readonly before?: Figures;
}
export type TroubleKind =
  | 'holdsBroken'
  | 'callbacksBroken'
  | 'abandoned'
  | 'refusedTransfers'
  | 'unanswered'
  | 'unsatisfied'
  | 'repeat';
/** One thing that broke: how often, how often before, and where most of it comes from. */
export interface Trouble {
  readonly kind: TroubleKind;
  readonly count: number;
  readonly before: number;
  /** Largest first, at most three of each kind. */
  readonly causes: readonly {
    readonly by: 'operator' | 'queue' | 'topic';
    readonly key: string;
    readonly label: string;
    readonly count: number;
  }[];
}
export interface ReportPeriod {
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
}
export interface ReportView {
  readonly period: ReportPeriod;
  readonly before: ReportPeriod;
  readonly by: ReportDimension;
  readonly formula: ServiceLevelFormula;
  /** Of the queue asked for, or of all that have none of their own. */
  readonly serviceLevelMs: Milliseconds;
  readonly total: Figures;
  readonly totalBefore: Figures;
  /** Each day of the period; of a period of one day, the fortnight that ends with it. */
  readonly days: readonly ReportRow[];
  /** Days of the period before, in the same order; of a period of one day none. */
  readonly daysBefore: readonly ReportRow[];
  readonly hours: readonly ReportRow[];
  readonly rows: readonly ReportRow[];
  readonly troubles: readonly Trouble[];
  readonly survey: SurveyReport;
  /** Filters in words, as exports carry them. */
  readonly filterText: readonly string[];
  /** Share of the operators' time that was work with calls; absent when filtered by what time does not know. */
  readonly occupancy?: number;
  readonly occupancyBefore?: number;
  readonly madeAt: Instant;
  readonly tookMs: Milliseconds;
}
export interface SurveyQuestionFigures {
  readonly question: string;
  readonly answers: number;
  readonly mean: number;
  /** How many pressed each key, `1` to `5`. */
  readonly byDigit: Readonly<Record<string, number>>;
}
export interface SurveyReport {
  readonly answers: number;
  readonly questions: readonly SurveyQuestionFigures[];
  readonly before: readonly SurveyQuestionFigures[];
  /** Calendar months up to the period, oldest first. */
  readonly months: readonly { readonly month: string; readonly answers: number; readonly mean: number | null }[];
}

/** One step of a script over a period: how often it was reached, how long it took, what went wrong there. */
export interface StepFigures {
  readonly scriptId: string;
  readonly step: string;
  readonly title: string;
  readonly visits: number;
  /** Mean time until the next step; absent for steps where calls ended. */
  readonly meanMs?: Milliseconds;
  /** The call ended while this step was open. */
  readonly endedHere: number;
  /** «Нет нужного ответа» was pressed here. */
  readonly unanswered: number;
  readonly back: number;
}
export interface StepReport {
  readonly steps: readonly StepFigures[];
  readonly calls: number;
  /** False when the period had more calls than are read at once: the newest of them are counted. */
  readonly whole: boolean;
}

export interface ReportOption {
  readonly value: string;
  readonly label: string;
}
/** `GET /reports/options`: what filters offer. */
export interface ReportOptions {
  readonly operators: readonly (ReportOption & { readonly unit: string })[];
  readonly units: readonly ReportOption[];
  readonly queues: readonly ReportOption[];
  readonly topics: readonly ReportOption[];
  readonly dispositions: readonly ReportOption[];
  readonly scripts: readonly ReportOption[];
  /** Periods are days of the server's clock. */
  readonly serverNow: Instant;
}

export interface HistoryRow {
  readonly callId: string;
  readonly at: Instant;
  readonly direction: 'inbound' | 'outbound' | 'internal';
  readonly number: string;
  readonly clientName: string | null;
  readonly operatorName: string | null;
  readonly unit: string | null;
  readonly queue: string | null;
  readonly topic: string | null;
  readonly disposition: string | null;
  readonly satisfied: boolean | null;
  readonly answered: boolean;
  readonly abandoned: boolean;
  readonly queueWaitMs: Milliseconds;
  readonly talkMs: Milliseconds;
  readonly onHoldMs: Milliseconds;
  readonly holdsKept: number;
  readonly holdsBroken: number;
  readonly transfers: number;
  readonly repeat: boolean;
  readonly recorded: boolean;
  /** Personal data was erased when its term was over. */
  readonly erased: boolean;
}
export interface HistoryPage {
  readonly items: readonly HistoryRow[];
  readonly next?: string;
  readonly filterText: readonly string[];
}
export interface InquiryRow {
  readonly inquiryId: string;
  readonly openedAt: Instant;
  readonly lastCallAt: Instant;
  readonly number: string;
  readonly clientName: string | null;
  readonly topic: string | null;
  readonly calls: number;
  readonly repeatCalls: number;
  readonly transfers: number;
  readonly callbacks: number;
  readonly open: boolean;
  readonly satisfied: boolean | null;
}
export interface InquiryPage {
  readonly items: readonly InquiryRow[];
  readonly next?: string;
  readonly filterText: readonly string[];
}

export type TimelineLane = 'line' | 'script' | 'hold' | 'promise' | 'note';
/** One happening of a call. `code` is stable, `values` fill its words. */
export interface TimelineEvent {
  readonly at: Instant;
  readonly lane: TimelineLane;
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly level?: 'warning' | 'breach';
}
/** A stretch of time on the line: drawn as a bar. */
export interface TimelineSpan {
  readonly from: Instant;
  readonly to: Instant;
  readonly kind: 'queue' | 'ringing' | 'talk' | 'hold' | 'wrapUp';
  readonly label: string;
  readonly level?: 'breach';
}
export interface CallPage {
  readonly row: HistoryRow;
  readonly endedAt: Instant | null;
  readonly inquiryId: string | null;
  readonly callNumber: number;
  readonly endedBy: string | null;
  readonly wrapUpMs: Milliseconds;
  readonly note: string;
  readonly spans: readonly TimelineSpan[];
  readonly events: readonly TimelineEvent[];
  readonly learned: readonly { readonly label: string; readonly value: string }[];
  /** Numbers for `GET /calls/{callId}/recordings/{n}`. */
  readonly recordings: readonly { readonly n: number; readonly available: boolean }[];
  readonly reviews: readonly ReviewView[];
  /** The journal's entries of this call were erased with its personal data. */
  readonly erased: boolean;
}
