import { z } from 'zod';
import type { Instant } from '../../../machines/vocabulary/index.ts';
import type { ScriptState } from '../../../machines/script/index.ts';
import type { TrainingScore, TrainingTask, WalkEvent } from '../../contract/index.ts';
import type { CollectionSpec } from '../../storage/port.ts';
import type { Plain } from '../source/values.ts';

/** One event of a run and where it led. */
export interface Frame {
  readonly at: Instant;
  /** Absent: the beginning. */
  readonly event?: WalkEvent;
  readonly effects: readonly string[];
  readonly stepId: string;
  readonly kind: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** Of the step's buttons and questions by their ids; runs of older versions have none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** What happens next was named on this step (1.4). */
  readonly hasNext: boolean;
  readonly ended: boolean;
  readonly outcome: boolean | null;
  readonly refused?: string;
}
/** A run as it is stored after every event: a crash loses nothing that was acknowledged. */
export interface Run {
  readonly runId: string;
  readonly personId: string;
  readonly personName: string;
  readonly task: TrainingTask | null;
  readonly scriptId: string;
  /** 0: the draft as it was. */
  readonly version: number;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly known: Plain;
  readonly state: ScriptState;
  readonly frames: readonly Frame[];
  readonly score: TrainingScore | null;
}

const runSchema = z.looseObject({
  runId: z.string(),
  personId: z.string(),
  scriptId: z.string(),
  startedAt: z.number(),
});
export const runSpec: CollectionSpec<Run> = {
  name: 'trainingRuns',
  version: 1,
  columns: {
    personId: { type: 'text', of: ({ personId }) => personId },
    taskId: { type: 'text', of: ({ task }) => task?.taskId ?? null },
    startedAt: { type: 'instant', of: ({ startedAt }) => startedAt },
  },
  indexes: [{ columns: ['startedAt'] }, { columns: ['personId', 'startedAt'] }, { columns: ['taskId', 'startedAt'] }],
  check: (document) => runSchema.parse(document) as unknown as Run,
};
const taskSchema = z.looseObject({ taskId: z.string(), title: z.string(), story: z.string() });
export const taskSpec: CollectionSpec<TrainingTask> = {
  name: 'trainingTasks',
  version: 1,
  columns: { removed: { type: 'boolean', of: ({ removed }) => removed ?? false } },
  indexes: [],
  check: (document) => taskSchema.parse(document) as unknown as TrainingTask,
};
