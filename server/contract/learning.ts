import { z } from 'zod';
import type { Instant, Milliseconds } from '../../machines/vocabulary/index.ts';

/** What calls teach: figures on the graph, missing answers, two wordings compared, the printed book of paths. */

/** `GET /studio/scripts/{scriptId}/learning?version=&from=&to=`; without `version` all versions of the period. */
export interface LearningView {
  readonly scriptId: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly versions: readonly { readonly version: number; readonly calls: number }[];
  readonly calls: number;
  readonly steps: readonly StepLearning[];
}
export interface StepLearning {
  /** Key of the step: its id, `<script>/<step>` for a step of a sub-script. */
  readonly stepId: string;
  readonly visits: number;
  /** Calls that were on it at least once. */
  readonly calls: number;
  /** Of finished stays; absent when there are none. */
  readonly medianMs?: Milliseconds;
  /** The script ended here, the call over: by the script's own end, or not. */
  readonly exits: number;
  /** Exits in which the client hung up before the script's end. */
  readonly hangUps: number;
  /** Operators came back to it with "back": the step after it was a mistake. That step itself is not in the path then. */
  readonly backs: number;
  /** `choiceId` → times taken. */
  readonly choices: Readonly<Record<string, number>>;
  /** "Нет нужного ответа" on it. */
  readonly unanswered: number;
  /** Calls through it whose client called again on the same inquiry, and those of a known satisfaction. */
  readonly repeats: number;
  readonly satisfied: number;
  readonly unsatisfied: number;
}

/** `GET /studio/unanswered?state=open|all&scriptId=`: newest first, of the last 500; what was said again comes once. */
export interface UnansweredItem {
  readonly itemId: string;
  readonly scriptId: string;
  readonly version: number;
  readonly stepId: string;
  readonly stepTitle: string;
  readonly said: string;
  /** How many calls said so on this step; `at` and `callId` are of the last one. Settled together. */
  readonly times: number;
  readonly at: Instant;
  readonly callId: string;
  readonly state: 'open' | 'choice' | 'article' | 'dismissed';
  /** What it became: `<scriptId>/<stepId>/<choiceId>` or an article's id. */
  readonly became?: string;
  readonly byName?: string;
}

/**
 * `none`: one side has no calls. `few`: one has fewer than 30. `chance`: equal wordings would bring such a difference
 * often enough. `real`: they would bring it too seldom to believe so.
 */
export type Verdict = 'none' | 'few' | 'chance' | 'real';
export interface ShareDifference {
  /** Share of b minus share of a, with the 95 % interval (Newcombe); from -1 to 1. */
  readonly difference: number;
  readonly interval: readonly [number, number];
  /** Two-sided, of the two-proportion test; 1 when there is nothing to compare. */
  readonly pValue: number;
  readonly verdict: Verdict;
}

/**
 * `GET /studio/scripts/{scriptId}/trials?stepId=`: trials of two wordings, newest first. The lot gives each call one of
 * them; figures are of closed calls and of the first time that the call came to the step.
 */
export interface TrialView {
  readonly trialId: string;
  readonly stepId: string;
  /** When the version was published that began it, and the one that ended it. */
  readonly since: Instant;
  readonly until?: Instant;
  readonly first: TrialArm;
  readonly second: TrialArm;
  /** Of the time on the step: the rank test of Mann and Whitney. */
  readonly time: { readonly pValue: number; readonly verdict: Verdict };
  readonly shares: readonly TrialShare[];
  /** Limit of `pValue` under which a difference is called real: 0.05 shared among all that are compared. */
  readonly alpha: number;
  /**
   * Calls of each wording after which the trial is judged: set beforehand, enough to see a difference of 10 points
   * eight times of ten at `alpha`. Whoever stops sooner, at a lucky moment, is wrong more often than `alpha` says.
   */
  readonly plan: number;
}
export interface TrialArm {
  /** In Russian, as the author wrote them. */
  readonly lines: readonly string[];
  readonly calls: number;
  /** Absent when no call came. */
  readonly medianMs?: Milliseconds;
}
export interface TrialShare extends ShareDifference {
  /** The choice made next; the client hung up on the step; the call ended satisfied, of those noted; called again. */
  readonly of: 'choice' | 'hangUp' | 'satisfied' | 'repeat';
  readonly choiceId?: string;
  readonly first: { readonly took: number; readonly calls: number };
  readonly second: { readonly took: number; readonly calls: number };
  /** While it may be chance: calls still missing of each wording to tell a difference as large as the one seen. */
  readonly missing?: number;
}

/** `GET /studio/scripts/{scriptId}/wordings?stepId=&choiceId=&a=&b=&from=&to=`: versions a and b, one after the other. */
export interface WordingsView extends ShareDifference {
  readonly a: WordingFigures;
  readonly b: WordingFigures;
}
export interface WordingFigures {
  readonly version: number;
  readonly line: string;
  readonly calls: number;
  /** Calls that took the choice asked about; without `choiceId`: those that ended satisfied. */
  readonly took: number;
  readonly share: number;
}

/** `GET /studio/scripts/{scriptId}/paths?version=`: the script book for A4 (`draft` too, then without approval). */
export interface PathBook {
  readonly scriptId: string;
  readonly title: string;
  readonly version: number | 'draft';
  readonly publishedAt?: Instant;
  readonly publishedByName?: string;
  readonly approvedByName?: string;
  readonly clauses: readonly string[];
  /** All that is said, each step once. */
  readonly steps: readonly BookStep[];
  readonly routes: readonly BookRoute[];
}
export interface BookStep {
  /** From 1, in the order of the scripts; the routes name steps by it. */
  readonly number: number;
  readonly title: string;
  /** Title of the called script that it belongs to; absent for the script's own steps. */
  readonly script?: string;
  /** Said aloud, in order. */
  readonly lines: readonly string[];
  /** The second wording on trial, which half of the clients hear instead. */
  readonly trial?: readonly string[];
  /** How it ends for the client: what next, by when, who (1.4). */
  readonly ending?: string;
}
export interface BookRoute {
  readonly number: number;
  readonly legs: readonly BookLeg[];
}
export interface BookLeg {
  /** Number of the step; absent: whichever step the conversation is on. */
  readonly step?: number;
  /** What leads on: the operator's choice or the fact of the line, in words. Absent where the route ends. */
  readonly onward?: string;
  /** An earlier route has gone this way. */
  readonly again?: true;
}

const id = z.string().regex(/^[a-z][A-Za-z0-9-]{0,59}$/);
const itemId = z.string().min(1).max(300);
export const learningCommands = {
  /** A choice in the script's draft, on the step where it was missing. Value: `{ scriptId, stepId, choiceId, revision }`. */
  'studio.toChoice': z.object({
    itemId,
    label: z.string().trim().min(1).max(200),
    to: id,
  }),
  /** A new article of the knowledge base, published at once as a sample. Value: `{ articleId }`. */
  'studio.toArticle': z.object({
    itemId,
    articleId: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      .max(60),
    title: z.string().trim().min(5).max(120),
    topic: id,
    spoken: z.string().trim().min(10).max(320),
    details: z.string().trim().min(1).max(20_000),
  }),
  'studio.dismissUnanswered': z.object({ itemId, reason: z.string().trim().min(1).max(500) }),
} as const;
export type LearningCommands = { [Name in keyof typeof learningCommands]: z.infer<(typeof learningCommands)[Name]> };
