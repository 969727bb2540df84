import { z } from 'zod';
import type {
  CallId,
  Direction,
  InquiryId,
  Instant,
  Milliseconds,
  OperatorId,
  PromiseId,
  Role,
} from '../../machines/vocabulary/index.ts';
import { heirs } from './commands.ts';
import type { CallPhase, LinkView, OperatorState, PanelView, TransferCountView } from './panel.ts';

/**
 * What a supervisor watches. `board` pushes the whole at every (re)subscription, then `boardDelta` what changed, at
 * most every 50 ms. Rows are keyed by `key`; the page sorts and filters. `wallboard` and `wallboardDelta` are the same
 * without names, numbers and alerts.
 */
export interface BoardView {
  readonly serverNow: Instant;
  readonly links: readonly LinkView[];
  readonly storage: 'ok' | 'memory';
  readonly risks: readonly RiskRow[];
  readonly operators: readonly OperatorRow[];
  readonly queues: readonly QueueRow[];
  readonly alerts: readonly AlertRow[];
  readonly settings: BoardSettings;
  readonly listening: ListeningRules;
}
/** Rows that are new or changed, whole; keys of rows that are gone. */
export interface BoardDelta {
  readonly serverNow: Instant;
  readonly links?: readonly LinkView[];
  readonly storage?: 'ok' | 'memory';
  readonly settings?: BoardSettings;
  readonly listening?: ListeningRules;
  readonly risks?: RowsDelta<RiskRow>;
  readonly operators?: RowsDelta<OperatorRow>;
  readonly queues?: RowsDelta<QueueRow>;
  readonly alerts?: RowsDelta<AlertRow>;
}
export interface RowsDelta<Row> {
  readonly put: readonly Row[];
  readonly gone: readonly string[];
}

/** One thing that will break, or has: the board sorts all kinds together by `breachAt`. */
export interface RiskRow {
  readonly key: string;
  readonly kind: 'hold' | 'unpromisedHold' | 'callback' | 'transferLimit' | 'waitingCaller' | 'operatorTrouble';
  /** When it breaks; in the past when it has. */
  readonly breachAt: Instant;
  /** From here on it is amber. */
  readonly warnAt: Instant;
  readonly since: Instant;
  readonly queue?: string;
  readonly callId?: CallId;
  readonly inquiryId?: InquiryId;
  readonly promiseId?: PromiseId;
  readonly operatorId?: OperatorId;
  readonly operatorName?: string;
  /** Name or number of the client. */
  readonly client?: string;
  readonly transfers?: TransferCountView;
  /** Of a promise to call back: the rule that its term keeps to. */
  readonly rule?: 'callback' | 'internal';
  /** What is promised, asked or wrong, in a few words of people. */
  readonly text?: string;
  /**
   * Stable code of trouble: `missedCalls`, `panelLost`, `deviceLost`, `helpAsked`, `longTalk`, `longPause`; of a hold:
   * `parked`.
   */
  readonly code?: string;
}

export interface OperatorRow {
  readonly key: OperatorId;
  readonly name: string;
  readonly unit: string;
  readonly device?: string;
  readonly state: OperatorState;
  readonly since: Instant;
  readonly pauseReason?: string;
  /** Not on shift, or nobody at the screen: what this person promised, nobody keeps. */
  readonly away?: true;
  readonly wrapUpUntil?: Instant;
  readonly queues: readonly string[];
  readonly call?: {
    readonly callId: CallId;
    readonly inquiryId?: InquiryId;
    readonly phase: CallPhase;
    readonly direction: Direction;
    readonly client: string;
    readonly queue?: string;
    readonly startedAt: Instant;
    readonly confirmed: boolean;
    readonly step?: string;
    readonly scriptTitle?: string;
    readonly hold?: { readonly state: string; readonly dueAt?: Instant; readonly heldAt?: Instant };
    readonly transfers: TransferCountView;
  };
  /** The operator asks for help. */
  readonly help?: { readonly reason: string; readonly at: Instant };
  readonly listening?: { readonly supervisorName: string; readonly mode: 'listen' | 'whisper' | 'join' };
  /** Of today. */
  readonly handled: number;
  readonly talkMs: Milliseconds;
}

/** One queue today. A number is never alone: `formula` of each is in `settings`. */
export interface QueueRow {
  readonly key: string;
  readonly title: string;
  readonly waiting: number;
  readonly longestWaitSince?: Instant;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  /** 0 to 1; absent when nothing was offered. */
  readonly serviceLevel?: number;
  readonly asaMs?: Milliseconds;
  readonly ahtMs?: Milliseconds;
  readonly occupancy?: number;
  readonly ready: number;
  readonly busy: number;
  readonly paused: number;
  /** Asterisk's own figures, for comparison. */
  readonly asterisk?: {
    readonly waiting: number;
    readonly completed: number;
    readonly abandoned: number;
    readonly serviceLevel: number;
    readonly at: Instant;
  };
}

export type ServiceLevelFormula =
  | 'answeredWithin/offered'
  | 'answeredWithin/answered'
  | 'answeredWithin/(offered-shortAbandoned)';
/** Two levels each: amber, then red. */
export interface QueueThresholds {
  /** A caller in the queue. */
  readonly waitWarnMs: Milliseconds;
  readonly waitBreachMs: Milliseconds;
  /** One conversation, from its first answer. */
  readonly talkWarnMs: Milliseconds;
  readonly talkBreachMs: Milliseconds;
  /** A break belongs to no queue: those of the default count. */
  readonly pauseWarnMs: Milliseconds;
  readonly pauseBreachMs: Milliseconds;
  readonly serviceLevelMs: Milliseconds;
  readonly shortAbandonMs: Milliseconds;
  readonly serviceLevelGoal: number;
}
export interface BoardSettings {
  readonly formula: ServiceLevelFormula;
  readonly thresholds: Readonly<Record<string, QueueThresholds>>;
  readonly default: QueueThresholds;
}

export type ListeningMode = 'listen' | 'whisper' | 'join' | 'takeOver';
/** What may be done, whether it needs a reason, whether the operator is told. A take-over always needs and tells. */
export interface ListeningRight {
  readonly allowed: boolean;
  readonly reason: boolean;
  readonly told: boolean;
}
/** For whoever has this role, at operators of this unit; `null` is everyone. The rule that names more stands. */
export interface ListeningRule {
  readonly role: Role | null;
  readonly unit: string | null;
  readonly rights: Readonly<Record<ListeningMode, ListeningRight>>;
}
/** The last rule is for everyone. */
export type ListeningRules = readonly ListeningRule[];

/** One line of the record of listening, newest first; `endedAt` is absent while it goes on. */
export interface ListeningRecord {
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  readonly who: string;
  readonly whom: string;
  readonly callId: CallId;
  readonly mode: ListeningMode;
  readonly reason: string;
}

export interface AlertRow {
  readonly key: string;
  readonly at: Instant;
  readonly level: 'warning' | 'breach';
  readonly code: string;
  readonly text?: string;
  readonly riskKey?: string;
  readonly callId?: CallId;
  readonly operatorId?: OperatorId;
  readonly operatorName?: string;
  readonly acknowledged?: AlertAnswer;
}
export interface AlertAnswer {
  readonly at: Instant;
  readonly by: string;
  /** In a person's words, or one of `USUAL_ANSWERS` that the screen puts into words. */
  readonly done: string;
}
/** What people mostly did: on record as codes, so that each reads them in the language of the own screen. */
export const USUAL_ANSWERS = ['usual.coming', 'usual.talked', 'usual.added', 'usual.took', 'usual.over'] as const;
export type UsualAnswer = (typeof USUAL_ANSWERS)[number];

/** What one operator sees, live and read-only, pushed as `mirror` to who asked for it with `supervision.watch`. */
export interface MirrorView {
  readonly operatorId: OperatorId;
  readonly view: PanelView | null;
}

const operatorId = z.string().min(1).max(100);
const reason = z.string().trim().min(1).max(500);
const right = z.object({ allowed: z.boolean(), reason: z.boolean(), told: z.boolean() });
/** Checks rules from the screen and from the store alike. */
export const listeningRules = z
  .array(
    z.object({
      role: z.enum(['operator', 'supervisor', 'trainer', 'admin']).nullable(),
      unit: z.string().min(1).max(200).nullable(),
      rights: z.object({ listen: right, whisper: right, join: right, takeOver: right }),
    }),
  )
  .min(1)
  .max(100)
  .refine((rules) => rules.some(({ role, unit }) => role === null && unit === null), 'one rule is for everyone');
const upTo = (most: Milliseconds) => z.number().int().min(1_000).max(most);
const HOUR_MS = 3_600_000;
const thresholds = z
  .object({
    waitWarnMs: upTo(HOUR_MS),
    waitBreachMs: upTo(HOUR_MS),
    talkWarnMs: upTo(8 * HOUR_MS),
    talkBreachMs: upTo(8 * HOUR_MS),
    pauseWarnMs: upTo(8 * HOUR_MS),
    pauseBreachMs: upTo(8 * HOUR_MS),
    serviceLevelMs: upTo(HOUR_MS),
    shortAbandonMs: z.number().int().min(0).max(60_000),
    serviceLevelGoal: z.number().min(0).max(1),
  })
  .refine(
    (limits) =>
      limits.waitWarnMs <= limits.waitBreachMs &&
      limits.talkWarnMs <= limits.talkBreachMs &&
      limits.pauseWarnMs <= limits.pauseBreachMs,
    'a warning comes before its breach',
  );
export const supervisorCommands = {
  'supervision.watch': z.object({ operatorId: operatorId.nullable() }),
  'supervision.message': z.object({
    to: z.object({ operatorIds: z.array(operatorId).max(500).optional(), unit: z.string().max(200).optional() }),
    text: z.string().trim().min(1).max(500),
  }),
  'supervision.endPause': z.object({ operatorId, reason }),
  'supervision.pause': z.object({ operatorId, reason }),
  'supervision.endWrapUp': z.object({ operatorId, reason }),
  'supervision.signOut': z.object({ operatorId, reason }),
  /** To another operator (`null`: whoever is free), to another term, or both at once. */
  'supervision.moveCallback': z
    .object({
      promiseId: z.string(),
      to: operatorId.nullable().optional(),
      dueAt: z.number().int().optional(),
      clientInformed: z.boolean().optional(),
      reason,
    })
    .refine(({ to, dueAt }) => to !== undefined || dueAt !== undefined, 'nothing is to be moved'),
  'supervision.handOverAll': z.object({ operatorId, to: heirs, reason }),
  'supervision.allowTransfer': z.object({ inquiryId: z.string(), callId: z.string().optional(), reason }),
  /** One answer to several alerts: those of one cause, or all whose cause is over. */
  'supervision.acknowledge': z.object({
    alertKeys: z.array(z.string().max(300)).min(1).max(300),
    done: z.string().trim().min(1).max(500),
  }),
  'supervision.helpTaken': z.object({ operatorId }),
  'supervision.settings': z.object({
    formula: z.enum(['answeredWithin/offered', 'answeredWithin/answered', 'answeredWithin/(offered-shortAbandoned)']),
    queue: z.string().max(80).nullable(),
    thresholds: thresholds.optional(),
  }),
  'supervision.listeningRules': z.object({ rules: listeningRules }),
  'supervision.listeningRecord': z.object({}),
  'listening.start': z.object({
    operatorId,
    mode: z.enum(['listen', 'whisper', 'join']),
    device: z.string().max(80),
    reason: z.string().trim().max(500),
  }),
  'listening.stop': z.object({ device: z.string().max(80) }),
  'listening.takeOver': z.object({ operatorId, device: z.string().max(80), reason }),
} as const;
export type SupervisorCommands = {
  [Name in keyof typeof supervisorCommands]: z.infer<(typeof supervisorCommands)[Name]>;
};
