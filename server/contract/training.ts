import { z } from 'zod';
import type { Said } from '../../machines/script/localText.ts';
import type { Instant, Milliseconds } from '../../machines/vocabulary/index.ts';
import type { WalkView } from './studio.ts';
import { walkEventSchema } from './studio.ts';

/**
 * Training without a telephone: a task is a client's story and a script; the trainee walks it and is marked for following
 * the regulation. A rehearsal is a run without a task. Every run is recorded event by event and can be replayed.
 */
export interface TrainingTask {
  readonly taskId: string;
  readonly title: string;
  /** The client in words: who, what happened, how they speak. */
  readonly story: string;
  readonly scriptId: string;
  /** Steps that a good run goes through, in this order (others may lie between). */
  readonly mustVisit: readonly string[];
  /** Answers that must have been noted: field → what it must be; `true`: anything. */
  readonly mustLearn: Readonly<Record<string, string | number | boolean>>;
  /** The script must end so; absent: either farewell. */
  readonly outcome?: 'satisfied' | 'unsatisfied';
  /** Longer than this costs marks. */
  readonly limitMs: Milliseconds;
  /** Facts of the line that come by themselves: after so long on a step. */
  readonly trouble: readonly { readonly atStep: string; readonly afterMs: Milliseconds; readonly fact: string }[];
  readonly removed?: boolean;
}

/** Value of `training.start` and `training.event`. */
export interface TrainingRunView {
  readonly runId: string;
  readonly task?: TrainingTask;
  readonly startedAt: Instant;
  readonly walk: WalkView;
  readonly score?: TrainingScore;
}
export interface TrainingScore {
  /** 0 to 100. */
  readonly total: number;
  readonly tookMs: Milliseconds;
  readonly marks: readonly TrainingMark[];
}
export interface TrainingMark {
  /** `greeting`, `name`, `purpose`, `rephrase`, `holdNamed`, `returnedInTime`, `farewell`, `nextTold`, `inTime`, `mustVisit`, `mustLearn`, `outcome`. */
  readonly code: string;
  readonly clause?: string;
  readonly given: number;
  readonly outOf: number;
}
/** `GET /training/runs?personId=&taskId=`: newest first, at most 200; trainees see their own. */
export interface TrainingRunRow {
  readonly runId: string;
  readonly personId: string;
  readonly personName: string;
  readonly taskId: string | null;
  readonly taskTitle: string | null;
  readonly scriptId: string;
  readonly version: number;
  readonly startedAt: Instant;
  readonly finishedAt?: Instant;
  readonly total?: number;
}
/** `GET /training/runs/{runId}`: the record, step by step, for the replay. */
export interface TrainingReplay extends TrainingRunRow {
  readonly score?: TrainingScore;
  readonly frames: readonly {
    readonly at: Instant;
    /** What happened. */
    readonly said: Said;
    readonly stepId: string;
    readonly title: string;
    readonly lines: readonly string[];
  }[];
}

const id = z.string().min(1).max(60);
const runId = z.string().min(1).max(100);
export const trainingCommands = {
  'training.saveTask': z.object({
    taskId: z.string().regex(/^[a-z][A-Za-z0-9-]{0,59}$/),
    title: z.string().trim().min(3).max(200),
    story: z.string().trim().min(10).max(4000),
    scriptId: id,
    mustVisit: z.array(id).max(40),
    mustLearn: z.record(id, z.union([z.string().max(500), z.number(), z.boolean()])),
    outcome: z.enum(['satisfied', 'unsatisfied']).optional(),
    limitMs: z.int().min(10_000).max(7_200_000),
    trouble: z
      .array(z.object({ atStep: id, afterMs: z.int().min(0).max(3_600_000), fact: z.string().max(40) }))
      .max(20),
  }),
  'training.removeTask': z.object({ taskId: id }),
  /** With a task, or a rehearsal of a script; `draft` for trainers only. Value: TrainingRunView. */
  'training.start': z.object({
    taskId: id.optional(),
    scriptId: id.optional(),
    version: z.union([z.int().min(1), z.literal('draft')]).optional(),
    known: z.looseObject({}).optional(),
  }),
  /** Without `event`: only what the task brings by itself and is due by now. */
  'training.event': z.object({ runId, event: walkEventSchema.optional(), known: z.looseObject({}).optional() }),
  /** Ends the run and marks it. Value: TrainingRunView with `score`. */
  'training.finish': z.object({ runId }),
} as const;
export type TrainingCommands = { [Name in keyof typeof trainingCommands]: z.infer<(typeof trainingCommands)[Name]> };
